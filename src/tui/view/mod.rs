//! Drawing: from the model alone, into ratatui's buffer. No state, no decisions about content.
mod draw;
mod frame;

pub use draw::draw;
