//! The content of each cell of a terminal.
use super::style::GlyphStyle;
use ratatui::buffer::Cell;
use ratatui::layout::Size;
use unicode_width::UnicodeWidthStr as _;

/// The content of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GridCell {
    /// Nothing. Keeps only the visible part of its style.
    Blank(GlyphStyle),
    /// A glyph, with its width in columns.
    Glyph(Symbol, u16, GlyphStyle),
    /// The rest of a wide glyph that begins further left.
    Rest,
}

/// The text of a glyph, which is nearly always one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Symbol {
    One(char),
    /// Characters with marks or joiners. Terminals disagree about their width.
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

    /// Returns the width in columns.
    pub(super) fn width(&self) -> u16 {
        match self {
            Self::Glyph(_, width, _) => *width,
            Self::Blank(_) | Self::Rest => 1,
        }
    }
}

/// The cells of a terminal.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    size: Size,
    spots: Vec<GridCell>,
}

impl Grid {
    /// Creates an empty grid.
    pub(super) fn blank(size: Size) -> Self {
        Self { size, spots: vec![GridCell::PLAIN; usize::from(size.width) * usize::from(size.height)] }
    }

    /// Returns the cells of a line.
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

    /// Copies a line from another grid.
    pub(super) fn take_line(&mut self, y: u16, from: &Self) {
        let (to, from) = (self.line_mut(y), from.line(y));
        if to.len() == from.len() {
            to.clone_from_slice(from);
        }
    }

    /// Sets a cell. A wide glyph that this cuts in two becomes blank. Outside the window nothing happens.
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

    /// The cells from this index on are blank, as after erasing to the end of the line.
    pub(super) fn blank_from(&self, y: u16) -> usize {
        let line = self.line(y);
        line.len() - line.iter().rev().take_while(|spot| **spot == GridCell::PLAIN).count()
    }

    /// Blanks the cells from one position to another, in reading order.
    pub(super) fn blank_between(&mut self, from: (u16, u16), to: (u16, u16)) {
        for y in from.1..=to.1 {
            let first = if y == from.1 { usize::from(from.0) } else { 0 };
            let line = self.line_mut(y);
            let end = if y == to.1 { usize::from(to.0) } else { line.len() }.min(line.len());
            line[first.min(end)..end].fill(GridCell::PLAIN);
        }
    }
}
