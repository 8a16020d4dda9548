//! Text that a terminal, a log or a report may show.
use crate::text::steers;

/// Replaces every control character and every character that changes the reading direction by a blank. No escape
/// sequence gets through, and no line can read differently from how it is written.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if steers(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn escapes_and_overrides_become_blanks() {
        assert_eq!(printable("a\u{1b}[2J\r\nb\u{9b}c\u{202e}d\u{7f}é"), "a [2J  b c d é");
    }
}
