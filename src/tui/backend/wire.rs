//! The backend itself. What ratatui draws is only noted. A frame is written once all of it is known.
//!
//! ratatui's own backend forgets cursor and style between frames, which costs about 40 bytes a character and is felt on slow links. A
//! frame that changes more than two lines is sent as one synchronized update; smaller ones fit into one packet.
use super::grid::Grid;
use super::style::GlyphStyle;
use super::writer::GlyphWriter;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A function that asks for the window's size.
pub(in crate::tui) type AskSize = fn() -> io::Result<Size>;

/// A backend that writes to a terminal.
pub(in crate::tui) struct Wire<W: Write> {
    writer: W,
    ask_size: AskSize,
    pen: GlyphWriter,
    /// What the terminal shows.
    shown: Grid,
    /// What the terminal should show.
    wanted: Grid,
    /// Lines in which the two may differ.
    touched: BTreeSet<u16>,
    /// Nothing is known about the terminal's content, so the next frame wipes it.
    wipe: bool,
    cursor: Option<Position>,
    visible: Option<bool>,
    wanted_visible: Option<bool>,
}

/// A frame that touches more lines than this is sent as one update.
const LINES: usize = 2;

/// Up to this many blanks at the end of a line are written. More are erased.
const FEW_BLANKS: usize = 3;

impl<W: Write> Wire<W> {
    /// Creates a backend for an empty terminal of which nothing else is known.
    pub(in crate::tui) fn new(writer: W, ask_size: AskSize) -> io::Result<Self> {
        let grid = Grid::blank(ask_size()?);
        Ok(Self {
            writer,
            ask_size,
            pen: GlyphWriter::new(),
            shown: grid.clone(),
            wanted: grid,
            touched: BTreeSet::new(),
            wipe: false,
            cursor: None,
            visible: None,
            wanted_visible: None,
        })
    }

    /// Forgets cursor and style, because something else wrote to the terminal. Clear the screen after this.
    pub(in crate::tui) fn forget(&mut self) {
        (self.pen.at, self.pen.look, self.visible) = (None, None, None);
    }

    /// Writes what differs in a line. Returns whether anything does.
    fn paint(&mut self, y: u16) -> bool {
        let (shown, wanted) = (self.shown.line(y), self.wanted.line(y));
        let differs = |x: usize| {
            let end = (x + usize::from(wanted[x].width())).min(wanted.len());
            shown[x..end] != wanted[x..end]
        };
        let Some(last) = (0..wanted.len().min(shown.len())).rev().find(|x| shown[*x] != wanted[*x]) else {
            return false;
        };
        let blank_from = self.wanted.blank_from(y);
        let mut x = 0;
        while x <= last {
            let column = u16::try_from(x).unwrap_or(u16::MAX);
            let place = Position { x: column, y };
            if differs(x) {
                if x >= blank_from && last - x >= FEW_BLANKS {
                    self.pen.erase(u16::try_from(blank_from).unwrap_or(column), place);
                    break;
                }
                self.pen.put(wanted, place);
            }
            x += usize::from(wanted[x].width());
        }
        self.shown.take_line(y, &self.wanted);
        true
    }

    /// Writes everything that differs. Returns how many lines did.
    fn paint_all(&mut self) -> usize {
        let mut lines = 0;
        if std::mem::take(&mut self.wipe) {
            self.pen.wear(GlyphStyle::PLAIN);
            self.pen.bytes.extend_from_slice(b"\x1b[2J");
            lines = LINES + 1;
        }
        for y in std::mem::take(&mut self.touched) {
            lines += usize::from(self.paint(y));
        }
        lines
    }
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        for (x, y, cell) in content {
            self.wanted.put(x, y, cell);
            self.touched.insert(y);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        (self.cursor, self.wanted_visible) = (None, Some(false));
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted_visible = Some(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.pen.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear: ClearType) -> io::Result<()> {
        let size = (self.ask_size)()?;
        if clear == ClearType::All {
            (self.shown, self.wanted) = (Grid::blank(size), Grid::blank(size));
            self.touched.clear();
            self.wipe = true;
            // A new size may have moved the cursor.
            self.pen.at = None;
            return Ok(());
        }
        let Position { x, y } = self.cursor.or(self.pen.at).unwrap_or_default();
        let (from, to) = match clear {
            ClearType::AfterCursor => ((x, y), (u16::MAX, size.height.saturating_sub(1))),
            ClearType::BeforeCursor => ((0, 0), (x.saturating_add(1), y)),
            ClearType::CurrentLine => ((0, y), (u16::MAX, y)),
            ClearType::UntilNewLine | ClearType::All => ((x, y), (u16::MAX, y)),
        };
        self.wanted.blank_between(from, to);
        self.touched.extend(from.1..=to.1);
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        (self.ask_size)()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.wanted_visible == Some(false) && self.visible != Some(false) {
            self.pen.bytes.extend_from_slice(b"\x1b[?25l");
        }
        let together = self.paint_all() > LINES;
        if self.wanted_visible == Some(true) && self.visible != Some(true) {
            self.pen.bytes.extend_from_slice(b"\x1b[?25h");
        }
        self.visible = self.wanted_visible.or(self.visible);
        if let Some(cursor) = self.cursor.take() {
            self.pen.go(cursor);
        }
        if !self.pen.bytes.is_empty() {
            let mut out = Vec::with_capacity(self.pen.bytes.len() + 16);
            out.extend_from_slice(if together { b"\x1b[?2026h" } else { b"" });
            out.append(&mut self.pen.bytes);
            out.extend_from_slice(if together { b"\x1b[?2026l" } else { b"" });
            self.writer.write_all(&out)?;
            self.writer.flush()?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
