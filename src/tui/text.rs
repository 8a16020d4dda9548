//! Cutting and wrapping by columns.
use crate::text::command_at;
use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The width of a text in columns.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The start of a text in at most `columns`; `dots` stand for the rest.
pub fn cut(text: &str, columns: usize, dots: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(dots));
    let mut out = take(text.chars(), room);
    out.push_str(&take(dots.chars(), columns));
    out
}

/// The end of a text in at most `columns`; `dots` stand for the rest.
pub fn cut_left(text: &str, columns: usize, dots: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(dots));
    let tail: String = take(text.chars().rev(), room).chars().rev().collect();
    take(dots.chars(), columns) + &tail
}

fn take(chars: impl Iterator<Item = char>, columns: usize) -> String {
    let mut left = columns;
    chars
        .take_while(|c| {
            let wide = c.width().unwrap_or(0);
            let fits = wide <= left;
            left = left.saturating_sub(wide);
            fits
        })
        .collect()
}

/// Wraps a text at blanks into lines of at most `columns`. A longer word is broken at a slash, or where it must. Never empty.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) <= columns {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word;
        while width(rest) > columns {
            let mut part = take(rest.chars(), columns);
            if part.is_empty() {
                part.extend(rest.chars().next());
            }
            // Break an address between its parts, if that leaves the line at least half full.
            if let Some(slash) = part.rfind('/').filter(|slash| slash * 2 >= part.len()) {
                part.truncate(slash + 1);
            }
            rest = &rest[part.len()..];
            lines.push(part);
        }
        rest.clone_into(&mut line);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Wraps a text after an indentation into lines, each with its own. A command at the end that does not fit behind its words gets lines
/// of its own, further left if that keeps it whole, so that it can be copied.
pub fn wrap_at(text: &str, indent: usize, columns: usize) -> Vec<(usize, String)> {
    let room = columns.saturating_sub(indent);
    let command = command_at(text).filter(|at| *at > 0 && width(text) > room);
    let (words, command) = text.split_at(command.unwrap_or(text.len()));
    let at = if width(command) > room { indent.min(1) } else { indent };
    let own = (!command.is_empty()).then(|| wrap(command, columns.saturating_sub(at)));
    let words = if own.is_some() { words.trim_end() } else { words };
    let words = wrap(words, room).into_iter().map(|line| (indent, line));
    words.chain(own.into_iter().flatten().map(|line| (at, line))).collect()
}

/// A value as it is shown: in quotes if it has blanks at an end, or two in a row, which would be invisible otherwise.
pub fn quoted(value: &str) -> Cow<'_, str> {
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let two = value.chars().zip(value.chars().skip(1)).any(|(a, b)| a.is_whitespace() && b.is_whitespace());
    if two || blank(value.chars().next()) || blank(value.chars().next_back()) {
        Cow::Owned(format!("\"{value}\""))
    } else {
        Cow::Borrowed(value)
    }
}

/// Writes a count: `1 value`, `3 values`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Cuts two long texts so that their difference stays visible: what they share at the start goes first.
pub fn cut_alike(a: &str, b: &str, columns: usize, dots: &str) -> (String, String) {
    if width(a).max(width(b)) <= columns {
        return (a.to_owned(), b.to_owned());
    }
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    // Keep some of the shared start, as much as there is room for, so that the place is recognised.
    let most = shared.saturating_sub(columns / 3);
    let drop = most.min(width(a).max(width(b)).saturating_sub(columns));
    let cut_one = |text: &str| {
        if width(text) <= columns || drop == 0 {
            return cut(text, columns, dots);
        }
        let rest: String = text.chars().skip(drop + width(dots)).collect();
        cut(&format!("{dots}{rest}"), columns, dots)
    };
    (cut_one(a), cut_one(b))
}

/// Adds a capital letter and a full stop.
pub fn sentence(words: &str) -> String {
    capitalised(words) + if words.ends_with('.') { "" } else { "." }
}

/// Makes the first letter a capital.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    first + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_never_passes_the_edge() {
        for columns in 0..12 {
            for text in ["", "abcdef", "日本語のテキスト", "a日b本c"] {
                assert!(width(&cut(text, columns, "…")) <= columns, "{text} {columns}");
                assert!(width(&cut_left(text, columns, "..")) <= columns, "{text} {columns}");
            }
        }
        assert_eq!(cut("abcdef", 4, "…"), "abc…");
        assert_eq!(cut_left("abcdef", 4, "…"), "…def");
    }

    #[test]
    fn wrapping_breaks_at_blanks_and_breaks_long_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("", 3), [""]);
        assert_eq!(wrap("https://a.org/platform/transaction", 27), ["https://a.org/platform/", "transaction"]);
        assert_eq!(wrap("日本", 1), ["日", "本"]);
    }

    #[test]
    fn blanks_that_nobody_would_see_stand_in_quotes() {
        for value in [" ILLiad", "ILLiad ", "a  b", "a\u{a0} b", " "] {
            assert_eq!(quoted(value), format!("\"{value}\""));
        }
        for value in ["", "ILLiad", "Request Imported from Alma", "''"] {
            assert_eq!(quoted(value), value);
        }
    }

    #[test]
    fn what_differs_stays_in_sight() {
        let base = "https://qc.illiad.oclc.org/illiadwebplatform/transaction";
        let (a, b) = cut_alike(base, &format!("{base}s"), 30, "…");
        assert!(a.ends_with("transaction") && b.ends_with("transactions"), "{a} {b}");
    }
}
