//! Decides whether the wizard runs in line mode, and why. The greeting says so.
use crate::site::Environment;
use crate::tui::model::{Campus, Model};
use crate::tui::page::{MIN_COLUMNS, MIN_ROWS, too_small};

/// Why the wizard runs in line mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineModeReason {
    /// The person asked for it, by option, variable or preference.
    Asked,
    /// Standard input is a file or another program.
    NoInput,
    /// Standard output is a file or another program.
    NoOutput,
    /// The variable `TERM` is `dumb`.
    Dumb,
    /// The variable `TERM` is `unknown`.
    Unknown,
    /// `TERM` is not set, or empty.
    Nameless,
    /// The window is too small: its columns and rows, 0 if unknown.
    Small(u16, u16),
}

/// What is known about terminal and settings at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surroundings {
    /// The option `--plain` was given.
    pub plain: bool,
    /// Line mode is a preference stored by `prefer`. `ACCESSIBLE=0` overrides it.
    pub preferred: bool,
    /// Standard input is a terminal.
    pub input: bool,
    /// Standard output is a terminal.
    pub output: bool,
    /// Columns and rows of the window. `None` if unknown.
    pub window: Option<(u16, u16)>,
}

/// Returns why the wizard runs in line mode, or `None` for the full screen. It never guesses, because a screen reader cannot be detected
/// over SSH.
pub fn reason(surroundings: Surroundings, var: impl Fn(&str) -> Option<String>) -> Option<LineModeReason> {
    let accessible = match var("ACCESSIBLE").as_deref() {
        None | Some("") => surroundings.preferred,
        Some("0") => false,
        Some(_) => true,
    };
    match (var("TERM").as_deref(), surroundings.window) {
        _ if surroundings.plain || accessible => Some(LineModeReason::Asked),
        _ if !surroundings.input => Some(LineModeReason::NoInput),
        _ if !surroundings.output => Some(LineModeReason::NoOutput),
        (Some("dumb"), _) => Some(LineModeReason::Dumb),
        (Some("unknown"), _) => Some(LineModeReason::Unknown),
        (None | Some(""), _) => Some(LineModeReason::Nameless),
        (_, Some((columns, rows))) if too_small(columns, rows) => Some(LineModeReason::Small(columns, rows)),
        _ => None,
    }
}

impl LineModeReason {
    /// The sentence printed at the start. `None` if the person asked for line mode.
    pub fn sentence(self) -> Option<String> {
        let why = match self {
            Self::Asked => return None,
            Self::NoInput => "Standard input is not a terminal".to_owned(),
            Self::NoOutput => "Standard output is not a terminal".to_owned(),
            Self::Dumb => "TERM=dumb".to_owned(),
            Self::Unknown => "TERM=unknown".to_owned(),
            Self::Nameless => "TERM is not set".to_owned(),
            Self::Small(0, _) | Self::Small(_, 0) => "The size of this terminal is unknown".to_owned(),
            Self::Small(columns, rows) => {
                format!("This window is {columns}x{rows}, the full screen needs {MIN_COLUMNS}x{MIN_ROWS}")
            }
        };
        let more = match self {
            Self::NoInput => ". It reads one line for each answer and quits at the end of the input.",
            _ => ".",
        };
        Some(why + ": using line mode" + more)
    }
}

/// Says why this is line mode, which campus it works on and how to answer.
pub(super) fn greeting(model: &Model, why: LineModeReason) -> Vec<String> {
    let practice = if model.practice.is_some() { " Practice: nothing real is touched." } else { "" };
    let what = match &model.campus {
        Some(campus @ Campus { site, .. }) => {
            let environment = match site.environment {
                Environment::Sandbox => "SANDBOX",
                Environment::Production => "PRODUCTION, used by patrons",
            };
            let rule = campus.rule_words(model.recipe());
            format!("{}, {}, {environment}, {rule}", site.name, site.institution)
        }
        None if model.board.is_some() => "the board of all campuses".to_owned(),
        None => "choose or set up a campus first".to_owned(),
    };
    let how = "Answer each prompt with one line. Enter alone takes the answer in square brackets, < goes back, ? lists the answers.";
    why.sentence().into_iter().chain([format!("last-resort, line mode: {what}.{practice}"), how.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Surroundings =
        Surroundings { plain: false, preferred: false, input: true, output: true, window: Some((80, 24)) };

    fn with(surroundings: Surroundings, pairs: &[(&str, &str)]) -> Option<LineModeReason> {
        let named = || pairs.iter().chain(&[("TERM", "xterm")]);
        reason(surroundings, |name| named().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn who_asks_gets_it_without_a_reason_and_who_cannot_do_otherwise_with_one() {
        assert_eq!(with(TERMINAL, &[("TERM", "xterm")]), None);
        assert_eq!(with(TERMINAL, &[("ACCESSIBLE", "0")]), None);
        assert_eq!(with(TERMINAL, &[("ACCESSIBLE", "")]), None);
        assert_eq!(with(TERMINAL, &[("ACCESSIBLE", "1"), ("TERM", "dumb")]), Some(LineModeReason::Asked));
        assert_eq!(with(Surroundings { plain: true, input: false, ..TERMINAL }, &[]), Some(LineModeReason::Asked));
        assert_eq!(with(TERMINAL, &[("TERM", "dumb")]), Some(LineModeReason::Dumb));
        for (term, why) in [("unknown", LineModeReason::Unknown), ("", LineModeReason::Nameless)] {
            assert_eq!(with(TERMINAL, &[("TERM", term)]), Some(why));
            assert_eq!(with(TERMINAL, &[("TERM", term), ("ACCESSIBLE", "1")]), Some(LineModeReason::Asked));
        }
        assert_eq!(reason(TERMINAL, |_| None), Some(LineModeReason::Nameless));
        assert_eq!(reason(Surroundings { input: false, ..TERMINAL }, |_| None), Some(LineModeReason::NoInput));
        let liked = Surroundings { preferred: true, ..TERMINAL };
        assert_eq!(with(liked, &[]), Some(LineModeReason::Asked));
        assert_eq!(with(liked, &[("ACCESSIBLE", "")]), Some(LineModeReason::Asked));
        assert_eq!(with(liked, &[("ACCESSIBLE", "0")]), None);
        assert_eq!(with(Surroundings { input: false, ..TERMINAL }, &[("TERM", "dumb")]), Some(LineModeReason::NoInput));
        assert_eq!(with(Surroundings { output: false, ..TERMINAL }, &[]), Some(LineModeReason::NoOutput));
        assert_eq!(with(Surroundings { window: Some((39, 24)), ..TERMINAL }, &[]), Some(LineModeReason::Small(39, 24)));
        assert_eq!(with(Surroundings { window: Some((40, 10)), ..TERMINAL }, &[]), None);
        assert_eq!(with(Surroundings { window: None, ..TERMINAL }, &[]), None);
    }
}
