//! The wizard's screen, after the Elm architecture: messages in, effects out, the screen drawn from the model alone.
//!
//! # What is where
//! From the ground up; nobody names what stands above.
//!
//! | module | what it holds |
//! |---|---|
//! | [`entry`], [`row`], [`script`], [`text`], [`theme`], [`mouse`], [`job`], [`ticket`], [`watch`] | a text field, a line, what a terminal can show, work asked for |
//! | [`msg`], [`work`], [`results`] | what comes in, what goes out, what work brings |
//! | [`setup`] | the answers about a campus, which outlive the screen that asks for them |
//! | `screen/*/state.rs`, [`model`] | each screen's state, and the whole |
//! | `parts`, [`next`] | lines, questions and moves that several screens share; what Enter does on the steps |
//! | [`screen`] | a folder a screen: its state, update, page and keys, behind [`screen::behaviour::Behaviour`] |
//! | [`screen::dispatch`] | from the screen shown to its folder |
//! | `help`, [`page`], [`keys`], [`update()`](update::update) | what holds of every screen: the page over it, what is in sight, what a key means, one message at a time |
//! | [`view`] | draws rows |
//! | `runtime`, `terminal`, `backend` | the only async part; these alone know the terminal |
//!
//! All but the last row are pure: no clock, no files, no terminal.
//!
//! # How to add a screen
//! - A folder in `src/tui/screen`: `state.rs` for what it remembers; `keys.rs` with its table of keys; `page.rs` for its lines;
//!   `update.rs` with its `impl Behaviour`, of which most has a default, and with what takes the answers to its own work.
//! - A line in `src/tui/screen/list.rs`: what it is for, its name, its state. The enum and every dispatch come of that line.
//!
//! (Rust asks for a `mod` line in `src/tui/screen/mod.rs` too.) Nothing else names all screens. The tests demand a picture of the new
//! screen and of its help, and that each of its keys is within reach, in line mode as well.
pub mod entry;
mod help;
pub mod job;
pub mod key_store;
pub mod keys;
mod lost;
pub mod model;
pub mod mouse;
pub mod msg;
pub mod next;
pub mod page;
mod parts;
pub mod results;
pub mod row;
pub mod screen;
pub mod script;
pub mod setup;
pub mod start;
pub mod text;
pub mod theme;
pub mod ticket;
pub mod update;
pub mod view;
pub mod watch;
pub mod work;

mod backend;
mod runtime;
mod terminal;

pub use runtime::{Exit, Tell, Worker, palette, run, script as script_of};
pub(crate) use runtime::{Signal, Signals, has_shell, start as start_work, stop, suspend};
