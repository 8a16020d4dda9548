//! A ratatui backend that remembers where the cursor is and which style is on, so that a typed character costs one byte.
//!
//! ratatui's own backend forgets both between frames (about 40 bytes a character, felt on slow links). A frame that changes more than
//! two lines is sent as one synchronized update; smaller ones fit into a packet anyway.
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use std::collections::BTreeSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr as _;

/// Asks for the window's size.
pub(super) type AskSize = fn() -> io::Result<Size>;

/// Writes to a terminal.
pub(super) struct Wire<W: Write> {
    writer: W,
    ask_size: AskSize,
    size: Size,
    frame: Vec<u8>,
    lines: usize,
    last_line: Option<u16>,
    at: Option<Position>,
    cursor: Option<Position>,
    shown: Option<bool>,
    style: Option<Look>,
    wide: BTreeSet<(u16, u16)>,
    orphan: Option<(u16, u16)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self = Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };
}

/// Frames that touch more lines than this are sent as one update.
const LINES: usize = 2;

impl<W: Write> Wire<W> {
    /// On a terminal of unknown state.
    pub(super) fn new(writer: W, ask_size: AskSize) -> io::Result<Self> {
        Ok(Self {
            writer,
            ask_size,
            size: ask_size()?,
            frame: Vec::with_capacity(8192),
            lines: 0,
            last_line: None,
            at: None,
            cursor: None,
            shown: None,
            style: None,
            wide: BTreeSet::new(),
            orphan: None,
        })
    }

    /// Somebody else wrote to the terminal: nothing that is remembered holds.
    pub(super) fn forget(&mut self) {
        (self.at, self.shown, self.style) = (None, None, None);
    }

    fn goto(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let best = ways(self.at, to).into_iter().min_by_key(String::len).unwrap_or_default();
        self.frame.extend_from_slice(best.as_bytes());
        self.at = Some(to);
    }

    fn wear(&mut self, look: Look) {
        if self.style == Some(look) {
            return;
        }
        let whole = full(look);
        let codes = match self.style {
            Some(before) => {
                let step = difference(before, look);
                if step.len() <= whole.len() { step } else { whole }
            }
            // A reset first: whatever was on is off.
            None => whole,
        };
        self.frame.extend_from_slice(format!("\x1b[{codes}m").as_bytes());
        self.style = Some(look);
    }
}

impl<W: Write> Wire<W> {
    /// Keeps account of wide characters. Where something ends on the left half of a wide one, terminals differ in how they
    /// leave the right half, and ratatui does not send it again where it was plain before and is plain now.
    fn part_wide(&mut self, place: (u16, u16), width: u16) {
        match self.orphan.take() {
            Some(orphan) if orphan == place => {}
            other => {
                self.orphan = other;
                self.blank_orphan();
            }
        }
        let last = place.0.saturating_add(width - 1);
        let halved = (place.0..=last).filter(|x| self.wide.remove(&(*x, place.1))).last();
        self.orphan = halved.filter(|x| *x == last).map(|x| (x.saturating_add(1), place.1));
        if width > 1 {
            self.wide.insert(place);
        }
    }

    fn blank_orphan(&mut self) {
        let Some((x, y)) = self.orphan.take() else { return };
        self.goto(Position { x, y });
        self.wear(Look::PLAIN);
        self.frame.push(b' ');
        self.at = (x + 1 < self.size.width).then_some(Position { x: x + 1, y });
    }
}

/// All ways from one place to another, in bytes to send.
fn ways(from: Option<Position>, to: Position) -> Vec<String> {
    let absolute = if to.x == 0 { format!("\x1b[{}H", to.y + 1) } else { format!("\x1b[{};{}H", to.y + 1, to.x + 1) };
    let mut all = vec![absolute];
    let Some(from) = from else { return all };
    let by = |n: u16, end: char| if n == 1 { format!("\x1b[{end}") } else { format!("\x1b[{n}{end}") };
    if from.y == to.y {
        if to.x == 0 {
            all.push("\r".to_owned());
        }
        if to.x > from.x {
            all.push(by(to.x - from.x, 'C'));
        } else {
            all.push(by(from.x - to.x, 'D'));
            if from.x - to.x < 5 {
                all.push("\x08".repeat(usize::from(from.x - to.x)));
            }
        }
    } else if from.x == to.x {
        all.push(if to.y > from.y { by(to.y - from.y, 'B') } else { by(from.y - to.y, 'A') });
    }
    all
}

/// The codes from nothing to a look, with the reset that comes before.
fn full(look: Look) -> String {
    let mut codes = vec![String::new()];
    codes.extend(on(look.modifier));
    codes.extend((look.fg != Color::Reset).then(|| colour(look.fg, 30)));
    codes.extend((look.bg != Color::Reset).then(|| colour(look.bg, 40)));
    if codes.len() == 1 { String::new() } else { codes.join(";") }
}

