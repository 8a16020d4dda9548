//! The only async part. Takes in keys, signals and replies, performs effects, and draws once for all that arrived together.
mod capabilities;
mod clipboard;
mod drawn;
mod events;
mod input;
mod plain_print;
mod reply;
mod run;
mod signals;
mod source;
mod stall;
mod typed_together;
mod unmarked_paste;
mod worker;

pub use capabilities::{palette, script};
pub use run::{Exit, run};
pub(crate) use signals::{Signal, Signals, any, ending, has_shell, stop, suspend};
pub(crate) use worker::start;
pub use worker::{Tell, Worker};
