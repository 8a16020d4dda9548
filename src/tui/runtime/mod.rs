//! The only async part: keys, signals and answers come in, effects go out, one draw for whatever came together.
mod clipboard;
mod events;
mod look;
mod run;
mod signals;

pub use look::{palette, script};
pub use run::{Exit, Tell, Worker, run};
