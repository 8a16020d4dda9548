//! A ratatui backend that remembers what the terminal shows, where the cursor is and which look is on, so that a typed character costs
//! one byte and a frame no more than it must.
mod cursor_path;
mod grid;
mod style;
mod wire;
mod writer;

pub(super) use wire::Wire;
