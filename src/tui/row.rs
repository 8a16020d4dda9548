//! A line of a screen before it has a place on it: what it is, and its pieces. The full screen makes characters of them, line mode
//! words; nobody reads them back.
use super::script::{Mark, Script};
use super::text;
use crate::text::clean;
use std::borrow::Cow;

/// What a piece of text is there for. The theme gives it a look; no meaning rests on the look alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary.
    Plain,
    /// Beside the matter.
    Faint,
    /// Stands out.
    Strong,
    /// A heading.
    Heading,
    /// As wanted.
    Good,
    /// Not as wanted.
    Bad,
    /// Needs somebody.
    Warn,
    /// A person's word.
    Word,
    /// Chosen.
    Picked,
    /// Where text is typed.
    Field,
    /// A key to press.
    Key,
    /// What patrons use: not to be overlooked.
    Alarm,
}

/// What a line is. Line mode says each kind in its own way; the full screen draws all of them alike.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RowKind {
    /// A sentence, or a label with what belongs to it.
    #[default]
    Note,
    /// The title of a screen or of a part of it.
    Heading,
    /// Something went wrong or was refused.
    Problem,
    /// A value of a step, as it was found or as a person said.
    Value,
    /// A value of a step that nobody has seen there yet.
    Wanted,
    /// What a value should be, where something else was found.
    Expected,
    /// What was found instead.
    Found,
    /// The way through the menus to where the chosen value is set.
    MenuPath,
    /// What a system is asked for the chosen value.
    Request,
    /// What a person does there, by its number.
    Instruction(usize),
    /// One of those to choose from.
    Choice,
    /// The heads of columns, which nobody needs who cannot see columns.
    ColumnHeads,
    /// The label of the field in the line below.
    FieldLabel,
}

/// What a piece of a line is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PieceKind {
    /// Words, free of control characters.
    Text(String),
    /// What the line is about: the name of its value, or its number.
    Label(String),
    /// An indentation, or blanks within a sentence.
    Blanks(usize),
    /// Blanks up to where a column begins.
    Column(usize),
    /// How something stands.
    Mark(Mark),
    /// Points at what is chosen.
    Pointer,
    /// Between a label and what is typed or said after it.
    Colon,
    /// Between words of one line.
    Dot,
    /// From before to after.
    Arrow,
    /// Stands for what is not there.
    Dots,
    /// A horizontal line.
    Rule(usize),
    /// What was typed so far, as wide as its field.
    Field(String),
}

impl PieceKind {
    /// A pointer where something is chosen, else a blank of its width.
    #[must_use]
    pub fn pointer(chosen: bool) -> Self {
        if chosen { Self::Pointer } else { Self::Blanks(1) }
    }

    /// The characters that stand for it on the full screen.
    #[must_use]
    pub fn drawn(&self, script: Script) -> Cow<'_, str> {
        Cow::Borrowed(match self {
            Self::Text(text) | Self::Label(text) | Self::Field(text) => return script.spell(text),
            Self::Blanks(columns) | Self::Column(columns) => return " ".repeat(*columns).into(),
            Self::Rule(columns) => return script.rule().repeat(*columns).into(),
            Self::Mark(mark) => script.mark(*mark),
            Self::Pointer => script.pointer(),
            Self::Colon => ": ",
            Self::Dot => script.dot(),
            Self::Arrow => script.arrow(),
            Self::Dots => script.dots(),
        })
    }

    /// Columns it takes.
    #[must_use]
    pub fn width(&self, script: Script) -> usize {
        text::width(&self.drawn(script))
    }

    /// The one door to the screen: control characters end here, wherever the text is from.
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

/// A part of a line that looks the same all over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is made of.
    pub kind: PieceKind,
    /// What it is there for.
    pub tone: Tone,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// From left to right.
    pub pieces: Vec<Piece>,
    /// Which of the screen's items it belongs to.
    pub item: Option<usize>,
    /// The column the cursor stands in, where text is typed in this line.
    pub cursor: Option<usize>,
    /// Whether Enter confirms it: then it is in sight first.
    pub confirmed: bool,
    /// Whether its sentence goes on in the next line.
    pub goes_on: bool,
}

/// Longer texts are cut; nothing the two systems keep is longer.
const MOST: usize = 4000;

impl Row {
    /// An empty line.
    #[must_use]
    pub fn blank() -> Self {
        Self::default()
    }

    /// A line of one piece, and of the kind that goes with its tone.
    #[must_use]
    pub fn of(tone: Tone, kind: impl Into<PieceKind>) -> Self {
        Self { kind: tone.into(), ..Self::default() }.add(tone, kind)
    }

    /// A line across, an indentation left out.
    #[must_use]
    pub fn rule(columns: usize) -> Self {
        Self::of(Tone::Faint, PieceKind::Blanks(1)).add(Tone::Faint, PieceKind::Rule(columns.saturating_sub(1)))
    }

    /// With another piece.
    #[must_use]
    pub fn add(mut self, tone: Tone, kind: impl Into<PieceKind>) -> Self {
        let kind = kind.into().cleaned();
        if !kind.is_empty() {
            self.pieces.push(Piece { kind, tone });
        }
        self
    }

