//! A row of a screen before it has a place there: what it is, and its pieces. The full screen turns them into characters, line mode into
//! words.
use super::script::{Mark, Script};
use super::text;
use crate::text::clean;
use std::borrow::Cow;

/// The purpose of a piece of text. The theme gives it a style, but no meaning rests on the style alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// Less important than the rest.
    Faint,
    Strong,
    Heading,
    Good,
    Bad,
    /// The letters of a wanted value that the found one lacks or has otherwise.
    GoodLetters,
    /// The letters in which a found value differs from the wanted one.
    BadLetters,
    /// A person has to act.
    Warn,
    /// A person signed it off.
    SignedOff,
    Picked,
    /// A field where text is typed.
    Field,
    /// A key to press.
    Key,
    /// The production environment, which must not be overlooked.
    Alarm,
}

/// What a row is. Line mode says each kind in its own way, while the full screen draws all of them alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowKind {
    /// A sentence, or a label with its value.
    #[default]
    Note,
    /// The title of a screen or of a part of it.
    Heading,
    /// An error or a refusal.
    Problem,
    /// A value of a step, as found or as signed off.
    Value,
    /// A value of a step that nobody has found or signed off yet.
    Wanted,
    /// The wanted value, if something else was found.
    Expected,
    /// The value that was found instead.
    Found,
    /// The menu path to where the selected value is set.
    MenuPath,
    /// An instruction for a person, with its number.
    Instruction(usize),
    /// One of several options.
    Choice,
    /// A campus on the board, which line mode gives a number.
    Campus,
    /// The headings of columns, which line mode leaves out.
    ColumnHeads,
    /// Marks below the letters that differ, which line mode leaves out.
    LetterMarks,
    /// The label of the field in the row below.
    FieldLabel,
}

/// What a piece of a row is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PieceKind {
    /// Words without control characters.
    Text(String),
    /// What the row is about: the name of its value, or its number.
    Label(String),
    /// An indentation, or blanks within a sentence.
    Blanks(usize),
    /// Blanks up to the start of a column.
    Column(usize),
    Mark(Mark),
    /// Points at the selected row.
    Pointer,
    /// Marks the step that is shown; the pointer is at one of its values.
    Here,
    /// Marks the option that is taken; the pointer is at its question.
    Bullet,
    /// Separates a label from what follows.
    Colon,
    /// Separates words of one row.
    Dot,
    /// Leads from the old to the new value.
    Arrow,
    /// Stands for text that was cut.
    Dots,
    Rule(usize),
    /// The typed text, as wide as its field.
    Field(String),
}

impl PieceKind {
    /// A pointer for a selected row, else a blank of the same width.
    pub fn pointer(chosen: bool) -> Self {
        if chosen { Self::Pointer } else { Self::Blanks(1) }
    }

    /// The characters for the full screen.
    pub fn drawn(&self, script: Script) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Text(text) | Self::Label(text) | Self::Field(text) => return script.spell(text),
            Self::Blanks(columns) | Self::Column(columns) => return " ".repeat(*columns).into(),
            Self::Rule(columns) => return script.rule().repeat(*columns).into(),
            Self::Mark(mark) => script.mark(*mark),
            Self::Pointer => script.pointer(),
            Self::Here => script.here(),
            Self::Bullet => script.bullet(),
            Self::Colon => ": ",
            Self::Dot => script.dot(),
            Self::Arrow => script.arrow(),
            Self::Dots => script.dots(),
        })
    }

    /// Returns the width in columns.
    pub fn width(&self, script: Script) -> usize {
        text::width(&self.drawn(script))
    }

    /// Removes control characters. Every text on the screen passes through here, whatever its source.
    fn cleaned(self) -> Self {
        match self {
            Self::Text(text) if !text.is_empty() && text.bytes().all(|byte| byte == b' ') => Self::Blanks(text.len()),
            Self::Text(text) => Self::Text(clean(&text, MOST)),
            Self::Label(text) => Self::Label(clean(&text, MOST)),
            Self::Field(text) => Self::Field(clean(&text, MOST)),
            other => other,
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::Label(text) | Self::Field(text) => text.is_empty(),
            Self::Blanks(columns) | Self::Column(columns) | Self::Rule(columns) => *columns == 0,
            _ => false,
        }
    }
}

impl<T: AsRef<str>> From<T> for PieceKind {
    fn from(text: T) -> Self {
        Self::Text(text.as_ref().to_owned())
    }
}

impl From<Mark> for PieceKind {
    fn from(mark: Mark) -> Self {
        Self::Mark(mark)
    }
}

/// A part of a row in one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub kind: PieceKind,
    pub tone: Tone,
}

/// A line of a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub kind: RowKind,
    pub pieces: Vec<Piece>,
    /// The item of the screen that this row belongs to.
    pub item: Option<usize>,
    /// The cursor's column, if text is typed in this row.
    pub cursor: Option<usize>,
    /// Enter confirms this row, so it must be in view first.
    pub confirmed: bool,
    /// Its sentence goes on in the next row.
    pub goes_on: bool,
}

