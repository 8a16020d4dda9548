//! Finds known keys in a text, whole or in part, however they are written.
use super::ApiKey;
use crate::text::{squeezed, squeezed_places};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// So many consecutive characters of a key stand for the key; a shorter key is looked for whole. Twelve hexadecimal digits
/// occur by chance once in 2^48 places, so no ordinary value has them, and a reader of fewer cannot guess the rest.
const PART: usize = 12;

/// A key with fewer characters may be a word that somebody typed by mistake, and words occur in ordinary values.
const WORD: usize = 8;

/// What is left of some keys in a text shows where they are: in either case, without dashes, percent-encoded, as JSON writes it,
/// split by blanks or line ends, backwards, in hexadecimal, and in base64 at any offset. Of each piece of a key, this keeps a digest.
#[derive(Default)]
pub struct KeyTraces {
    sure: Vec<Arc<Spellings>>,
    words: Vec<Arc<Spellings>>,
}

/// The spellings of so many keys are kept for the next text, because every request and every answer is searched for them.
const KEPT: usize = 16;

/// The spellings of the keys looked for last, by the SHA-256 of the key.
static RECENT: Mutex<VecDeque<([u8; 32], Arc<Spellings>)>> = Mutex::new(VecDeque::new());

/// The pieces of keys in a text as it is, and in a [`squeezed`] one.
#[derive(Default)]
struct Spellings {
    written: Pieces,
    squeezed: Pieces,
}

/// The digests of pieces, by the length of the piece.
#[derive(Default)]
struct Pieces(BTreeMap<usize, HashSet<u64>>);

impl KeyTraces {
    /// The traces of these keys.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a ApiKey>) -> Self {
        Self::of_texts(keys.into_iter().map(|key| key.0.as_str()))
    }

    /// The traces of keys in texts, such as the values of headers.
    pub fn of_texts<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            let spellings = if key.len() < WORD { &mut all.words } else { &mut all.sure };
            spellings.push(Spellings::of(key));
        }
        all
    }

    /// Whether a text contains one of the keys, or a part of it that occurs in no other text. A key of a few characters does not
    /// count.
    pub fn stand_in(&self, text: &str) -> bool {
        !places(&self.sure, text).is_empty()
    }

    /// The text with each part of a key replaced by `[key]`. `None` if it has no part of a key.
    pub fn masked(&self, text: &str) -> Option<String> {
        let found = [&self.sure, &self.words].map(|spellings| places(spellings, text)).concat();
        if found.is_empty() {
            return None;
        }
        let mut hidden = vec![false; text.len()];
        found.into_iter().for_each(|place| hidden[place].fill(true));
        let mut shown = String::with_capacity(text.len());
        let mut before = false;
        // The places begin and end at whole characters, so none is half hidden.
        for (at, c) in text.char_indices() {
            match (hidden[at], before) {
                (true, false) => shown.push_str("[key]"),
                (true, true) => {}
                (false, _) => shown.push(c),
            }
            before = hidden[at];
        }
        Some(shown)
    }
}

impl Spellings {
    /// The spellings of a key. Those of the keys looked for last are kept and not made again.
    fn of(key: &str) -> Arc<Self> {
        let name: [u8; 32] = Sha256::digest(key).into();
        let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = recent.iter().find(|(of, _)| *of == name) {
            return Arc::clone(known);
        }
        let mut made = Self::default();
        for (form, length) in forms(key) {
            made.written.add(form.to_ascii_lowercase().as_bytes(), length);
            made.squeezed.add(squeezed(&form).as_bytes(), length);
        }
        let made = Arc::new(made);
        recent.truncate(KEPT - 1);
        recent.push_front((name, Arc::clone(&made)));
        made
    }
}

/// Where pieces of the keys are, as ranges of bytes.
fn places(keys: &[Arc<Spellings>], text: &str) -> Vec<Range<usize>> {
    if keys.is_empty() {
        return Vec::new();
    }
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    let mut found: Vec<Range<usize>> = keys.iter().flat_map(|key| key.written.found(lower.as_bytes())).collect();
    // What is not ASCII is in no key.
    let letters = Zeroizing::new(squeezed_places(text).map(|(c, _)| u8::try_from(c).unwrap_or(0)).collect::<Vec<_>>());
    let squeezed: Vec<Range<usize>> = keys.iter().flat_map(|key| key.squeezed.found(&letters)).collect();
    if !squeezed.is_empty() {
        let places: Vec<Range<usize>> = squeezed_places(text).map(|(_, place)| place).collect();
        found.extend(squeezed.into_iter().map(|piece| places[piece.start].start..places[piece.end - 1].end));
    }
    found
}

