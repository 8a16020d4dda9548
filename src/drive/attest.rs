//! Writes sign-offs to the journal.
use super::campus_ops::CampusOps;
use crate::engine::journal::{JournalEvent, Target};
use crate::engine::judge::verify;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, IlliadRead};
use crate::recipe::{Channel, FieldKey, Recipe, StepId};
use std::collections::{BTreeMap, BTreeSet};

/// Resolves keys and steps to fields that a person may sign off. A step stands for its fields on screens only.
///
/// # Errors
/// Fails as wrong usage when there is no such key or step, or when the API reads the value.
pub fn attestable(recipe: &Recipe, words: &[String]) -> Result<Vec<FieldKey>, Failure> {
    let mut keys = Vec::new();
    for word in words {
        match StepId::parse(word) {
            Some(step) => {
                let screen: Vec<FieldKey> = recipe
                    .step(step)
                    .fields()
                    .filter(|field| field.channel == Channel::Screen)
                    .map(|field| field.key.clone())
                    .collect();
                if screen.is_empty() {
                    return Err(usage(format!("{word} has nothing for a person to sign off; it is read or seen")));
                }
                keys.extend(screen);
            }
            None => keys.push(one(recipe, word)?),
        }
    }
    // A field named both by itself and by its step is signed off once.
    let mut seen = BTreeSet::new();
    keys.retain(|key: &FieldKey| seen.insert(key.clone()));
    Ok(keys)
}

fn one(recipe: &Recipe, word: &str) -> Result<FieldKey, Failure> {
    let key = FieldKey::from(word);
    match recipe.field(&key) {
        None => Err(usage(format!("{word:?} is neither a step nor a key of the procedure"))
            .hint("last-resort check --json lists all keys")),
        Some(field) if field.may_be_signed() => Ok(key),
        Some(_) => Err(usage(format!("{word} is read from Alma; nobody's word is needed for it"))),
    }
}

fn usage(what: String) -> Failure {
    Failure::new(FailureKind::Usage, what)
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Signs off the values that the procedure wants today. Returns the value signed off for each field.
    pub fn attest(&self, keys: &[FieldKey], note: Option<String>) -> Result<BTreeMap<FieldKey, String>, Failure> {
        self.keyless(note.as_deref())?;
        let report = verify(Recipe::embedded(), &self.site, &self.unseen()?, &StepId::ALL);
        let fields: BTreeMap<FieldKey, String> = report
            .findings()
            .filter(|finding| keys.contains(&finding.key))
            .map(|finding| {
                let want = finding.want.clone().or_else(|| finding.got.clone()).unwrap_or_default();
                (finding.key.clone(), want)
            })
            .collect();
        self.journal.append(JournalEvent::Attested { target: Target::of(&self.site), fields: fields.clone(), note })?;
        Ok(fields)
    }

    /// Takes sign-offs back. Returns the fields that had one, and journals nothing when there were none.
    pub fn revoke(&self, keys: &[FieldKey], note: Option<String>) -> Result<Vec<FieldKey>, Failure> {
        self.keyless(note.as_deref())?;
        let sign_offs = self.journal_facts()?.sign_offs;
        let fields: Vec<FieldKey> =
            keys.iter().filter(|key| sign_offs.iter().any(|one| one.key == **key)).cloned().collect();
        if !fields.is_empty() {
            self.journal.append(JournalEvent::Revoked {
                target: Target::of(&self.site),
                fields: fields.clone(),
                note,
            })?;
        }
        Ok(fields)
    }

    /// Refuses a remark that contains a key, because remarks are kept and shown to others.
    fn keyless(&self, note: Option<&str>) -> Result<(), Failure> {
        match note.and_then(|note| self.key_in(note)) {
            None => Ok(()),
            Some(what) => Err(Failure::new(
                FailureKind::Usage,
                format!("In the remark stands {what}; nothing was recorded, so that it stands in no file."),
            )
            .hint("write the remark without it")),
        }
    }
}
