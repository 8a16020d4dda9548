//! What a person pasted from a screen, held against the value letter by letter. Nothing is recorded by it.
use super::model::{Model, PasteBack};
use super::next::may_be_signed;
use crate::engine::Verdict;

/// How a pasted text compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pasted {
    /// Nothing pasted yet.
    Nothing,
    /// Letter by letter the same.
    Equal,
    /// Not the same; each reason in words.
    Differs(Vec<String>),
}

/// The procedure's word for an empty field.
const BLANK: &str = "[blank]";

/// Compares.
#[must_use]
pub fn compare(want: &str, got: &str) -> Pasted {
    if got.is_empty() {
        return Pasted::Nothing;
    }
    if got == want || (want == BLANK && got.trim().is_empty()) {
        return Pasted::Equal;
    }
    let mut why = Vec::new();
    if let Some(c) = got.chars().find(|c| matches!(c, '“' | '”' | '‘' | '’' | '´' | '`')) {
        let harm = if want.contains('\'') { ": ILLiad's rule would never match" } else { "" };
        why.push(format!("a curly quote ({c}) instead of a straight one{harm}"));
    }
    if got.contains('\u{a0}') {
        why.push("a no-break blank instead of an ordinary one".to_owned());
    }
    let blanks = |text: &str| text.len() - text.trim_end_matches([' ', '\u{a0}']).len();
    if blanks(got) > blanks(want) {
        why.push("a blank at the end".to_owned());
    }
    if got.starts_with(' ') && !want.starts_with(' ') {
        why.push("a blank at the start".to_owned());
    }
    if plain(got) == plain(want) {
        if why.is_empty() {
            why.push("blanks between the words".to_owned());
        }
        return Pasted::Differs(why);
    }
    if plain(got).to_lowercase() == plain(want).to_lowercase() {
        why.push("capital and small letters".to_owned());
        return Pasted::Differs(why);
    }
    for (c, name) in [('(', "opening"), (')', "closing")] {
        let (there, wanted) = (got.matches(c).count(), want.matches(c).count());
        if there != wanted {
            why.push(format!("{there} {name} parentheses instead of {wanted}"));
        }
    }
    why.push(first_difference(want, got));
    Pasted::Differs(why)
}

/// With straight quotes and single blanks.
fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '“' | '”' => '"',
            '‘' | '’' | '´' | '`' => '\'',
            '\u{a0}' => ' ',
            c => c,
        })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_difference(want: &str, got: &str) -> String {
    let at = want.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| {
        let rest: String = text.chars().skip(at).take(12).collect();
        if rest.is_empty() { "nothing".to_owned() } else { format!("\"{rest}\"") }
    };
    format!("from character {}: {} instead of {}", at + 1, from(got), from(want))
}

/// What Enter does: offers the sign-off of a value that was found equal.
#[must_use]
pub fn enter_words(model: &Model, screen: &PasteBack) -> Option<&'static str> {
    offers_sign_off(model, screen).then_some("sign it off")
}

/// Whether the value pasted is the one wanted, and a person's word for it counts.
#[must_use]
pub fn offers_sign_off(model: &Model, screen: &PasteBack) -> bool {
    let Some(finding) = model.campus.as_ref().and_then(|campus| campus.find(&screen.key)) else { return false };
    let want = finding.want.as_deref().unwrap_or_default();
    matches!(finding.verdict, Verdict::Waiting(_))
        && may_be_signed(model.recipe(), &finding.key)
        && compare(want, screen.typed.text()) == Pasted::Equal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(want: &str, got: &str) -> String {
        match compare(want, got) {
            Pasted::Differs(why) => why.join("; "),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_people_paste_wrong_is_named() {
        let rule = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)";
        assert_eq!(compare(rule, rule), Pasted::Equal);
        assert!(why(rule, &rule.replace('\'', "’")).contains("curly quote"));
        assert!(why(rule, &rule.replace(['(', ')'], "")).contains("0 opening parentheses instead of 1"));
        assert_eq!(why("ILLiad", "illiad"), "capital and small letters");
        assert_eq!(why("ILLiad", "ILLiad "), "a blank at the end");
        assert_eq!(why("CitedIn", "CitedBy"), "from character 6: \"By\" instead of \"In\"");
        assert_eq!(compare("[blank]", " "), Pasted::Equal);
        assert_eq!(compare("x", ""), Pasted::Nothing);
    }
}
