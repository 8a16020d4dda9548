//! Text in ASCII, for whatever shows nothing else. The only place that makes it.
use icu_normalizer::{DecomposingNormalizer, DecomposingNormalizerBorrowed};
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar as _;

/// How a typographic character is written in ASCII: in a sentence, and in one column.
fn typography(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        '…' => ("...", "~"),
        '→' => ("->", ">"),
        '⊕' => ("(+)", "+"),
        '›' | '▸' => (">", ">"),
        '·' | '•' | '●' => ("-", "."),
        '✓' => ("+", "+"),
        '✍' | '■' => ("a", "a"),
        '✗' | '×' => ("x", "x"),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '─' => ("-", "-"),
        '\u{2018}'..='\u{201b}' => ("'", "'"),
        '\u{201c}'..='\u{201f}' => ("\"", "\""),
        '\u{3000}' => ("  ", "  "),
        c if c.is_whitespace() && c.width() == Some(1) => (" ", " "),
        _ => return None,
    })
}

/// The letter without its accent, if that is ASCII: `e` for `é`. Letters of other scripts have none.
fn bare_letter(c: char) -> Option<char> {
    static PARTS: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizer::new_nfkd();
    match c {
        'ø' => Some('o'),
        'Ø' => Some('O'),
        'ł' => Some('l'),
        'Ł' => Some('L'),
        'đ' => Some('d'),
        'Đ' => Some('D'),
        'ı' => Some('i'),
        'ß' => Some('s'),
        _ => PARTS.normalize(c.encode_utf8(&mut [0; 4])).chars().next().filter(char::is_ascii_alphanumeric),
    }
}

/// Replaces typographic characters by ASCII. Letters stay, because names contain them.
pub fn without_typography(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match typography(c) {
            _ if c.is_ascii() => out.push(c),
            Some((words, _)) => out.push_str(words),
            None if c.is_alphanumeric() => out.push(c),
            None => out.push('?'),
        }
    }
    out
}

fn spelled(text: &str, pick: impl Fn((&'static str, &'static str)) -> &'static str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match (typography(c), bare_letter(c), c.width().unwrap_or(0)) {
            _ if c.is_ascii() => out.push(c),
            (Some(both), ..) => out.push_str(pick(both)),
            (None, Some(letter), 1) => out.push(letter),
            (None, _, columns) => out.extend(std::iter::repeat_n('?', columns)),
        }
    }
    Cow::Owned(out)
}

/// A text in ASCII: quotes, dashes and arrows in the usual spelling, letters without accents, `?` for any other character.
pub fn ascii(text: &str) -> Cow<'_, str> {
    spelled(text, |(words, _)| words)
}

/// Like [`ascii`], but as wide as before, for what stands in columns.
pub fn ascii_in_columns(text: &str) -> Cow<'_, str> {
    spelled(text, |(_, column)| column)
}

/// A text in ASCII that loses nothing: `escape` writes each other character, as JSON and HTML can.
pub fn escaped(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if c.is_ascii() { c.to_string() } else { escape(c) }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr as _;

    #[test]
    fn typography_becomes_ascii_and_letters_lose_their_accents() {
        let text = "Click ⊕ “Add” – José’s Łódź › é\u{a0}→ e\u{301} 図…";
        assert_eq!(ascii(text), "Click (+) \"Add\" - Jose's Lodz > e -> e ??...");
        assert_eq!(without_typography("Click ⊕ “Add” – Hostos é\u{a0}☃"), "Click (+) \"Add\" - Hostos é ?");
        assert_eq!(escaped("é図", |c| format!("&#x{:X};", u32::from(c))), "&#xE9;&#x56F3;");
    }

    #[test]
    fn in_columns_every_character_keeps_its_width() {
        let all: String = (0xa0..0x1_0000).filter_map(char::from_u32).filter(|c| c.width().is_some()).collect();
        for c in all.chars().map(String::from) {
            let shown = ascii_in_columns(&c);
            assert!(shown.is_ascii(), "{c} {shown}");
            assert_eq!(shown.width(), c.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>(), "{c} {shown}");
        }
    }
}