/// The codes from one look to another.
fn difference(before: Look, after: Look) -> String {
    let gone = before.modifier - after.modifier;
    let mut come = after.modifier - before.modifier;
    let weight = Modifier::BOLD | Modifier::DIM;
    let mut codes: Vec<String> = Vec::new();
    if gone.intersects(weight) {
        // One code takes both off, so what stays of them comes again.
        codes.push("22".to_owned());
        come |= after.modifier & weight;
    }
    let others = [
        (Modifier::ITALIC, "23"),
        (Modifier::UNDERLINED, "24"),
        (Modifier::SLOW_BLINK, "25"),
        (Modifier::RAPID_BLINK, "25"),
        (Modifier::REVERSED, "27"),
        (Modifier::HIDDEN, "28"),
        (Modifier::CROSSED_OUT, "29"),
    ];
    codes.extend(others.iter().filter(|(modifier, _)| gone.contains(*modifier)).map(|(_, code)| (*code).to_owned()));
    if gone.intersects(Modifier::SLOW_BLINK | Modifier::RAPID_BLINK) {
        come |= after.modifier & (Modifier::SLOW_BLINK | Modifier::RAPID_BLINK);
    }
    codes.extend(on(come));
    codes.extend((before.fg != after.fg).then(|| colour(after.fg, 30)));
    codes.extend((before.bg != after.bg).then(|| colour(after.bg, 40)));
    codes.join(";")
}

fn on(modifier: Modifier) -> impl Iterator<Item = String> {
    [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::SLOW_BLINK, "5"),
        (Modifier::RAPID_BLINK, "6"),
        (Modifier::REVERSED, "7"),
        (Modifier::HIDDEN, "8"),
        (Modifier::CROSSED_OUT, "9"),
    ]
    .into_iter()
    .filter(move |(each, _)| modifier.contains(*each))
    .map(|(_, code)| code.to_owned())
}

/// A colour's code; `base` is 30 for the letters, 40 for the ground.
fn colour(colour: Color, base: u8) -> String {
    let bright = base + 60;
    let code = match colour {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => bright,
        Color::LightRed => bright + 1,
        Color::LightGreen => bright + 2,
        Color::LightYellow => bright + 3,
        Color::LightBlue => bright + 4,
        Color::LightMagenta => bright + 5,
        Color::LightCyan => bright + 6,
        Color::White => bright + 7,
        Color::Indexed(n) => return format!("{};5;{n}", base + 8),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
    };
    code.to_string()
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I: Iterator<Item = (u16, u16, &'a Cell)>>(&mut self, content: I) -> io::Result<()> {
        for (x, y, cell) in content {
            let width = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
            self.part_wide((x, y), width);
            if self.last_line != Some(y) {
                self.last_line = Some(y);
                self.lines += 1;
            }
            self.goto(Position { x, y });
            self.wear(Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier });
            self.frame.extend_from_slice(cell.symbol().as_bytes());
            let next = x.saturating_add(width);
            // Past the edge it depends on the terminal where the cursor is.
            self.at = (next < self.size.width).then_some(Position { x: next, y });
        }
        self.blank_orphan();
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        if self.shown != Some(false) {
            self.frame.extend_from_slice(b"\x1b[?25l");
            self.shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.frame.extend_from_slice(b"\x1b[?25h");
            self.shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear: ClearType) -> io::Result<()> {
        if let Some(cursor) = self.cursor.take() {
            self.goto(cursor);
        }
        self.wear(Look::PLAIN);
        self.wide.clear();
        let code = match clear {
            ClearType::All => "2J",
            ClearType::AfterCursor => "J",
            ClearType::BeforeCursor => "1J",
            ClearType::CurrentLine => "2K",
            ClearType::UntilNewLine => "K",
        };
        self.frame.extend_from_slice(format!("\x1b[{code}").as_bytes());
        self.lines = LINES + 1;
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        (self.ask_size)()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        if let Some(cursor) = self.cursor.take() {
            self.goto(cursor);
        }
        if !self.frame.is_empty() {
            let together = self.lines > LINES;
            let mut out = Vec::with_capacity(self.frame.len() + 16);
            out.extend_from_slice(if together { b"\x1b[?2026h" } else { b"" });
            out.append(&mut self.frame);
            out.extend_from_slice(if together { b"\x1b[?2026l" } else { b"" });
            self.writer.write_all(&out)?;
            self.writer.flush()?;
        }
        (self.lines, self.last_line) = (0, None);
        self.size = (self.ask_size)()?;
        Ok(())
    }
}

#[cfg(test)]
#[path = "backend_tests.rs"]
mod tests;
