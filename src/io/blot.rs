//! Removes keys from what a server said: whole or in part, in either case, and as URLs, JSON and base64 write them.
use crate::text::{squeezed, squeezed_places};
use reqwest::header::HeaderMap;
use std::collections::HashSet;
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// The length of a piece of a key that is removed. Shorter pieces could be anything, and the key's last four
/// characters are shown anyway.
const PIECE: usize = 12;

/// The text with the key replaced by `[key]`.
pub(super) fn blotted(text: &str, key: &str) -> String {
    let small = Zeroizing::new(text.to_ascii_lowercase());
    let mut hidden = vec![false; small.len()];
    for form in forms(key).iter().map(|form| Zeroizing::new(form.to_ascii_lowercase())) {
        // A key shorter than a piece is searched for whole.
        let length = PIECE.min(form.len()).max(1);
        let pieces: HashSet<&[u8]> = form.as_bytes().windows(length).collect();
        for (at, window) in small.as_bytes().windows(length).enumerate() {
            if pieces.contains(window) {
                hidden[at..at + length].fill(true);
            }
        }
    }
    hide_squeezed(text, key, &mut hidden);
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
    shown
}

/// Hides the key where it stands without its dashes, percent-encoded, or split by blanks, forwards or backwards.
fn hide_squeezed(text: &str, key: &str, hidden: &mut [bool]) {
    let (places, key) =
        (squeezed_places(text).collect::<Vec<_>>(), Zeroizing::new(squeezed(key).chars().collect::<Vec<_>>()));
    let backwards = Zeroizing::new(key.iter().rev().copied().collect::<Vec<_>>());
    if key.len() < PIECE {
        return;
    }
    let pieces: HashSet<&[char]> = key.windows(PIECE).chain(backwards.windows(PIECE)).collect();
    let letters = Zeroizing::new(places.iter().map(|(c, _)| *c).collect::<Vec<_>>());
    for (at, window) in letters.windows(PIECE).enumerate() {
        if pieces.contains(window) {
            hidden[places[at].1.start..places[at + PIECE - 1].1.end].fill(true);
        }
    }
}

/// The text without the keys that were sent in these headers.
pub(super) fn unsent(text: &str, sent: &HeaderMap) -> String {
    let keys = sent.values().filter(|value| value.is_sensitive()).filter_map(|value| value.to_str().ok());
    keys.filter_map(|value| value.rsplit(' ').next()).fold(text.to_owned(), |text, key| blotted(&text, key))
}

/// The ways a server may write the key: as is, percent-encoded, as in JSON, hexadecimal, reversed, and in base64 at
/// each of its three possible offsets.
fn forms(key: &str) -> [Zeroizing<String>; 8] {
    let mut percent = Zeroizing::new(String::with_capacity(key.len() * 3));
    let mut escaped = Zeroizing::new(String::with_capacity(key.len() * 2));
    let mut hexadecimal = Zeroizing::new(String::with_capacity(key.len() * 2));
    let mut backwards = Zeroizing::new(String::with_capacity(key.len()));
    backwards.extend(key.chars().rev());
    for byte in key.bytes() {
        // Writing to a `String` cannot fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    for c in key.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') => percent.push(c),
            // Writing to a `String` cannot fail.
            c => drop(write!(percent, "%{:02X}", u32::from(c))),
        }
        if matches!(c, '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let [at_once, one_later, two_later] = [0, 1, 2].map(|before| base64(key.as_bytes(), before));
    [Zeroizing::new(key.to_owned()), percent, escaped, hexadecimal, backwards, at_once, one_later, two_later]
}

/// The base64 of the bytes after `before` other bytes, without the characters that depend on those other bytes.
fn base64(bytes: &[u8], before: usize) -> Zeroizing<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut all = Zeroizing::new(vec![0; before]);
    all.reserve_exact(bytes.len());
    all.extend_from_slice(bytes);
    let letters = all.chunks_exact(3).flat_map(|three| {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        [18, 12, 6, 0].map(|shift| char::from(LETTERS[(bits >> shift & 63) as usize]))
    });
    let mut text = Zeroizing::new(String::with_capacity(all.len() * 2));
    text.extend(letters.skip(if before == 0 { 0 } else { before + 1 }));
    text
}

#[cfg(test)]
mod tests {
    use super::blotted;

    const KEY: &str = "5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2";

    #[test]
    fn whole_in_part_and_in_capitals() {
        assert_eq!(blotted(&format!("bad é {KEY}!"), KEY), "bad é [key]!");
        assert_eq!(blotted(&format!("bad {}…", &KEY[..12]), KEY), "bad [key]…");
        assert_eq!(blotted(&format!("{0} {0}", KEY.to_uppercase()), KEY), "[key] [key]");
        assert_eq!(blotted("ends a1b2, 9c51-0d7f2b", KEY), "ends a1b2, 9c51-0d7f2b");
        assert_eq!(blotted("a short one: abcd.", "abcd"), "a short one: [key].");
    }

    #[test]
    fn without_dashes_split_or_percent_encoded() {
        let (first, second) = KEY.split_at(20);
        for spelled in [
            KEY.replace('-', ""),
            KEY.replace('-', "%2D").to_uppercase(),
            format!("{first}\r\n {second}"),
            KEY.replace('-', "").chars().rev().collect(),
        ] {
            assert_eq!(blotted(&format!("é k={spelled}; é"), KEY), "é k=[key]; é", "{spelled}");
        }
    }

    #[test]
    fn as_others_write_it() {
        let odd = r#"Al"39/0a=\61&%41<a7>"#;
        assert_eq!(blotted("k=Al%2239%2F0a%3D%5C61%26%2541%3Ca7%3E;", odd), "k=[key];");
        assert_eq!(blotted(r#"{"k":"Al\"39/0a=\\61&%41<a7>"}"#, odd), r#"{"k":"[key]"}"#);
        let hexadecimal: String = KEY.bytes().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(blotted(&format!("k={hexadecimal};"), KEY), "k=[key];");
        let backwards: String = KEY.chars().rev().collect();
        assert_eq!(blotted(&format!("k={backwards};"), KEY), "k=[key];");
        // "apikey 5f2c…" and "x5f2c…" in base64.
        for encoded in ["YXBpa2V5IDVmMmMxZDllLTc3YWEtNGUwYi05YzUx", "eDVmMmMxZDllLTc3YWEtNGUwYi05YzUx"] {
            assert!(!blotted(encoded, KEY).contains("LTc3YWEt"), "{}", blotted(encoded, KEY));
        }
    }
}
