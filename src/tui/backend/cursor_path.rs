//! The shortest way to move the cursor.
use ratatui::layout::Position;

/// Returns the bytes that move the cursor. From an unknown position, only an absolute move works.
pub(super) fn shortest(from: Option<Position>, to: Position) -> String {
    let absolute = if to.x == 0 { format!("\x1b[{}H", to.y + 1) } else { format!("\x1b[{};{}H", to.y + 1, to.x + 1) };
    let Some(from) = from else { return absolute };
    let relative = match to.x {
        // Return first: then this holds even if a line feed returns as well.
        0 if from.x > 0 => format!("\r{}", vertical(from.y, to.y)),
        _ => vertical(from.y, to.y) + &horizontal(from.x, to.x),
    };
    if relative.len() < absolute.len() { relative } else { absolute }
}

fn by(n: u16, end: char) -> String {
    if n == 1 { format!("\x1b[{end}") } else { format!("\x1b[{n}{end}") }
}

/// Stays within the window, so that a line feed never scrolls. In raw mode a line feed keeps the column.
fn vertical(from: u16, to: u16) -> String {
    match to.checked_sub(from) {
        Some(n @ 0..4) => "\n".repeat(usize::from(n)),
        Some(n) => by(n, 'B'),
        None => by(from - to, 'A'),
    }
}

fn horizontal(from: u16, to: u16) -> String {
    match from.checked_sub(to) {
        Some(n @ 0..4) => "\x08".repeat(usize::from(n)),
        Some(n) => by(n, 'D'),
        None => by(to - from, 'C'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_is_taken() {
        let at = |x, y| Position { x, y };
        for (from, to, bytes) in [
            (None, at(0, 0), "\x1b[1H"),
            (None, at(4, 2), "\x1b[3;5H"),
            (Some(at(4, 2)), at(4, 2), ""),
            (Some(at(4, 2)), at(0, 2), "\r"),
            (Some(at(4, 2)), at(0, 4), "\r\n\n"),
            (Some(at(0, 2)), at(0, 4), "\n\n"),
            (Some(at(4, 2)), at(3, 3), "\n\x08"),
            (Some(at(4, 2)), at(5, 2), "\x1b[C"),
            (Some(at(4, 2)), at(44, 2), "\x1b[40C"),
            (Some(at(44, 2)), at(4, 2), "\x1b[40D"),
            (Some(at(4, 12)), at(4, 11), "\x1b[A"),
            (Some(at(4, 2)), at(4, 12), "\x1b[10B"),
            (Some(at(4, 2)), at(60, 12), "\x1b[13;61H"),
        ] {
            assert_eq!(shortest(from, to), bytes, "{from:?} {to:?}");
        }
    }
}
