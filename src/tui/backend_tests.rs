//! What a terminal shows after what was sent, held against what ratatui meant.
use super::*;
use ratatui::Terminal;
use ratatui::style::Style;
use std::num::NonZero;

const SIZE: Size = Size { width: 20, height: 6 };

fn terminal() -> Terminal<Wire<Vec<u8>>> {
    Terminal::new(Wire::new(Vec::new(), || Ok(SIZE)).expect("a backend")).expect("a terminal")
}

fn screen() -> vt100::Parser {
    let sized = |n: u16| NonZero::new(n).expect("not zero");
    vt100::Parser::new(sized(SIZE.height), sized(SIZE.width), 0)
}

/// Draws one frame; gives the bytes it took.
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

#[test]
fn the_terminal_shows_what_was_meant_whatever_came_before() {
    let colours = [
        Color::Reset,
        Color::Red,
        Color::DarkGray,
        Color::White,
        Color::Indexed(200),
        Color::Rgb(1, 2, 3),
        Color::LightBlue,
    ];
    let modifiers = [
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        // Bold and dim together is held against its bytes below: this model of a terminal knows one weight at a time.
        Modifier::REVERSED | Modifier::UNDERLINED,
        Modifier::ITALIC | Modifier::BOLD,
    ];
    let words = ["plain", "日本語", "a日b", "…→✓", "edge of the line 20c", "x"];
    let mut terminal = terminal();
    let mut screen = screen();
    // A plain walk through the numbers, so that the same frames come every time.
    let mut seed: u32 = 7;
    let mut pick = |n: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) as usize % n
    };
    for _ in 0..300 {
        let texts: Vec<(u16, u16, &str, Style)> = (0..pick(6))
            .map(|_| {
                // Whole: what lies under it lends it no modifier.
                let style = Style::reset().fg(colours[pick(7)]).bg(colours[pick(7)]).add_modifier(modifiers[pick(5)]);
                (pick(20) as u16, pick(6) as u16, words[pick(6)], style)
            })
            .collect();
        let cursor = (pick(3) > 0).then(|| Position { x: pick(20) as u16, y: pick(6) as u16 });
        let bytes = draw(&mut terminal, &texts, cursor);
        screen.process(&bytes);
        compare(&texts, &screen, cursor);
    }
}

/// Compares the terminal with what was drawn on an empty buffer.
fn compare(texts: &[(u16, u16, &str, Style)], screen: &vt100::Parser, cursor: Option<Position>) {
    let mut meant = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, SIZE.width, SIZE.height));
    for (x, y, text, style) in texts {
        meant.set_string(*x, *y, text, *style);
    }
    let mut skip = 0;
    for y in 0..SIZE.height {
        for x in 0..SIZE.width {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let cell = &meant[(x, y)];
            skip = cell.symbol().width().saturating_sub(1);
            let there = screen.screen().cell(y, x).expect("a cell");
            let shown = if there.contents().is_empty() { " " } else { there.contents() };
            assert_eq!(shown, cell.symbol(), "at {x},{y} of {texts:?}");
            assert_eq!(there.bold(), cell.modifier.contains(Modifier::BOLD), "at {x},{y}");
            assert_eq!(there.dim(), cell.modifier.contains(Modifier::DIM), "at {x},{y}");
            assert_eq!(there.inverse(), cell.modifier.contains(Modifier::REVERSED), "at {x},{y}");
            assert_eq!(there.underline(), cell.modifier.contains(Modifier::UNDERLINED), "at {x},{y}");
            assert_eq!(there.italic(), cell.modifier.contains(Modifier::ITALIC), "at {x},{y}");
            assert_eq!(there.fgcolor(), vt(cell.fg), "at {x},{y}");
            assert_eq!(there.bgcolor(), vt(cell.bg), "at {x},{y}");
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

#[test]
fn weights_are_taken_off_by_one_code_and_what_stays_is_put_on_again() {
    let look = |modifier| Look { modifier, ..Look::PLAIN };
    let (bold, dim) = (Modifier::BOLD, Modifier::DIM);
    assert_eq!(full(look(bold | dim)), ";1;2");
    assert_eq!(difference(look(bold | dim), look(bold)), "22;1");
    assert_eq!(difference(look(bold | dim), look(dim)), "22;2");
    assert_eq!(difference(look(bold), look(bold | dim)), "2");
    assert_eq!(difference(look(bold), look(Modifier::empty())), "22");
    let both = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
    assert_eq!(difference(look(both), look(Modifier::SLOW_BLINK)), "25;5");
}
