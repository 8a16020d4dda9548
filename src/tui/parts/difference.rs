//! The letters in which two values differ.
use crate::tui::row::{Row, RowKind, Tone};
use crate::tui::script::Script;
use crate::tui::text::{width, wrap};

/// Fewer letters in common than this, and the whole value differs: marking all of it would show nothing.
const SHARED: usize = 3;

/// A value in three parts: what it shares with the other one at its start, what differs, and what it shares at its end.
fn parts<'a>(one: &'a str, other: &str) -> [&'a str; 3] {
    let same = |(a, b): &((usize, char), char)| a.1 == *b;
    let start: usize = one.char_indices().zip(other.chars()).take_while(same).map(|((_, c), _)| c.len_utf8()).sum();
    let (rest, other) = (&one[start..], &other[start..]);
    let ends = rest.char_indices().rev().zip(other.chars().rev());
    let end: usize = ends.take_while(same).map(|((_, c), _)| c.len_utf8()).sum();
    let middle = rest.len() - end;
    match (one.len() - middle) < SHARED {
        true => [one, "", ""],
        false => [&one[..start], &rest[..middle], &rest[middle..]],
    }
}

/// Adds a value to a row, with the letters marked in which it differs from the other one.
fn add_marked(row: Row, tone: Tone, one: &str, other: &str) -> Row {
    let [start, differs, end] = parts(one, other);
    let marked = if tone == Tone::Good { Tone::GoodLetters } else { Tone::BadLetters };
    [(tone, start), (marked, differs), (tone, end)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .fold(row, |row, (tone, text)| row.add(tone, text))
}

/// The label of the wanted value, if something else was found.
pub(in crate::tui) const WANTED: &str = "wanted";

/// The label of the found value.
pub(in crate::tui) const FOUND: &str = "found";

/// Columns of the two labels, with the gap after them.
pub(in crate::tui) const LABELS: usize = WANTED.len() + 2;

/// The form of every difference: `wanted` above `found`, their values in one column, and the letters marked that differ. The labels
/// stand at the column `at`, the first one after `start`.
pub(in crate::tui) fn wanted_and_found(
    script: Script,
    start: Row,
    at: usize,
    (want, got): (&str, &str),
    columns: usize,
) -> Vec<Row> {
    let value = at + LABELS;
    let [want, got] = [want, got].map(|value_text| wrap(value_text, columns.saturating_sub(value)));
    let mut start = start;
    let mut rows = Vec::new();
    for (kind, label, tone, lines, others) in
        [(RowKind::Expected, WANTED, Tone::Good, &want, &got), (RowKind::Found, FOUND, Tone::Bad, &got, &want)]
    {
        let mut head = std::mem::take(&mut start).to(at).add(Tone::Faint, label);
        for (n, line) in lines.iter().enumerate() {
            let other = others.get(n).map_or("", String::as_str);
            rows.push(add_marked(std::mem::take(&mut head).of_kind(kind).to(value), tone, line, other));
            rows.extend(carets(script, value, line, other).filter(|_| kind == RowKind::Found));
        }
    }
    rows
}

/// Where letters cannot be underlined for sure: a row of `^` below those that differ.
fn carets(script: Script, at: usize, one: &str, other: &str) -> Option<Row> {
    let [start, differs, _] = parts(one, other);
    let carets = "^".repeat(width(differs));
    let row = || Row::default().of_kind(RowKind::LetterMarks).to(at + width(start)).add(Tone::Bad, carets.clone());
    (script == Script::Ascii && !carets.is_empty()).then(row)
}

/// The number of the first letter in which a value differs from the other one, counted from 1. `None` where most of it does.
pub(crate) fn first_letter(one: &str, other: &str) -> Option<usize> {
    let [start, _, end] = parts(one, other);
    (start.len() + end.len() < one.len() || one.len() < other.len())
        .then(|| start.chars().count() + 1)
        .filter(|at| *at > 1)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn only_what_differs_is_marked() {
        assert_eq!(parts("ILLiad QC", "ILLiad"), ["ILLiad", " QC", ""]);
        assert_eq!(parts("ILLiad", "ILLiad QC"), ["ILLiad", "", ""]);
        assert_eq!(parts("transactions", "transaction"), ["transaction", "s", ""]);
        assert_eq!(parts("aab", "ab"), ["aab", "", ""]);
        assert_eq!(
            parts("Request Imported From Alma", "Request Imported from Alma"),
            ["Request Imported ", "F", "rom Alma"]
        );
        assert_eq!(parts("No", "Yes"), ["No", "", ""]);
        assert_eq!(parts("größer", "größe"), ["größe", "r", ""]);
    }
}
