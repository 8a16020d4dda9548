//! The command `prefer`: keeps how the wizard looks.
use super::output::{self, Outcome, say};
use crate::cli::DisplayOptions;
use crate::failure::Failure;
use crate::io::{Folders, Preferences};

/// Keeps the display options given, or prints the ones kept if none is given. With `nothing`, forgets them all.
pub(super) fn prefer(looks: DisplayOptions, nothing: bool) -> Outcome {
    let file = Preferences::of(&Folders::from_env()?);
    let path = file.path();
    if !nothing && looks == DisplayOptions::default() {
        let words = as_options(&file.read()?);
        output::lines(if words.is_empty() {
            vec!["Nothing is preferred. To have the line mode always: last-resort prefer --plain".to_owned()]
        } else {
            vec![format!("The wizard opens with {words}  ({})", path.display()), TAKE_BACK.to_owned()]
        })?;
        return Ok(0);
    }
    file.keep(&looks)?;
    let printed = output::lines(if nothing {
        vec!["Nothing is preferred any more.".to_owned()]
    } else {
        vec![
            format!("From now on the wizard opens with {}  ({})", as_options(&looks), path.display()),
            TAKE_BACK.to_owned(),
        ]
    });
    output::already_kept("The choice is kept.", printed)?;
    Ok(0)
}

const TAKE_BACK: &str = "To take that back: last-resort prefer --nothing";

/// The options as one types them. The preference file uses the same names as the command line.
fn as_options(looks: &DisplayOptions) -> String {
    let named = toml::Table::try_from(looks).unwrap_or_default();
    let set = named.iter().filter(|(_, value)| value.as_bool() == Some(true));
    set.map(|(option, _)| format!("--{option}")).collect::<Vec<_>>().join(" ")
}

/// The display options this user prefers. If the file cannot be read, that is printed and the defaults apply.
pub(super) fn preferences() -> DisplayOptions {
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
        let line = format!("last-resort {}", as_options(&all));
        let read = Cli::try_parse_from(line.split_whitespace()).expect("options");
        assert_eq!(read.global.looks, all);
    }
}
