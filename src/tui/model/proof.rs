//! The screens of a proof: before, while it runs, and after.
use crate::engine::journal::ProofScope;
use crate::engine::probe::ProofProgress;
use crate::failure::Failure;
use crate::tui::entry::Entry;
use crate::tui::msg::{Proved, Ticket};
use jiff::Timestamp;

/// Before a proof: what it does beside proving, and the campus code.
#[derive(Debug, Clone, PartialEq)]
pub struct ProveScreen {
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// The campus code, as far as it is typed.
    pub typed: Entry,
    /// Why it does not confirm.
    pub refused: Option<String>,
    /// The first line shown.
    pub top: usize,
}

/// Whether the watch goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    /// It does.
    On,
    /// Somebody asked to stop; what was made is being cancelled.
    Stopping,
}

/// A proof under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Proving {
    /// Its ticket.
    pub ticket: Ticket,
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// Since then.
    pub since: Timestamp,
    /// What happened so far, and when.
    pub told: Vec<(Timestamp, ProofProgress)>,
    /// Whether the watch goes on.
    pub watched: Watched,
}

/// After a proof.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvedScreen {
    /// ILLiad alone, or the whole chain.
    pub half: ProofScope,
    /// How it ended.
    pub ended: Result<Box<Proved>, Failure>,
    /// When the answer came.
    pub at: Timestamp,
    /// The first line shown.
    pub top: usize,
}
