//! Makes text safe to show: which characters must not reach a screen, a log or a report. Everything that shows text
//! uses this module.
#![doc = include_str!("text/style.md")]

mod ascii;
mod key_shape;
mod mask;
mod wrap;

pub use ascii::{ascii, ascii_in_columns, escaped, without_typography};
pub use key_shape::{KeyShape, key_shapes, squeezed, squeezed_places};
pub use mask::is_masked;
use std::ops::Range;
use std::time::Duration;
pub use wrap::{command_at, wrapped_to};

/// Replaces a character that must not be shown. Nothing is dropped silently, because a manipulated text must not look
/// like the text it imitates.
pub const MARK: char = '\u{FFFD}';

/// Whether a character controls the terminal, changes the reading direction, or is invisible.
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether the text is all printable ASCII, as most texts are. Such a text needs no cleaning.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A time in words: `24 s`, `2 min 31 s`, `30 min`.
pub fn span(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// What is left of a wait, for a countdown: `at most 24 s more`.
pub fn time_left(elapsed: Duration, limit: Duration) -> String {
    match (elapsed.as_secs(), limit.saturating_sub(Duration::from_secs(elapsed.as_secs()))) {
        (_, Duration::ZERO) => "ends any moment now".to_owned(),
        (0, left) => format!("at most {}", span(left)),
        (_, left) => format!("at most {} more", span(left)),
    }
}

/// The time that the rest takes at the pace so far. `None` where the pace is unknown.
pub fn time_to_go(done: usize, left: usize, elapsed: Duration) -> Option<Duration> {
    // A pace from less than a second says nothing.
    (done > 0 && elapsed.as_secs() > 0).then(|| elapsed.mul_f64(left as f64 / done as f64))
}

/// The least number of characters in a word that may be a key.
const LEAST: usize = 20;

/// Replaces each character of a key.
const STAR: char = '*';

/// The parts of a text that may be keys, wherever they are: what has the [shape](key_shapes) of one, and runs of
/// letters, digits and dashes so long that no code, name or word of the procedure is one.
pub fn key_like(text: &str) -> impl Iterator<Item = &str> {
    suspects(text).into_iter().map(|at| &text[at])
}

/// Where [`key_like`] finds something.
fn suspects(text: &str) -> Vec<Range<usize>> {
    let shapes: Vec<Range<usize>> = key_shapes(text).into_iter().map(|(at, _)| at).collect();
    let mut all = shapes.clone();
    let mut at = 0;
    for run in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
        let place = at..at + run.len();
        at = place.end + text[place.end..].chars().next().map_or(0, char::len_utf8);
        let next = shapes.partition_point(|found| found.end <= place.start);
        let known = shapes.get(next).is_some_and(|found| found.start < place.end);
        let mixed = run.contains(|c: char| c.is_ascii_digit()) && run.contains(|c: char| c.is_ascii_alphabetic());
        if run.len() >= LEAST && mixed && !known {
            all.push(place);
        }
    }
    all.sort_by_key(|found| found.start);
    all
}

/// The text with every part that has the shape of a key replaced by `[key]`. `None` when there is none.
pub fn unkeyed(text: &str) -> Option<String> {
    let mut out = text.to_owned();
    let found = key_shapes(text);
    found.iter().rev().for_each(|(at, _)| out.replace_range(at.clone(), "[key]"));
    (!found.is_empty()).then_some(out)
}

/// Replaces each character of a possible key by an asterisk. `None` when the text has no such part. Characters typed
/// directly after a masked key are treated as part of it.
pub fn starred(text: &str) -> Option<String> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == STAR;
    let mut hidden = suspects(text);
    let mut at = 0;
    for run in text.split(|c| !part(c)) {
        if holds_stars(run) && !run.chars().all(|c| c == STAR) {
            hidden.push(at..at + run.len());
        }
        at += run.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    let mut hides = vec![false; text.len()];
    hidden.into_iter().for_each(|found| hides[found].fill(true));
    let shown: String = text.char_indices().map(|(at, c)| if hides[at] { STAR } else { c }).collect();
    (shown != text).then_some(shown)
}

