//! What a person has had before their eyes when they press Enter. Keys that came before it was drawn were pressed for something else:
//! a letter typed ahead is seen in its field, but an Enter would confirm unseen.
use crate::tui::model::{Model, Screen};
use crate::tui::screen::behaviour::AtStake;
use crate::tui::screen::dispatch::behaviour;
use std::mem::{Discriminant, discriminant};

/// What Enter would say yes to on the screen drawn last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    screen: Discriminant<Screen>,
    at_stake: AtStake,
}

impl Drawn {
    /// On the screen as it is.
    pub(super) fn of(model: &Model) -> Self {
        let at_stake = match model.help {
            Some(_) => AtStake::Nothing,
            None => behaviour(&model.screen).at_stake(model),
        };
        Self { screen: discriminant(&model.screen), at_stake }
    }

    /// Before anything was drawn.
    pub(super) fn nothing(model: &Model) -> Self {
        Self { screen: discriminant(&model.screen), at_stake: AtStake::Nothing }
    }

    /// Whether Enter may be taken where this is what was drawn last.
    pub(super) fn allows(&self, model: &Model) -> bool {
        let now = Self::of(model);
        now.at_stake == AtStake::Nothing || now == *self
    }
}

/// Said of an Enter that was not taken.
pub(super) const UNSEEN: &str = "Enter came before this was on the screen, and was not taken.";
