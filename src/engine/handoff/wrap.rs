//! Plain text that survives an e-mail: short lines, no tabs, and no characters that mail programs garble.
use crate::text::command_at;

/// Wraps a text at spaces. A word longer than a line, and a command at the end of a text that does not fit one line, get a line of
/// their own and are never broken, so that they can be copied.
pub(super) fn wrapped(first: &str, rest: &str, text: &str, columns: usize) -> Vec<String> {
    let fits = first.chars().count() + text.chars().count() <= columns;
    if let Some(at) = command_at(text).filter(|at| *at > 0 && !fits) {
        let command = text[at..].split_whitespace().collect::<Vec<_>>().join(" ");
        return wrapped(first, rest, &text[..at], columns).into_iter().chain([format!("{rest}{command}")]).collect();
    }
    if command_at(text).is_some() {
        return vec![format!("{first}{text}")];
    }
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
        let told = wrapped("* ", "  ", "set it again: last-resort keys set --slot alma", 30);
        assert_eq!(told, ["* set it again:", "  last-resort keys set --slot alma"]);
    }
}
