//! Draws the model into ratatui's buffer. Has no state, and decides nothing about content.
mod draw;
mod frame;

pub use draw::draw;
