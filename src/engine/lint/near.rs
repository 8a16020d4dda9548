//! Compares a pasted value with the wanted one, character by character, and explains near misses.
use super::field_role::{Consequence, FieldRole};
use super::slip::Slip;
use super::why::DifferenceCause;
use crate::recipe::BLANK;
use crate::text;

/// The result of comparing a pasted value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasteComparison {
    /// Nothing has been pasted yet.
    Nothing,
    /// The same, character by character.
    Same,
    /// Not the same. Never without a reason.
    Differs(Vec<DifferenceCause>),
}

/// Compares a value pasted into an empty input. An empty `got` means that nothing was pasted yet.
pub fn compare(meant: FieldRole, want: &str, got: &str) -> PasteComparison {
    if got.is_empty() { PasteComparison::Nothing } else { held(meant, want, got) }
}

/// Compares a value that a form shows. An empty `got` means an empty
/// field, so this never returns [`PasteComparison::Nothing`].
pub fn held(meant: FieldRole, want: &str, got: &str) -> PasteComparison {
    let empty = got.chars().all(|c| c.is_whitespace() || text::steers(c));
    if got == want {
        return PasteComparison::Same;
    }
    if want == BLANK {
        return if empty {
            PasteComparison::Same
        } else {
            PasteComparison::Differs(vec![DifferenceCause::NotBlank(got.to_owned())])
        };
    }
    let mut why = match switch(want, got) {
        _ if empty => vec![DifferenceCause::Empty],
        Some(Stands::AsWanted) => return PasteComparison::Same,
        Some(Stands::Otherwise) => {
            vec![DifferenceCause::Switched { got: got.trim().to_owned(), want: want.to_owned() }]
        }
        None => reasons(want, got),
    };
    if meant.most().is_some_and(|most| got.chars().count() > most) {
        why.push(DifferenceCause::TooLong(got.chars().count()));
    }
    why.extend(consequence(meant, got, &why).map(DifferenceCause::So));
    PasteComparison::Differs(why)
}

fn consequence(meant: FieldRole, got: &str, why: &[DifferenceCause]) -> Option<Consequence> {
    let unreadable = |why: &DifferenceCause| {
        matches!(why, DifferenceCause::CurlyQuote { .. } | DifferenceCause::Invisible { .. } | DifferenceCause::Empty)
    };
    match meant {
        FieldRole::MatchString => why.iter().any(unreadable).then_some(Consequence::NeverMatches),
        // Only a number sets an order; an empty field has none.
        FieldRole::RuleNo if got.trim().is_empty() => None,
        FieldRole::RuleNo if got.trim().parse::<i64>().is_err() => Some(Consequence::NoNumber),
        other => other.consequence(),
    }
}

enum Stands {
    AsWanted,
    Otherwise,
}

/// The words for on and off, as the screens and the procedure write them.
const SWITCHES: [(&str, &str); 3] = [("Checked", "Not checked"), ("Yes", "No"), ("Enabled", "Disabled")];
/// Other words and characters that mean on. A copied checkbox turns into one of these.
const ON: [&str; 7] = ["true", "on", "☑", "✓", "✔", "[x]", "✅"];
const OFF: [&str; 5] = ["false", "off", "☐", "[ ]", "[]"];

/// The state of a switch. `None` if the wanted value is not a switch,
/// or the pasted text can be read in more than one way.
fn switch(want: &str, got: &str) -> Option<Stands> {
    let (on, off) = SWITCHES.into_iter().find(|(on, off)| want == *on || want == *off)?;
    let got = got.trim();
    let small = got.to_lowercase();
    let is_on = if got == on || ON.contains(&small.as_str()) {
        true
    } else if got == off || OFF.contains(&small.as_str()) || (on == "Checked" && got == "Unchecked") {
        false
    } else {
        return None;
    };
    Some(if is_on == (want == on) { Stands::AsWanted } else { Stands::Otherwise })
}

/// The process types of ILLiad.
pub(crate) const PROCESS_TYPES: [&str; 3] = ["Borrowing", "Lending", "Doc Del"];

fn reasons(want: &str, got: &str) -> Vec<DifferenceCause> {
    let mut why = odd_characters(want, got);
    why.extend(blanks_around(want, got));
    let (wanted, there) = (plain(want), plain(got));
    if wanted == there || bare(&wanted) == bare(&there) {
        let between = straight(want).trim() != straight(got).trim();
        let explained = why.iter().any(|why| matches!(why, DifferenceCause::OddBlank { .. }));
        if why.is_empty() || (between && !explained) {
            why.push(DifferenceCause::BlanksBetween);
        }
        return why;
    }
    if let Some(quote) = around(&there).filter(|_| there.chars().count() > 2) {
        let mut inside = there.chars();
        inside.next();
        inside.next_back();
        if inside.as_str() == wanted {
            why.push(DifferenceCause::Quoted(quote));
            return why;
        }
    }
    if wanted.to_lowercase() == there.to_lowercase() {
        let place = wanted.chars().zip(there.chars()).enumerate().find(|(_, (w, g))| w != g);
        why.extend(place.map(|(at, (want, got))| DifferenceCause::Letters { at: at + 1, got, want }));
        if !why.is_empty() {
            return why;
        }
    }
    why.extend(different_text(want, got, &wanted, &there));
    why
}

