//! Shows a proof as plain lines and as JSON.
use super::report::{SCHEMA, steps_json};
use crate::engine::journal::{
    ProbeEnd, ProbeKind, ProbePlace, ProbeRecord, ProbeSide, ProofResult, ProofScope, ProofStatus, System,
};
use crate::engine::judge::Report;
use crate::engine::results::{Conclusion, ProofRun};
use crate::site::Site;
use crate::text::clean;
use serde_json::{Value, json};

/// The parts of a proof's result that are shown.
#[derive(Debug, Clone, Default)]
pub struct ProofReport<'a> {
    /// Which part of the chain was proved.
    pub half: &'static str,
    pub verdict: &'static str,
    /// The name of the ending. `None` when nothing was concluded.
    pub outcome: Option<&'static str>,
    pub words: Vec<String>,
    /// What the user should do next.
    pub next: Vec<String>,
    /// The test requests that were made or cleaned up.
    pub made: &'a [ProbeRecord],
    /// The test requests that may still exist.
    pub left: &'a [ProbeRecord],
}

impl<'a> ProofReport<'a> {
    /// The report of a finished proof.
    pub fn of(site: &Site, half: ProofScope, run: &'a ProofRun) -> Self {
        let half = half.as_str();
        if let Conclusion::RealTraffic(words) = &run.conclusion {
            let anyway = format!("to test anyway: {}", site.confirmed("prove --anyway"));
            let (outcome, words) = (run.outcome(), vec![words.clone()]);
            return Self { half, verdict: "proved", outcome, words, next: vec![anyway], ..Self::default() };
        }
        let showed = run.proof_result();
        let mut words: Vec<String> = showed.iter().map(|showed| showed.words.clone()).collect();
        words.extend(run.failure.iter().map(|failure| failure.plain().to_owned()));
        let mut next: Vec<String> = showed.iter().filter_map(|showed| showed.next.clone()).collect();
        next.extend(run.failure.iter().flat_map(|failure| failure.hints.clone()));
        let verdict = showed.map_or("unclear", |showed| showed.shows.as_str());
        Self { half, verdict, outcome: run.outcome(), words, next, made: &run.made, left: &run.left }
    }
}

fn sides(made: &[ProbeRecord]) -> impl Iterator<Item = (&ProbeRecord, System, &ProbeSide)> {
    made.iter().flat_map(|one| {
        [System::Alma, System::Illiad].into_iter().map(move |system| (one, system, one.side(system))).filter(
            |(one, system, side)| {
                one.is_open(*system) || side.number.is_some() || (*system == System::Illiad && side.end.is_some())
            },
        )
    })
}

/// The place of a request that was made where the campus file does not lead now.
fn elsewhere(side: &ProbeSide) -> Option<&str> {
    match &side.place {
        ProbePlace::Elsewhere(place) => Some(place),
        ProbePlace::Here | ProbePlace::Unknown => None,
    }
}

fn made_json(made: &[ProbeRecord]) -> Vec<Value> {
    sides(made)
        .map(|(one, system, side)| {
            json!({
                "kind": one.kind,
                "token": one.token,
                "system": system.as_str(),
                "number": side.number,
                "statuses": side.statuses,
                "cancelled": matches!(side.end, Some(ProbeEnd::Cancelled(_))),
                "elsewhere": elsewhere(side),
            })
        })
        .collect()
}

/// The output of `prove --json`, with the step `prove` as `check` gives it.
pub fn prove_json(site: &Site, tale: ProofReport<'_>, report: &Report) -> Value {
    json!({
        "schema": SCHEMA,
        "version": env!("CARGO_PKG_VERSION"),
        "campus": site.institution,
        "environment": site.environment,
        "half": tale.half,
        "verdict": tale.verdict,
        "outcome": tale.outcome,
        "words": tale.words,
        "next": tale.next,
        "made": made_json(tale.made),
        "left": made_json(tale.left),
        "steps": steps_json(report),
    })
}

/// The proof as plain lines: what it showed, which requests were made, and what became of them.
pub fn prove_lines(tale: &ProofReport<'_>) -> Vec<String> {
    let mut lines = vec![format!("{}  {}", tale.verdict.to_uppercase(), tale.words.join(" "))];
    for (one, system, side) in sides(tale.made) {
        let number = side.number.as_deref().unwrap_or("without a number");
        let end = match &side.end {
            Some(ProbeEnd::Cancelled(status)) => format!("read back: {status}"),
            Some(ProbeEnd::Finished(status)) => format!("not cancelled: it was already in \"{}\"", clean(status, 80)),
            Some(ProbeEnd::Gone) => "no longer there".to_owned(),
            Some(ProbeEnd::Refused(why)) => format!("never created: {why}"),
            Some(ProbeEnd::NotFound) if one.kind == ProbeKind::Borrowing && system == System::Illiad => {
                "searched for, not found; an export may still arrive, so prove and prove --clean look for it again for a day"
                    .to_owned()
            }
            Some(ProbeEnd::NotFound) => "searched for, not found".to_owned(),
            None => match elsewhere(side) {
                Some(place) => format!("left alone; created at {}", clean(place, 200)),
                None => "NOT CANCELLED".to_owned(),
            },
        };
        lines.push(format!("  {} {number} in {}: {end}", one.kind.title(), system.as_str()));
    }
    lines.extend(tale.next.iter().map(|next| format!("  next: {next}")));
    lines
}

impl ProofResult {
    /// The exit code for this result (CONTRACT.md, "Exit codes").
    pub fn exit_code(&self) -> u8 {
        match self.shows {
            ProofStatus::Proved => 0,
            ProofStatus::Wrong => 3,
            ProofStatus::Waiting => 4,
            ProofStatus::Unclear => 1,
        }
    }
}
