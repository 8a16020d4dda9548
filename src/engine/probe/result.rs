//! What a probe and its twin show together.
use super::ending::{HANDS_OFF, ProbeEnding, TwinEnding};
use crate::engine::journal::{ProbeEnd, ProbeRecord, ProofResult, ProofScope, ProofStatus};
use crate::engine::judge::Route;
use crate::site::Site;
use crate::text::clean;

impl ProofResult {
    /// Adds to the words that the test requests are cancelled, no matter by whom. Adds nothing unless all of them were read
    /// cancelled.
    #[must_use]
    pub fn after_cancelling(self, made: &[ProbeRecord]) -> Self {
        let cancelled = |made: &ProbeRecord| matches!(made.illiad.end, Some(ProbeEnd::Cancelled(_)));
        let words = match made {
            all if all.is_empty() || !all.iter().all(cancelled) => return self,
            [_] => format!("{}; it is cancelled now", self.words),
            _ => format!("{}; both are cancelled now", self.words),
        };
        Self { words, ..self }
    }
}

/// Combines the endings of the probe and its twin into one result.
pub fn judge_probe(
    site: &Site,
    route: &Route,
    number: Option<i64>,
    ending: &ProbeEnding,
    negative: &TwinEnding,
) -> ProofResult {
    let shows = match (ending, negative) {
        (ProbeEnding::Routed, TwinEnding::LeftAlone(_)) => ProofStatus::Proved,
        (ProbeEnding::Routed, TwinEnding::Unseen | TwinEnding::Moved(_))
        | (ProbeEnding::Gone | ProbeEnding::Cancelled(_), _) => ProofStatus::Unclear,
        (ProbeEnding::StillWaiting(_), TwinEnding::LeftAlone(_) | TwinEnding::Unseen | TwinEnding::Moved(_)) => {
            ProofStatus::Waiting
        }
        _ => ProofStatus::Wrong,
    };
    let named = number.map_or_else(|| "The test request".to_owned(), |number| format!("Test request {number}"));
    let same_other = match (ending, negative) {
        (ProbeEnding::OtherQueue(one), TwinEnding::LeftAlone(other)) => one == other,
        _ => false,
    };
    let twin = if same_other {
        "the control request went there too, so that queue takes every request".to_owned()
    } else {
        negative.words()
    };
    let next = match (ending.next(), negative) {
        (Some(next), _) => Some(next.to_owned()),
        (None, TwinEnding::Caught(_)) => {
            Some("copy MatchString from the value card, parentheses and all: last-resort --step illiad".to_owned())
        }
        (None, TwinEnding::Moved(_)) => Some(HANDS_OFF.to_owned()),
        (None, TwinEnding::LeftAlone(_) | TwinEnding::Unseen) => None,
    };
    let words = format!("{named}: {}; {twin}", ending.words(route));
    ProofResult { half: ProofScope::Illiad, environment: site.environment, shows, words, next, number, key: None }
}

/// The side effects of a proof with a borrowing request that a person placed, listed before the user is asked for consent.
pub fn side_effects_of_placed(request: &str, route: &Route) -> Vec<String> {
    let mut told = side_effects(ProofScope::Chain, route);
    if let Some(first) = told.first_mut() {
        *first = format!(
            "last-resort creates no borrowing request in Alma: it watches request {}, which you placed for the test patron.",
            clean(request, 60)
        );
    }
    told
}

/// The side effects of a proof, listed before the user is asked for consent.
pub fn side_effects(half: ProofScope, route: &Route) -> Vec<String> {
    let mut told = Vec::new();
    if half == ProofScope::Chain {
        told.push(
            "last-resort creates one borrowing request in Alma for the test patron, titled \"TEST please cancel\". \
             If another partner comes first in its rota, the request is cancelled as soon as that shows; until then that library may see it."
                .to_owned(),
        );
        told.push(format!("Alma exports it to ILLiad, where it should appear in \"{}\" for a moment.", route.queue));
        told.push(
            "Both sides are then cancelled and read again to make sure. If it does not reach ILLiad, ILLiad is tested alone:"
                .to_owned(),
        );
    }
    told.push(
        "Two requests titled \"TEST please cancel\" are created in ILLiad for the test patron, who is the first in your sample: one as if from \
         Alma, which the rule should move, and a control request, which it should leave alone. Staff may see them for up to three minutes."
            .to_owned(),
    );
    told.push(
        "They are then routed to \"Cancelled by ILL Staff\". ILLiad may send the test patron an e-mail about that, and its statistics count them as cancelled."
            .to_owned(),
    );
    told
}
