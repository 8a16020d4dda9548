//! The only async part: keys, signals and answers come in, effects go out, one draw for whatever came together.
mod burst;
mod clipboard;
mod events;
mod look;
mod reply;
mod run;
mod sight;
mod signals;
mod source;
mod stall;

pub use look::{palette, script};
pub(crate) use run::start;
pub use run::{Exit, Tell, Worker, run};
pub(crate) use signals::{Signal, Signals, has_shell, stop, suspend};
