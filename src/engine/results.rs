//! The results of operations. Each has one type, carried unchanged from where it is made to the screen, line mode and
//! JSON.
use crate::engine::journal::{ProbeRecord, ProofResult, VerdictChange};
use crate::engine::judge::{Report, Snapshot};
use crate::engine::plan::{Change, WriteResult};
use crate::failure::Failure;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// What was observed, and what the journal says.
    pub snapshot: Snapshot,
    /// The steps asked about, judged on the snapshot.
    pub report: Report,
    /// The fields whose verdict is another one than at the check before. Empty at the first check.
    pub changed: Vec<VerdictChange>,
    /// Notes for the user, such as values that should agree but do not, the outcome of an earlier write, or a journal
    /// that cannot be written.
    pub remarks: Vec<String>,
}

/// The result of an apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyResult {
    /// The digest of the plan that was to be applied.
    pub plan: String,
    /// Each change with what became of it.
    pub results: Vec<(Change, WriteResult)>,
    /// The steps named, judged on what was read back.
    pub report: Report,
    /// What was read back after the write.
    pub snapshot: Snapshot,
    /// Notes for the user: values lost or altered beside the plan, obstacles, reasons.
    pub remarks: Vec<String>,
    /// Why not everything was written. `None` if it was.
    pub failure: Option<Failure>,
}

impl ApplyResult {
    /// Whether Alma changed anything, or may have.
    pub fn wrote(&self) -> bool {
        use WriteResult::{Kept, NotShown, Unknown, Written};
        let took = |result: &WriteResult| matches!(result, Written | Kept | NotShown | Unknown);
        self.results.iter().any(|(_, result)| took(result))
    }
}

/// What a proof showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conclusion {
    /// The proof did not reach a conclusion.
    Nothing,
    /// A real request already shows that it works. Nothing was made. Holds the words.
    RealTraffic(String),
    /// The test requests were watched. Holds the result and the name of the ending in `--json`.
    Watched(ProofResult, &'static str),
}

/// The result of running a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRun {
    pub conclusion: Conclusion,
    /// The test requests made for it.
    pub made: Vec<ProbeRecord>,
    /// The test requests that may still exist.
    pub left: Vec<ProbeRecord>,
    /// Why the proof is incomplete. `None` if it is complete.
    pub failure: Option<Failure>,
}

impl ProofRun {
    /// The result when a real request already shows that the routing works.
    pub fn real_traffic(words: String) -> Self {
        Self { conclusion: Conclusion::RealTraffic(words), made: Vec::new(), left: Vec::new(), failure: None }
    }

    /// The result of the test requests, if any were watched.
    pub fn proof_result(&self) -> Option<&ProofResult> {
        match &self.conclusion {
            Conclusion::Watched(showed, _) => Some(showed),
            Conclusion::Nothing | Conclusion::RealTraffic(_) => None,
        }
    }

    /// The name of the ending in `--json`.
    pub fn outcome(&self) -> Option<&'static str> {
        match self.conclusion {
            Conclusion::Nothing => None,
            Conclusion::RealTraffic(_) => Some("real_traffic"),
            Conclusion::Watched(_, outcome) => Some(outcome),
        }
    }
}