/// Reasons for texts that differ in more than spaces, quotes and case.
fn different_text(want: &str, got: &str, wanted: &str, there: &str) -> Vec<DifferenceCause> {
    let mut why = Vec::new();
    let chosen = PROCESS_TYPES.into_iter().find(|name| bare(name).eq_ignore_ascii_case(&bare(there)));
    if let Some(chosen) = chosen.filter(|chosen| PROCESS_TYPES.contains(&wanted) && *chosen != wanted) {
        why.push(DifferenceCause::ProcessType { got: chosen.to_owned(), want: want.to_owned() });
        return why;
    }
    let slip = Slip::between(wanted, there).filter(|_| wanted.chars().count() > 3);
    let pairs = |text: &str| (text.matches('(').count(), text.matches(')').count());
    let ((open, close), (want_open, want_close)) = (pairs(there), pairs(wanted));
    if open != want_open || close != want_close {
        why.push(DifferenceCause::Parentheses { opening: (open, want_open), closing: (close, want_close) });
    }
    match slip {
        Some(slip) => why.push(DifferenceCause::OneLetter(slip)),
        None => why.push(first_difference(want, got)),
    }
    why
}

/// The first position where the texts differ. Odd quotes and spaces have reasons of their own and are skipped here.
fn first_difference(want: &str, got: &str) -> DifferenceCause {
    let (want, got) = (&straight(want), &straight(got));
    let at = want.chars().zip(got.chars()).take_while(|(a, b)| a == b).count();
    if at == 0 {
        return DifferenceCause::Instead { got: got.clone(), want: want.clone() };
    }
    let from = |text: &str| text.chars().skip(at).take(12).collect();
    DifferenceCause::Other { at: at + 1, got: from(got), want: from(want) }
}

/// The first of each kind of character that the wanted text does not contain.
fn odd_characters(want: &str, got: &str) -> Vec<DifferenceCause> {
    let mut why: Vec<DifferenceCause> = Vec::new();
    for (at, c) in got.chars().enumerate() {
        let at = at + 1;
        let odd = if is_curly(c) {
            DifferenceCause::CurlyQuote { at, quote: c }
        } else if c == NO_BREAK {
            DifferenceCause::NoBreakBlank { at }
        } else if c != ' ' && c.is_whitespace() {
            DifferenceCause::OddBlank { at, blank: c }
        } else if text::steers(c) {
            DifferenceCause::Invisible { at, character: c }
        } else {
            continue;
        };
        let seen = |other: &DifferenceCause| std::mem::discriminant(other) == std::mem::discriminant(&odd);
        if !want.contains(c) && !why.iter().any(seen) {
            why.push(odd);
        }
    }
    why
}

fn blanks_around(want: &str, got: &str) -> Vec<DifferenceCause> {
    let blank = |c: char| c == ' ' || c == NO_BREAK;
    let start = |text: &str| text.chars().take_while(|c| blank(*c)).count();
    let end = |text: &str| text.chars().rev().take_while(|c| blank(*c)).count();
    let mut why = Vec::new();
    if start(got) > start(want) {
        why.push(DifferenceCause::BlankAtStart(start(got)));
    }
    if end(got) > end(want) {
        why.push(DifferenceCause::BlankAtEnd(end(got)));
    }
    why
}

const NO_BREAK: char = '\u{a0}';

/// Whether a character is a typographic quote, or an accent used as one.
pub(super) fn is_curly(c: char) -> bool {
    matches!(c, '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '′' | '″' | '´' | '`' | '«' | '»' | '‹' | '›')
}

/// The text with straight quotes and ordinary spaces, and without invisible characters.
fn straight(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_whitespace() || !text::steers(*c))
        .map(|c| match c {
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
            c if is_curly(c) => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

/// [`straight`], with runs of spaces made single.
fn plain(text: &str) -> String {
    straight(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without any spaces.
fn bare(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').collect()
}

/// The quote with which a text both begins and ends.
fn around(text: &str) -> Option<char> {
    text.chars().next().filter(|c| matches!(c, '"' | '\'') && text.ends_with(*c))
}
