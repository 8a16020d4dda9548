//! A ratatui backend that remembers what the terminal shows, where the cursor is and which look is on, so that a typed character costs
//! one byte and a frame no more than it must.
mod grid;
mod look;
mod pen;
mod way;
mod wire;

pub(super) use wire::Wire;
