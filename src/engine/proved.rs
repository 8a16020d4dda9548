//! Proofs: what a probe or the whole chain showed, as the journal keeps it.
use super::gate::went_live;
use super::history::{Entry, Line};
use super::made::{Made, ProbeEnd};
use super::probe::{Ending, NegativeEnding, Route};
use crate::secret::Fingerprint;
use crate::site::{Environment, Site};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a proof is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Half {
    /// ILLiad's routing alone.
    Illiad,
    /// From a borrowing request in Alma to ILLiad's queue.
    Chain,
}

impl Half {
    /// The word in `--json`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Illiad => "illiad",
            Self::Chain => "chain",
        }
    }
}

/// What was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shows {
    /// It works.
    Proved,
    /// It does not.
    Wrong,
    /// Nothing yet: it was not watched to the end, or waits for somebody.
    Waiting,
    /// Nothing: something else got in the way.
    Unclear,
}

impl Shows {
    /// The word in `--json`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proved => "proved",
            Self::Wrong => "wrong",
            Self::Waiting => "waiting",
            Self::Unclear => "unclear",
        }
    }
}

/// What a probe and its negative twin, or a whole chain, showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Showed {
    /// About what.
    pub half: Half,
    /// In which environment.
    pub environment: Environment,
    /// What.
    pub shows: Shows,
    /// What was seen, with its likely cause.
    pub words: String,
    /// What to do next.
    pub next: Option<String>,
    /// The number of the request in ILLiad by which it was seen.
    pub number: Option<i64>,
    /// The export key that a whole chain was seen to work with.
    pub key: Option<Fingerprint>,
}

impl Showed {
    /// The same, told after what was made for it was cancelled; nothing is added where that is not known of all of it.
    #[must_use]
    pub fn after_cancelling(self, made: &[Made]) -> Self {
        let cancelled = |made: &Made| matches!(made.illiad.end, Some(ProbeEnd::Cancelled(_)));
        let words = match made {
            all if all.is_empty() || !all.iter().all(cancelled) => return self,
            [_] => format!("{}; it was cancelled afterwards", self.words),
            _ => format!("{}; both were cancelled afterwards", self.words),
        };
        Self { words, ..self }
    }
}

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

/// Puts the endings of the probe and of its negative twin together.
#[must_use]
pub fn judged(site: &Site, route: &Route, number: Option<i64>, ending: &Ending, negative: &NegativeEnding) -> Showed {
    let shows = match (ending, negative) {
        (Ending::Routed, NegativeEnding::LeftAlone(_)) => Shows::Proved,
        (Ending::Routed, NegativeEnding::Unseen) | (Ending::Gone | Ending::Cancelled(_), _) => Shows::Unclear,
        (Ending::StillWaiting(_), NegativeEnding::LeftAlone(_) | NegativeEnding::Unseen) => Shows::Waiting,
        _ => Shows::Wrong,
    };
    let named = number.map_or_else(|| "The probe".to_owned(), |number| format!("Probe {number}"));
    let same_other = match (ending, negative) {
        (Ending::OtherQueue(one), NegativeEnding::LeftAlone(other)) => one == other,
        _ => false,
    };
    let twin = if same_other {
        "the negative twin went there too, so that queue takes every request".to_owned()
    } else {
        negative.words()
    };
    let next = match (ending.next(), negative) {
        (Some(next), _) => Some(next.to_owned()),
        (None, NegativeEnding::Caught(_)) => {
            Some("copy MatchString from the value card, parentheses and all: last-resort --step illiad".to_owned())
        }
        (None, _) => None,
    };
    let words = format!("{named}: {}; {twin}", ending.words(route));
    Showed { half: Half::Illiad, environment: site.environment, shows, words, next, number, key: None }
}

/// What a proof does beside proving, told before consent is asked for.
#[must_use]
pub fn side_effects(half: Half, route: &Route) -> Vec<String> {
    let mut told = Vec::new();
    if half == Half::Chain {
        told.push(
            "One borrowing request, titled \"TEST please cancel\", is made in Alma for the test patron. \
             Where another partner comes first in its rota, it is cancelled as soon as that is seen; that library may see it meanwhile."
                .to_owned(),
        );
        told.push(format!("Alma exports it to ILLiad, where it should stand in \"{}\" for a moment.", route.queue));
        told.push(
            "Both sides are cancelled and read again. Where it does not reach ILLiad, ILLiad is probed alone:"
                .to_owned(),
        );
    }
    told.push(
        "Two requests, titled \"TEST please cancel\", are made in ILLiad for the test patron (the first of patrons.sample); staff may see them for up to three minutes."
            .to_owned(),
    );
    told.push(
        "They are routed to \"Cancelled by ILL Staff\". ILLiad may send the test patron an e-mail about that, and its statistics count them as cancelled."
            .to_owned(),
    );
    told
}

#[cfg(test)]
mod tests {
    use super::*;
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
