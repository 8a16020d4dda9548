//! `prefer`
use super::answer::{self, Outcome, say};
use crate::cli::DisplayOptions;
use crate::failure::Failure;
use crate::io::{Folders, Preferences};

/// Keeps what was named, or shows what is kept.
pub(super) fn prefer(looks: DisplayOptions, nothing: bool) -> Outcome {
    let file = Preferences::of(&Folders::from_env()?);
    let path = file.path();
    if !nothing && looks == DisplayOptions::default() {
        let words = words(&file.read()?);
        answer::lines(if words.is_empty() {
            vec!["Nothing is preferred. To have the line mode always: last-resort prefer --plain".to_owned()]
        } else {
            vec![format!("The wizard opens with {words}  ({})", path.display()), TAKE_BACK.to_owned()]
        })?;
        return Ok(0);
    }
    file.keep(&looks)?;
    let told = answer::lines(if nothing {
        vec!["Nothing is preferred any more.".to_owned()]
    } else {
        vec![format!("From now on the wizard opens with {}  ({})", words(&looks), path.display()), TAKE_BACK.to_owned()]
    });
    answer::of_kept("The choice is kept.", told)?;
    Ok(0)
}

const TAKE_BACK: &str = "To take that back: last-resort prefer --nothing";

/// As on a command line: the file has the options' own names.
fn words(looks: &DisplayOptions) -> String {
    let named = toml::Table::try_from(looks).unwrap_or_default();
    let set = named.iter().filter(|(_, value)| value.as_bool() == Some(true));
    set.map(|(option, _)| format!("--{option}")).collect::<Vec<_>>().join(" ")
}

/// What this user prefers. A file that cannot be understood is told, and keeps nobody from working.
pub(super) fn preferred() -> DisplayOptions {
    let read = Folders::from_env().and_then(|folders| Preferences::of(&folders).read());
    read.unwrap_or_else(|failure: Failure| {
        say(&format!("last-resort: the preferences are passed over: {failure}"));
        DisplayOptions::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::Parser as _;

    #[test]
    fn every_look_is_an_option_of_its_own_name() {
        let all = DisplayOptions { no_color: true, ascii: true, plain: true, mouse: true };
        let line = format!("last-resort {}", words(&all));
        let read = Cli::try_parse_from(line.split_whitespace()).expect("options");
        assert_eq!(read.global.looks, all);
    }
}
