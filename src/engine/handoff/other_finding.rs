//! A finding beside the 61 values.
use crate::engine::handoff::verdict_kind::VerdictKind;
use crate::recipe::StepId;

/// A finding beside the procedure's values: before them, or after.
pub(super) struct OtherFinding {
    pub(super) step: StepId,
    pub(super) label: String,
    pub(super) verdict: VerdictKind,
    pub(super) words: String,
}
