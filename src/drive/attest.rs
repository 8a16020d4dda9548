//! Writes sign-offs to the journal.
use super::campus_ops::CampusOps;
use crate::engine::journal::{JournalEvent, ShownValue, Target};
use crate::engine::judge::{Finding, Snapshot, Verdict, verify};
use crate::engine::observed::Observation;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, IlliadRead, failed};
use crate::recipe::{Channel, Expectation, FieldKey, Recipe, StepId};
use crate::secret::Fingerprint;
use std::collections::{BTreeMap, BTreeSet};

/// A value to be signed off, and how the person named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffRequest {
    pub key: FieldKey,
    pub by: RequestKind,
}

/// How a value to be signed off was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestKind {
    /// By its own key. It is signed off whatever evidence says, and evidence against it stays in view.
    OwnKey,
    /// Together with others, for example by its step. It is signed off only if it waits.
    Together,
}

impl SignOffRequest {
    /// The values of one sign-off in the wizard: one chosen by itself, or several that wait.
    pub fn all(keys: &[FieldKey]) -> Vec<Self> {
        let by = if keys.len() == 1 { RequestKind::OwnKey } else { RequestKind::Together };
        keys.iter().map(|key| Self { key: key.clone(), by }).collect()
    }
}

/// What became of a sign-off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignOffResult {
    /// The value signed off for each field.
    pub signed: BTreeMap<FieldKey, String>,
    /// The findings of values that were not signed off because they do not wait, or because the newest list has no such row.
    pub left: Vec<Finding>,
    /// What evidence shows instead of values that were signed off, in words.
    pub contradicted: BTreeMap<FieldKey, String>,
}

/// Resolves keys and steps to fields that a person may sign off. A step stands for its fields on screens only.
///
/// # Errors
/// Fails as wrong usage when there is no such key or step, or when the API reads the value.
pub fn attestable(recipe: &Recipe, words: &[String]) -> Result<Vec<SignOffRequest>, Failure> {
    let mut requests = Vec::new();
    for word in words {
        match StepId::parse(word) {
            Some(step) => {
                let screen: Vec<SignOffRequest> = recipe
                    .step(step)
                    .fields()
                    .filter(|field| field.channel == Channel::Screen)
                    .map(|field| SignOffRequest { key: field.key.clone(), by: RequestKind::Together })
                    .collect();
                if screen.is_empty() {
                    let failure = usage(format!("{word} has nothing to sign off; its values are read or proved"));
                    return Err(failure.hint(format!("last-resort check {word}")));
                }
                requests.extend(screen);
            }
            None => requests.push(SignOffRequest { key: one(recipe, word)?, by: RequestKind::OwnKey }),
        }
    }
    // A field named both by itself and by its step is signed off once, and by its own key.
    let own = |request: &SignOffRequest| request.by == RequestKind::OwnKey;
    let own: BTreeSet<FieldKey> = requests.iter().filter(|one| own(one)).map(|one| one.key.clone()).collect();
    let mut seen = BTreeSet::new();
    requests.retain(|request| {
        (request.by == RequestKind::OwnKey || !own.contains(&request.key)) && seen.insert(request.key.clone())
    });
    Ok(requests)
}

fn one(recipe: &Recipe, word: &str) -> Result<FieldKey, Failure> {
    let key = FieldKey::from(word);
    match recipe.field(&key) {
        None => Err(usage(format!("{word:?} is neither a step nor a field key"))
            .hint("last-resort check --json lists all keys")),
        Some(field) if field.may_be_signed() => Ok(key),
        Some(_) => Err(usage(format!("{word} is read from Alma and needs no sign-off"))
            .hint(format!("last-resort check {}", key.step().map_or("", StepId::as_str)))),
    }
}

fn usage(what: String) -> Failure {
    Failure::new(FailureKind::Usage, what)
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Signs off the values that the procedure wants today. A value that was not named by its own key is signed off only
    /// if it waits, so that no sign-off hides evidence.
    pub fn attest(&self, requests: &[SignOffRequest], note: Option<String>) -> Result<SignOffResult, Failure> {
        self.keyless(note.as_deref())?;
        let (recipe, mut result) = (Recipe::embedded(), SignOffResult::default());
        let snapshot = self.snapshot_without_reads()?;
        let key = self.meant_key(recipe, requests, &snapshot)?;
        let no_row =
            |key: &FieldKey| snapshot.journal.evidence.value(key).is_some_and(|shown| shown.got == ShownValue::NoRow);
        let asked = |key: &FieldKey| requests.iter().find(|request| request.key == *key).map(|request| request.by);
        for finding in verify(recipe, &self.site, &snapshot, &StepId::ALL).findings() {
            match (asked(&finding.key), &finding.verdict) {
                (None, _) => {}
                // The newest list speaks against it, which only a sign-off by its own key may do.
                (Some(RequestKind::Together), Verdict::Waiting(_)) if no_row(&finding.key) => {
                    result.left.push(finding.clone());
                }
                (Some(RequestKind::OwnKey), _) | (Some(RequestKind::Together), Verdict::Waiting(_)) => {
                    let want = finding.want.clone().or_else(|| finding.got.clone()).unwrap_or_default();
                    result.signed.insert(finding.key.clone(), want);
                }
                (Some(RequestKind::Together), _) => result.left.push(finding.clone()),
            }
        }
        if !result.signed.is_empty() {
            let (target, fields) = (Target::of(&self.site), result.signed.clone());
            self.journal.append(JournalEvent::Attested { target, fields, note, key })?;
        }
        let after = verify(recipe, &self.site, &self.snapshot_without_reads()?, &StepId::ALL);
        let against = after.findings().filter_map(|one| Some((one.key.clone(), one.verdict.contradiction()?.words())));
        result.contradicted = against.filter(|(key, _)| result.signed.contains_key(key)).collect();
        Ok(result)
    }

    /// The fingerprint of the export key, if that is to be signed off. A sign-off of it means this key and no other.
    fn meant_key(
        &self,
        recipe: &Recipe,
        requests: &[SignOffRequest],
        snapshot: &Snapshot,
    ) -> Result<Option<Fingerprint>, Failure> {
        let secret = |key| recipe.field(key).is_some_and(|field| matches!(field.want, Expectation::Secret(_)));
        let Some(request) = requests.iter().find(|request| secret(&request.key)) else { return Ok(None) };
        let words = |why: &str| {
            format!("{} was not signed off: {}. Nothing was saved.", request.key, why.trim_end_matches('.'))
        };
        match &snapshot.keys.export_key {
            Observation::Got((_, key)) => Ok(Some(key.fingerprint())),
            Observation::Unread(why) => Err(failed(FailureKind::Key, why.within(words))),
            Observation::NotThere => {
                let why = "no export key is stored here, so nobody could tell which key is meant";
                Err(Failure::new(FailureKind::Key, words(why)).hint(self.site.command("keys set --slot export")))
            }
        }
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
            Some(what) => {
                Err(Failure::new(FailureKind::Usage, format!("The remark contains {what}. Nothing was saved."))
                    .hint("write the remark without it"))
            }
        }
    }
}
