//! Evidence that people pasted or imported: the newest for each value and list.
use super::entry::{JournalEntry, JournalEvent};
use super::source::{EvidenceOrigin, ExportedList};
use super::target::Target;
use crate::recipe::{Channel, Expectation, FieldKey, Recipe};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What evidence shows of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownValue {
    Text(String),
    /// The row that has the value is not in the list, which was read whole.
    NoRow,
    /// The list shows no row that is surely ours.
    UnclearRow,
    /// The list has the value, in words that are not understood.
    NotUnderstood,
}

impl ShownValue {
    /// The value as shown. `None` when it was not seen, or not understood.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(got) => Some(got),
            Self::NoRow | Self::UnclearRow | Self::NotUnderstood => None,
        }
    }

    /// What was shown, in words.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(got) => got,
            Self::NoRow => "no such row in the list",
            Self::UnclearRow => "not clear which row of the list is ours",
            Self::NotUnderstood => "a value that was not understood",
        }
    }

    /// Whether nobody can tell from it what the value is. It takes nothing back that was shown before.
    pub fn is_unclear(&self) -> bool {
        matches!(self, Self::UnclearRow | Self::NotUnderstood)
    }
}

/// A value that a person pasted or imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueEvidence {
    pub key: FieldKey,
    pub got: ShownValue,
    pub origin: EvidenceOrigin,
    /// The value that the procedure wanted when this was shown. `None` where the journal does not say.
    pub wanted: Option<String>,
    /// What a newer list shows from which nobody can tell what the value is, if there is one. It takes nothing back.
    pub unclear: Option<UnclearEvidence>,
    /// The sign-offs given after this was shown, oldest first, unless they were taken back.
    pub signed_since: Vec<LaterSignOff>,
}

/// What a list shows of a value from which nobody can tell what the value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnclearEvidence {
    pub got: ShownValue,
    pub origin: EvidenceOrigin,
}

/// A sign-off given after the same value was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterSignOff {
    pub when: Timestamp,
    /// The value it was given for.
    pub want: String,
}

/// What a list shows of the rows beside ours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowsBeside {
    /// Rows that get in the way of ours, in words. Empty when none do.
    pub troubles: Vec<String>,
    /// Rows of which nobody knows whether they get in the way of ours, in words.
    pub neighbours: Vec<String>,
}

/// A list that a person imported whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEvidence {
    pub list: ExportedList,
    pub beside: RowsBeside,
    /// Since when every import showed these same neighbours.
    pub neighbours_since: Timestamp,
    pub origin: EvidenceOrigin,
    /// The same list, exported again, whose other rows could not be judged, if there is one.
    pub unjudged_in: Option<EvidenceOrigin>,
}

/// A value that was shown, until somebody withdrew it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawnEvidence {
    pub value: ValueEvidence,
    /// What was shown before it, and is not evidence any more either.
    pub earlier: Vec<ReplacedEvidence>,
    /// The person who withdrew it.
    pub who: String,
    pub when: Timestamp,
}

/// A value that was shown, until something newer was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplacedEvidence {
    pub got: ShownValue,
    /// When it stopped to be the newest.
    pub until: Timestamp,
}

/// All evidence that still counts, the newest of each value and list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceSet {
    /// One entry per field.
    pub values: Vec<ValueEvidence>,
    /// One entry per list.
    pub lists: Vec<ListEvidence>,
    /// What was withdrawn, for fields where nothing was shown since.
    pub withdrawn: Vec<WithdrawnEvidence>,
}

impl EvidenceSet {
    /// The evidence for a field, if there is any.
    pub fn value(&self, key: &FieldKey) -> Option<&ValueEvidence> {
        self.values.iter().find(|shown| shown.key == *key)
    }

    /// The evidence for a list, if it was ever imported.
    pub fn list(&self, list: ExportedList) -> Option<&ListEvidence> {
        self.lists.iter().find(|shown| shown.list == list)
    }
}