impl Pieces {
    fn add(&mut self, form: &[u8], length: usize) {
        let length = length.min(form.len());
        if length > 0 {
            self.0.entry(length).or_default().extend(digests(form, length));
        }
    }

    /// Where the pieces are. Pieces that overlap are one.
    fn found(&self, letters: &[u8]) -> Vec<Range<usize>> {
        let mut all: Vec<Range<usize>> = Vec::new();
        for (length, pieces) in &self.0 {
            for (at, _) in digests(letters, *length).enumerate().filter(|(_, digest)| pieces.contains(digest)) {
                match all.last_mut() {
                    Some(last) if (last.start..last.end).contains(&at) => last.end = at + length,
                    _ => all.push(at..at + length),
                }
            }
        }
        all
    }
}

/// The digest of each piece of this length. Each is made from the one before, so that a long text takes no more than its length.
fn digests(letters: &[u8], length: usize) -> impl Iterator<Item = u64> + '_ {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let first = (0..length).fold(1_u64, |product, _| product.wrapping_mul(BASE));
    let mut sum = 0_u64;
    let next = move |(at, letter): (usize, &u8)| {
        sum = sum.wrapping_mul(BASE).wrapping_add(u64::from(*letter));
        if let Some(gone) = at.checked_sub(length) {
            sum = sum.wrapping_sub(first.wrapping_mul(u64::from(letters[gone])));
        }
        sum
    };
    letters.iter().enumerate().map(next).skip(length - 1)
}

/// The ways to write a key, each with the length of a piece that stands for the key.
fn forms(key: &str) -> Vec<(Zeroizing<String>, usize)> {
    let mut all = vec![
        (Zeroizing::new(key.to_owned()), PART),
        (Zeroizing::new(key.chars().rev().collect()), PART),
        (percent(key), PART),
        (escaped(key), PART),
    ];
    if key.len() < WORD {
        return all;
    }
    let bare = Zeroizing::new(key.replace('-', ""));
    for spelled in [key, bare.as_str()].into_iter().flat_map(cases) {
        all.push((hexadecimal(&spelled), 2 * PART));
        for before in 0..3 {
            let base64 = base64(spelled.as_bytes(), before);
            all.push((Zeroizing::new(base64.replace('+', "-").replace('/', "_")), PART));
            all.push((base64, PART));
        }
    }
    all
}

fn cases(text: &str) -> [Zeroizing<String>; 3] {
    [text.to_owned(), text.to_ascii_lowercase(), text.to_ascii_uppercase()].map(Zeroizing::new)
}

fn percent(key: &str) -> Zeroizing<String> {
    let mut all = Zeroizing::new(String::with_capacity(key.len() * 3));
    for c in key.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') => all.push(c),
            // Writing to a `String` cannot fail.
            c => drop(write!(all, "%{:02X}", u32::from(c))),
        }
    }
    all
}

/// The key as JSON and source code write it.
fn escaped(key: &str) -> Zeroizing<String> {
    let mut all = Zeroizing::new(String::with_capacity(key.len() * 2));
    for c in key.chars() {
        if matches!(c, '"' | '\\') {
            all.push('\\');
        }
        all.push(c);
    }
    all
}

fn hexadecimal(key: &str) -> Zeroizing<String> {
    let mut all = Zeroizing::new(String::with_capacity(key.len() * 2));
    for byte in key.bytes() {
        // Writing to a `String` cannot fail.
        let _ = write!(all, "{byte:02x}");
    }
    all
}

