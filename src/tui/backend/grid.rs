//! What stands in each place of a terminal.
use super::style::GlyphStyle;
use ratatui::buffer::Cell;
use ratatui::layout::Size;
use unicode_width::UnicodeWidthStr as _;

/// What stands in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GridCell {
    /// Nothing; of its look only what can be seen.
    Blank(GlyphStyle),
    /// A letter or sign that takes so many columns.
    Glyph(Symbol, u16, GlyphStyle),
    /// The rest of a wide one that begins before.
    Rest,
}

/// The text of a glyph; nearly all are one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Symbol {
    /// One character.
    One(char),
    /// With marks or joiners, of which terminals differ in how wide they are.
    Several(Box<str>),
}

impl GridCell {
    const PLAIN: Self = Self::Blank(GlyphStyle::PLAIN);

    fn of(cell: &Cell) -> Self {
        let look = GlyphStyle { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        let width = u16::try_from(cell.symbol().width()).unwrap_or(0);
        let mut chars = cell.symbol().chars();
        match (chars.next(), chars.next()) {
            (Some(' '), None) => Self::Blank(look.on_blank()),
            _ if width == 0 => Self::Blank(look.on_blank()),
            (Some(only), None) => Self::Glyph(Symbol::One(only), width, look),
            _ => Self::Glyph(Symbol::Several(cell.symbol().into()), width, look),
        }
    }

    /// Columns it takes.
    pub(super) fn width(&self) -> u16 {
        match self {
            Self::Glyph(_, width, _) => *width,
            Self::Blank(_) | Self::Rest => 1,
        }
    }
}

/// A terminal's places.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    size: Size,
    spots: Vec<GridCell>,
}

impl Grid {
    /// An empty one.
    pub(super) fn blank(size: Size) -> Self {
        Self { size, spots: vec![GridCell::PLAIN; usize::from(size.width) * usize::from(size.height)] }
    }

    /// A line.
    pub(super) fn line(&self, y: u16) -> &[GridCell] {
        let width = usize::from(self.size.width);
        let from = usize::from(y) * width;
        self.spots.get(from..from + width).unwrap_or_default()
    }

    fn line_mut(&mut self, y: u16) -> &mut [GridCell] {
        let width = usize::from(self.size.width);
        let from = usize::from(y) * width;
        self.spots.get_mut(from..from + width).unwrap_or_default()
    }

    /// Takes a line over.
    pub(super) fn take_line(&mut self, y: u16, from: &Self) {
        let (to, from) = (self.line_mut(y), from.line(y));
        if to.len() == from.len() {
            to.clone_from_slice(from);
        }
    }

    /// Puts something somewhere; what is left of a wide glyph that was cut in two is blank. Outside of the window nothing is put.
    pub(super) fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let x = usize::from(x);
        let line = self.line_mut(y);
        let Some(there) = line.get(x) else { return };
        if *there == GridCell::Rest {
            let start = (0..x).rev().find(|at| line[*at] != GridCell::Rest).unwrap_or(0);
            line[start..x].fill(GridCell::PLAIN);
        }
        let mut spot = GridCell::of(cell);
        if x + usize::from(spot.width()) > line.len() {
            // There is no room for it.
            spot = GridCell::PLAIN;
        }
        let end = x + usize::from(spot.width());
        let cut = line[end..].iter().take_while(|spot| **spot == GridCell::Rest).count();
        line[end..end + cut].fill(GridCell::PLAIN);
        line[x..end].fill(GridCell::Rest);
        line[x] = spot;
    }

    /// The places from one on are blanks, as they are after the line was erased from there.
    pub(super) fn blank_from(&self, y: u16) -> usize {
        let line = self.line(y);
        line.len() - line.iter().rev().take_while(|spot| **spot == GridCell::PLAIN).count()
    }

    /// Blanks from one place to another, in reading order.
    pub(super) fn blank_between(&mut self, from: (u16, u16), to: (u16, u16)) {
        for y in from.1..=to.1 {
            let first = if y == from.1 { usize::from(from.0) } else { 0 };
            let line = self.line_mut(y);
            let end = if y == to.1 { usize::from(to.0) } else { line.len() }.min(line.len());
            line[first.min(end)..end].fill(GridCell::PLAIN);
        }
    }
}
