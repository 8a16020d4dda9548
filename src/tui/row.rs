//! A line of a screen before it has a place on it: words with a tone, no colours.
use super::text;
use crate::text::clean;

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

/// Text of one tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Free of control characters.
    pub text: String,
    /// What it is there for.
    pub tone: Tone,
}

/// A line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// From left to right.
    pub pieces: Vec<Piece>,
    /// Which of the screen's items it belongs to.
    pub item: Option<usize>,
    /// The column the cursor stands in, where text is typed in this line.
    pub cursor: Option<usize>,
    /// Whether Enter confirms it: then it is in sight first.
    pub confirmed: bool,
}

/// Longer texts are cut; nothing the two systems keep is longer.
const MOST: usize = 4000;

impl Row {
    /// An empty line.
    #[must_use]
    pub fn blank() -> Self {
        Self::default()
    }

    /// A line of one piece.
    #[must_use]
    pub fn of(tone: Tone, text: impl AsRef<str>) -> Self {
        Self::default().add(tone, text)
    }

    /// With another piece. The one door to the screen: control characters end here, wherever the text is from.
    #[must_use]
    pub fn add(mut self, tone: Tone, text: impl AsRef<str>) -> Self {
        let text = clean(text.as_ref(), MOST);
        if !text.is_empty() {
            self.pieces.push(Piece { text, tone });
        }
        self
    }

    /// With blanks up to a column; one at least where something stands there already.
    #[must_use]
    pub fn to(self, column: usize) -> Self {
        let at = self.width();
        let gap = if at == 0 { column } else { column.saturating_sub(at).max(1) };
        self.add(Tone::Plain, " ".repeat(gap))
    }

    /// With a text that ends at the column `end`.
    #[must_use]
    pub fn right(self, end: usize, tone: Tone, text: &str) -> Self {
        let start = end.saturating_sub(text::width(text));
        self.to(start).add(tone, text)
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

    /// Columns it takes.
    #[must_use]
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|piece| text::width(&piece.text)).sum()
    }

    /// Its words.
    #[must_use]
    pub fn words(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// A text over as many lines as it needs, indented.
#[must_use]
pub fn paragraph(tone: Tone, text: &str, indent: usize, columns: usize) -> Vec<Row> {
    let text = clean(text, MOST);
    text::wrap(&text, columns.saturating_sub(indent))
        .into_iter()
        .map(|line| Row::default().add(Tone::Plain, " ".repeat(indent)).add(tone, line))
        .collect()
}

/// A text with a hanging first word: `2 Click Save.`
#[must_use]
pub fn hanging(head: (Tone, &str), tone: Tone, body: &str, indent: usize, columns: usize) -> Vec<Row> {
    let inner = indent + text::width(head.1) + 1;
    let mut rows = paragraph(tone, body, inner, columns);
    if let Some(first) = rows.first_mut() {
        let text = text::wrap(&clean(body, MOST), columns.saturating_sub(inner)).into_iter().next().unwrap_or_default();
        *first = Row::default()
            .add(Tone::Plain, " ".repeat(indent))
            .add(head.0, head.1)
            .add(Tone::Plain, " ")
            .add(tone, text);
    }
    rows
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
