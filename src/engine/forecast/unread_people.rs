//! The people of a forecast who could not be checked, each reason once.
use super::people::{LineFault, UnusableLine};
use super::person::PersonForecast;
use super::reason::Identifiers;
use crate::engine::observed::UnreadKind;
use crate::text::clean;
use std::collections::BTreeMap;

/// Line numbers, the first twenty of them.
pub(super) fn lines_named(lines: &[u64]) -> String {
    let shown: Vec<String> = lines.iter().take(20).map(u64::to_string).collect();
    let more = if lines.len() > shown.len() { ", \u{2026}" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// How a person is named in the report.
pub(super) fn who(foreseen: &PersonForecast, show: Identifiers) -> String {
    match show {
        Identifiers::Hashed => foreseen.pseudonym.clone(),
        Identifiers::Shown => clean(&foreseen.person.emplid, 60),
    }
}

/// The people whom a reason is about: their number, and how to find them.
#[derive(Default)]
struct UnreadPeople {
    count: usize,
    lines: Vec<u64>,
    /// Those who are in no line of a file.
    named: Vec<String>,
}

impl UnreadPeople {
    fn add(&mut self, foreseen: &PersonForecast, show: Identifiers) {
        match foreseen.person.line {
            Some(line) => self.lines.push(line),
            None => self.named.push(who(foreseen, show)),
        }
    }

    /// The number, and the first twenty lines and people.
    fn words(&self) -> String {
        let lines = (!self.lines.is_empty()).then(|| format!(", line {}", lines_named(&self.lines)));
        let named = self.named.iter().take(20).map(|name| format!(", {name}"));
        let more = (self.named.len() > 20).then(|| ", \u{2026}".to_owned());
        let all: String = lines.into_iter().chain(named).chain(more).collect();
        format!("{}{all}", self.count)
    }
}

/// Whether a reason is about one person, and not about the key, the network or the system.
fn is_personal(why: UnreadKind) -> bool {
    match why {
        UnreadKind::Unaskable | UnreadKind::Nonsense | UnreadKind::Network | UnreadKind::Down => true,
        UnreadKind::NoKey(_)
        | UnreadKind::KeyUnfit
        | UnreadKind::KeyRefused
        | UnreadKind::NotAllowed
        | UnreadKind::WrongCampus
        | UnreadKind::Limit
        | UnreadKind::NotAsked => false,
    }
}

/// Each reason for an unread person once, with the number of people and the next thing to do. A reason that may be some people's own comes with their
/// lines or hashes.
pub(super) fn unread_reasons(
    people: &[PersonForecast],
    unusable: &[UnusableLine],
    show: Identifiers,
) -> Vec<(String, String)> {
    let mut reasons: BTreeMap<(&str, &str), UnreadPeople> = BTreeMap::new();
    for foreseen in people {
        let Err(why) = &foreseen.known else { continue };
        let about = reasons.entry((why.plain().trim_end_matches('.'), why.next.as_str())).or_default();
        about.count += 1;
        if is_personal(why.why) {
            about.add(foreseen, show);
        }
    }
    let mut faults: BTreeMap<LineFault, Vec<u64>> = BTreeMap::new();
    for unusable in unusable {
        faults.entry(unusable.why).or_default().push(unusable.line);
    }
    let reason =
        |((what, next), about): ((&str, &str), UnreadPeople)| (format!("{}: {what}", about.words()), next.to_owned());
    let fault = |(why, lines): (LineFault, Vec<u64>)| {
        (format!("{}: {why}, in line {} of the file", lines.len(), lines_named(&lines)), "correct the file".to_owned())
    };
    reasons.into_iter().map(reason).chain(faults.into_iter().map(fault)).collect()
}
