//! A screen as text: what a person would see, where the cursor is, and on request the style of each part.
use last_resort::tui::model::Model;
use last_resort::tui::msg::Msg;
use last_resort::tui::theme::Palette;
use last_resort::tui::update::update;
use last_resort::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr as _;

/// Draws a model in a window of this size.
pub(crate) fn window(model: &Model, (columns, rows): (u16, u16), palette: Palette) -> TestBackend {
    let mut model = model.clone();
    update(&mut model, Msg::Resize(columns, rows));
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a window in memory");
    terminal.draw(|frame| view::draw(frame, &model, palette)).expect("a window in memory takes everything");
    terminal.backend().clone()
}

/// Returns the text of a screen line by line, and the cursor's place.
pub(crate) fn words(model: &Model, size: (u16, u16)) -> String {
    let window = window(model, size, Palette::Colours);
    let mut text = String::new();
    for y in 0..size.1 {
        text.push_str(line(window.buffer(), y).trim_end());
        text.push('\n');
    }
    if window.cursor_visible() {
        let at = window.cursor_position();
        text.push_str(&format!("[cursor in line {}, column {}]\n", at.y + 1, at.x + 1));
    }
    text
}

/// Returns the text of a screen at 80×24.
pub(crate) fn seen(model: &Model) -> String {
    words(model, (80, 24))
}

fn line(buffer: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        text.push_str(symbol);
        x += u16::try_from(symbol.width()).unwrap_or(1).max(1);
    }
    text
}

/// Returns every part with a special style: its line, style and text.
pub(crate) fn looks(model: &Model, size: (u16, u16), palette: Palette) -> String {
    let window = window(model, size, palette);
    let mut out = String::new();
    for y in 0..size.1 {
        let mut x = 0;
        while x < size.0 {
            let look = look(&window.buffer()[(x, y)]);
            let mut words = String::new();
            while x < size.0 && self::look(&window.buffer()[(x, y)]) == look {
                words.push_str(window.buffer()[(x, y)].symbol());
                x += 1;
            }
            if !look.is_empty() && !words.trim().is_empty() {
                out.push_str(&format!("{:>2} {look:<16} {}\n", y + 1, words.trim_end()));
            }
        }
    }
    out
}

fn look(cell: &Cell) -> String {
    let colour = if cell.fg == Color::Reset { String::new() } else { format!("{:?} ", cell.fg).to_lowercase() };
    let weights = [
        (Modifier::BOLD, "bold "),
        (Modifier::DIM, "dim "),
        (Modifier::UNDERLINED, "underlined "),
        (Modifier::REVERSED, "reversed "),
    ];
    let weights = weights.iter().filter(|(weight, _)| cell.modifier.contains(*weight)).map(|(_, word)| *word);
    (colour + &weights.collect::<String>()).trim_end().to_owned()
}
