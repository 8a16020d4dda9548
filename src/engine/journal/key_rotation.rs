//! Key rotations: which of them stopped halfway, and which keys they replaced.
use super::entry::{JournalEntry, JournalEvent, OldKey, Purpose, WriteOutcome};
use super::writes::{key_write, outcomes};
use crate::recipe::KeySlot;
use crate::secret::Fingerprint;
use crate::site::{Environment, Site};

/// A key rotation that stopped halfway, because the process was killed or the machine was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterruptedRotation {
    pub slot: KeySlot,
    pub at: RotationStage,
}

/// How far a key rotation got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RotationStage {
    /// Nothing was changed yet.
    Begun,
    /// We do not know whether Alma has the new key.
    Unknown,
    /// Alma has the new key, and the old one is still stored here.
    InAlma,
    /// The new key is stored here too.
    Stored,
}

/// The newest rotation in an environment, if its end was not journaled.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OpenRotation {
    slot: KeySlot,
    new: Fingerprint,
    /// According to the journal alone, without looking at the key stored here.
    at: RotationStage,
}

/// A key that a rotation replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Replaced {
    slot: KeySlot,
    new: Fingerprint,
    old: OldKey,
}

/// All key rotations of an environment that the journal knows of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rotations {
    open: Option<OpenRotation>,
    /// Sorted with the newest first.
    replaced: Vec<Replaced>,
}

impl Rotations {
    /// Where the newest rotation stopped, if it did not end. `stored` returns the fingerprint of the key stored here
    /// for a slot.
    pub fn stopped(&self, stored: impl Fn(KeySlot) -> Option<Fingerprint>) -> Option<InterruptedRotation> {
        let OpenRotation { slot, new, at } = self.open.as_ref()?;
        let at = if stored(*slot).as_ref() == Some(new) { RotationStage::Stored } else { *at };
        Some(InterruptedRotation { slot: *slot, at })
    }

    /// The key that the key `by` replaced, according to the newest rotation that knew it. A repeated rotation does not
    /// know it, because the new key is already in place.
    pub fn replaced(&self, slot: KeySlot, by: &Fingerprint) -> Option<OldKey> {
        self.replaced.iter().find(|one| one.slot == slot && one.new == *by).map(|one| one.old.clone())
    }
}

/// Folds the journal into the rotations of an environment.
pub(crate) fn rotations(lines: &[JournalEntry], of: Environment) -> Rotations {
    let replaced = |line: &JournalEntry| match &line.entry {
        JournalEvent::RotationBegun { slot, environment, new, old: Some(old) } if *environment == of => {
            Some(Replaced { slot: *slot, new: new.clone(), old: old.clone() })
        }
        _ => None,
    };
    Rotations { open: open(lines, of), replaced: lines.iter().rev().filter_map(replaced).collect() }
}

fn open(lines: &[JournalEntry], of: Environment) -> Option<OpenRotation> {
    let (index, slot, new) = lines.iter().enumerate().rev().find_map(|(index, line)| match &line.entry {
        JournalEvent::RotationBegun { slot, environment, new, .. } if *environment == of => Some((index, *slot, new)),
        _ => None,
    })?;
    let since = &lines[index..];
    let ended = |line: &JournalEntry| {
        matches!(&line.entry, JournalEvent::RotationEnded { slot: ended, environment, .. }
            if *ended == slot && *environment == of)
    };
    if since.iter().any(ended) {
        return None;
    }
    let refused = |id: &str| {
        outcomes(since, id).any(|outcome| matches!(outcome, WriteOutcome::Refused(_) | WriteOutcome::NotSeen(_)))
    };
    let written = since.iter().any(|line| {
        matches!(&line.entry, JournalEvent::WriteBegun { id, purpose: Purpose::Rotate, environment, .. }
            if *environment == of && !refused(id))
    });
    let in_alma = key_write(lines, of).is_some_and(|written| written.fingerprint == *new);
    let at = match (written, in_alma) {
        (false, _) => RotationStage::Begun,
        (true, true) => RotationStage::InAlma,
        (true, false) => RotationStage::Unknown,
    };
    Some(OpenRotation { slot, new: new.clone(), at })
}

impl InterruptedRotation {
    /// Whether Alma and this program may have different keys.
    pub fn matters(&self) -> bool {
        matches!(self.at, RotationStage::Unknown | RotationStage::InAlma)
    }

    /// A sentence for the user, with the command to run again.
    pub fn words(&self, site: &Site) -> String {
        let slot = self.slot.as_str();
        let how_far = match self.at {
            RotationStage::Begun => "nothing was changed, and the old key is still in use everywhere",
            RotationStage::Unknown => "Alma may or may not have the new key",
            RotationStage::InAlma => "Alma has the new key, but the old one is still stored here",
            RotationStage::Stored => "the new key is stored here and in use",
        };
        let again = "run it again with the same new key";
        format!(
            "An earlier rotation of the {slot} key was not finished: {how_far}; {again}: {}",
            site.confirmed(&format!("keys rotate --slot {slot}"))
        )
    }
}