/// The evidence so far, while the journal is read.
#[derive(Default)]
struct EvidenceFold {
    values: BTreeMap<FieldKey, ValueEvidence>,
    lists: BTreeMap<ExportedList, ListEvidence>,
    withdrawn: BTreeMap<FieldKey, WithdrawnEvidence>,
    /// Each other value once, with the last time that it was the newest.
    earlier: BTreeMap<FieldKey, Vec<ReplacedEvidence>>,
}

/// Folds the journal into the evidence for these systems, the newest of each. A newer list without our row is evidence about
/// every value of that row. Newer is what was seen later: an old export that is imported today replaces nothing
/// that was pasted yesterday.
pub(crate) fn evidence(lines: &[JournalEntry], now: &Target) -> EvidenceSet {
    let mut all = EvidenceFold::default();
    for line in lines {
        match &line.entry {
            JournalEvent::Shown { .. } => all.show(line, now),
            JournalEvent::EvidenceForgotten { target, fields, lists } => {
                for key in fields.iter().filter(|key| target.counts_for(key, now)) {
                    if let Some(value) = all.values.remove(key) {
                        let (who, when) = (line.by.clone(), line.at);
                        let earlier = all.earlier.get(key).cloned().unwrap_or_default();
                        all.replaced(key, value.got.clone(), when);
                        all.withdrawn.insert(key.clone(), WithdrawnEvidence { value, earlier, who, when });
                    }
                }
                all.lists.retain(|list, _| !(lists.contains(list) && target.counts_for(&list.key(), now)));
            }
            JournalEvent::Attested { target, fields, .. } => {
                for (key, want) in fields.iter().filter(|(key, _)| target.counts_for(key, now)) {
                    let Some(value) = all.values.get_mut(key) else { continue };
                    // The same words again say nothing new.
                    if value.signed_since.iter().all(|said| said.want != *want) {
                        value.signed_since.push(LaterSignOff { when: line.at, want: want.clone() });
                    }
                }
            }
            JournalEvent::Revoked { target, fields, .. } => {
                for key in fields.iter().filter(|key| target.counts_for(key, now)) {
                    all.values.get_mut(key).into_iter().for_each(|value| value.signed_since.clear());
                }
            }
            _ => {}
        }
    }
    EvidenceSet {
        values: all.values.into_values().collect(),
        lists: all.lists.into_values().collect(),
        withdrawn: all.withdrawn.into_values().collect(),
    }
}

impl EvidenceFold {
    /// Takes in what a person showed.
    fn show(&mut self, line: &JournalEntry, now: &Target) {
        let JournalEvent::Shown {
            target,
            source,
            fields,
            lists,
            stamp,
            neighbours,
            wanted,
            without_our_row,
            left_out,
            unjudged,
        } = &line.entry
        else {
            return;
        };
        let (source, stamp) = (source.clone(), stamp.clone());
        let origin = EvidenceOrigin { source, stamp, who: line.by.clone(), when: line.at };
        let counts = |key: &FieldKey| target.counts_for(key, now);
        let shown = fields.iter().map(|(key, got)| (key, ShownValue::Text(got.clone())));
        self.add_values(shown.filter(|(key, _)| counts(key)), wanted, &origin);
        let odd = left_out.iter().filter(|key| counts(key)).map(|key| (key, ShownValue::NotUnderstood));
        self.add_values(odd, wanted, &origin);
        let read: BTreeSet<ExportedList> = lists.keys().chain(unjudged).copied().collect();
        for list in read.into_iter().filter(|list| counts(&list.key())) {
            if !fields.keys().chain(left_out).any(|key| list.covers(key)) {
                let of = if without_our_row.contains(&list) { ShownValue::NoRow } else { ShownValue::UnclearRow };
                let keys = Recipe::embedded().fields().map(|field| &field.key).filter(|key| list.covers(key));
                self.add_values(keys.map(|key| (key, of.clone())), wanted, &origin);
            }
        }
        let lists = lists.iter().filter(|(list, _)| counts(&list.key()));
        let lists = lists.map(|(list, troubles)| (*list, beside(troubles, neighbours.get(list))));
        self.add_lists(lists, &origin);
        unjudged.iter().filter(|list| counts(&list.key())).for_each(|list| self.doubt(*list, &origin));
    }

