//! A row of a screen as words for the ear: marks, pointers and rules become words or go, columns become `label: value`.
use crate::tui::row::{Row, Tone};
use crate::tui::script::{Mark, Script};
use crate::tui::text;

/// The characters that rows are made with here. All marks differ in it; what the terminal can show is seen to when lines are printed.
pub(super) const SCRIPT: Script = Script::Unicode;

/// A row in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Spoken {
    /// The words; empty where the row stands for the eye alone.
    pub(super) words: String,
    /// Its tone, that of its last words.
    pub(super) tone: Option<Tone>,
    /// Whether it says that something is under way.
    pub(super) busy: bool,
    /// Whether text is typed in it.
    pub(super) field: bool,
}

/// What stands between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing: they are parts of one text.
    None,
    /// One blank.
    Blank,
    /// A column begins.
    Column,
    /// A dot.
    Dot,
    /// From before to after.
    Arrow,
}

/// Whether a row says that something is under way.
pub(super) fn is_busy(row: &Row) -> bool {
    row.pieces.iter().any(|piece| piece.text.trim_start().starts_with(SPINNER))
}

/// The spinner is all of Braille that the screens use.
const SPINNER: fn(char) -> bool = |c| ('\u{2800}'..='\u{28ff}').contains(&c);

/// A row in words.
pub(super) fn speak(row: &Row) -> Spoken {
    let mut spoken = Spoken { busy: is_busy(row), field: row.cursor.is_some(), ..Spoken::default() };
    let mut line = Sentence::default();
    for piece in &row.pieces {
        let trimmed = piece.text.trim();
        let spinner = trimmed.strip_prefix(SPINNER).is_some_and(str::is_empty);
        if piece.tone == Tone::Field || trimmed == SCRIPT.pointer() || is_rule(trimmed) || spinner {
            continue;
        }
        if trimmed.is_empty() {
            line.blanks(text::width(&piece.text));
        } else if piece.text == SCRIPT.dot() {
            line.gap = Gap::Dot;
        } else if piece.text == SCRIPT.arrow() {
            line.gap = Gap::Arrow;
        } else if let (true, Some((mark, rest))) = (line.is_new(), marked(trimmed)) {
            line.mark = Some(mark);
            if !rest.is_empty() {
                line.add(piece.tone, rest);
                spoken.tone = Some(piece.tone);
            }
        } else {
            line.add(piece.tone, &piece.text);
            spoken.tone = Some(piece.tone);
        }
    }
    spoken.words = line.end();
    spoken
}

fn is_rule(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| SCRIPT.rule().contains(c))
}

/// The mark that a text begins with, alone or with words after it.
fn marked(text: &str) -> Option<(Mark, &str)> {
    if let Some(rest) = text.strip_prefix(SPINNER) {
        return Some((Mark::Busy(0), rest.trim_start()));
    }
    // Alone only: menu paths begin with it too.
    if text == SCRIPT.mark(Mark::Asked) {
        return Some((Mark::Asked, ""));
    }
    let marks = [Mark::Same, Mark::Differs, Mark::Unread, Mark::Waiting, Mark::Attested, Mark::Blocked, Mark::Advice];
    marks.into_iter().find_map(|mark| match text.strip_prefix(SCRIPT.mark(mark))? {
        "" => Some((mark, "")),
        // A sentence may begin with `?` or `!` too.
        rest if !SCRIPT.mark(mark).is_ascii() => rest.strip_prefix(' ').map(|rest| (mark, rest)),
        _ => None,
    })
}

/// What a mark before a sentence means; beside a label the words say it.
fn mark_words(mark: Mark) -> &'static str {
    match mark {
        Mark::Differs => "Problem: ",
        Mark::Unread => "Not known: ",
        Mark::Blocked => "Blocked: ",
        Mark::Advice => "Note: ",
        Mark::Same | Mark::Waiting | Mark::Attested | Mark::Asked | Mark::Busy(_) => "",
    }
}

