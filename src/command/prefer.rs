//! The command `prefer`: keeps how the wizard looks.
use super::output::{self, Outcome, say};
use crate::cli::DisplayOptions;
use crate::failure::Failure;
use crate::io::{Folders, Preferences};
use serde_json::json;
use std::path::Path;

/// Keeps the display options given, or prints the ones kept if none is given. With `nothing`, forgets them all.
pub(super) fn prefer(looks: DisplayOptions, nothing: bool, json: bool) -> Outcome {
    let file = Preferences::of(&Folders::from_env()?);
    let path = file.path();
    if !nothing && looks == DisplayOptions::default() {
        let kept = file.read()?;
        if json {
            as_json(&path, &kept)?;
            return Ok(0);
        }
        let words = as_options(&kept);
        output::lines(if words.is_empty() {
            vec!["No choices are saved. To always use line mode: last-resort prefer --plain".to_owned()]
        } else {
            vec![format!("The wizard opens with {words}  ({})", path.display()), TAKE_BACK.to_owned()]
        })?;
        return Ok(0);
    }
    file.keep(&looks)?;
    let printed = match (json, nothing) {
        (true, _) => as_json(&path, &looks),
        (false, true) => output::lines(["All saved choices were removed."]),
        (false, false) => output::lines([
            format!("From now on the wizard opens with {}  ({})", as_options(&looks), path.display()),
            TAKE_BACK.to_owned(),
        ]),
    };
    output::already_kept("The choice is saved.", printed)?;
    Ok(0)
}

/// Prints what is preferred now as JSON.
fn as_json(path: &Path, looks: &DisplayOptions) -> Result<(), Failure> {
    let DisplayOptions { no_color, ascii, plain, mouse } = looks;
    let preferred = json!({"no_color": no_color, "ascii": ascii, "plain": plain, "mouse": mouse});
    output::json(&json!({"schema": 1, "file": path.display().to_string(), "preferred": preferred}))
}

const TAKE_BACK: &str = "To remove this choice: last-resort prefer --nothing";

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
        say(&format!("last-resort: ignoring the saved choices: {failure}"));
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