/// The most characters of a text. Longer texts are cut; we assume neither system keeps a value that long.
const MOST: usize = 4000;

impl Row {
    /// Returns an empty row.
    pub fn blank() -> Self {
        Self::default()
    }

    /// Creates a row of one piece, of the kind that goes with its tone.
    pub fn of(tone: Tone, kind: impl Into<PieceKind>) -> Self {
        Self { kind: tone.into(), ..Self::default() }.add(tone, kind)
    }

    /// A line across, after an indentation of one column.
    pub fn rule(columns: usize) -> Self {
        Self::of(Tone::Faint, PieceKind::Blanks(1)).add(Tone::Faint, PieceKind::Rule(columns.saturating_sub(1)))
    }

    /// Adds a piece at the end.
    pub fn add(mut self, tone: Tone, kind: impl Into<PieceKind>) -> Self {
        let kind = kind.into().cleaned();
        if !kind.is_empty() {
            self.pieces.push(Piece { kind, tone });
        }
        self
    }

    /// Adds the pieces of another row.
    pub fn append(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// Adds blanks up to a column, and at least one after other text.
    pub fn to(self, column: usize) -> Self {
        let at = self.width();
        let gap = if at == 0 { column } else { column.saturating_sub(at).max(1) };
        self.add(Tone::Plain, PieceKind::Column(gap))
    }

    /// Adds a text that ends at the column `end`.
    pub fn right(self, end: usize, tone: Tone, text: &str) -> Self {
        let start = end.saturating_sub(text::width(text));
        self.to(start).add(tone, text)
    }

    /// The column where its words begin.
    pub fn starts_at(&self) -> usize {
        match self.pieces.first().map(|piece| &piece.kind) {
            Some(PieceKind::Blanks(columns) | PieceKind::Column(columns)) => *columns,
            _ => 0,
        }
    }

    /// Takes the place of the blanks that another row begins with.
    pub fn before(self, other: Self) -> Self {
        let at = other.starts_at();
        let rest = other.pieces.iter().skip(1).cloned().collect();
        Self { pieces: Vec::new(), ..other }.append(self).to(at).append(Self { pieces: rest, ..Self::default() })
    }

    /// Sets the row's kind.
    pub fn of_kind(mut self, kind: RowKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the item that the row belongs to.
    pub fn of_item(mut self, item: usize) -> Self {
        self.item = Some(item);
        self
    }

    /// Marks the row as confirmed by Enter.
    pub fn confirmed(mut self) -> Self {
        self.confirmed = true;
        self
    }

    /// The row's mark, if it has one.
    pub fn mark(&self) -> Option<Mark> {
        self.pieces.iter().find_map(|piece| match piece.kind {
            PieceKind::Mark(mark) => Some(mark),
            _ => None,
        })
    }

    /// The tone of its last piece.
    pub fn tone(&self) -> Option<Tone> {
        self.pieces.last().map(|piece| piece.tone)
    }

    /// The width in columns.
    pub fn width(&self) -> usize {
        self.drawn_width(Script::Unicode)
    }

    /// The width in columns in a given script.
    pub fn drawn_width(&self, script: Script) -> usize {
        self.pieces.iter().map(|piece| piece.kind.width(script)).sum()
    }

    /// Cuts the row to this width. The last piece is the one that was cut, even if nothing is left of it.
    pub fn cut(&self, columns: usize, script: Script) -> Self {
        let mut row = Self { pieces: Vec::new(), ..self.clone() };
        let mut left = columns;
        for piece in &self.pieces {
            let width = piece.kind.width(script);
            if width > left {
                let text = text::cut(&piece.kind.drawn(script), left, "");
                row.pieces.push(Piece { kind: PieceKind::Text(text), tone: piece.tone });
                break;
            }
            left -= width;
            row.pieces.push(piece.clone());
        }
        row
    }

    /// The row's characters in Unicode.
    pub fn words(&self) -> String {
        self.pieces.iter().map(|piece| piece.kind.drawn(Script::Unicode)).collect()
    }
}

impl From<Tone> for RowKind {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Heading => Self::Heading,
            Tone::Bad => Self::Problem,
            _ => Self::Note,
        }
    }
}

/// Wraps a text over as many rows as it needs, indented.
pub fn paragraph(tone: Tone, text: &str, indent: usize, columns: usize) -> Vec<Row> {
    wrap_beside(Row::default().to(indent), tone, text, columns)
}

/// Wraps a text with a hanging first word or mark: `2 Click Save.`
pub fn hanging(
    (head_tone, head): (Tone, impl Into<PieceKind>),
    tone: Tone,
    body: &str,
    indent: usize,
    columns: usize,
) -> Vec<Row> {
    let start = Row::default().to(indent).add(head_tone, head).add(Tone::Plain, PieceKind::Blanks(1));
    wrap_beside(start, tone, body, columns)
}

