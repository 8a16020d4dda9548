//! What the journal keeps of a forecast: counts and salted hashes, no names.
use super::person::Outlook;
use super::report::Forecast;
use crate::engine::journal::{JournalEvent, Target};
use crate::site::Site;
use std::collections::BTreeMap;

/// More people than this are counted in the journal, but not told apart.
const MOST_AFFECTED: usize = 2000;

impl Forecast {
    /// The journal event for this forecast. It has numbers and salted hashes only, no names. `before` is the people whom
    /// earlier forecasts found to need attention, with the number of old usernames that showed it.
    pub fn entry(&self, site: &Site, before: &BTreeMap<String, usize>) -> JournalEvent {
        let counts = self.counts();
        let doubled = counts.would_double + counts.already_doubled;
        let unseen = self.people.iter().filter(|person| person.is_unseen()).count();
        JournalEvent::Foreseen {
            environment: site.environment,
            people: self.asked(),
            doubled,
            unread: counts.unread,
            troubled: counts.account_trouble,
            unknown: counts.unknown_to_alma,
            unseen,
            missing: counts.not_yet - unseen,
            affected: self.affected(),
            cleared: self.cleared(before),
            target: Some(Target::of(site)),
        }
    }

    fn affected(&self) -> BTreeMap<String, usize> {
        let bad = self.people.iter().filter(|person| person.outlook().needs_attention());
        let bad: BTreeMap<String, usize> =
            bad.map(|person| (person.pseudonym.clone(), person.person.earlier.len())).collect();
        if bad.len() > MOST_AFFECTED { BTreeMap::new() } else { bad }
    }

    /// The people of earlier forecasts whom this one found to be right. An older account is seen only if its name is
    /// looked for, so this one must have looked for as many.
    fn cleared(&self, before: &BTreeMap<String, usize>) -> Vec<String> {
        let right = self.people.iter().filter(|person| {
            let outlook = person.outlook();
            let looked_for = before.get(&person.pseudonym).is_some_and(|most| person.person.earlier.len() >= *most);
            looked_for && outlook != Outlook::Unread && !outlook.needs_attention()
        });
        right.map(|person| person.pseudonym.clone()).collect()
    }
}
