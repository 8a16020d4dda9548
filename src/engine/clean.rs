//! Text from a server, a file or a paste, made fit for a screen.

/// Control characters, escape sequences and invisible direction marks become visible or vanish; at most `most` characters stay.
/// What goes back to a server is never passed through here.
#[must_use]
pub fn clean(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most * 4));
    for (count, c) in text.chars().enumerate() {
        if count == most {
            out.push('…');
            break;
        }
        match c {
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            // Bidirectional overrides and zero-width marks would let a value look like another one.
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn escape_sequences_and_direction_marks_cannot_pass() {
        let shown = clean("a\x1b]52;c;aGk=\x07b\u{9b}31m\u{202e}c\nd", 100);
        assert!(!shown.chars().any(|c| c.is_control() || c == '\u{202e}'), "{shown:?}");
        assert_eq!(clean("abcdef", 3), "abc…");
    }
}
