//! Who owns the mouse, and which way its wheel turns.

/// Who owns the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// The terminal, to select text.
    Terminals,
    /// The wizard, to select and scroll.
    Ours,
}

/// Which way the wheel is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wheel {
    /// Turned away from the person.
    Up,
    /// Turned towards the person.
    Down,
}
