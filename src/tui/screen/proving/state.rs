//! State of a running proof.
use crate::engine::journal::ProofScope;
use crate::engine::probe::ProofProgress;
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
