//! Compares what a terminal shows with what ratatui meant to draw.
use super::*;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZero;
use unicode_width::UnicodeWidthStr as _;

const SIZE: Size = Size { width: 20, height: 6 };

thread_local! {
    /// The current size of the window.
    static WINDOW: std::cell::Cell<Size> = const { std::cell::Cell::new(SIZE) };
}

fn terminal() -> Terminal<Wire<Vec<u8>>> {
    WINDOW.set(SIZE);
    Terminal::new(Wire::new(Vec::new(), || Ok(WINDOW.get())).expect("a backend")).expect("a terminal")
}

fn sized(n: u16) -> NonZero<u16> {
    NonZero::new(n).expect("not zero")
}

fn screen() -> vt100::Parser {
    vt100::Parser::new(sized(SIZE.height), sized(SIZE.width), 0)
}

/// Draws one frame, and returns the bytes it took.
fn draw(
    terminal: &mut Terminal<Wire<Vec<u8>>>,
    texts: &[(u16, u16, &str, Style)],
    cursor: Option<Position>,
) -> Vec<u8> {
    terminal.backend_mut().writer.clear();
    terminal
        .draw(|frame| {
            for (x, y, text, style) in texts {
                frame.buffer_mut().set_string(*x, *y, text, *style);
            }
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })
        .expect("drawn");
    terminal.backend().writer.clone()
}

#[test]
fn a_typed_character_costs_one_byte_and_nothing_new_costs_none() {
    let mut terminal = terminal();
    let style = Style::new();
    draw(&mut terminal, &[(2, 1, "abc", style)], Some(Position { x: 5, y: 1 }));
    assert_eq!(draw(&mut terminal, &[(2, 1, "abcd", style)], Some(Position { x: 6, y: 1 })), b"d");
    assert_eq!(draw(&mut terminal, &[(2, 1, "abcd", style)], Some(Position { x: 6, y: 1 })), b"");
    assert_eq!(draw(&mut terminal, &[(2, 1, "abcd", style)], Some(Position { x: 5, y: 1 })), b"\x08");
}

/// A text with its position and style.
type Drawn = (u16, u16, &'static str, Style);

/// A frame: the window's size, its texts and the cursor.
type Picture = (Size, Vec<Drawn>, Option<Position>);

fn drawn() -> impl Strategy<Value = Drawn> {
    let colours = || {
        prop::sample::select(vec![
            Color::Reset,
            Color::Reset,
            Color::Red,
            Color::DarkGray,
            Color::White,
            Color::Indexed(200),
            Color::Rgb(1, 2, 3),
            Color::LightBlue,
        ])
    };
    let modifiers = prop::sample::select(vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        // Bold together with dim is tested elsewhere, by its bytes: vt100 knows one weight at a time.
        Modifier::REVERSED | Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::ITALIC | Modifier::BOLD,
    ]);
    let words = ["plain", "日本語", "a日b", "…→✓", "edge of the line 20c", "x", "          ", "a  b", " ", "e\u{301}t"];
    let look = (colours(), colours(), modifiers)
        // Reset first, so that the text below lends it no modifier.
        .prop_map(|(fg, bg, modifier)| Style::reset().fg(fg).bg(bg).add_modifier(modifier));
    let plain_or_not = prop_oneof![Just(Style::reset()), look];
    (0_u16..24, 0_u16..8, prop::sample::select(words.to_vec()), plain_or_not)
}

/// Leaves out texts that begin on the second half of a wide glyph. The wizard draws no row over another one, and ratatui
/// itself does not send such a text once the glyph is gone.
fn without_halves(size: Size, mut texts: Vec<Drawn>) -> Vec<Drawn> {
    let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, size.width, size.height));
    texts.retain(|(x, y, text, style)| {
        let cut = *x > 0 && buffer[(x - 1, *y)].symbol().width() > 1;
        if !cut {
            buffer.set_string(*x, *y, *text, *style);
        }
        !cut
    });
    texts
}

fn pictures() -> impl Strategy<Value = Vec<Picture>> {
    let size =
        prop_oneof![6 => Just(SIZE), 1 => (1_u16..24, 1_u16..8).prop_map(|(width, height)| Size { width, height })];
    let picture = (size, prop::collection::vec(drawn(), 0..9), prop::option::of((0_u16..24, 0_u16..8)));
    let within = |(size, drawn, cursor): (Size, Vec<Drawn>, Option<(u16, u16)>)| {
        let texts = drawn.into_iter().filter(|(x, y, ..)| *x < size.width && *y < size.height).collect();
        let texts = without_halves(size, texts);
        (size, texts, cursor.filter(|(x, y)| *x < size.width && *y < size.height).map(Position::from))
    };
    prop::collection::vec(picture.prop_map(within), 1..12)
}

proptest! {
    #[test]
    fn the_terminal_shows_what_was_meant_whatever_came_before(pictures in pictures()) {
        let mut terminal = terminal();
        let mut screen = screen();
        for (size, texts, cursor) in pictures {
            resize(&mut screen, size);
            let bytes = draw(&mut terminal, &texts, cursor);
            screen.process(&bytes);
            compare(size, &texts, &screen, cursor);
        }
    }
}

