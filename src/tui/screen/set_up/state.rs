//! The set-up's answers outlive its screen, so the model holds them as [`crate::tui::setup::Setup`].

/// The set-up; its state is in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetUpScreen;
