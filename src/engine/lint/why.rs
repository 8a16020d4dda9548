//! Why two values are not the same, in plain words.
use super::meant::{Consequence, LONGEST_QUEUE_NAME};
use super::slip::Slip;
use crate::text::clean;
use std::fmt;

/// A reason. Places count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceCause {
    /// Nothing stands there, and something should.
    Empty,
    /// Something stands there, and nothing may.
    NotBlank(String),
    /// A quote that is not a straight one.
    CurlyQuote {
        /// Where.
        at: usize,
        /// Which.
        quote: char,
    },
    /// A blank that does not break.
    NoBreakBlank {
        /// Where.
        at: usize,
    },
    /// A tab, a line end or a blank of another width.
    OddBlank {
        /// Where.
        at: usize,
        /// Which.
        blank: char,
    },
    /// A character that cannot be seen.
    Invisible {
        /// Where.
        at: usize,
        /// Which.
        character: char,
    },
    /// Blanks before the text.
    BlankAtStart(usize),
    /// Blanks after the text.
    BlankAtEnd(usize),
    /// More or fewer blanks between the words.
    BlanksBetween,
    /// Quotes around the value.
    Quoted(char),
    /// Capital and small letters.
    Letters {
        /// Where first.
        at: usize,
        /// What stands there.
        got: char,
        /// What should.
        want: char,
    },
    /// Another process type of ILLiad's.
    ProcessType {
        /// The one chosen.
        got: String,
        /// The one wanted.
        want: String,
    },
    /// The switch stands the other way.
    Switched {
        /// How it stands.
        got: String,
        /// How it should.
        want: String,
    },
    /// One letter off.
    OneLetter(Slip),
    /// More or fewer parentheses.
    Parentheses {
        /// Opening ones there, and wanted.
        opening: (usize, usize),
        /// Closing ones there, and wanted.
        closing: (usize, usize),
    },
    /// Longer than a queue's name may be; so many characters.
    TooLong(usize),
    /// Another value altogether.
    Instead {
        /// There.
        got: String,
        /// Wanted.
        want: String,
    },
    /// Another text from some place on.
    Other {
        /// From here.
        at: usize,
        /// What stands there.
        got: String,
        /// What should.
        want: String,
    },
    /// What would happen because of it.
    So(Consequence),
}

/// Most characters of a text that is repeated.
const MOST: usize = 60;

impl fmt::Display for DifferenceCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the field is empty"),
            Self::NotBlank(got) => write!(f, "\"{}\" where the field must be empty", clean(got, MOST)),
            Self::CurlyQuote { at, quote } => {
                write!(f, "a curly quote ({quote}) instead of a straight one, first at character {at}")
            }
            Self::NoBreakBlank { at } => {
                write!(f, "a no-break blank instead of an ordinary one, first at character {at}")
            }
            Self::OddBlank { at, blank } => write!(f, "{} at character {at}", blank_name(*blank)),
            Self::Invisible { at, character } => {
                write!(f, "a character that cannot be seen (U+{:04X}) at character {at}", u32::from(*character))
            }
            Self::BlankAtStart(1) => f.write_str("a blank at the start"),
            Self::BlankAtStart(n) => write!(f, "{n} blanks at the start"),
            Self::BlankAtEnd(1) => f.write_str("a blank at the end"),
            Self::BlankAtEnd(n) => write!(f, "{n} blanks at the end"),
            Self::BlanksBetween => f.write_str("other blanks between the words"),
            Self::Quoted(quote) => write!(f, "quotes ({quote}) around the value"),
            Self::Letters { at, got, want } => {
                write!(f, "capital and small letters: character {at} is \"{got}\" instead of \"{want}\"")
            }
            Self::ProcessType { got, want } => {
                write!(f, "the process type {} was chosen instead of {want}", clean(got, MOST))
            }
            Self::Switched { got, want } => write!(f, "it says {}, and must say {want}", clean(got, MOST)),
            Self::OneLetter(slip) => write!(f, "{slip}"),
            Self::Parentheses { opening, closing } => parentheses(f, *opening, *closing),
            Self::TooLong(n) => {
                write!(f, "{n} characters: a queue's name can have {LONGEST_QUEUE_NAME}, blanks included")
            }
            Self::Instead { got, want } => write!(f, "\"{}\" instead of \"{}\"", clean(got, MOST), clean(want, MOST)),
            Self::Other { at, got, want } => {
                write!(f, "other text from character {at}: {} instead of {}", quoted(got), quoted(want))
            }
            Self::So(consequence) => write!(f, "{consequence}"),
        }
    }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", clean(text, MOST)) }
}

fn blank_name(blank: char) -> String {
    match blank {
        '\t' => "a tab instead of a blank".to_owned(),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line end".to_owned(),
        other => format!("a blank of another kind (U+{:04X})", u32::from(other)),
    }
}

fn parentheses(f: &mut fmt::Formatter<'_>, opening: (usize, usize), closing: (usize, usize)) -> fmt::Result {
    let one = |(there, wanted): (usize, usize), name: &str| format!("{there} {name} parentheses instead of {wanted}");
    match (opening.0 == opening.1, closing.0 == closing.1) {
        (false, false) if opening == closing => {
            write!(f, "{} pairs of parentheses instead of {}", opening.0, opening.1)
        }
        (false, false) => write!(f, "{} and {}", one(opening, "opening"), one(closing, "closing")),
        (false, true) => f.write_str(&one(opening, "opening")),
        (true, _) => f.write_str(&one(closing, "closing")),
    }
}