/// A line being put together.
struct Sentence {
    words: String,
    mark: Option<Mark>,
    gap: Gap,
    /// Where the words after a label and its colon begin.
    label: Option<usize>,
    /// The tone of the words added last.
    last: Option<Tone>,
}

impl Default for Sentence {
    fn default() -> Self {
        Self { words: String::new(), mark: None, gap: Gap::None, label: None, last: None }
    }
}

impl Sentence {
    fn is_new(&self) -> bool {
        self.words.is_empty() && self.mark.is_none()
    }

    fn blanks(&mut self, columns: usize) {
        self.gap = match columns {
            _ if self.words.is_empty() => Gap::None,
            1 => Gap::Blank,
            _ => Gap::Column,
        };
    }

    fn add(&mut self, tone: Tone, text: &str) {
        if self.words.is_empty() {
            self.words.push_str(text.trim_start());
            self.last = Some(tone);
            return;
        }
        if self.gap != Gap::None {
            self.words.truncate(self.words.trim_end().len());
        }
        match self.gap {
            Gap::None => {}
            Gap::Blank => self.words.push(' '),
            Gap::Dot => self.words.push_str(", "),
            Gap::Arrow => {
                if let Some(at) = self.label {
                    self.words.insert_str(at, "from ");
                }
                self.words.push_str(" to ");
            }
            Gap::Column => self.column(),
        }
        self.gap = Gap::None;
        self.words.push_str(text);
        self.last = Some(tone);
    }

    fn column(&mut self) {
        let between = match self.last {
            _ if self.words.ends_with([':', '.']) => " ",
            Some(Tone::Heading) => ", ",
            // A label of its own: `should be  …`.
            Some(Tone::Faint) => ": ",
            _ if self.label.is_some() => "; ",
            _ => ": ",
        };
        self.words.push_str(between);
        self.label.get_or_insert(self.words.len());
    }

    fn end(self) -> String {
        match self.mark {
            Some(mark) if self.label.is_none() => format!("{}{}", mark_words(mark), self.words),
            _ => self.words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(row: &Row) -> String {
        speak(row).words
    }

    #[test]
    fn columns_become_labels_and_marks_become_words() {
        let row = Row::default().to(3).add(Tone::Plain, "URL").to(20).add(Tone::Bad, "a").add(Tone::Faint, " → ");
        assert_eq!(words(&row.add(Tone::Good, "b")), "URL: from a to b");
        let row = Row::default().to(1).add(Tone::Warn, "✗").add(Tone::Plain, " ").add(Tone::Plain, "No answer.");
        assert_eq!(words(&row), "Problem: No answer.");
        let row = Row::default().to(1).add(Tone::Good, "✓").to(3).add(Tone::Plain, "Partner").to(18);
        assert_eq!(words(&row.add(Tone::Plain, "verified, read 20:14:03")), "Partner: verified, read 20:14:03");
        assert_eq!(words(&Row::of(Tone::Faint, " ──────────")), "");
        assert_eq!(
            words(&Row::of(Tone::Heading, " Look it over").right(60, Tone::Faint, "4 of 4")),
            "Look it over, 4 of 4"
        );
    }

    #[test]
    fn a_value_keeps_its_blanks() {
        assert_eq!(words(&Row::of(Tone::Plain, "x").to(9).add(Tone::Plain, " a  b ")), "x:  a  b ");
    }

    #[test]
    fn what_is_under_way_is_told_by_the_spinner_and_said_without_it() {
        let row = Row::of(Tone::Plain, format!(" {} ", SCRIPT.mark(Mark::Busy(3)))).add(Tone::Plain, "Recording");
        let spoken = speak(&row);
        assert!(spoken.busy && spoken.words == "Recording");
        let spoken = speak(&Row::of(Tone::Plain, format!(" {} Recording", SCRIPT.mark(Mark::Busy(0)))));
        assert!(spoken.busy && spoken.words == "Recording");
        assert_eq!(words(&Row::of(Tone::Bad, " ✗ Not equal:")), "Problem: Not equal:");
    }
}