/// Whether a text contains a key that [`starred`] has masked.
pub fn holds_stars(text: &str) -> bool {
    text.split(|c| c != STAR).any(|stars| stars.len() >= LEAST)
}

/// Removes from a text every possible key that also occurs in `typed`, and whatever has the shape of a key.
pub fn not_repeating(text: &str, typed: &str) -> String {
    const INSTEAD: &str = "[not repeated]";
    let text = key_like(typed).fold(text.to_owned(), |text, run| text.replace(run, INSTEAD));
    unkeyed(&text).map_or(text, |text| text.replace("[key]", INSTEAD))
}

/// Removes, in place, the sequences that a terminal sends by itself: the markers around a paste, keys without a
/// character, replies to queries. If an ESC begins none of these, only the ESC is removed, because the rest was typed.
fn drop_sequences(line: &mut String) {
    while let Some(at) = line.find('\u{1b}') {
        let length = sequence(&line.as_bytes()[at..]);
        line.drain(at..at + length);
    }
}

/// Makes of a line as the terminal gave it the line that was typed: without sequences, and with each
/// Backspace carried out. The terminal itself carries out only one of the two characters that a Backspace key may send.
pub fn as_typed(line: &mut String) {
    drop_sequences(line);
    while let Some(at) = line.find(['\u{8}', '\u{7f}']) {
        let before = line[..at].char_indices().next_back().map_or(at, |(before, _)| before);
        line.drain(before..=at);
    }
}

/// The number of bytes in the sequence at the start of `bytes`. They are all ASCII, except inside a control string.
fn sequence(bytes: &[u8]) -> usize {
    let ends =
        |from: usize, end: fn(&[u8]) -> Option<usize>| (from..bytes.len()).find_map(|at| Some(at + end(&bytes[at..])?));
    match bytes.get(1) {
        // A function key of the Linux console.
        Some(b'[') if bytes.get(2) == Some(&b'[') && bytes.get(3).is_some_and(u8::is_ascii_graphic) => 4,
        Some(b'[') => {
            let inside = bytes[2..].iter().take_while(|byte| matches!(byte, b' '..=b'?')).count();
            2 + inside + usize::from(bytes.get(2 + inside).is_some_and(|byte| matches!(byte, b'@'..=b'~')))
        }
        Some(b'O') if bytes.get(2).is_some_and(u8::is_ascii_graphic) => 3,
        Some(b']' | b'P' | b'X' | b'^' | b'_') => ends(2, string_end).unwrap_or(1),
        _ => 1,
    }
}

/// The length of the terminator if the bytes begin with one: BEL, or ESC and a backslash.
fn string_end(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [0x07, ..] => Some(1),
        [0x1b, b'\\', ..] => Some(2),
        _ => None,
    }
}

/// Makes a value safe to show without changing its length: spaces stay, and each unsafe character becomes [`MARK`].
pub fn value(text: &str) -> String {
    if is_plain(text) || !text.chars().any(steers) {
        return text.to_owned();
    }
    // Once marked, a key with invisible signs inside could not be recognised any more.
    let shown = unkeyed(text).unwrap_or_else(|| text.to_owned());
    shown.chars().map(|c| if steers(c) { MARK } else { c }).collect()
}

/// Shortens a text to at most `longest` characters. A shortened text ends with `…`.
pub fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

/// Shortens a text to at most `longest` characters by leaving out its middle. Systems often name the value at fault at
/// the end of a long message, so both ends stay.
pub fn cut_inside(text: &str, longest: usize) -> String {
    let count = text.chars().count();
    if count <= longest {
        return text.to_owned();
    }
    let kept = longest.saturating_sub(3);
    let (head, tail) = (kept / 2, kept - kept / 2);
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{} … {}", start.trim_end(), end.trim_start())
}

