//! The shapes of API keys, in any spelling: in capitals, without dashes, percent-encoded, split by a blank or line end,
//! backwards, in full-width or other letters of the same meaning. A shape is no proof, but nothing that has it may be shown, kept or sent where no key belongs.
use super::steers;
use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};
use std::ops::Range;

/// The system whose keys have this shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyShape {
    /// `l7xx` or `l8xx`, then letters and digits: a key of the Ex Libris Developer Network.
    Alma,
    /// 32 hexadecimal digits, as in a GUID: a key that ILLiad makes.
    Guid,
}

/// A letter or digit of a text, as it is meant.
struct Letter {
    /// In lower case and decoded.
    c: char,
    at: Range<usize>,
    /// What stands between the letter before and this one.
    gap: Gap,
}

/// What stands between two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    /// Characters that take no room.
    Unseen,
    Dash,
    /// A few blanks or line ends, as where a long line was broken.
    Blank,
    /// Something that no key has inside it.
    Other,
}

/// Replaces characters by those they are compatible with.
const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();

/// The hexadecimal digits of a GUID.
const GUID: usize = 32;

/// The fewest letters of an Alma key. Those seen have 36 to 38.
const ALMA: usize = 24;

/// The most letters of an Alma key that is put together over blanks.
const ALMA_USUAL: usize = 36;

/// The most blanks or line ends inside a key, one after the other.
const MOST_BLANKS: usize = 4;

/// Finds the parts of a text that have the shape of a key, as ranges of bytes.
pub fn key_shapes(text: &str) -> Vec<(Range<usize>, KeyShape)> {
    if text.len() < ALMA {
        return Vec::new();
    }
    let letters = letters(text);
    let (runs, backwards) = (ends_of_runs(&letters), last_backwards(&letters));
    let mut found = Vec::new();
    let mut from = 0;
    while from < letters.len() {
        match alma(&letters, &runs, &backwards, from).or_else(|| guid(&letters, from)) {
            Some((end, shape)) => {
                found.push((letters[from].at.start..letters[end - 1].at.end, shape));
                from = end;
            }
            None => from += 1,
        }
    }
    found
}

/// The letters of a text as a key is compared: in lower case and decoded, without dashes, blanks and invisible
/// characters.
pub fn squeezed(text: &str) -> zeroize::Zeroizing<String> {
    let mut out = zeroize::Zeroizing::new(String::with_capacity(text.len()));
    out.extend(squeezed_places(text).map(|(c, _)| c));
    out
}

/// The characters of [`squeezed`], each with its place in the text.
pub fn squeezed_places(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    decoded(text).filter(|(c, _)| !is_gap(*c)).map(|(c, at)| (c.to_ascii_lowercase(), at))
}

/// Each character as it is meant, with its place in the text. `%2D` is a dash, and so is `%252D`.
fn decoded(text: &str) -> impl Iterator<Item = (char, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        let (c, length) = match plain(c) {
            // A percent sign of another width begins nothing: what follows it does not begin at the next byte.
            '%' if c == '%' => percent(rest),
            plain => (plain, c.len_utf8()),
        };
        at += length;
        Some((c, at - length..at))
    })
}

/// The letter or digit that is meant by a full-width, mathematical, circled or raised one.
pub(super) fn plain(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let normalized = NFKC.normalize(c.encode_utf8(&mut [0; 4])).into_owned();
    let mut chars = normalized.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The character that a percent sign begins, and how many bytes it takes.
fn percent(text: &str) -> (char, usize) {
    let mut length = 1;
    loop {
        let digits = text.get(length..length + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match digits.filter(u8::is_ascii) {
            Some(b'%') => length += 2,
            Some(byte) => return (char::from(byte), length + 2),
            None => return ('%', 1),
        }
    }
}

/// Whether a character may stand inside a key as somebody wrote it down.
fn is_gap(c: char) -> bool {
    is_unseen(c) || c.is_whitespace() || is_dash(c)
}

/// Whether it is a dash, or a sign that people write instead of one.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '_' | '.' | '\u{b7}' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{30fc}' | '\u{fe58}'
    )
}

/// Whether a character takes no room: it is ignored, or drawn over the one before.
fn is_unseen(c: char) -> bool {
    steers(c) && !c.is_whitespace() && !c.is_control()
        || matches!(c,
            '\u{300}'..='\u{36f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{20d0}'..='\u{20ff}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
            | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}')
}

fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let (mut gap, mut blanks) = (Gap::Other, 0);
    for (c, at) in decoded(text) {
        if c.is_ascii_alphanumeric() {
            letters.push(Letter { c: c.to_ascii_lowercase(), at, gap });
            (gap, blanks) = (Gap::Nothing, 0);
        } else if !is_gap(c) {
            gap = Gap::Other;
        } else if c.is_whitespace() {
            blanks += 1;
            gap = if gap == Gap::Other || blanks > MOST_BLANKS { Gap::Other } else { Gap::Blank };
        } else if is_dash(c) && matches!(gap, Gap::Nothing | Gap::Unseen) {
            gap = Gap::Dash;
        } else if gap == Gap::Nothing {
            gap = Gap::Unseen;
        }
    }
    letters
}

