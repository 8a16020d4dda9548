//! Findings that are not among the procedure's 61 values.
use crate::engine::handoff::verdict_kind::VerdictKind;
use crate::recipe::StepId;

/// A finding that is not one of the procedure's values, such as those of `connect` and `patrons`.
pub(super) struct OtherFinding {
    pub(super) step: StepId,
    pub(super) label: String,
    pub(super) verdict: VerdictKind,
    pub(super) words: String,
}
