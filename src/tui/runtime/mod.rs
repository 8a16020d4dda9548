//! The only async part: keys, signals and answers come in, effects go out, one draw for whatever came together.
mod capabilities;
mod clipboard;
mod drawn;
mod events;
mod input;
mod reply;
mod run;
mod signals;
mod source;
mod stall;
mod unmarked_paste;
mod worker;

pub use capabilities::{palette, script};
pub use run::{Exit, run};
pub(crate) use signals::{Signal, Signals, has_shell, stop, suspend};
pub(crate) use worker::start;
pub use worker::{Tell, Worker};
