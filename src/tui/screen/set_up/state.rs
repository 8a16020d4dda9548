//! The set-up's answers outlive its screen: they stand in the model as [`crate::tui::setup::Setup`].

/// The questions about a campus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetUpScreen;
