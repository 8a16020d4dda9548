//! Whether the wizard comes as lines, and for which reason.
use crate::tui::page::{MIN_COLUMNS, MIN_ROWS, too_small};

/// Why the wizard comes as lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody asked for it.
    Asked,
    /// Answers come from a file or another program.
    NoInput,
    /// What is said goes into a file or another program.
    NoOutput,
    /// `TERM=dumb`.
    Dumb,
    /// The window has so many columns and rows.
    Small(u16, u16),
}

/// What there is around the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Around {
    /// `--plain`.
    pub plain: bool,
    /// The same, kept by `prefer`; `ACCESSIBLE=0` goes before it.
    pub preferred: bool,
    /// Standard input is a terminal.
    pub input: bool,
    /// Standard output is a terminal.
    pub output: bool,
    /// Columns and rows of the window, where that can be known.
    pub window: Option<(u16, u16)>,
}

/// Why the wizard comes as lines; none: it is drawn on the full screen. Line mode is asked for and not guessed: over SSH nothing tells
/// of a screen reader.
#[must_use]
pub fn why(around: Around, var: impl Fn(&str) -> Option<String>) -> Option<Why> {
    let accessible = match var("ACCESSIBLE").as_deref() {
        None | Some("") => around.preferred,
        Some("0") => false,
        Some(_) => true,
    };
    let dumb = var("TERM").is_some_and(|term| term == "dumb");
    match around.window {
        _ if around.plain || accessible => Some(Why::Asked),
        _ if !around.input => Some(Why::NoInput),
        _ if !around.output => Some(Why::NoOutput),
        _ if dumb => Some(Why::Dumb),
        Some((columns, rows)) if too_small(columns, rows) => Some(Why::Small(columns, rows)),
        _ => None,
    }
}

impl Why {
    /// The sentence said at the start; none where somebody asked.
    #[must_use]
    pub fn sentence(self) -> Option<String> {
        Some(match self {
            Self::Asked => return None,
            Self::NoInput => "Standard input is not a terminal, so here is the line mode: it reads a line for each answer, and leaves \
                              at the end of the input."
                .to_owned(),
            Self::NoOutput => "Standard output is not a terminal, so here is the line mode.".to_owned(),
            Self::Dumb => "This terminal cannot be drawn on (TERM=dumb), so here is the line mode.".to_owned(),
            Self::Small(0, _) | Self::Small(_, 0) => {
                "This terminal does not tell its size, so here is the line mode.".to_owned()
            }
            Self::Small(columns, rows) => format!(
                "This window is {columns}x{rows}, and the full screen needs {MIN_COLUMNS}x{MIN_ROWS}, so here is the line mode."
            ),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMINAL: Around =
        Around { plain: false, preferred: false, input: true, output: true, window: Some((80, 24)) };

    fn with(around: Around, pairs: &[(&str, &str)]) -> Option<Why> {
        why(around, |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn who_asks_gets_it_without_a_reason_and_who_cannot_do_otherwise_with_one() {
        assert_eq!(with(TERMINAL, &[("TERM", "xterm")]), None);
        assert_eq!(with(TERMINAL, &[("ACCESSIBLE", "0")]), None);
        assert_eq!(with(TERMINAL, &[("ACCESSIBLE", "")]), None);
        assert_eq!(with(TERMINAL, &[("ACCESSIBLE", "1"), ("TERM", "dumb")]), Some(Why::Asked));
        assert_eq!(with(Around { plain: true, input: false, ..TERMINAL }, &[]), Some(Why::Asked));
        assert_eq!(with(TERMINAL, &[("TERM", "dumb")]), Some(Why::Dumb));
        let liked = Around { preferred: true, ..TERMINAL };
        assert_eq!(with(liked, &[]), Some(Why::Asked));
        assert_eq!(with(liked, &[("ACCESSIBLE", "")]), Some(Why::Asked));
        assert_eq!(with(liked, &[("ACCESSIBLE", "0")]), None);
        assert_eq!(with(Around { input: false, ..TERMINAL }, &[("TERM", "dumb")]), Some(Why::NoInput));
        assert_eq!(with(Around { output: false, ..TERMINAL }, &[]), Some(Why::NoOutput));
        assert_eq!(with(Around { window: Some((39, 24)), ..TERMINAL }, &[]), Some(Why::Small(39, 24)));
        assert_eq!(with(Around { window: Some((40, 10)), ..TERMINAL }, &[]), None);
        assert_eq!(with(Around { window: None, ..TERMINAL }, &[]), None);
    }
}
