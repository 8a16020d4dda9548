//! A line that a screen says, and what decides when it is printed again.
use crate::tui::row::RowKind;

/// One line of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingLine {
    pub words: String,
    pub kind: LineKind,
}

/// What a line is. This decides when it is printed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Printed when it is new.
    Statement,
    /// A refusal, which is printed again when it comes up again.
    Refusal,
    /// An instruction. Its number changes when those before it are done, which is nothing new.
    Instruction(usize),
}

impl ListingLine {
    /// The line as it is printed.
    pub fn printed(&self) -> String {
        match self.kind {
            LineKind::Instruction(number) => format!("Do {number}: {}", self.words),
            LineKind::Statement | LineKind::Refusal => self.words.clone(),
        }
    }
}

/// A line that is printed when it is new.
pub(super) fn line(words: impl Into<String>) -> ListingLine {
    ListingLine { words: words.into(), kind: LineKind::Statement }
}

/// A line of a row that is no value, instruction or heading.
pub(super) fn stated(kind: RowKind, words: String) -> ListingLine {
    let kind = if kind == RowKind::Problem { LineKind::Refusal } else { LineKind::Statement };
    ListingLine { words, kind }
}
