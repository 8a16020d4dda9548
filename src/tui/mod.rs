//! The wizard's screen, after the Elm architecture: messages in, effects out, the screen drawn from the model alone.
//!
//! `model`, `msg`, `setup`, `update`, `page`, `keys` and what they use are pure: no clock, no files, no terminal. `view` draws.
//! `runtime` is the only async part; it, `terminal` and `backend` alone know the terminal.
pub mod brought;
pub mod entry;
pub mod key_store;
pub mod keys;
pub mod model;
pub mod mouse;
pub mod msg;
pub mod next;
pub mod page;
pub mod paste;
pub mod row;
pub mod script;
pub mod setup;
pub mod start;
pub mod text;
pub mod theme;
pub mod update;
pub mod view;
pub mod work;

mod backend;
mod runtime;
mod terminal;

pub use runtime::{Exit, Tell, Worker, palette, run, script as script_of};
pub(crate) use runtime::{Signal, Signals, has_shell, start as start_work, stop, suspend};
