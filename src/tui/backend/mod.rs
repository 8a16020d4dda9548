//! A ratatui backend that remembers content, cursor and style of the terminal, so that a typed character costs one byte and a frame as
//! little as possible.
mod cursor_path;
mod grid;
mod style;
mod wire;
mod writer;

pub(super) use wire::Wire;
