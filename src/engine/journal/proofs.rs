//! The newest proofs.
use super::entry::{JournalEntry, JournalEvent};
use super::milestones::went_live;
use super::probe::{ProofResult, ProofStatus};
use super::target::Target;
use jiff::Timestamp;

/// A proof with its time and person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub showed: ProofResult,
    pub who: String,
    pub when: Timestamp,
    /// When the campus went live, if that was after the proof. A proof with the rule disabled says little about the
    /// enabled rule.
    pub live_since: Option<Timestamp>,
}

/// The newest decisive proof (proved or wrong) of each half in these systems. What was seen in another ILLiad, zone or
/// environment does not count, nor does a proof of which the journal does not say where it was seen.
pub(crate) fn proofs(lines: &[JournalEntry], now: &Target) -> Vec<Proof> {
    let here = |target: &Option<Target>| target.as_ref().is_some_and(|target| target.is_same(now));
    let decisive = |(at, line): (usize, &JournalEntry)| match &line.entry {
        JournalEvent::Proved { showed, target }
            if here(target) && matches!(showed.shows, ProofStatus::Proved | ProofStatus::Wrong) =>
        {
            let live_since = went_live(&lines[at..], showed.environment).map(|live| live.at);
            Some(Proof { showed: showed.clone(), who: line.by.clone(), when: line.at, live_since })
        }
        _ => None,
    };
    let mut newest: Vec<Proof> = Vec::new();
    for proof in lines.iter().enumerate().rev().filter_map(decisive) {
        if !newest.iter().any(|kept| kept.showed.half == proof.showed.half) {
            newest.push(proof);
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::journal::ProofScope;
    use crate::site::Environment;
    use crate::site::Stance;

    fn here() -> Target {
        let illiad = "https://qc.illiad.example.org".to_owned();
        Target { environment: Environment::Sandbox, illiad, zone: Some("01CUNY_QC".into()), alma: None }
    }

    fn line(shows: ProofStatus, half: ProofScope) -> JournalEntry {
        line_in(Some(here()), shows, half)
    }

    fn line_in(target: Option<Target>, shows: ProofStatus, half: ProofScope) -> JournalEntry {
        let showed = ProofResult {
            half,
            environment: Environment::Sandbox,
            shows,
            words: "x".into(),
            next: None,
            number: Some(1),
            key: None,
        };
        JournalEntry { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry: JournalEvent::Proved { showed, target } }
    }

    #[test]
    fn a_proof_knows_whether_the_campus_went_live_after_it() {
        let set = |to: Stance, environment: Environment| JournalEntry {
            at: Timestamp::UNIX_EPOCH,
            by: "ada".into(),
            entry: JournalEvent::StanceSet { to, environment, gates: std::collections::BTreeMap::new() },
        };
        let (proof, live) = (line(ProofStatus::Proved, ProofScope::Illiad), set(Stance::Live, Environment::Sandbox));
        let after = |lines: &[JournalEntry]| proofs(lines, &here())[0].live_since.is_some();
        assert!(after(&[proof.clone(), live.clone()]));
        assert!(!after(std::slice::from_ref(&proof)) && !after(&[live.clone(), proof.clone()]));
        assert!(!after(&[proof.clone(), set(Stance::Live, Environment::Production)]), "another environment");
        assert!(!after(&[proof.clone(), live.clone(), set(Stance::Ahead, Environment::Sandbox)]), "and back");
        assert!(!after(&[proof.clone(), live, proof]), "proved again");
    }

    #[test]
    fn a_proof_counts_only_where_it_was_seen() {
        let counts = |target| !proofs(&[line_in(target, ProofStatus::Proved, ProofScope::Chain)], &here()).is_empty();
        assert!(counts(Some(here())));
        assert!(!counts(Some(Target { illiad: "https://bc.illiad.example.org".into(), ..here() })), "another host");
        assert!(!counts(Some(Target { environment: Environment::Production, ..here() })), "another environment");
        assert!(!counts(Some(Target { zone: Some("01CUNY_BC".into()), ..here() })), "another zone");
        assert!(!counts(None), "an entry from before that was kept");
    }

    #[test]
    fn the_newest_yes_or_no_of_each_half_stands() {
        let lines = [
            line(ProofStatus::Proved, ProofScope::Chain),
            line(ProofStatus::Proved, ProofScope::Illiad),
            line(ProofStatus::Wrong, ProofScope::Illiad),
            line(ProofStatus::Waiting, ProofScope::Illiad),
        ];
        let told: Vec<(ProofScope, ProofStatus)> =
            proofs(&lines, &here()).iter().map(|p| (p.showed.half, p.showed.shows)).collect();
        assert_eq!(told, [(ProofScope::Illiad, ProofStatus::Wrong), (ProofScope::Chain, ProofStatus::Proved)]);
    }
}
