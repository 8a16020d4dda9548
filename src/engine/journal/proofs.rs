//! The newest proofs.
use super::entry::{JournalEntry, JournalEvent};
use super::milestones::went_live;
use super::probe::{ProofResult, ProofStatus};
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

/// The newest decisive proof (proved or wrong) of each half.
pub(crate) fn proofs(lines: &[JournalEntry]) -> Vec<Proof> {
    let decisive = |(at, line): (usize, &JournalEntry)| match &line.entry {
        JournalEvent::Proved { showed } if matches!(showed.shows, ProofStatus::Proved | ProofStatus::Wrong) => {
            let live_since = went_live(&lines[at..], showed.environment).map(|live| live.at);
            Some(Proof { showed: showed.clone(), who: line.by.clone(), when: line.at, live_since })
        }
        _ => None,
    };
    let mut newest: Vec<Proof> = Vec::new();
    for proof in lines.iter().enumerate().rev().filter_map(decisive) {
        let same =
            |kept: &Proof| kept.showed.half == proof.showed.half && kept.showed.environment == proof.showed.environment;
        if !newest.iter().any(same) {
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

    fn line(shows: ProofStatus, half: ProofScope) -> JournalEntry {
        let showed = ProofResult {
            half,
            environment: Environment::Sandbox,
            shows,
            words: "x".into(),
            next: None,
            number: Some(1),
            key: None,
        };
        JournalEntry { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry: JournalEvent::Proved { showed } }
    }

    #[test]
    fn a_proof_knows_whether_the_campus_went_live_after_it() {
        let set = |to: Stance, environment: Environment| JournalEntry {
            at: Timestamp::UNIX_EPOCH,
            by: "ada".into(),
            entry: JournalEvent::StanceSet { to, environment, gates: std::collections::BTreeMap::new() },
        };
        let (proof, live) = (line(ProofStatus::Proved, ProofScope::Illiad), set(Stance::Live, Environment::Sandbox));
        let after = |lines: &[JournalEntry]| proofs(lines)[0].live_since.is_some();
        assert!(after(&[proof.clone(), live.clone()]));
        assert!(!after(std::slice::from_ref(&proof)) && !after(&[live.clone(), proof.clone()]));
        assert!(!after(&[proof.clone(), set(Stance::Live, Environment::Production)]), "another environment");
        assert!(!after(&[proof.clone(), live.clone(), set(Stance::Ahead, Environment::Sandbox)]), "and back");
        assert!(!after(&[proof.clone(), live, proof]), "proved again");
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
            proofs(&lines).iter().map(|p| (p.showed.half, p.showed.shows)).collect();
        assert_eq!(told, [(ProofScope::Illiad, ProofStatus::Wrong), (ProofScope::Chain, ProofStatus::Proved)]);
    }
}
