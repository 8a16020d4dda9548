//! Plain text that survives an e-mail: short lines, no tabs, and no characters that mail programs garble.

/// Wraps a text at spaces. A word longer than a line gets a line of its own and is never broken, so that it can be
/// copied.
pub(super) fn wrapped(first: &str, rest: &str, text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut empty) = (first.to_owned(), true);
    for word in text.split_whitespace() {
        let room = line.chars().count() + usize::from(!empty) + word.chars().count();
        if room > columns && !empty {
            lines.push(line);
            (line, empty) = (rest.to_owned(), true);
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A count with its noun, for example `3 values` or `1 value`.
pub(super) fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_long_words_stay_whole() {
        assert_eq!(wrapped("- ", "  ", "one two three", 9), ["- one two", "  three"]);
        assert_eq!(wrapped("", "", "a https://example.org/long b", 8), ["a", "https://example.org/long", "b"]);
        assert_eq!(wrapped("- ", "", "", 9), ["-"]);
    }
}
