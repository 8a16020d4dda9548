//! What a probe and its negative twin showed together.
use super::ending::{Ending, NegativeEnding};
use crate::engine::journal::{Half, Made, ProbeEnd, Showed, Shows};
use crate::engine::judge::Route;
use crate::site::Site;

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