/// The base64 of the bytes after `before` other bytes, without the characters that depend on what comes before or after.
fn base64(bytes: &[u8], before: usize) -> Zeroizing<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut all = Zeroizing::new(vec![0; before]);
    all.reserve_exact(bytes.len() + 2);
    all.extend_from_slice(bytes);
    let certain = all.len() * 8 / 6;
    let whole = all.len().next_multiple_of(3);
    all.resize(whole, 0);
    let letters = all.chunks_exact(3).flat_map(|three| {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[(bits >> shift & 63) as usize]))
    });
    let mut text = Zeroizing::new(String::with_capacity(all.len() * 2));
    text.extend(letters.take(certain).skip(if before == 0 { 0 } else { before + 1 }));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GUID: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";

    fn traces(key: &str) -> KeyTraces {
        KeyTraces::of_texts([key])
    }

    fn in_base64(text: &str) -> String {
        let padding = [0, 2, 1][text.len() % 3];
        let bytes = [text.as_bytes(), &[0; 2]].concat();
        let all = base64(&bytes, 0);
        all[..(text.len() * 8).div_ceil(6)].to_owned() + &"=".repeat(padding)
    }

    /// Ways to write a part of a key.
    fn spellings(part: &str) -> Vec<String> {
        let mut all: Vec<String> = cases(part).map(|text| text.to_string()).into();
        all.extend([part.replace('-', ""), part.replace('-', "%2D"), percent(part).to_string()]);
        all.extend([part.chars().rev().collect(), hexadecimal(part).to_string(), hexadecimal(part).to_uppercase()]);
        for before in ["", "u", "us", "user:", "apikey "] {
            for spelled in [part.to_owned(), part.to_uppercase(), part.replace('-', "")] {
                let padded = in_base64(&format!("{before}{spelled}"));
                let bare = padded.trim_end_matches('=').to_owned();
                let after = in_base64(&format!("{before}{spelled}:and so on"));
                all.extend([
                    padded.replace('+', "-").replace('/', "_"),
                    bare,
                    padded.replace('=', "%3D"),
                    after,
                    padded,
                ]);
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn a_long_part_of_a_key_is_found_in_every_spelling(
            key in "l[78]xx[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
            from in 0..20_usize,
            length in 16..40_usize,
        ) {
            let part = &key[from..(from + length).min(key.len())];
            let traces = traces(&key);
            for spelled in spellings(part) {
                let text = format!("é k={spelled}; é");
                prop_assert!(traces.stand_in(&text), "{} in {}", part, text);
                let shown = traces.masked(&text).unwrap_or_default();
                prop_assert!(shown.starts_with("é k=") && shown.ends_with("; é") && shown.contains("[key]"), "{}", shown);
                prop_assert!(!traces.stand_in(&shown), "{}", shown);
            }
        }

        #[test]
        fn a_part_that_is_too_short_is_left(key in "l[78]xx[0-9a-f]{32}", from in 0..25_usize) {
            let text = format!("it ends in {}.", &key[from..from + 11]);
            prop_assert!(!traces(&key).stand_in(&text));
        }

        #[test]
        fn no_ordinary_value_has_a_part_of_a_key(
            keys in prop::collection::vec("l[78]xx[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", 3),
            number in "[0-9]{8,18}",
            digest in "[0-9a-f]{64}",
        ) {
            let traces = KeyTraces::of_texts(keys.iter().map(String::as_str));
            let recipe = include_str!("../../assets/recipe.toml");
            for text in [recipe, &number, &digest, "https://qc.illiad.oclc.org/illiadwebplatform/transaction", "01CUNY_QC"] {
                prop_assert_eq!(traces.masked(text), None);
            }
        }
    }

    #[test]
    fn a_short_key_is_looked_for_whole_and_a_word_only_in_messages() {
        assert!(traces("Abcd-2345").stand_in("it is ABCD2345") && !traces("Abcd-2345").stand_in("it is Abcd-234"));
        assert!(!traces("ILLiad").stand_in("ILLiad"));
        assert_eq!(traces("ILLiad").masked("ILLiad says"), Some("[key] says".to_owned()));
        assert_eq!(traces("").masked("anything"), None);
    }

    /// A search that began again at each place would never come to an end.
    #[test]
    fn a_long_text_takes_no_more_than_its_length() {
        let traces = KeyTraces::of_texts([GUID, "l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5"]);
        for piece in ["x", "5f2c1d9e-77a", "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2 ", "NWYyYzFkOWUt", "%25"] {
            let text = piece.repeat((1 << 18) / piece.len());
            assert_eq!(traces.stand_in(&text), piece.len() > 3, "{piece}");
        }
    }
}
