//! Results as lines and as JSON.
mod evidence;
mod import;
mod key_rotation;
mod proof;
mod report;

pub use evidence::{ExhibitsJson, exhibit_lines, exhibits_json};
pub use import::{ImportJson, Imported, import_json, import_lines};
pub use key_rotation::{KeyShown, removal_lines, shown_lines};
pub use proof::{ProveJson, Tale, prove_json, prove_lines};
pub(crate) use report::next_lines;
pub use report::{CheckJson, PlanJson, StepJson, applied_json, change_lines, check_json, plan_json, report_lines};
