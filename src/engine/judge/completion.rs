//! How much of a campus is done, and whether anything is left to do.
use super::verdict::{Finding, StepReport, StepState, Verdict, Weight};
use crate::recipe::StepId;
use crate::site::{Site, Stance};

/// How a campus stands on which nothing is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// All is set up and proved. The rule waits, disabled, for the day it goes live.
    SetUpAhead,
    /// All is set up and proved, and the rule is enabled.
    Live,
}

impl Completion {
    /// `None` while a step is left to do, was not looked at, or rests on what no longer holds.
    pub fn of<'a>(steps: impl Iterator<Item = &'a StepReport>, site: &Site) -> Option<Self> {
        (steps.filter(|step| step.is_settled()).count() == StepId::ALL.len()).then_some(match site.stance {
            Stance::Ahead => Self::SetUpAhead,
            Stance::Live => Self::Live,
        })
    }

    /// What it means, in a sentence.
    pub fn words(self, site: &Site) -> String {
        let name = if site.name.is_empty() { site.institution.as_str() } else { &site.name };
        match self {
            Self::SetUpAhead => {
                format!("Nothing is left to do: {name} is set up. Its rule stays disabled until you go live.")
            }
            Self::Live => {
                format!("Nothing is left to do: {name} is set up and live. ILLiad is its partner of last resort.")
            }
        }
    }
}

impl StepReport {
    /// Whether nothing is left to do: everything is as wanted or signed off, no evidence contradicts a sign-off, and no proof is older than
    /// the last change.
    pub fn is_settled(&self) -> bool {
        matches!(self.state(), StepState::Verified | StepState::Attested)
            && self.contradicted().next().is_none()
            && !self.is_to_prove_again()
    }

    /// How many findings that count are as wanted or signed off, and how many count.
    pub fn progress(&self) -> (usize, usize) {
        (self.counted().filter(|finding| !finding.needs_someone()).count(), self.counted().count())
    }
}

impl Finding {
    /// Whether someone still has to act on it: it counts, and is neither as wanted nor signed off without contradiction.
    pub fn needs_someone(&self) -> bool {
        self.weight == Weight::Counts && !matches!(self.verdict, Verdict::Same(_) | Verdict::Attested(_))
    }
}

/// What a person attested, as people read it. Only JSON calls it `attested`.
const SIGNED_OFF: &str = "signed off";

impl StepState {
    /// The word for it as people read it.
    pub fn words(self) -> &'static str {
        if self == Self::Attested { SIGNED_OFF } else { self.as_str() }
    }
}

impl Verdict {
    /// The word for it as people read it.
    pub fn words(&self) -> &'static str {
        if self.sign_off().is_some() { SIGNED_OFF } else { self.as_str() }
    }
}