/// Makes a text safe to show on one line, in at most `most` characters. Line ends and tabs become spaces, other unsafe
/// characters become a visible mark. Never use this for text that goes back to a server.
pub fn clean(shown: &str, most: usize) -> String {
    // A fast path: every text on every screen passes here, and nearly all of them need no change.
    if shown.len() <= most && is_plain(shown) {
        return shown.to_owned();
    }
    let blanked: String = shown.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).collect();
    cut(&value(&blanked), most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_a_key_and_for_what_is_typed_after_them() {
        let key = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";
        assert_eq!(starred(&format!("old: {key}.")), Some(format!("old: {}.", "*".repeat(36))));
        for plain in ["", "01CUNY_QC", "Request Imported from Alma", "****", &"*".repeat(40), "t.LoanDate > '2026'"] {
            assert_eq!(starred(plain), None, "{plain}");
        }
        let typed = key.chars().fold(String::new(), |text, c| {
            let text = format!("{text}{c}");
            starred(&text).unwrap_or(text)
        });
        assert_eq!(typed, "*".repeat(36));
        assert!(holds_stars(&typed) && !holds_stars(&"* ".repeat(30)) && !holds_stars("yes"));
    }

    #[test]
    fn a_backspace_of_either_kind_deletes_one_character() {
        for (line, typed) in [("abc\u{8}", "ab"), ("abé\u{7f}\u{8}c", "ac"), ("\u{8}a", "a"), ("\x1b[Aa\u{7f}", "")] {
            let mut kept = line.to_owned();
            as_typed(&mut kept);
            assert_eq!(kept, typed, "{line:?}");
        }
    }

    #[test]
    fn a_long_text_keeps_both_ends() {
        assert_eq!(cut_inside("short", 10), "short");
        let long = format!("begins {} [\"start_date\"]", "é".repeat(300));
        let cut = cut_inside(&long, 100);
        assert!(cut.starts_with("begins ") && cut.ends_with("é [\"start_date\"]") && cut.contains(" … "), "{cut}");
        assert!(cut.chars().count() <= 100, "{cut}");
    }

    #[test]
    fn whole_sequences_go_and_what_was_typed_stays() {
        for (line, left) in [
            ("\x1b[200~5f2c1d9e\x1b[201~", "5f2c1d9e"),
            ("a\x1b[A\x1b[1;5Cb\x1bOPc\x1b[[Ad", "abcd"),
            ("a\x1b]11;rgb:0000/0000/0000\x1b\\b\x1bP1$r0m\x1b\\c\x1b]52;é\x07d", "abcd"),
            ("\x1bé\x1b5f\x1b\x1b2c\x1b]1d", "é5f2c]1d"),
            ("q\x1b[", "q"),
            ("q\x1b[2é", "qé"),
            ("[200~", "[200~"),
        ] {
            let mut kept = line.to_owned();
            drop_sequences(&mut kept);
            assert_eq!(kept, left, "{line:?}");
        }
    }

    #[test]
    fn escape_sequences_and_direction_marks_cannot_pass() {
        let shown = value("a\x1b]52;c;aGk=\x07b\u{9b}31m\u{202e}c\u{200d}d");
        assert!(!shown.chars().any(steers), "{shown:?}");
        assert_eq!(value(" ILL "), " ILL ");
        assert_eq!(cut("abcdef", 4), "abc…");
        let key = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";
        assert_eq!(
            not_repeating(&format!("no {key}, no 01CUNY_QC"), &format!("/x/{key}")),
            "no [not repeated], no 01CUNY_QC"
        );
        assert_eq!(
            not_repeating("no Request Imported from Alma", "Request Imported from Alma 10000001"),
            "no Request Imported from Alma"
        );
        assert!((0..=0x2_0000).filter_map(char::from_u32).all(|c| !is_plain(&c.to_string()) || !steers(c)));
    }
}
