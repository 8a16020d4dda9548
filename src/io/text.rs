//! Text that came from outside, made fit for terminals, logs and reports.
//!
//! Characters that steer a terminal or turn the reading direction are replaced by a visible mark and not dropped: what was
//! tampered with must not come to look equal to what it imitates.
use super::blot::blotted;
use crate::secret::ApiKey;
pub use crate::text::{cut, value};

/// The longest text of a server's that is repeated in a message, in characters.
const LONGEST: usize = 200;

/// A message: blanks and line ends become one blank each run, whatever else steers becomes `U+FFFD`.
#[must_use]
pub fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    value(&words.join(" "))
}

/// What a server said, for a message: without any of `secrets`, clean, and at most 200 characters long.
#[must_use]
pub fn told(text: &str, secrets: &[&ApiKey]) -> String {
    let shown = secrets.iter().fold(text.to_owned(), |text, key| blotted(&text, key.expose()));
    cut(&clean(&shown), LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_overrides_are_marked() {
        assert_eq!(clean("a\u{1b}[31mred\u{7}\r\n\tb"), "a\u{FFFD}[31mred\u{FFFD} b");
        assert_eq!(clean("\u{9b}2J x\u{202e}y\u{2066}z\u{2028}"), "\u{FFFD}2J x\u{FFFD}y\u{FFFD}z");
        assert_eq!(clean("  Bücher 図書 "), "Bücher 図書");
    }

    #[test]
    fn a_tampered_value_does_not_become_equal_to_what_it_imitates() {
        assert_ne!(value("1000\u{200b}0001"), "10000001");
        assert_ne!(value("ILL\u{0}"), "ILL");
        assert_eq!(value(" ILL "), " ILL ");
    }

    #[test]
    fn a_key_that_is_echoed_is_blotted_out_before_the_cut() {
        let key = ApiKey::parse("l8xx-secret-secret".into()).expect("a key");
        let said = told(&format!("{}bad value l8xx-secret-secret", "x".repeat(185)), &[&key]);
        assert!(!said.contains("l8xx"), "{said}");
        assert!(said.chars().count() <= 200);
    }
}
