//! Prints results as plain lines and as JSON.
mod change;
mod consortium;
mod details;
mod evidence;
mod history;
mod import;
mod key_rotation;
mod origin;
mod proof;
mod report;

pub use consortium::{Tally, campus_check_json, campus_failure_json, campus_head, campus_row, change_report};
pub use details::Details;
pub use evidence::{evidence_json, evidence_lines, withdrawal_json, withdrawal_lines};
pub use history::{history_json, history_lines};
pub use import::{ImportJson, ImportMode, ImportResult, import_exit_code, import_json, import_lines};
pub use key_rotation::{KeyTrial, removal_lines, trial_lines};
pub use proof::{ProofReport, prove_json, prove_lines};
pub(crate) use report::next_lines;
pub use report::{CheckJson, PlanJson, StepJson, applied_json, change_lines, check_json, plan_json, report_lines};
