//! Writes evidence from people to the journal.
use super::campus_ops::CampusOps;
use crate::engine::journal::{
    EvidenceSource, ExportedList, FileStamp, JournalEntry, JournalEvent, RowsBeside, Target, age_in_days,
};
use crate::engine::judge::{Report, verify};
use crate::engine::paste::PasteTarget;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, IlliadRead};
use crate::recipe::{FieldKey, KeySlot, Recipe, StepId};
use crate::secret::{ApiKey, KeyTraces};
use crate::text::{key_like, key_shapes};
use std::collections::{BTreeMap, BTreeSet};

/// Evidence that a person shows, before it is recorded.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    pub source: EvidenceSource,
    /// The stamp of the file, if it comes from one.
    pub stamp: Option<FileStamp>,
    /// For each field, the value that is shown.
    pub fields: BTreeMap<FieldKey, String>,
    /// The lists that are shown whole, with the troubles found in their other rows.
    pub lists: BTreeMap<ExportedList, RowsBeside>,
    /// Those of the lists that were read whole and do not have our row.
    pub without_our_row: BTreeSet<ExportedList>,
    /// Values that the lists have, but that were not understood.
    pub left_out: BTreeSet<FieldKey>,
    /// The lists whose other rows could not be judged.
    pub unjudged: BTreeSet<ExportedList>,
}

impl NewEvidence {
    /// Values that a person pasted.
    pub fn pasted(fields: BTreeMap<FieldKey, String>) -> Self {
        Self {
            source: EvidenceSource::Pasted,
            stamp: None,
            fields,
            lists: BTreeMap::new(),
            without_our_row: BTreeSet::new(),
            left_out: BTreeSet::new(),
            unjudged: BTreeSet::new(),
        }
    }
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// The fields of a step with the values wanted, without reading Alma or ILLiad.
    pub fn asked(&self, step: StepId) -> Result<Vec<PasteTarget>, Failure> {
        let recipe = Recipe::embedded();
        let report = verify(recipe, &self.site, &self.snapshot_without_reads()?, &[step]);
        Ok(report
            .step(step)
            .map(|step| crate::engine::paste::paste_targets(recipe, &step.findings))
            .unwrap_or_default())
    }

    /// Records evidence. Returns the values as recorded.
    ///
    /// # Errors
    /// Fails when a value is a key or looks like one, because keys must not get into a file, or when the journal cannot
    /// be written.
    pub fn show(&self, shown: NewEvidence) -> Result<BTreeMap<FieldKey, String>, Failure> {
        let event = self.shown_event(shown)?;
        let fields = match &event {
            JournalEvent::Shown { fields, .. } => fields.clone(),
            _ => BTreeMap::new(),
        };
        self.journal.append(event)?;
        Ok(fields)
    }

    /// Records several pieces of evidence, all of them or none.
    ///
    /// # Errors
    /// As [`CampusOps::show`].
    pub fn show_all(&self, shown: Vec<NewEvidence>) -> Result<(), Failure> {
        let events: Result<Vec<JournalEvent>, Failure> = shown.into_iter().map(|one| self.shown_event(one)).collect();
        self.journal.append_all(events?)
    }

    /// What [`CampusOps::check`] would say of these steps if this evidence were recorded. Records nothing and reads
    /// neither Alma nor ILLiad.
    ///
    /// # Errors
    /// Fails where recording it would.
    pub fn preview(&self, shown: Vec<NewEvidence>, steps: &[StepId]) -> Result<Report, Failure> {
        let mut journal = self.journal.read()?;
        for one in shown {
            journal.lines.push(JournalEntry { at: self.clock.now(), by: String::new(), entry: self.shown_event(one)? });
        }
        let mut snapshot = self.snapshot_without_reads()?;
        snapshot.journal = self.facts_in(&journal);
        Ok(verify(Recipe::embedded(), &self.site, &snapshot, steps))
    }

    /// Withdraws evidence: these values, and what these lists said of other rows. Returns what there was of them, and
    /// journals nothing if there was none.
    pub fn forget_evidence(
        &self,
        keys: &[FieldKey],
        lists: &[ExportedList],
    ) -> Result<(Vec<FieldKey>, Vec<ExportedList>), Failure> {
        let evidence = self.journal_facts()?.evidence;
        let named = |key: &FieldKey| keys.contains(key) || lists.iter().any(|list| list.covers(key));
        let fields: Vec<FieldKey> =
            evidence.values.iter().map(|value| &value.key).filter(|key| named(key)).cloned().collect();
        let lists: Vec<ExportedList> =
            evidence.lists.iter().map(|shown| shown.list).filter(|list| lists.contains(list)).collect();
        if !(fields.is_empty() && lists.is_empty()) {
            let target = Target::of(&self.site);
            let (fields, lists) = (fields.clone(), lists.clone());
            self.journal.append(JournalEvent::EvidenceForgotten { target, fields, lists })?;
        }
        Ok((fields, lists))
    }

