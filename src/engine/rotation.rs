//! A new key in an old one's place: what is written to Alma, where a rotation stopped that nobody ended, and what a person removes.
use super::history::{Entry, Line, Outcome, Purpose, key_written};
use super::plan::{Draft, Plan};
use super::seen::{ExportKey, Seen, Snapshot};
use super::verify::readable;
use crate::recipe::{KeySlot, Recipe, StepId};
use crate::secret::{ApiKey, Fingerprint};
use crate::site::{Environment, Site};
use serde::{Deserialize, Serialize};

/// Plans to put the export key of this snapshot into Alma's partner, and nothing else. Nothing is due where Alma has it already.
#[must_use]
pub fn plan_key(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Plan<Draft> {
    let mut plan = Plan::empty(site, snapshot, &[StepId::Parameters]);
    let (Ok(Some(record)), Seen::Got((_, new))) = (readable(site, snapshot), &snapshot.export_key) else { return plan };
    let written = snapshot.key_written.as_ref().is_some_and(|written| written.fingerprint == new.fingerprint());
    let (there, from) = match &record.key {
        ExportKey::Clear(there) => (there.same_as(new), Some(there.described())),
        ExportKey::Masked | ExportKey::Hidden => (written, None),
    };
    if !there {
        plan.set_key(recipe, new.clone(), from, "the new key, in the place of the one that is rotated out");
        plan.whole_record_obstacles(snapshot);
    }
    plan
}

/// Where a rotation stopped that nobody ended: a kill, a lost machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// Which key.
    pub slot: KeySlot,
    /// How far it had come.
    pub at: StoppedAt,
}

/// How far it had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoppedAt {
    /// Nothing was changed yet.
    Begun,
    /// It is not known whether Alma has the new key.
    Unknown,
    /// Alma has the new key, and the old one is still stored here.
    InAlma,
    /// The new key is stored here too.
    Stored,
}

/// The newest rotation in this environment, if nobody ended it. `stored` tells of a slot which key is stored here.
#[must_use]
pub fn stopped(lines: &[Line], of: Environment, stored: impl Fn(KeySlot) -> Option<Fingerprint>) -> Option<Stopped> {
    let (index, slot, new) = lines.iter().enumerate().rev().find_map(|(index, line)| match &line.entry {
        Entry::RotationBegun { slot, environment, new, .. } if *environment == of => Some((index, *slot, new)),
        _ => None,
    })?;
    let since = &lines[index..];
    let ended = |line: &Line| match &line.entry {
        Entry::RotationEnded { slot: ended, environment, .. } => *ended == slot && *environment == of,
        _ => false,
    };
    if since.iter().any(ended) {
        return None;
    }
    let refused = |id: &str| {
        since.iter().any(
            |line| matches!(&line.entry, Entry::WriteEnded { id: ended, outcome: Outcome::Refused(_) | Outcome::NotSeen(_) } if ended == id),
        )
    };
    let written = since.iter().any(|line| match &line.entry {
        Entry::WriteBegun { id, purpose: Purpose::Rotate, environment, .. } => *environment == of && !refused(id),
        _ => false,
    });
    let in_alma = key_written(lines, of).is_some_and(|written| written.fingerprint == *new);
    let at = match (stored(slot).as_ref() == Some(new), written, in_alma) {
        (true, ..) => StoppedAt::Stored,
        (false, false, _) => StoppedAt::Begun,
        (false, true, true) => StoppedAt::InAlma,
        (false, true, false) => StoppedAt::Unknown,
    };
    Some(Stopped { slot, at })
}

impl Stopped {
    /// Whether Alma and this program may have different keys.
    #[must_use]
    pub fn matters(&self) -> bool {
        matches!(self.at, StoppedAt::Unknown | StoppedAt::InAlma)
    }

    /// In words, with what to do.
    #[must_use]
    pub fn words(&self, site: &Site) -> String {
        let (slot, campus) = (self.slot.as_str(), &site.institution);
        let how_far = match self.at {
            StoppedAt::Begun => "nothing was changed yet, the old key is in use everywhere",
            StoppedAt::Unknown => "it is not known whether Alma has the new key",
            StoppedAt::InAlma => "Alma has the new key, the old one is still stored here",
            StoppedAt::Stored => "the new key is stored here and in use",
        };
        let again = "run it again with the same new key";
        format!(
            "An earlier rotation of the {slot} key stopped: {how_far}; {again}: last-resort keys rotate --slot {slot} --campus {campus} --confirm {campus}"
        )
    }
}

