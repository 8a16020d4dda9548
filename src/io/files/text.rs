//! Text that a terminal, a log or a report may show.

/// `text` with a blank for every control character and for every character that turns the reading direction: neither
/// an escape sequence nor a line that reads other than it is written gets through.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || turns_direction(c) { ' ' } else { c }).collect()
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn escapes_and_overrides_become_blanks() {
        assert_eq!(printable("a\u{1b}[2J\r\nb\u{9b}c\u{202e}d\u{7f}é"), "a [2J  b c d é");
    }
}
