//! The newest proofs.
use super::entry::{Entry, Line};
use super::proof_result::{Showed, Shows};
use super::stance::went_live;
use jiff::Timestamp;

/// A proof with its time and person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What was shown.
    pub showed: Showed,
    /// By whom.
    pub who: String,
    /// When.
    pub when: Timestamp,
    /// When the campus went live, if that was after it; what was shown with the rule disabled says little of the rule enabled.
    pub live_since: Option<Timestamp>,
}

/// The newest proof of each half that says yes or no.
#[must_use]
pub fn proofs(lines: &[Line]) -> Vec<Proof> {
    let decisive = |(at, line): (usize, &Line)| match &line.entry {
        Entry::Proved { showed } if matches!(showed.shows, Shows::Proved | Shows::Wrong) => {
            let live_since = went_live(&lines[at..], showed.environment).map(|live| live.at);
            Some(Proof { showed: showed.clone(), who: line.by.clone(), when: line.at, live_since })
        }
        _ => None,
    };
    let all: Vec<Proof> = lines.iter().enumerate().rev().filter_map(decisive).collect();
    let mut newest: Vec<Proof> = Vec::new();
    for proof in all {
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
    use crate::engine::journal::Half;
    use crate::site::Environment;
    use crate::site::Stance;

    fn line(shows: Shows, half: Half) -> Line {
        let showed = Showed {
            half,
            environment: Environment::Sandbox,
            shows,
            words: "x".into(),
            next: None,
            number: Some(1),
            key: None,
        };
        Line { at: Timestamp::UNIX_EPOCH, by: "ada".into(), entry: Entry::Proved { showed } }
    }

    #[test]
    fn a_proof_knows_whether_the_campus_went_live_after_it() {
        let set = |to: Stance, environment: Environment| Line {
            at: Timestamp::UNIX_EPOCH,
            by: "ada".into(),
            entry: Entry::StanceSet { to, environment, gates: std::collections::BTreeMap::new() },
        };
        let (proof, live) = (line(Shows::Proved, Half::Illiad), set(Stance::Live, Environment::Sandbox));
        let after = |lines: &[Line]| proofs(lines)[0].live_since.is_some();
        assert!(after(&[proof.clone(), live.clone()]));
        assert!(!after(std::slice::from_ref(&proof)) && !after(&[live.clone(), proof.clone()]));
        assert!(!after(&[proof.clone(), set(Stance::Live, Environment::Production)]), "another environment");
        assert!(!after(&[proof.clone(), live.clone(), set(Stance::Ahead, Environment::Sandbox)]), "and back");
        assert!(!after(&[proof.clone(), live, proof]), "proved again");
    }

    #[test]
    fn the_newest_yes_or_no_of_each_half_stands() {
        let lines = [
            line(Shows::Proved, Half::Chain),
            line(Shows::Proved, Half::Illiad),
            line(Shows::Wrong, Half::Illiad),
            line(Shows::Waiting, Half::Illiad),
        ];
        let told: Vec<(Half, Shows)> = proofs(&lines).iter().map(|p| (p.showed.half, p.showed.shows)).collect();
        assert_eq!(told, [(Half::Illiad, Shows::Wrong), (Half::Chain, Shows::Proved)]);
    }
}
