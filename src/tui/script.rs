//! The characters that a terminal can show. Words and symbols carry the meaning, colour only repeats it.
use crate::text::ascii_in_columns;
use std::borrow::Cow;

/// The character set in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Unicode,
    /// ASCII only: by `--ascii`, a locale that is not UTF-8, or a terminal with a poor font.
    Ascii,
}

/// The mark before a value or a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The value is as wanted.
    Same,
    /// The value differs, or is missing.
    Differs,
    /// The value could not be read.
    Unread,
    /// Not read yet, or without evidence and sign-off.
    Waiting,
    /// A person signed it off.
    Attested,
    /// A person signed it off, but evidence contradicts it.
    Contradicted,
    /// A step that it needs has nothing to build on.
    Blocked,
    /// Advisory: does not affect the result.
    Advice,
    /// Being read. One spinner elsewhere shows that work goes on.
    Asked,
    /// Work is running. The number selects the frame of the spinner.
    Busy(usize),
}

const SPINNER: [&str; 6] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];
const SPINNER_ASCII: [&str; 4] = ["|", "/", "-", "\\"];

/// Separates the parts of a menu path. Spelled like any text.
pub const CHEVRON: &str = " › ";

impl Script {
    /// The character of a mark, one column wide.
    pub fn mark(self, mark: Mark) -> &'static str {
        let (unicode, ascii) = match mark {
            Mark::Same => ("✓", "+"),
            Mark::Differs => ("✗", "x"),
            Mark::Unread => ("?", "?"),
            Mark::Waiting => ("·", "."),
            Mark::Attested => ("■", "a"),
            Mark::Contradicted => ("◪", "A"),
            Mark::Blocked => ("⊘", "-"),
            Mark::Advice => ("!", "!"),
            Mark::Asked => ("…", "~"),
            Mark::Busy(n) => (SPINNER[n % SPINNER.len()], SPINNER_ASCII[n % SPINNER_ASCII.len()]),
        };
        self.pick(unicode, ascii)
    }

    /// Stands for text that was cut.
    pub fn dots(self) -> &'static str {
        self.pick("…", "..")
    }

    /// Leads from the old to the new value.
    pub fn arrow(self) -> &'static str {
        self.pick(" → ", " -> ")
    }

    /// Points at the selected row.
    pub fn pointer(self) -> &'static str {
        self.pick("▸", ">")
    }

    /// Marks the step that is shown.
    pub fn here(self) -> &'static str {
        self.pick("│", "|")
    }

    /// Marks the option that is taken.
    pub fn bullet(self) -> &'static str {
        self.pick("•", "*")
    }

    /// Shows that there is more above.
    pub fn up(self) -> &'static str {
        self.pick("↑", "^")
    }

    /// Shows that there is more below.
    pub fn down(self) -> &'static str {
        self.pick("↓", "v")
    }

    /// Separates words of one row.
    pub fn dot(self) -> &'static str {
        self.pick(" · ", " - ")
    }

    /// One column of a horizontal line.
    pub fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    /// Replaces characters that cannot be shown. Every character keeps its width.
    pub fn spell(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Unicode => Cow::Borrowed(text),
            Self::Ascii => ascii_in_columns(text),
        }
    }

    fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}