/// Where a GUID that begins here ends.
fn guid(letters: &[Letter], from: usize) -> Option<(usize, KeyShape)> {
    let end = from + GUID;
    let run = letters.get(from..end)?;
    let hexadecimal = |letter: &Letter| letter.c.is_ascii_hexdigit();
    let digits = run.iter().filter(|letter| letter.c.is_ascii_digit()).count();
    let joined = run[1..].iter().all(|letter| letter.gap != Gap::Other);
    let blanks = run[1..].iter().filter(|letter| letter.gap == Gap::Blank).count();
    let begins = letters[from].gap != Gap::Nothing || !hexadecimal(&letters[from - 1]);
    let ends = letters.get(end).is_none_or(|next| next.gap != Gap::Nothing || !hexadecimal(next));
    // Numbers in a row are no key, nor are words.
    let least = if blanks == 0 { 1 } else { 4 };
    let mixed = digits >= 4 && GUID - digits >= least;
    let alone = begins && ends && mixed;
    let divided = (blanks <= 2 && (alone || is_grouped(run))) || (begins && ends && is_spaced(run));
    (run.iter().all(hexadecimal) && joined && divided).then_some((end, KeyShape::Guid))
}

/// Whether dashes divide the digits as in a GUID, read forwards or backwards. At one of these places the line may be broken instead.
fn is_grouped(run: &[Letter]) -> bool {
    [[8, 12, 16, 20], [12, 16, 20, 24]].into_iter().any(|places| {
        let dashes = run.iter().enumerate().skip(1).filter(|(_, letter)| letter.gap == Gap::Dash).map(|(at, _)| at);
        let dashes: Vec<usize> = dashes.collect();
        dashes.len() >= 3
            && dashes.iter().all(|at| places.contains(at))
            && places.iter().all(|at| matches!(run[*at].gap, Gap::Dash | Gap::Blank))
    })
}

/// Whether blanks divide the digits as in a GUID, or into groups of four. Numbers that stand like this are no key, nor are words.
fn is_spaced(run: &[Letter]) -> bool {
    let digits = run.iter().filter(|letter| letter.c.is_ascii_digit()).count();
    let blanks = run.iter().enumerate().skip(1).filter(|(_, letter)| letter.gap == Gap::Blank).map(|(at, _)| at);
    let blanks: Vec<usize> = blanks.collect();
    let divided = [&[8, 12, 16, 20][..], &[12, 16, 20, 24], &[4, 8, 12, 16, 20, 24, 28]];
    digits >= 4 && GUID - digits >= 4 && divided.contains(&blanks.as_slice())
}

/// For each letter, where the letters end that are joined to it without a blank. Found once for all, since to look again from each letter
/// takes the square of the time.
fn ends_of_runs(letters: &[Letter]) -> Vec<usize> {
    let mut ends = vec![letters.len(); letters.len()];
    for at in (1..letters.len()).rev() {
        let joined = matches!(letters[at].gap, Gap::Nothing | Gap::Unseen | Gap::Dash);
        ends[at - 1] = if joined { ends[at] } else { at };
    }
    ends
}

/// Whether these four signs stand here, each one of a few.
fn stand(letters: &[Letter], at: usize, signs: [&str; 4]) -> bool {
    letters.get(at..at + 4).is_some_and(|four| four.iter().zip(signs).all(|(letter, any)| any.contains(letter.c)))
}

/// For each letter, the last place up to it where an Alma key begins that is read backwards.
fn last_backwards(letters: &[Letter]) -> Vec<Option<usize>> {
    let mut last = None;
    let here = |at| {
        last = if stand(letters, at, ["x", "x", "78", "l"]) { Some(at) } else { last };
        last
    };
    (0..letters.len()).map(here).collect()
}

/// How many blanks divide these letters.
fn blanks_before(letters: &[Letter], from: usize, end: usize) -> usize {
    letters[from..end].iter().skip(1).filter(|letter| letter.gap == Gap::Blank).count()
}

