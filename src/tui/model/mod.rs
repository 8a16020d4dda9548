//! Everything that is drawn. Pure data; only `update` and the screens change it.
mod campus;
mod state;

pub use super::job::Job;
pub use campus::{Campus, ListPlace, Opening, RunningCheck, StepStatus};
pub use state::{Drafts, Model, SPIN_MS, Screen, Size, spun};