    /// Says what a file's own time means for what it shows, where that may surprise: it is in the future, it is too long
    /// ago, or newer evidence stays.
    pub fn about_age(&self, stamp: &FileStamp, fields: &BTreeMap<FieldKey, String>) -> Result<Vec<String>, Failure> {
        let now = self.clock.now();
        let Some(modified) = stamp.modified else { return Ok(Vec::new()) };
        let on = modified.strftime("%Y-%m-%d %H:%M UTC");
        if modified > now {
            return Ok(vec![format!(
                "the file is dated in the future ({on}), so the time of this import counts instead; check the clocks"
            )]);
        }
        let mut remarks = Vec::new();
        let age = age_in_days(modified, now);
        if age > self.site.evidence_days {
            remarks.push(format!(
                "the file was last changed on {on}, {age} days ago: too old to count; export the list again"
            ));
        }
        let evidence = self.journal_facts()?.evidence;
        let newer = fields.keys().filter(|key| evidence.value(key).is_some_and(|one| one.origin.since() > modified));
        match newer.count() {
            0 => {}
            count => remarks
                .push(format!("the file was last changed on {on}; {count} of its values keep their newer evidence")),
        }
        Ok(remarks)
    }

    fn shown_event(&self, shown: NewEvidence) -> Result<JournalEvent, Failure> {
        let NewEvidence { source, stamp, mut fields, lists, without_our_row, left_out, unjudged } = shown;
        if let EvidenceSource::File(name) = &source
            && let Some(what) = self.surely_key_in(name)
        {
            return Err(Failure::new(
                FailureKind::Refused,
                format!("The name of the file contains {what}. Nothing was saved."),
            )
            .hint("rename the file, and replace that key"));
        }
        if let Some((key, what)) = fields.iter().find_map(|(key, got)| Some((key, self.key_in(got)?))) {
            return Err(Failure::new(
                FailureKind::Refused,
                format!("The value given for {key} contains {what}. Nothing was saved."),
            )
            .hint("copy only the value itself from the screen"));
        }
        let in_rows =
            |rows: &RowsBeside| self.key_in(&[rows.troubles.join("\n"), rows.neighbours.join("\n")].join("\n"));
        if let Some((list, what)) = lists.iter().find_map(|(list, rows)| Some((list, in_rows(rows)?))) {
            return Err(Failure::new(
                FailureKind::Refused,
                format!("The list of {} contains {what}. Nothing was saved.", list.title()),
            )
            .hint("remove it from the file, and replace that key"));
        }
        for got in fields.values_mut() {
            *got = got.chars().take(MOST_CHARACTERS).collect();
        }
        let asked = lists.iter().filter(|(_, beside)| !beside.neighbours.is_empty());
        let neighbours = asked.map(|(list, beside)| (*list, beside.neighbours.clone())).collect();
        let lists = lists.into_iter().map(|(list, beside)| (list, beside.troubles)).collect();
        let wanted = self.wanted(&fields)?;
        let target = Target::of(&self.site);
        Ok(JournalEvent::Shown {
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
        })
    }

    /// What the procedure wants today of the values that are shown, so that a later change of that is noticed.
    fn wanted(&self, fields: &BTreeMap<FieldKey, String>) -> Result<BTreeMap<FieldKey, String>, Failure> {
        let report = verify(Recipe::embedded(), &self.site, &self.snapshot_without_reads()?, &StepId::ALL);
        let shown = report.findings().filter(|finding| fields.contains_key(&finding.key));
        Ok(shown.filter_map(|finding| Some((finding.key.clone(), finding.want.clone()?))).collect())
    }

    /// Describes the key in a text, if there is one: a key of this campus, or a word that looks like a key.
    pub(super) fn key_in(&self, text: &str) -> Option<String> {
        let known = self.slot_of(text).map(words);
        known.or_else(|| key_like(text).next().map(|_| "something that looks like a key".to_owned()))
    }

    /// Describes the key in a name, if there is one: a key of this campus, or what has the shape of a key. Names may be
    /// as long as keys otherwise.
    pub(super) fn surely_key_in(&self, name: &str) -> Option<String> {
        let known = self.slot_of(name).map(words);
        known.or_else(|| (!key_shapes(name).is_empty()).then(|| "something that looks like a key".to_owned()))
    }

    /// The first of these names that is or contains a key of this campus, described, with its place.
    pub fn key_among<'a, P>(&self, names: impl IntoIterator<Item = (&'a String, P)>) -> Option<(String, P)> {
        let stored = self.stored_keys();
        names.into_iter().find_map(|(name, place)| Some((words(slot_in(&stored, name)?), place)))
    }

    /// The slot of the stored key that the text contains, whole or for a long part, if any.
    fn slot_of(&self, text: &str) -> Option<KeySlot> {
        slot_in(&self.stored_keys(), text)
    }

    /// The text without the stored keys, or parts of them.
    pub fn without_keys(&self, text: &str) -> String {
        let stored = self.stored_keys();
        KeyTraces::of(stored.iter().map(|(_, key)| key)).masked(text).unwrap_or_else(|| text.to_owned())
    }

    fn stored_keys(&self) -> Vec<(KeySlot, ApiKey)> {
        KeySlot::ALL.into_iter().filter_map(|slot| Some((slot, self.keys.get(slot).ok().flatten()?.0))).collect()
    }
}

fn words(slot: KeySlot) -> String {
    format!("this campus's {} key", slot.as_str())
}

fn slot_in(stored: &[(KeySlot, ApiKey)], text: &str) -> Option<KeySlot> {
    // A short key is found only if it is the whole text, because it may occur in other words by chance.
    let typed = ApiKey::parse(text.trim().to_owned()).ok();
    let whole = |key: &ApiKey| key.stands_in(text) || typed.as_ref().is_some_and(|it| key.same_as(it));
    let found = stored.iter().find(|(_, key)| whole(key));
    found.or_else(|| stored.iter().find(|(_, key)| key.stands_partly_in(text))).map(|(slot, _)| *slot)
}

/// The most characters kept of a value. The procedure's values are at most a tenth as long.
const MOST_CHARACTERS: usize = 2000;