/// Where an Alma key that begins here ends, read forwards or backwards.
fn alma(letters: &[Letter], runs: &[usize], backwards: &[Option<usize>], from: usize) -> Option<(usize, KeyShape)> {
    let forwards = stand(letters, from, ["l", "78", "x", "x"]);
    if !forwards && letters[from].gap == Gap::Nothing {
        return None;
    }
    let (mut end, mut blanks) = (runs[from], 0);
    // Groups of four, as people write down a long number.
    let in_fours = |end: usize| end - from == 4 * (blanks_before(letters, from, end) + 1);
    let more = |end: usize, blanks: usize| blanks < 2 || (in_fours(end) && runs[end] - end <= 4);
    while letters.get(end).is_some_and(|letter| letter.gap == Gap::Blank)
        && more(end, blanks)
        && end - from < ALMA_USUAL
    {
        (end, blanks) = (runs[end], blanks + 1);
    }
    if forwards {
        // A digit is among its first four.
        return (end - from >= ALMA).then_some((end, KeyShape::Alma));
    }
    let back = backwards[end.checked_sub(4)?].filter(|at| *at >= from + ALMA - 4)?;
    Some((back + 4, KeyShape::Alma))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";
    const ALMA: &str = "l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5";
    /// A GUID with hardly any letter in it.
    const NUMBERS: &str = "70726163-7469-4365-8000-6578706fe5f6";

    fn full_width(key: &str) -> String {
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c);
        key.chars().map(wide).collect()
    }

    #[test]
    fn what_is_divided_as_a_guid_needs_no_letters() {
        for key in [NUMBERS, "11111111-2222-4333-8444-555566667777"] {
            let backwards: String = key.chars().rev().collect();
            for spelled in [key.to_owned(), full_width(key), key.replace('-', "%2D"), backwards, format!("dead{key}")] {
                let found = key_shapes(&format!("x/{spelled}.example.org"));
                assert!(matches!(found.as_slice(), [(_, KeyShape::Guid)]), "{spelled}: {found:?}");
            }
        }
        assert_eq!(key_shapes(&NUMBERS.replace('-', "")).len(), 1);
    }

    /// Texts far longer than any form, of which a search from each letter would never come to an end.
    #[test]
    fn a_long_text_takes_no_more_than_its_length() {
        const LONG: usize = 1 << 16;
        for piece in ["x", "a-", "a ", "l7xx", "xx8l", "xx8l-", "5f2c1d9e", "l8xx "] {
            let text = piece.repeat(LONG / piece.len());
            key_shapes(&text);
            assert!(key_shapes(&format!("{text} {GUID}")).len() >= key_shapes(&text).len(), "{piece}");
        }
    }

    fn in_fours(key: &str) -> String {
        let bare: Vec<char> = key.chars().filter(|c| *c != '-').collect();
        bare.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn other_signs_and_blanks_between_the_parts_do_not_hide_a_key() {
        for between in [" ", "_", ".", " - ", "- "] {
            let found = key_shapes(&format!("old: {} (until May)", GUID.replace('-', between)));
            assert!(matches!(found.as_slice(), [(_, KeyShape::Guid)]), "{between:?}: {found:?}");
        }
    }

    fn spellings(key: &str) -> Vec<String> {
        let (first, second) = key.split_at(17);
        let backwards: String = key.chars().rev().collect();
        vec![
            key.to_owned(),
            key.to_uppercase(),
            key.replace('-', ""),
            key.replace('-', "%2D"),
            key.replace('-', "%252d"),
            key.bytes().map(|byte| format!("%{byte:02x}")).collect(),
            format!("{first} {second}"),
            format!("{first}\r\n  {second}"),
            format!("{first}\u{200b}{second}"),
            key.replace('-', "\u{2011}"),
            backwards,
            full_width(key),
            key.chars().map(String::from).collect::<Vec<_>>().join("\u{200d}\u{fe0f}"),
            in_fours(key),
        ]
    }

    #[test]
    fn a_key_in_any_spelling_is_found_whole() {
        for (key, shape) in [(GUID, KeyShape::Guid), (ALMA, KeyShape::Alma)] {
            for spelled in spellings(key) {
                for text in [spelled.clone(), format!("key={spelled};"), format!("to: {spelled}. Then more")] {
                    let found = key_shapes(&text);
                    let there = text.find(&spelled).map(|at| at..at + spelled.len());
                    assert_eq!(found, [(there.expect("there"), shape)], "{text}");
                }
                assert!(squeezed(&spelled).contains(&*squeezed(key)) || spelled.starts_with(['2', '5']), "{spelled}");
            }
        }
    }

    #[test]
    fn what_people_write_is_no_key() {
        for text in [
            "",
            "10000001 10000002 10000003 10000004 10000005",
            "1000000110000002100000031000000410000005",
            "Request Imported from Alma, Awaiting Request Processing",
            "https://qc.illiad.oclc.org/illiadwebplatform/transaction",
            "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)",
            "l8xx",
            "l8xx is what such a key begins with, and then come many more letters and digits",
            "10000001 1234 5678 9012 123456789012",
            "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
            "v1.2.3 of 2026.11.29 and 10.0.0.1, 192.168.0.254, 172.16.0.1",
            "a faded facade added decade 2026 a bad cafe",
            // A digest.
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ] {
            assert_eq!(key_shapes(text), [], "{text}");
        }
    }
}