    /// With the pieces of another line after its own.
    #[must_use]
    pub fn append(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self
    }

    /// With blanks up to a column; one at least where something stands there already.
    #[must_use]
    pub fn to(self, column: usize) -> Self {
        let at = self.width();
        let gap = if at == 0 { column } else { column.saturating_sub(at).max(1) };
        self.add(Tone::Plain, PieceKind::Column(gap))
    }

    /// With a text that ends at the column `end`.
    #[must_use]
    pub fn right(self, end: usize, tone: Tone, text: &str) -> Self {
        let start = end.saturating_sub(text::width(text));
        self.to(start).add(tone, text)
    }

    /// As a line of a kind.
    #[must_use]
    pub fn of_kind(mut self, kind: RowKind) -> Self {
        self.kind = kind;
        self
    }

    /// As a line of an item.
    #[must_use]
    pub fn of_item(mut self, item: usize) -> Self {
        self.item = Some(item);
        self
    }

    /// As a line that Enter confirms.
    #[must_use]
    pub fn confirmed(mut self) -> Self {
        self.confirmed = true;
        self
    }

    /// The mark in it.
    #[must_use]
    pub fn mark(&self) -> Option<Mark> {
        self.pieces.iter().find_map(|piece| match piece.kind {
            PieceKind::Mark(mark) => Some(mark),
            _ => None,
        })
    }

    /// The tone of its last piece.
    #[must_use]
    pub fn tone(&self) -> Option<Tone> {
        self.pieces.last().map(|piece| piece.tone)
    }

    /// Columns it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.drawn_width(Script::Unicode)
    }

    /// Columns it takes in a script.
    #[must_use]
    pub fn drawn_width(&self, script: Script) -> usize {
        self.pieces.iter().map(|piece| piece.kind.width(script)).sum()
    }

    /// What there is room for of it. The last piece is what was cut, even where nothing is left of it.
    #[must_use]
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

    /// Its characters on the full screen, where all of them can be shown.
    #[must_use]
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

/// A text over as many lines as it needs, indented.
#[must_use]
pub fn paragraph(tone: Tone, text: &str, indent: usize, columns: usize) -> Vec<Row> {
    beside(Row::default().to(indent), tone, text, columns)
}

/// A text with a hanging first word or mark: `2 Click Save.`
#[must_use]
pub fn hanging(
    (head_tone, head): (Tone, impl Into<PieceKind>),
    tone: Tone,
    body: &str,
    indent: usize,
    columns: usize,
) -> Vec<Row> {
    let start = Row::default().to(indent).add(head_tone, head).add(Tone::Plain, PieceKind::Blanks(1));
    beside(start, tone, body, columns)
}

/// A text after the start of a line, and under its own start where it needs more lines. They are of the kind of the start, or of the
/// one that goes with the text's tone.
#[must_use]
pub fn beside(start: Row, tone: Tone, body: &str, columns: usize) -> Vec<Row> {
    let indent = start.width();
    let kind = if start.kind == RowKind::Note { tone.into() } else { start.kind };
    let lines = text::wrap(&clean(body, MOST), columns.saturating_sub(indent));
    let last = lines.len() - 1;
    let mut next = Some(start);
    lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            let goes_on = at < last && !line.ends_with(['.', ':']);
            let row = next.take().unwrap_or_else(|| Row::default().to(indent)).add(tone, line);
            Row { kind, goes_on, ..row }
        })
        .collect()
}

/// The first line to show, so that the rows of `item` are in sight. Where they are not, the list moves by most of a window: the moves
/// that follow change two lines of it and not all, which is what a slow line notices.
/// With the first item everything above it comes into sight as well, with the last one everything below.
#[must_use]
pub fn reveal(rows: &[Row], item: usize, top: usize, height: usize) -> usize {
    let last_item = rows.iter().filter_map(|row| row.item).max().unwrap_or(0);
    let mut first = rows.iter().position(|row| row.item == Some(item)).unwrap_or(0);
    let mut last = rows.iter().rposition(|row| row.item == Some(item)).unwrap_or(0);
    // The heading right above belongs to what is looked at.
    while first > 0 && rows[first - 1].item.is_none() && last - first + 2 <= height.min(6) {
        first -= 1;
    }
    if item == 0 && last < height {
        first = 0;
    }
    if item == last_item && rows.len() - first <= height {
        last = rows.len() - 1;
    }
    // What was at the edge is a quarter of the window away from the other one.
    let most_of_it = height - height.div_ceil(4);
    let down = if last >= top + height {
        let least = last + 1 - height.min(last + 1);
        // No further than the heading of its section, where that comes into sight with it.
        let heading = rows[..first].iter().rposition(|row| row.item.is_none() && row.width() > 0);
        let most = heading.filter(|heading| *heading >= least).unwrap_or(usize::MAX);
        (least + most_of_it).min(most)
    } else {
        top
    };
    let up = if first < top { first.saturating_sub(most_of_it) } else { down };
    up.min(first).min(rows.len().saturating_sub(height))
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
