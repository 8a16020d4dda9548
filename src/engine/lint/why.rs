//! Reasons why two values differ, in plain words.
use super::meant::{Consequence, LONGEST_QUEUE_NAME};
use super::slip::Slip;
use crate::text::clean;
use std::fmt;

/// A reason why a value differs from the wanted one. Positions count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceCause {
    /// The field is empty and must not be.
    Empty,
    /// The field must be empty and is not.
    NotBlank(String),
    CurlyQuote {
        at: usize,
        quote: char,
    },
    NoBreakBlank {
        at: usize,
    },
    /// A tab, a line end or a space of unusual width.
    OddBlank {
        at: usize,
        blank: char,
    },
    Invisible {
        at: usize,
        character: char,
    },
    /// How many spaces precede the text.
    BlankAtStart(usize),
    /// How many spaces follow the text.
    BlankAtEnd(usize),
    /// More or fewer spaces between the words.
    BlanksBetween,
    /// Quotes around the whole value.
    Quoted(char),
    /// The texts differ only in case.
    Letters {
        /// Position of the first such letter.
        at: usize,
        got: char,
        want: char,
    },
    /// Another of ILLiad's process types.
    ProcessType {
        got: String,
        want: String,
    },
    Switched {
        got: String,
        want: String,
    },
    OneLetter(Slip),
    /// Other numbers of parentheses, each as (found, wanted).
    Parentheses {
        opening: (usize, usize),
        closing: (usize, usize),
    },
    /// The value's length in characters, above what a queue's name may have.
    TooLong(usize),
    /// A completely different value.
    Instead {
        got: String,
        want: String,
    },
    /// The texts differ from some position on.
    Other {
        at: usize,
        /// An excerpt from that position.
        got: String,
        /// An excerpt from that position.
        want: String,
    },
    /// What would happen because of the difference.
    So(Consequence),
}

/// The most characters of a value that a reason repeats.
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
