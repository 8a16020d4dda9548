//! State of a running proof.
use crate::engine::journal::ProofScope;
use crate::engine::probe::ProofProgress;
use crate::engine::time_limits;
use crate::tui::model::Model;
use crate::tui::ticket::Ticket;
use crate::tui::watch::WorkState;
use jiff::Timestamp;

/// A running proof: its progress so far, and whether it is being stopped.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvingScreen {
    /// The ticket that progress reports and the result must carry.
    pub ticket: Ticket,
    pub half: ProofScope,
    pub since: Timestamp,
    /// Progress reports, each with its time.
    pub told: Vec<(Timestamp, ProofProgress)>,
    pub watched: WorkState,
}

/// What a proof does now, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CurrentWait {
    what: String,
    /// How long it may still take.
    pub(in crate::tui) left: String,
    /// What happens at the end of that time.
    pub(in crate::tui) then: Option<&'static str>,
}

impl CurrentWait {
    /// What is done, and how long it may still take.
    pub(crate) fn words(&self) -> String {
        format!("Now: {}, {}", self.what, self.left)
    }
}

impl ProvingScreen {
    /// What is done before and between what has a limit of its own.
    fn without_a_limit(&self) -> &'static str {
        match (self.watched, self.told.is_empty()) {
            (WorkState::Stopping, _) => "ending the proof",
            (WorkState::On, true) => "reading what is there before a test request is created",
            (WorkState::On, false) => "creating the test requests",
        }
    }

    /// What the proof does now, and how long that may still take.
    pub(crate) fn wait(&self, model: &Model) -> CurrentWait {
        let newest = self.told.iter().rev().find_map(|(at, progress)| Some((*at, progress, progress.wait.as_ref()?)));
        let (what, since, limit) = match newest {
            Some((at, progress, wait)) => (progress.words.as_str(), at, wait.at_most),
            None => (self.without_a_limit(), self.since, time_limits::PROOF),
        };
        CurrentWait {
            what: what.to_owned(),
            left: model.time_left(since, limit),
            then: newest.map(|(_, _, wait)| wait.then),
        }
    }
}
