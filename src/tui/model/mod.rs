//! Everything the screen is drawn from. Pure data; only `update` changes it.
mod campus;
mod errand;
mod job;
mod proof;
mod screen;
mod state;

pub use campus::{Campus, ListPlace, Opening, Reading, Standing};
pub use errand::{AtGates, Count, ForecastScreen, Foretelling, ForetoldScreen, GoLiveScreen, HandOffScreen};
pub use job::Job;
pub use proof::{ProveScreen, ProvedScreen, Proving, Watched};
pub use screen::{Ended, Outcome, PasteBack, PlanScreen, Screen, SignOff, Typing, UndoScreen, Way, Write, Writing};
pub use state::{Held, Model, SPIN_MS, Size};
