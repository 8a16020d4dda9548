//! Which characters the terminal can show: words and symbols first, colour second.
use std::borrow::Cow;

/// The character set in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// UTF-8.
    Unicode,
    /// ASCII only: `--ascii`, a locale that is not UTF-8, or a terminal whose font has little else.
    Ascii,
}

/// What stands before a value or a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Seen to be as wanted.
    Same,
    /// Not as wanted, or not there.
    Differs,
    /// Could not look.
    Unread,
    /// Nobody has said or shown it yet; or not looked at yet.
    Waiting,
    /// A person said so.
    Attested,
    /// A step it needs has nothing to build on.
    Blocked,
    /// Worth a look, and folded into nothing.
    Advice,
    /// Being read; one spinner elsewhere says that something goes on.
    Asked,
    /// Going on; which picture of the spinner.
    Busy(usize),
}

const SPINNER: [&str; 6] = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"];
const SPINNER_ASCII: [&str; 4] = ["|", "/", "-", "\\"];

/// Between the parts of a menu path; spelled like any text.
pub const CHEVRON: &str = " › ";

impl Script {
    /// One column wide.
    #[must_use]
    pub fn mark(self, mark: Mark) -> &'static str {
        let (unicode, ascii) = match mark {
            Mark::Same => ("✓", "+"),
            Mark::Differs => ("✗", "x"),
            Mark::Unread => ("?", "?"),
            Mark::Waiting => ("·", "."),
            Mark::Attested => ("■", "a"),
            Mark::Blocked => ("⊘", "-"),
            Mark::Advice => ("!", "!"),
            Mark::Asked => ("…", "~"),
            Mark::Busy(n) => (SPINNER[n % SPINNER.len()], SPINNER_ASCII[n % SPINNER_ASCII.len()]),
        };
        self.pick(unicode, ascii)
    }

    /// Stands for what was cut off.
    #[must_use]
    pub fn dots(self) -> &'static str {
        self.pick("…", "..")
    }

    /// From before to after.
    #[must_use]
    pub fn arrow(self) -> &'static str {
        self.pick(" → ", " -> ")
    }

    /// Points at what is chosen.
    #[must_use]
    pub fn pointer(self) -> &'static str {
        self.pick("▸", ">")
    }

    /// There is more above.
    #[must_use]
    pub fn up(self) -> &'static str {
        self.pick("↑", "^")
    }

    /// There is more below.
    #[must_use]
    pub fn down(self) -> &'static str {
        self.pick("↓", "v")
    }

    /// Between words of one line.
    #[must_use]
    pub fn dot(self) -> &'static str {
        self.pick(" · ", " - ")
    }

    /// A horizontal line, one column of it.
    #[must_use]
    pub fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    /// The text with nothing in it that cannot be shown; every character keeps its width.
    #[must_use]
    pub fn spell(self, text: &str) -> Cow<'_, str> {
        if self == Self::Unicode || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().map(ascii).collect())
    }

    fn pick(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}

/// The nearest ASCII character; `?` where there is none.
fn ascii(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        '…' => '~',
        '›' | '→' | '▸' => '>',
        '·' | '•' => '.',
        '⊕' => '+',
        '–' | '—' | '─' | '‑' => '-',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '\u{a0}' => ' ',
        _ => '?',
    }
}
