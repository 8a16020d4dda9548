//! The rows of a hand-off: each of the procedure's values and how it is known, and the findings that are none of them.
use super::document::Provenance;
use super::scrub::scrubbed;
use super::verdict_kind::VerdictKind;
use crate::engine::journal::{EvidenceSource, ProofScope};
use crate::engine::judge::{Evidence, Finding, Report, Snapshot, Verdict};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;

/// The remark beside a value that our own write set.
const OWN_WRITE: &str = "set by our own write";

const READ_NOW: &str = "read now";
const PROVED: &str = "seen to work";

/// What to enter when the key is not stored here.
pub(super) const KEY_UNKNOWN: &str = "the APIKey from your ILLiad WebPlatformConfig table";

/// One of the procedure's values, with its verdict and how it is known.
pub(super) struct EvidenceRow {
    pub(super) step: StepId,
    /// The heading on the screen.
    pub(super) heading: String,
    pub(super) key: String,
    pub(super) label: String,
    pub(super) want: String,
    pub(super) verdict: VerdictKind,
    pub(super) known: Provenance,
    /// What the procedure says, and why something else was agreed on, in words.
    pub(super) agreed: Option<String>,
    /// The evidence that speaks against its sign-off, in words.
    pub(super) contradicted: Option<String>,
    /// From when the list or screen is that shows it, if it was judged by one.
    pub(super) shown: Option<Timestamp>,
}

/// What a hand-off is made from. `report` holds all steps and is made from this snapshot.
#[derive(Clone, Copy)]
pub(super) struct HandoffInput<'a> {
    pub(super) recipe: &'a Recipe,
    pub(super) site: &'a Site,
    pub(super) snapshot: &'a Snapshot,
    pub(super) report: &'a Report,
}

/// One row for each value, in the procedure's order.
pub(super) fn evidence_rows(input: HandoffInput<'_>) -> Vec<EvidenceRow> {
    let findings = |step: StepId| input.report.step(step).map(|step| step.findings.as_slice()).unwrap_or_default();
    input
        .recipe
        .steps
        .iter()
        .flat_map(|step| findings(step.id).iter().map(move |finding| (step.id, finding)))
        .filter(|(_, finding)| input.recipe.field(&finding.key).is_some())
        .map(|(step, finding)| row(input, step, finding))
        .collect()
}

fn row(input: HandoffInput<'_>, step: StepId, finding: &Finding) -> EvidenceRow {
    let verdict = VerdictKind::from(&finding.verdict);
    let there = || finding.got.as_deref().map_or_else(|| "nothing".to_owned(), |got| scrubbed(input.site, got));
    let imported = finding.verdict.evidence() == Some(Evidence::Imported);
    EvidenceRow {
        step,
        heading: finding.group.clone(),
        key: finding.key.to_string(),
        label: finding.label.clone(),
        want: finding.want.as_deref().map_or_else(|| KEY_UNKNOWN.to_owned(), |want| clean(want, 400)),
        agreed: finding.agreed.as_ref().map(|agreed| scrubbed(input.site, &agreed.words())),
        verdict,
        known: Provenance { instead: (verdict == VerdictKind::Differs).then(there), ..with_agreed(input, finding) },
        contradicted: finding.verdict.contradiction().map(|against| scrubbed(input.site, &against.words())),
        shown: input
            .snapshot
            .journal
            .evidence
            .value(&finding.key)
            .map(|shown| shown.origin.since())
            .filter(|_| imported),
    }
}

impl Provenance {
    fn by(how: impl Into<String>, who: &str, when: Timestamp) -> Self {
        Self { how: how.into(), who: Some(clean(who, 64)), when: Some(when), ..Self::default() }
    }

    fn unknown(why: String) -> Self {
        Self { how: why, ..Self::default() }
    }
}

/// How a value is known, and that it was agreed on instead of the procedure's.
fn with_agreed(input: HandoffInput<'_>, finding: &Finding) -> Provenance {
    let mut known = known(input, finding);
    if finding.agreed.is_some() {
        known.how.push_str("; an agreed difference");
    }
    known
}

fn known(input: HandoffInput<'_>, finding: &Finding) -> Provenance {
    let site = input.site;
    match &finding.verdict {
        Verdict::Same(evidence) | Verdict::Differs(evidence) => observed(input, &finding.key, *evidence),
        Verdict::Absent => Provenance::by(READ_NOW, "Alma", input.report.at),
        Verdict::Attested(said) if said.note.as_deref() == Some(OWN_WRITE) => {
            Provenance::by(OWN_WRITE, &said.who, said.when)
        }
        Verdict::Attested(said) => Provenance {
            note: said.note.as_deref().map(|note| scrubbed(site, note)),
            ..Provenance::by("signed off", &said.who, said.when)
        },
        Verdict::Contradicted(against) => {
            let said = &against.sign_off;
            let how = format!("signed off, but contradicted by evidence: {}", scrubbed(site, &against.words()));
            Provenance {
                note: said.note.as_deref().map(|note| scrubbed(site, note)),
                ..Provenance::by(how, &said.who, said.when)
            }
        }
        Verdict::Waiting(why) => Provenance::unknown(scrubbed(site, why)),
        Verdict::Unread(why) => Provenance::unknown(format!("could not look: {}", scrubbed(site, why.plain()))),
    }
}

fn observed(input: HandoffInput<'_>, key: &FieldKey, evidence: Evidence) -> Provenance {
    let journal = &input.snapshot.journal;
    match (evidence, journal.evidence.value(key)) {
        (Evidence::Imported, Some(shown)) => {
            let how = match &shown.origin.source {
                EvidenceSource::Pasted => "pasted from the screen".to_owned(),
                EvidenceSource::File(name) => {
                    let name = clean(name, 80);
                    match shown.origin.since() {
                        since if since < shown.origin.when => {
                            format!("imported from {name}, a file of {}", since.strftime("%Y-%m-%d %H:%M UTC"))
                        }
                        _ => format!("imported from {name}"),
                    }
                }
            };
            Provenance::by(how, &shown.origin.who, shown.origin.when)
        }
        // Of the procedure's values, only the export key can be proved: by a request through the whole chain.
        (Evidence::Proved, _) => {
            let chains = journal.proofs.iter().filter(|proof| proof.showed.half == ProofScope::Chain);
            let newest = chains.max_by_key(|proof| proof.when);
            match newest {
                Some(proof) => Provenance::by(PROVED, &proof.who, proof.when),
                None => Provenance::unknown(PROVED.to_owned()),
            }
        }
        _ => Provenance::by(READ_NOW, "Alma", input.report.at),
    }
}

/// A finding that is not one of the procedure's values, such as those of `connect` and `patrons`.
pub(super) struct OtherFinding {
    pub(super) step: StepId,
    pub(super) label: String,
    pub(super) verdict: VerdictKind,
    pub(super) words: String,
}

/// What was found, in words.
pub(super) fn words(site: &Site, finding: &Finding) -> String {
    let got = finding.got.as_deref().unwrap_or("nothing");
    let words = match &finding.verdict {
        Verdict::Differs(_) => {
            format!("{got}; should be {}", finding.want.as_deref().unwrap_or("something else"))
        }
        Verdict::Absent => "does not exist".to_owned(),
        Verdict::Unread(why) => format!("could not look: {}", why.plain()),
        Verdict::Waiting(why) => why.clone(),
        Verdict::Same(_) | Verdict::Attested(_) | Verdict::Contradicted(_) => got.to_owned(),
    };
    scrubbed(site, &words)
}
