//! Turns a row into words for the ear. The kind of each piece decides how it is spoken.
use crate::tui::row::{Piece, PieceKind, Row, RowKind};
use crate::tui::script::Mark;

/// All words of a row. Empty if the row is only for the eye.
pub(super) fn speech(row: &Row) -> String {
    if row.kind == RowKind::LetterMarks {
        return String::new();
    }
    words(row.kind, row.pieces.iter(), 0)
}

/// The words of a row without its label and mark.
pub(super) fn speech_after_label(row: &Row) -> String {
    // These rows have a second label, so their first gap becomes a colon.
    let columns = usize::from(!matches!(row.kind, RowKind::Expected | RowKind::Found));
    let rest = row.pieces.iter().filter(|piece| !matches!(piece.kind, PieceKind::Label(_) | PieceKind::Mark(_)));
    words(row.kind, rest, columns)
}

/// Returns whether a row shows that work is running.
pub(super) fn is_busy(row: &Row) -> bool {
    matches!(row.mark(), Some(Mark::Busy(_)))
}

/// The word for a mark in front of a sentence. After a label, the words already say it.
fn mark_words(mark: Mark) -> &'static str {
    match mark {
        Mark::Differs => "Problem: ",
        Mark::Unread => "Unknown: ",
        Mark::Blocked => "Blocked: ",
        Mark::Advice => "Note: ",
        Mark::Same | Mark::Waiting | Mark::Attested | Mark::Contradicted | Mark::Asked | Mark::Busy(_) => "",
    }
}

fn words<'a>(kind: RowKind, pieces: impl Iterator<Item = &'a Piece>, columns: usize) -> String {
    let mut sentence = Sentence { columns, ..Sentence::default() };
    for piece in pieces {
        match &piece.kind {
            PieceKind::Text(text) | PieceKind::Label(text) => sentence.add(kind, text),
            PieceKind::Mark(mark) if sentence.words.is_empty() => sentence.mark = Some(*mark),
            PieceKind::Blanks(_) | PieceKind::Column(_) | PieceKind::Colon | PieceKind::Dot | PieceKind::Arrow => {
                sentence.gap = Some(&piece.kind);
            }
            PieceKind::Mark(_)
            | PieceKind::Pointer
            | PieceKind::Here
            | PieceKind::Bullet
            | PieceKind::Dots
            | PieceKind::Rule(_)
            | PieceKind::Field(_) => {}
        }
    }
    match sentence.mark {
        Some(mark) if sentence.value_at.is_none() => format!("{}{}", mark_words(mark), sentence.words),
        _ => sentence.words,
    }
}

/// A line under construction.
#[derive(Default)]
struct Sentence<'a> {
    words: String,
    mark: Option<Mark>,
    /// What separates the words so far from the next ones.
    gap: Option<&'a PieceKind>,
    /// How many columns have begun.
    columns: usize,
    /// Byte offset of the words after the first label.
    value_at: Option<usize>,
}

impl Sentence<'_> {
    fn add(&mut self, kind: RowKind, text: &str) {
        let gap = self.gap.take();
        if self.words.is_empty() {
            self.words.push_str(text.trim_start());
            return;
        }
        if gap.is_some() {
            self.words.truncate(self.words.trim_end().len());
        }
        match gap {
            Some(PieceKind::Dot) => self.words.push_str(", "),
            Some(PieceKind::Colon) => self.words.push_str(": "),
            Some(PieceKind::Arrow) => {
                if let Some(at) = self.value_at {
                    self.words.insert_str(at, "from ");
                }
                self.words.push_str(" to ");
            }
            Some(PieceKind::Column(_)) => self.column(kind),
            Some(_) => self.words.push(' '),
            None => {}
        }
        self.words.push_str(text);
    }

    fn column(&mut self, kind: RowKind) {
        let between = match (kind, self.columns) {
            // Words that end in a colon need no second one.
            _ if self.words.ends_with([':', '.']) => " ",
            (RowKind::Heading, _) => ", ",
            (_, 0) => ": ",
            (_, _) => "; ",
        };
        self.words.push_str(between);
        self.columns += 1;
        self.value_at.get_or_insert(self.words.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::row::Tone;

    #[test]
    fn columns_become_labels_and_marks_become_words() {
        let row = Row::default().to(3).add(Tone::Plain, "URL").to(20).add(Tone::Bad, "a");
        assert_eq!(speech(&row.add(Tone::Faint, PieceKind::Arrow).add(Tone::Good, "b")), "URL: from a to b");
        let row = Row::default().to(1).add(Tone::Warn, Mark::Differs).add(Tone::Plain, " ");
        assert_eq!(speech(&row.add(Tone::Plain, "No answer.")), "Problem: No answer.");
        let row = Row::default().to(1).add(Tone::Good, Mark::Same).to(3).add(Tone::Plain, "Partner").to(18);
        assert_eq!(speech(&row.add(Tone::Plain, "verified, read 20:14:03")), "Partner: verified, read 20:14:03");
        assert_eq!(speech(&Row::rule(10)), "");
        let title = Row::of(Tone::Heading, " Look it over").right(60, Tone::Faint, "4 of 4");
        assert_eq!(speech(&title), "Look it over, 4 of 4");
    }

    #[test]
    fn a_value_keeps_its_blanks_and_its_characters() {
        assert_eq!(speech(&Row::of(Tone::Plain, "x").to(9).add(Tone::Plain, " a  b ")), "x:  a  b ");
        for value in ["✗ x", "───", "▸", "⠋ x", "…", " · "] {
            let row = Row::of(Tone::Plain, PieceKind::Label("x".to_owned())).to(9).add(Tone::Plain, value);
            assert_eq!((speech(&row), is_busy(&row)), (format!("x: {value}"), false));
            assert_eq!(speech_after_label(&row), value.trim_start());
        }
    }

    #[test]
    fn what_is_under_way_is_told_by_its_mark_and_said_without_it() {
        let row = Row::of(Tone::Plain, " ").add(Tone::Plain, Mark::Busy(3)).add(Tone::Plain, " ");
        let row = row.add(Tone::Plain, "Recording");
        assert!(is_busy(&row));
        assert_eq!(speech(&row), "Recording");
    }

    #[test]
    fn what_is_expected_is_said_with_its_own_label() {
        let label = PieceKind::Label("URL".to_owned());
        let row = Row::of(Tone::Plain, label).of_kind(RowKind::Expected).to(9).add(Tone::Faint, "wanted");
        assert_eq!(speech_after_label(&row.to(20).add(Tone::Good, "a")), "wanted: a");
    }
}
