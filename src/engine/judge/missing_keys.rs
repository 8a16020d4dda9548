//! Which keys are missing, as far as something could not be read without them.
use super::verdict::{Finding, Verdict, Weight};
use crate::engine::observed::UnreadKind;
use crate::recipe::{FieldKey, KeySlot, StepId};
use std::collections::BTreeSet;

/// The keys that are missing, and what that keeps from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingKeys {
    /// In the order of the slots, at least one.
    slots: Vec<KeySlot>,
    /// The values that count and are unread because of it, at least one.
    unread: Vec<FieldKey>,
}

impl MissingKeys {
    /// `None` if no key is missing.
    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Option<Self> {
        let counts = |finding: &&Finding| finding.weight == Weight::Counts;
        let missing = |finding: &'a Finding| match &finding.verdict {
            Verdict::Unread(why) => match why.why {
                UnreadKind::NoKey(slot) => Some((slot, finding.key.clone())),
                _ => None,
            },
            _ => None,
        };
        let (mut slots, unread): (Vec<KeySlot>, Vec<FieldKey>) = findings.filter(counts).filter_map(missing).unzip();
        slots.sort_unstable();
        slots.dedup();
        (!slots.is_empty()).then_some(Self { slots, unread })
    }

    /// The first value that is unread because of it.
    pub fn first(&self) -> &FieldKey {
        &self.unread[0]
    }

    /// Whether a value that counts is unread because of it.
    pub fn explains(&self, key: &FieldKey) -> bool {
        self.unread.contains(key)
    }

    /// Which keys are missing, and what follows from that: `The Alma key is missing here, so 42 values in 4 steps are unread.`
    pub fn words(&self) -> String {
        let names: Vec<&str> = self.slots.iter().map(|slot| name(*slot)).collect();
        let (keys, are) = match names.as_slice() {
            [one] => ((*one).to_owned(), "is"),
            [first @ .., last] => (format!("{} and the {last}", first.join(", the ")), "are"),
            [] => (String::new(), "is"),
        };
        let steps: BTreeSet<StepId> = self.unread.iter().filter_map(FieldKey::step).collect();
        let values = match (self.unread.len(), steps.len()) {
            (1, _) => "1 value is".to_owned(),
            (some, 0 | 1) => format!("{some} values are"),
            (some, steps) => format!("{some} values in {steps} steps are"),
        };
        format!("The {keys} {are} missing here, so {values} unread.")
    }
}

/// The key of a slot, as people call it.
fn name(slot: KeySlot) -> &'static str {
    match slot {
        KeySlot::Alma => "Alma key",
        KeySlot::Illiad => "ILLiad key",
        KeySlot::Export => "key for Alma's export",
    }
}