/// Wraps a text after the start of a row, and under its own beginning if it needs more rows. They get the kind of the start, or the one
/// that goes with the text's tone.
pub fn wrap_beside(start: Row, tone: Tone, body: &str, columns: usize) -> Vec<Row> {
    let indent = start.width();
    let kind = if start.kind == RowKind::Note { tone.into() } else { start.kind };
    let lines = text::wrap_at(&clean(body, MOST), indent, columns);
    let last = lines.len() - 1;
    let mut next = Some(start);
    lines
        .into_iter()
        .enumerate()
        .map(|(n, (at, line))| {
            let goes_on = n < last && !line.ends_with(['.', ':']);
            let row = next.take().unwrap_or_else(|| Row::default().to(at)).add(tone, line);
            Row { kind, goes_on, ..row }
        })
        .collect()
}

/// Returns the first row to show so that the rows of `item` are in view. If they are not, the list scrolls by most of a window. The moves
/// after that change two rows instead of all, which is felt on a slow line.
/// With the first item everything above it comes into view as well, with the last one everything below.
pub fn reveal(rows: &[Row], item: usize, top: usize, height: usize) -> usize {
    let last_item = rows.iter().filter_map(|row| row.item).max().unwrap_or(0);
    let mut first = rows.iter().position(|row| row.item == Some(item)).unwrap_or(0);
    let mut last = rows.iter().rposition(|row| row.item == Some(item)).unwrap_or(0);
    let own = first;
    // The heading right above belongs to the item.
    while first > 0 && rows[first - 1].item.is_none() && last - first + 2 <= height.min(6) {
        first -= 1;
    }
    if item == 0 && last < height {
        first = 0;
    }
    if item == last_item {
        // What follows matters more than a heading above.
        first = if rows.len() - first <= height { first } else { own };
        last = (rows.len().max(1) - 1).min((first + height).max(1) - 1).max(last);
    }
    // Scroll until the row at the edge is a quarter of the window away from the other edge.
    let most_of_it = height - height.div_ceil(4);
    let down = if last >= top + height {
        let least = last + 1 - height.min(last + 1);
        // Scroll no further than the heading of its section, if that comes into view too.
        let heading = rows[..first].iter().rposition(|row| row.item.is_none() && row.width() > 0);
        let most = heading.filter(|heading| *heading >= least).unwrap_or(usize::MAX);
        (least + most_of_it).min(most)
    } else {
        top
    };
    let up = if first < top { first.saturating_sub(most_of_it) } else { down };
    let to = up.min(first).min(rows.len().saturating_sub(height));
    if to == top { top } else { at_a_beginning(rows, to, first, last, height) }
}

/// Moves the first row to show to the nearest beginning of a sentence, so that no screen opens in the middle of one. The item's rows
/// `first` to `last` stay in view.
fn at_a_beginning(rows: &[Row], to: usize, first: usize, last: usize, height: usize) -> usize {
    let begins = |at: &usize| *at == 0 || !rows[at - 1].goes_on;
    let below = to..=first.min(rows.len().saturating_sub(height));
    let above = (last + 1).saturating_sub(height)..to;
    below.into_iter().find(begins).or_else(|| above.rev().find(begins)).unwrap_or(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_with_a_control_character_gets_into_a_row() {
        let row = Row::of(Tone::Plain, "a\x1b[2Jb\u{202e}c");
        assert!(!row.words().chars().any(|c| c.is_control() || c == '\u{202e}'));
    }

    #[test]
    fn a_command_that_does_not_fit_has_a_line_of_its_own() {
        let lines = |columns| {
            let rows = paragraph(Tone::Plain, "next: to see more: last-resort golive --campus 01CUNY_QC", 3, columns);
            rows.iter().map(Row::words).collect::<Vec<_>>()
        };
        assert_eq!(lines(70), ["   next: to see more: last-resort golive --campus 01CUNY_QC"]);
        assert_eq!(lines(50), ["   next: to see more:", "   last-resort golive --campus 01CUNY_QC"]);
        assert_eq!(lines(38), ["   next: to see more:", " last-resort golive --campus 01CUNY_QC"]);
    }

    #[test]
    fn the_chosen_item_is_in_sight_and_the_list_moves_by_most_of_a_window() {
        let rows: Vec<Row> = (0..30).map(|n| Row::of(Tone::Plain, n.to_string()).of_item(n)).collect();
        let (mut top, mut moved) = (0, 0);
        for item in (0..30).chain((0..30).rev()) {
            let next = reveal(&rows, item, top, 7);
            assert!(next <= item && item < next + 7, "{item} from {next}");
            assert!([0, 1, 2, 3, 5, 6].contains(&next.abs_diff(top)), "{item}: {top} to {next}");
            moved += usize::from(next != top);
            top = next;
        }
        assert!((8..=12).contains(&moved), "{moved} of 60");
        assert_eq!(reveal(&rows[..3], 2, 9, 7), 0);
    }
}
