//! Writes glyphs in as few bytes as possible: the shortest cursor move, and only the style changes that are needed.
use super::cursor_path;
use super::grid::{GridCell, Symbol};
use super::style::{self, GlyphStyle};
use ratatui::layout::Position;

/// Unchanged cells are written again instead of jumped over if that is cheaper. Beyond this many columns it never is.
const BRIDGE: u16 = 9;

/// Bytes that were not sent yet, and the state in which they leave the terminal.
#[derive(Debug)]
pub(super) struct GlyphWriter {
    pub(super) bytes: Vec<u8>,
    /// The cursor's position, if known.
    pub(super) at: Option<Position>,
    /// The current style, if known.
    pub(super) look: Option<GlyphStyle>,
}

impl GlyphWriter {
    /// Creates a writer that knows nothing about the terminal.
    pub(super) fn new() -> Self {
        Self { bytes: Vec::with_capacity(4096), at: None, look: None }
    }

    /// Moves the cursor to a position.
    pub(super) fn go(&mut self, to: Position) {
        if self.at != Some(to) {
            self.bytes.extend_from_slice(cursor_path::shortest(self.at, to).as_bytes());
            self.at = Some(to);
        }
    }

    /// Switches to a style, unless it is on already.
    pub(super) fn wear(&mut self, look: GlyphStyle) {
        if self.look != Some(look) {
            let codes = style::codes(self.look, look);
            self.bytes.extend_from_slice(format!("\x1b[{codes}m").as_bytes());
            self.look = Some(look);
        }
    }

    /// Writes the cell at a position of a line, wherever the cursor is now.
    pub(super) fn put(&mut self, line: &[GridCell], place: Position) {
        if self.at == Some(place) {
            return self.write(line, place);
        }
        let from = self.at.filter(|at| at.x < place.x && place.x - at.x <= BRIDGE).map(|at| at.x);
        let margin = (place.x <= BRIDGE).then_some(0);
        let starts = [Some(place.x), from, margin];
        let best = starts
            .into_iter()
            .flatten()
            .filter_map(|start| self.over(line, start, place))
            .min_by_key(|pen| pen.bytes.len());
        if let Some(best) = best {
            self.bytes.extend_from_slice(&best.bytes);
            (self.at, self.look) = (best.at, best.look);
        }
    }

    /// Reaches the same cell by writing the line from `start` on.
    fn over(&self, line: &[GridCell], start: u16, place: Position) -> Option<Self> {
        let mut pen = Self { bytes: Vec::new(), at: self.at, look: self.look };
        let mut x = start;
        if *line.get(usize::from(x))? == GridCell::Rest {
            return None;
        }
        while x < place.x {
            pen.write(line, Position { x, ..place });
            x += line.get(usize::from(x))?.width();
        }
        pen.write(line, place);
        Some(pen)
    }

    fn write(&mut self, line: &[GridCell], place: Position) {
        let rest = line.get(usize::from(place.x)..).unwrap_or_default();
        let Some(spot) = rest.first() else { return };
        self.go(place);
        match spot {
            GridCell::Rest => return,
            GridCell::Blank(blank) => {
                self.wear_on_blank(*blank, &rest[1..]);
                self.bytes.push(b' ');
            }
            GridCell::Glyph(Symbol::One(c), _, look) => {
                self.wear(*look);
                self.bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            GridCell::Glyph(Symbol::Several(text), _, look) => {
                self.wear(*look);
                self.bytes.extend_from_slice(text.as_bytes());
            }
        }
        let sure = !matches!(spot, GridCell::Glyph(Symbol::Several(_), ..));
        let next = place.x + spot.width();
        // Past the right edge, the cursor's position depends on the terminal.
        self.at = (sure && usize::from(next) < line.len()).then_some(Position { x: next, ..place });
    }

    /// Draws a blank in the current style if that looks right, else in the style of the next glyph, which has to be set anyway.
    fn wear_on_blank(&mut self, blank: GlyphStyle, rest: &[GridCell]) {
        if self.look.is_some_and(|look| look.draws_blank(blank)) {
            return;
        }
        let next = rest.iter().find_map(|spot| match spot {
            GridCell::Glyph(_, _, look) => Some(*look),
            GridCell::Blank(_) | GridCell::Rest => None,
        });
        self.wear(next.filter(|look| look.draws_blank(blank)).unwrap_or(blank));
    }

    /// Erases a line from a position on. Any position from `blank_from` on does as well.
    pub(super) fn erase(&mut self, blank_from: u16, place: Position) {
        let near = self.at.filter(|at| at.y == place.y && (blank_from..=place.x).contains(&at.x));
        let first = Position { x: blank_from, ..place };
        let cost = |to: &Position| cursor_path::shortest(self.at, *to).len();
        let to = near.or_else(|| [place, first].into_iter().min_by_key(cost)).unwrap_or(place);
        self.go(to);
        // Some terminals fill with the background colour, others with the whole style.
        if !self.look.is_some_and(|look| look.draws_blank(GlyphStyle::PLAIN)) {
            self.wear(GlyphStyle::PLAIN);
        }
        self.bytes.extend_from_slice(b"\x1b[K");
    }
}