/// What is remembered of a key that is rotated out, so that whoever removes its record knows which one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldKey {
    /// By which it is known again.
    pub fingerprint: Fingerprint,
    /// What may be said of it.
    pub words: String,
}

impl OldKey {
    /// Of this key.
    #[must_use]
    pub fn of(key: &ApiKey) -> Self {
        Self { fingerprint: key.fingerprint(), words: key.described() }
    }
}

/// The key that this one replaced, as the newest rotation that knew it tells: a rotation run again finds the new key in its place already.
#[must_use]
pub fn replaced(lines: &[Line], of: Environment, slot: KeySlot, by: &Fingerprint) -> Option<OldKey> {
    lines.iter().rev().find_map(|line| match &line.entry {
        Entry::RotationBegun { slot: rotated, environment, new, old: Some(old) }
            if *environment == of && *rotated == slot && new == by =>
        {
            Some(old.clone())
        }
        _ => None,
    })
}

/// What was seen of the new key beyond being accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyShown {
    /// Alma does not use it; being accepted is all it needs.
    Enough,
    /// ILLiad took the request of this number, made with it.
    Took(String),
    /// It was not tried on a request.
    NotTried,
    /// No request was made with it, for this reason.
    Not(String),
}

/// The command that goes through a rotation again, with the probe. The same new key is typed again.
fn again_with_probe(site: &Site, slot: KeySlot) -> String {
    let campus = &site.institution;
    format!("last-resort keys rotate --slot {} --probe --campus {campus} --confirm {campus}", slot.as_str())
}

/// What was seen of the new key, and what was not.
#[must_use]
pub fn shown_lines(site: &Site, slot: KeySlot, shown: &KeyShown) -> Vec<String> {
    let campus = &site.institution;
    let chain = "  - that Alma itself uses it is shown by a whole chain only";
    let next = format!("  next: last-resort prove --chain --campus {campus} --confirm {campus}");
    match shown {
        KeyShown::Enough | KeyShown::Not(_) => Vec::new(),
        KeyShown::Took(number) => vec![
            "The new key works for requests:".to_owned(),
            format!("  - ILLiad took request {number}, made with it"),
            chain.to_owned(),
            next,
        ],
        KeyShown::NotTried => vec![
            "The new key was not tried on a request: ILLiad accepts it, and no more was seen.".to_owned(),
            format!("  next: {}, with the same new key", again_with_probe(site, slot)),
            chain.to_owned(),
            next,
        ],
    }
}

/// What a person does with the old key, once the new one is in use. `same` is another slot that has the old key still.
#[must_use]
pub fn removal_lines(
    site: &Site,
    slot: KeySlot,
    old: Option<&str>,
    same: Option<KeySlot>,
    shown: &KeyShown,
) -> Vec<String> {
    let campus = &site.institution;
    let wait = "Do not remove the old key yet:".to_owned();
    if let KeyShown::Not(why) = shown {
        return vec![
            wait,
            format!("  - no request was made with the new one: {}", why.trim_end_matches('.')),
            format!("  next: {}, with the same new key", again_with_probe(site, slot)),
        ];
    }
    let Some(old) = old else { return Vec::new() };
    if let Some(same) = same {
        return vec![
            wait,
            format!("  - the {} key stored here is that one too ({old})", same.as_str()),
            format!(
                "  - rotate it first: last-resort keys rotate --slot {} --campus {campus} --confirm {campus}",
                same.as_str()
            ),
        ];
    }
    let steps: &[&str] = match slot {
        KeySlot::Alma => &[
            "  Ex Libris Developer Network > Build my APIs > API keys",
            "  - make sure that nothing else uses the old key",
            "  - delete it",
        ],
        KeySlot::Illiad | KeySlot::Export => &[
            "  ILLiad Customization Manager > System > Integration > WebPlatformConfig",
            "  - make sure that nothing else uses the old record: one record an application",
            "  - make sure that the new record's ExternalUserIDMapping says what the old one's says",
            "  - make sure that System > Web Platform > ILLiadWebPlatformConfig does not name the old record's ID",
            "  - delete the old record and save",
        ],
    };
    let head = ["Remove the old key, by hand:".to_owned(), format!("  the old key: {old}")];
    let last = format!("  next: last-resort keys test --campus {campus}");
    head.into_iter().chain(steps.iter().map(|step| (*step).to_owned())).chain([last]).collect()
}