    fn replaced(&mut self, key: &FieldKey, got: ShownValue, until: Timestamp) {
        let earlier = self.earlier.entry(key.clone()).or_default();
        earlier.retain(|before| before.got != got);
        earlier.push(ReplacedEvidence { got, until });
    }

    fn add_values<'a>(
        &mut self,
        fields: impl Iterator<Item = (&'a FieldKey, ShownValue)>,
        wanted: &BTreeMap<FieldKey, String>,
        origin: &EvidenceOrigin,
    ) {
        for (key, got) in fields {
            if self.values.get(key).is_some_and(|before| before.origin.since() > origin.since()) {
                continue;
            }
            if let Some(before) = self.values.get_mut(key).filter(|_| got.is_unclear()) {
                before.unclear = Some(UnclearEvidence { got, origin: origin.clone() });
                continue;
            }
            self.withdrawn.remove(key);
            if let Some(before) = self.values.remove(key) {
                self.replaced(key, before.got, origin.when);
            }
            let value = ValueEvidence {
                key: key.clone(),
                got,
                origin: origin.clone(),
                wanted: wanted.get(key).cloned(),
                unclear: None,
                signed_since: Vec::new(),
            };
            self.values.insert(key.clone(), value);
        }
    }

    fn add_lists(&mut self, lists: impl Iterator<Item = (ExportedList, RowsBeside)>, origin: &EvidenceOrigin) {
        for (list, beside) in lists {
            if self.lists.get(&list).is_some_and(|before| before.origin.since() > origin.since()) {
                continue;
            }
            let before = self.lists.get(&list).filter(|before| before.beside.neighbours == beside.neighbours);
            let neighbours_since = before.map_or(origin.since(), |before| before.neighbours_since);
            let origin = origin.clone();
            self.lists.insert(list, ListEvidence { list, beside, neighbours_since, origin, unjudged_in: None });
        }
    }

    /// Notes that the other rows of a list could not be judged when it was exported again.
    fn doubt(&mut self, list: ExportedList, origin: &EvidenceOrigin) {
        if let Some(before) = self.lists.get_mut(&list).filter(|before| before.origin.since() <= origin.since()) {
            before.unjudged_in = Some(origin.clone());
        }
    }
}

/// How earlier versions ended the words for a rota rule above ours. It was a guess (facts/alma.md §6).
const GUESS: &str = ": Alma uses the first that fits";

/// The rows beside ours as the journal has them. What an earlier version guessed to be a trouble is a neighbour.
fn beside(troubles: &[String], neighbours: Option<&Vec<String>>) -> RowsBeside {
    let (guessed, troubles): (Vec<String>, Vec<String>) =
        troubles.iter().cloned().partition(|trouble| trouble.ends_with(GUESS));
    let guessed = guessed.into_iter().map(|trouble| trouble.trim_end_matches(GUESS).to_owned());
    RowsBeside { troubles, neighbours: guessed.chain(neighbours.into_iter().flatten().cloned()).collect() }
}

/// Whether a person can give evidence for a value: it is set on a screen only and is not a key.
pub fn takes_evidence(recipe: &Recipe, key: &FieldKey) -> bool {
    recipe
        .field(key)
        .is_some_and(|field| field.channel == Channel::Screen && !matches!(field.want, Expectation::Secret(_)))
}

/// Whole days from `since` to `now`; 0 when `since` is in the future.
pub fn age_in_days(since: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((now.as_second() - since.as_second()).max(0) / 86_400).unwrap_or(u32::MAX)
}
