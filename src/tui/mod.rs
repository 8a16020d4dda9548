//! The wizard's screen, after the Elm architecture: messages in, effects out, the screen drawn from the model alone.
//!
//! # What is where
//! From the ground up: a module uses only what is above it in this table.
//!
//! | module | what it holds |
//! |---|---|
//! | [`entry`], [`row`], [`script`], [`text`], [`theme`], [`mouse`], [`job`], [`ticket`], [`watch`] | text fields, rows, what a terminal can show, requests |
//! | [`msg`], [`work`] | messages that come in, effects and work that go out, results of work |
//! | [`setup`], [`board`] | the answers about a campus, and the campuses on the board, which outlive their screens |
//! | `screen/*/state.rs`, [`model`] | the state of each screen, and the whole state |
//! | `parts`, [`next`] | rows, questions and moves that several screens share; what Enter does on the steps |
//! | [`screen`] | one folder per screen: its state, update, page and keys, behind [`screen::behaviour::Behaviour`] |
//! | [`screen::dispatch`] | leads from the current screen to its folder |
//! | `help`, [`page`], [`keys`], [`update()`](update::update) | what holds for every screen: the help over it, the visible rows, what a key means, one message at a time |
//! | [`view`] | draws rows |
//! | `runtime`, `terminal`, `backend` | the only async part, and the only one that knows the terminal |
//!
//! All but the last row are pure: no clock, no files, no terminal.
//!
//! # How to add a screen
//! - Add a folder in `src/tui/screen`: `state.rs` for what it remembers, `keys.rs` with its key table, `page.rs` for its rows, and
//!   `update.rs` with its `impl Behaviour` (most methods have a default) and with what takes the replies to its own work.
//! - Add a line in `src/tui/screen/list.rs` with its purpose, its state and the name that line mode calls it by. The enum and every dispatch come
//!   from that line.
//!
//! Rust needs a `mod` line in `src/tui/screen/mod.rs` too. Nothing else names all screens. The tests demand a snapshot of the new screen
//! and of its help, and that each of its keys is within reach, in line mode as well.
pub mod board;
pub mod entry;
mod help;
pub mod job;
pub mod key_store;
pub mod keys;
pub mod model;
pub mod mouse;
pub mod msg;
pub mod next;
pub mod page;
mod parts;
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

pub(crate) use parts::difference::first_letter;
pub(crate) use parts::judgement::{state_words, verdict_words};
pub use runtime::{Exit, Tell, Worker, palette, run, script as script_of};
pub(crate) use runtime::{
    Signal, Signals, any as any_signal, ending as ending_signals, has_shell, start as start_work, stop, suspend,
};
