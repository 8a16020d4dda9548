//! The evidence table: each of the procedure's values, and how it is known.
use super::scrub::scrubbed;
use super::types::{How, Row, Standing};
use crate::engine::journal::EvidenceSource;
use crate::engine::journal::ProofScope;
use crate::engine::judge::Snapshot;
use crate::engine::judge::{Evidence, Finding, Report, Verdict};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;

/// The remark that stands beside a value which our own write set.
const OWN_WRITE: &str = "set by our own write";

/// What to enter where the key is not stored here.
pub(super) const KEY_UNKNOWN: &str = "the APIKey from your ILLiad WebPlatformConfig table";

/// All rows, in the procedure's order.
pub(super) fn rows(recipe: &Recipe, site: &Site, snapshot: &Snapshot, report: &Report) -> Vec<Row> {
    let findings = |step: StepId| report.step(step).map(|step| step.findings.as_slice()).unwrap_or_default();
    recipe
        .steps
        .iter()
        .flat_map(|step| findings(step.id).iter().map(move |finding| (step.id, finding)))
        .filter(|(_, finding)| recipe.field(&finding.key).is_some())
        .map(|(step, finding)| row(site, snapshot, report.at, step, finding))
        .collect()
}

fn row(site: &Site, snapshot: &Snapshot, at: Timestamp, step: StepId, finding: &Finding) -> Row {
    let standing = Standing::from(&finding.verdict);
    let known = known(site, snapshot, at, finding);
    let want = finding.want.as_deref().map_or_else(|| KEY_UNKNOWN.to_owned(), |want| clean(want, 400));
    let instead = match standing {
        Standing::Differs => {
            Some(finding.got.as_deref().map_or_else(|| "nothing".to_owned(), |got| scrubbed(site, got)))
        }
        _ => None,
    };
    Row {
        step,
        heading: finding.group.clone(),
        key: finding.key.to_string(),
        label: finding.label.clone(),
        want,
        instead,
        standing,
        how: known.how,
        who: known.who,
        when: known.when,
        note: known.note.map(|note| scrubbed(site, &note)),
    }
}

struct Known {
    how: How,
    who: Option<String>,
    when: Option<Timestamp>,
    note: Option<String>,
}

impl Known {
    fn by(how: How, who: &str, when: Timestamp) -> Self {
        Self { how, who: Some(clean(who, 64)), when: Some(when), note: None }
    }
}

fn known(site: &Site, snapshot: &Snapshot, at: Timestamp, finding: &Finding) -> Known {
    match &finding.verdict {
        Verdict::Same(evidence) | Verdict::Differs(evidence) => seen(snapshot, at, &finding.key, *evidence),
        Verdict::Absent => Known::by(How::ReadNow, "Alma", at),
        Verdict::Attested(said) if said.note.as_deref() == Some(OWN_WRITE) => {
            Known::by(How::OwnWrite, &said.who, said.when)
        }
        Verdict::Attested(said) => Known { note: said.note.clone(), ..Known::by(How::SignedOff, &said.who, said.when) },
        Verdict::Waiting(why) => not_known(scrubbed(site, why)),
        Verdict::Unread(why) => not_known(format!("could not look: {}", scrubbed(site, &why.what))),
    }
}

fn seen(snapshot: &Snapshot, at: Timestamp, key: &FieldKey, evidence: Evidence) -> Known {
    match (evidence, snapshot.shown.value(key)) {
        (Evidence::Imported, Some(shown)) => {
            let how = match &shown.source {
                EvidenceSource::Pasted => How::Pasted,
                EvidenceSource::File(name) => How::File(clean(name, 80)),
            };
            Known::by(how, &shown.who, shown.when)
        }
        // Of the procedure's values only the export key can be proved: by a whole chain seen to work.
        (Evidence::Proved, _) => {
            let newest =
                snapshot.proofs.iter().filter(|proof| proof.showed.half == ProofScope::Chain).max_by_key(|p| p.when);
            match newest {
                Some(proof) => Known::by(How::Proved, &proof.who, proof.when),
                None => Known { how: How::Proved, who: None, when: None, note: None },
            }
        }
        _ => Known::by(How::ReadNow, "Alma", at),
    }
}

fn not_known(why: String) -> Known {
    Known { how: How::NotKnown(why), who: None, when: None, note: None }
}
