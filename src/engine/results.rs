//! What an operation came to: one type each, carried unchanged from where it is made to the screen, line mode and JSON.
use crate::engine::journal::ProbeRecord;
use crate::engine::journal::ProofResult;
use crate::engine::judge::Report;
use crate::engine::judge::Snapshot;
use crate::engine::plan::Change;
use crate::engine::plan::WriteResult;
use crate::failure::Failure;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// What was observed, and what the journal says.
    pub snapshot: Snapshot,
    /// The steps asked about, judged on the snapshot.
    pub report: Report,
    /// Worth saying beside it: ties broken, an earlier write's outcome found out, a journal that cannot be written.
    pub remarks: Vec<String>,
}

/// What an apply came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyResult {
    /// The digest of the plan that was to be applied.
    pub plan: String,
    /// Change by change, what became of it.
    pub results: Vec<(Change, WriteResult)>,
    /// The steps named, judged on what was read back.
    pub report: Report,
    /// What was read back.
    pub snapshot: Snapshot,
    /// Values lost or altered beside the plan, obstacles, reasons.
    pub remarks: Vec<String>,
    /// Why nothing or not all was written, if so.
    pub failure: Option<Failure>,
}

impl ApplyResult {
    /// Whether Alma took anything, or may have.
    #[must_use]
    pub fn wrote(&self) -> bool {
        let took =
            |result: &WriteResult| matches!(result, WriteResult::Written | WriteResult::Kept | WriteResult::Unknown);
        self.results.iter().any(|(_, result)| took(result))
    }
}

/// What a proof showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conclusion {
    /// It did not come to that.
    Nothing,
    /// A real request already shows it, in these words; nothing was made.
    RealTraffic(String),
    /// What was made was watched; the word is that of its ending.
    Watched(ProofResult, &'static str),
}

/// What a proof came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRun {
    /// What it showed.
    pub conclusion: Conclusion,
    /// What was made for it.
    pub made: Vec<ProbeRecord>,
    /// What may still stand somewhere.
    pub left: Vec<ProbeRecord>,
    /// Why not all was done, if so.
    pub failure: Option<Failure>,
}

impl ProofRun {
    /// A real request already shows it, in these words.
    #[must_use]
    pub fn real_traffic(words: String) -> Self {
        Self { conclusion: Conclusion::RealTraffic(words), made: Vec::new(), left: Vec::new(), failure: None }
    }

    /// What was shown by what was made.
    #[must_use]
    pub fn proof_result(&self) -> Option<&ProofResult> {
        match &self.conclusion {
            Conclusion::Watched(showed, _) => Some(showed),
            Conclusion::Nothing | Conclusion::RealTraffic(_) => None,
        }
    }

    /// The word of its ending in `--json`.
    #[must_use]
    pub fn outcome(&self) -> Option<&'static str> {
        match self.conclusion {
            Conclusion::Nothing => None,
            Conclusion::RealTraffic(_) => Some("real_traffic"),
            Conclusion::Watched(_, outcome) => Some(outcome),
        }
    }
}
