//! Reasons why two values differ, in plain words.
use super::field_role::{Consequence, LONGEST_QUEUE_NAME};
use super::slip::Slip;
use crate::text::clean;

/// The most characters of a value that a reason repeats.
const MOST: usize = 60;

/// A reason why a value differs from the wanted one. Positions (`at`) count characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DifferenceCause {
    /// The field is empty and must not be.
    #[error("the field is empty")]
    Empty,
    #[error("\"{}\" where the field must be empty", clean(.0, MOST))]
    NotBlank(String),
    #[error("a curly quote ({quote}) instead of a straight one, first at character {at}")]
    CurlyQuote { at: usize, quote: char },
    #[error("a no-break space instead of an ordinary one, first at character {at}")]
    NoBreakBlank { at: usize },
    /// A tab, a line end or a space of unusual width.
    #[error("{} at character {at}", blank_name(*.blank))]
    OddBlank { at: usize, blank: char },
    #[error("a character that cannot be seen (U+{:04X}) at character {at}", u32::from(*.character))]
    Invisible { at: usize, character: char },
    /// How many spaces precede the text.
    #[error("{} at the start", blanks(*.0))]
    BlankAtStart(usize),
    /// How many spaces follow the text.
    #[error("{} at the end", blanks(*.0))]
    BlankAtEnd(usize),
    /// More or fewer spaces between the words.
    #[error("different spacing between the words")]
    BlanksBetween,
    #[error("quotes ({0}) around the value")]
    Quoted(char),
    /// The texts differ only in case, first at this position.
    #[error("upper and lower case: character {at} is \"{got}\" instead of \"{want}\"")]
    Letters { at: usize, got: char, want: char },
    /// Another of ILLiad's process types.
    #[error("the process type {} was chosen instead of {want}", clean(.got, MOST))]
    ProcessType { got: String, want: String },
    #[error("it says {} but must say {want}", clean(.got, MOST))]
    Switched { got: String, want: String },
    #[error("{0}")]
    OneLetter(Slip),
    /// Other numbers of parentheses, each as (found, wanted).
    #[error("{}", parentheses(*.opening, *.closing))]
    Parentheses { opening: (usize, usize), closing: (usize, usize) },
    /// The value's length in characters, above what a queue's name may have.
    #[error("{0} characters: a queue's name can have {LONGEST_QUEUE_NAME}, spaces included")]
    TooLong(usize),
    /// A completely different value.
    #[error("\"{}\" instead of \"{}\"", clean(.got, MOST), clean(.want, MOST))]
    Instead { got: String, want: String },
    /// The texts differ from some position on. Holds an excerpt of each from there.
    #[error("other text from character {at}: {} instead of {}", quoted(.got), quoted(.want))]
    Other { at: usize, got: String, want: String },
    /// What would happen because of the difference.
    #[error("{0}")]
    So(Consequence),
}

fn blanks(count: usize) -> String {
    if count == 1 { "a space".to_owned() } else { format!("{count} spaces") }
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".to_owned() } else { format!("\"{}\"", clean(text, MOST)) }
}

fn blank_name(blank: char) -> String {
    match blank {
        '\t' => "a tab instead of a space".to_owned(),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        other => format!("a space of another kind (U+{:04X})", u32::from(other)),
    }
}

fn parentheses(opening: (usize, usize), closing: (usize, usize)) -> String {
    let one = |(there, wanted): (usize, usize), name: &str| format!("{there} {name} parentheses instead of {wanted}");
    match (opening.0 == opening.1, closing.0 == closing.1) {
        (false, false) if opening == closing => format!("{} pairs of parentheses instead of {}", opening.0, opening.1),
        (false, false) => format!("{} and {}", one(opening, "opening"), one(closing, "closing")),
        (false, true) => one(opening, "opening"),
        (true, _) => one(closing, "closing"),
    }
}