/// Changes the window's size and fills it with rubbish, as a terminal might.
fn resize(screen: &mut vt100::Parser, size: Size) {
    if WINDOW.replace(size) != size {
        screen.screen_mut().set_size(sized(size.height), sized(size.width));
        screen.process("\x1b[H\x1b[7m".as_bytes());
        screen.process("#".repeat(usize::from(size.width) * usize::from(size.height)).as_bytes());
        screen.process(b"\x1b[m");
    }
}

#[test]
fn blanks_are_erased_and_short_gaps_are_written_again() {
    let mut terminal = terminal();
    let plain = Style::new();
    draw(&mut terminal, &[(0, 1, "abcdefghijklmnop", plain)], None);
    assert_eq!(draw(&mut terminal, &[(0, 1, "abc", plain)], None), b"\x1b[13D\x1b[K");
    assert_eq!(draw(&mut terminal, &[(0, 1, "axcx", plain)], None), b"\x08\x08xcx");
    // Where the style would change twice, a jump is cheaper.
    draw(&mut terminal, &[(0, 1, "a", plain), (1, 1, "b", plain.fg(Color::Red)), (2, 1, "c", plain)], None);
    let jump = draw(&mut terminal, &[(0, 1, "x", plain), (1, 1, "b", plain.fg(Color::Red)), (2, 1, "y", plain)], None);
    assert_eq!(jump, b"\r\x1b[mx\x1b[Cy");
    // Nothing is erased on a coloured background.
    let blue = plain.bg(Color::Blue);
    draw(&mut terminal, &[(0, 1, "abcdefgh", blue)], None);
    let blank = draw(&mut terminal, &[(0, 1, "        ", blue)], None);
    assert!(!blank.ends_with(b"\x1b[K") && blank.ends_with(b"        "), "{blank:?}");
}

/// Compares the terminal with the same texts drawn on an empty buffer.
fn compare(size: Size, texts: &[Drawn], screen: &vt100::Parser, cursor: Option<Position>) {
    let mut meant = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, size.width, size.height));
    for (x, y, text, style) in texts {
        meant.set_string(*x, *y, text, *style);
    }
    let mut skip = 0;
    for y in 0..size.height {
        for x in 0..size.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let cell = &meant[(x, y)];
            skip = cell.symbol().width().saturating_sub(1);
            let there = screen.screen().cell(y, x).expect("a cell");
            let shown = if there.contents().is_empty() { " " } else { there.contents() };
            assert_eq!(shown, cell.symbol(), "at {x},{y} of {texts:?}");
            assert_eq!(there.inverse(), cell.modifier.contains(Modifier::REVERSED), "at {x},{y}");
            assert_eq!(there.underline(), cell.modifier.contains(Modifier::UNDERLINED), "at {x},{y}");
            assert_eq!(there.bgcolor(), vt(cell.bg), "at {x},{y}");
            // Nothing else is visible on a blank.
            if cell.symbol() == " " && !cell.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED) {
                continue;
            }
            assert_eq!(there.bold(), cell.modifier.contains(Modifier::BOLD), "at {x},{y}");
            assert_eq!(there.dim(), cell.modifier.contains(Modifier::DIM), "at {x},{y}");
            assert_eq!(there.italic(), cell.modifier.contains(Modifier::ITALIC), "at {x},{y}");
            assert_eq!(there.fgcolor(), vt(cell.fg), "at {x},{y}");
        }
    }
    assert_eq!(screen.screen().hide_cursor(), cursor.is_none());
    if let Some(cursor) = cursor {
        assert_eq!(screen.screen().cursor_position(), (cursor.y, cursor.x));
    }
}

fn vt(colour: Color) -> vt100::Color {
    match colour {
        Color::Reset => vt100::Color::Default,
        Color::Red => vt100::Color::Idx(1),
        Color::DarkGray => vt100::Color::Idx(8),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::White => vt100::Color::Idx(15),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        other => panic!("{other:?} is not used here"),
    }
}

#[test]
fn only_larger_frames_are_sent_as_one_update() {
    let mut terminal = terminal();
    let style = Style::new();
    let lines = |n: u16, text: &'static str| (0..n).map(move |y| (0, y, text, style)).collect::<Vec<_>>();
    draw(&mut terminal, &lines(6, "x"), None);
    let small = draw(
        &mut terminal,
        &[
            (0, 0, "y", style),
            (0, 1, "y", style),
            (0, 2, "x", style),
            (0, 3, "x", style),
            (0, 4, "x", style),
            (0, 5, "x", style),
        ],
        None,
    );
    let large = draw(&mut terminal, &lines(6, "z"), None);
    assert!(!small.starts_with(b"\x1b[?2026h"), "{small:?}");
    assert!(large.starts_with(b"\x1b[?2026h") && large.ends_with(b"\x1b[?2026l"), "{large:?}");
}
