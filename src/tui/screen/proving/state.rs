//! A proof under way.
use crate::engine::journal::ProofScope;
use crate::engine::probe::ProofProgress;
use crate::tui::ticket::Ticket;
use crate::tui::watch::Watch;
use jiff::Timestamp;

/// A proof under way.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvingScreen {
    /// The request that news and answer must belong to.
    pub ticket: Ticket,
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// When it began.
    pub since: Timestamp,
    /// What happened so far, and when.
    pub told: Vec<(Timestamp, ProofProgress)>,
    /// Whether the watch goes on.
    pub watched: Watch,
}
