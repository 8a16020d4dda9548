//! Makes text from outside safe for terminals, logs and reports.
//!
//! Characters that control a terminal or change the reading direction are replaced by a visible mark, not dropped.
//! Otherwise a manipulated text could look equal to the one it imitates.
use crate::secret::{ApiKey, KeyTraces};
pub use crate::text::{cut, value};
use crate::text::{cut_inside, unkeyed};
use serde_json::Value;

/// The longest server text that a message repeats, in characters.
const LONGEST: usize = 200;

/// Cleans a message: each run of blanks and line ends becomes one blank, and other control characters become
/// `U+FFFD`.
pub fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    value(&words.join(" "))
}

/// The longest server text that the log keeps, in characters.
const LOGGED: usize = 65_536;

/// A server's whole text, for the log: without any of `secrets` and anything that looks like a key, and clean.
pub fn whole_text(text: &str, secrets: &[&ApiKey]) -> String {
    let shown = without(text, secrets);
    cut_inside(&clean(&unkeyed(&shown).unwrap_or(shown)), LOGGED)
}

/// The text without any part of these keys.
pub fn without(text: &str, secrets: &[&ApiKey]) -> String {
    KeyTraces::of(secrets.iter().copied()).masked(text).unwrap_or_else(|| text.to_owned())
}

/// A server's text for a message: like [`whole_text`], but only its beginning and its end if it is long.
pub fn server_text(text: &str, secrets: &[&ApiKey]) -> String {
    shown_text(&whole_text(text, secrets))
}

/// A whole text, shortened for a message.
pub fn shown_text(whole: &str) -> String {
    cut_inside(whole, LONGEST)
}

/// Removes keys from every text in a server's answer. No value that is shown or stored may contain one.
pub fn without_keys(value: &mut Value, secrets: &[&ApiKey]) {
    mask(value, &KeyTraces::of(secrets.iter().copied()));
}

fn mask(value: &mut Value, traces: &KeyTraces) {
    match value {
        Value::String(text) => {
            if traces.stand_in(text)
                && let Some(masked) = traces.masked(text)
            {
                *text = masked;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, traces)),
        Value::Object(members) => members.values_mut().for_each(|member| mask(member, traces)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
    fn keys_are_taken_out_of_data_and_the_rest_stays() {
        let key = ApiKey::parse("l8xx-secret-secret".into()).expect("a key");
        let mut data = json!({"a": "x L8XX-Secret-SECRET y", "b": [{"c": "l8xx-secret-secret"}, 3], "d": "as it was"});
        without_keys(&mut data, &[&key]);
        assert_eq!(data, json!({"a": "x [key] y", "b": [{"c": "[key]"}, 3], "d": "as it was"}));
    }

    #[test]
    fn a_key_that_is_echoed_is_blotted_out_before_the_cut() {
        let key = ApiKey::parse("l8xx-secret-secret".into()).expect("a key");
        let said = server_text(&format!("{}bad value l8xx-secret-secret", "x".repeat(185)), &[&key]);
        assert!(!said.contains("l8xx"), "{said}");
        assert!(said.chars().count() <= 200);
    }
}
