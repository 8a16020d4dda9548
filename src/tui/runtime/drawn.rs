//! Guards against an Enter pressed before the person could see what it confirms. A letter typed ahead is seen in its field later, but an
//! Enter would confirm something unseen.
use crate::tui::model::{Model, Screen};
use crate::tui::screen::behaviour::AtStake;
use crate::tui::screen::dispatch::behaviour;
use std::mem::{Discriminant, discriminant};

/// What Enter would confirm on the screen drawn last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    screen: Discriminant<Screen>,
    at_stake: AtStake,
}

impl Drawn {
    /// Describes the screen as it is now.
    pub(super) fn of(model: &Model) -> Self {
        let at_stake = match model.help {
            Some(_) => AtStake::Nothing,
            None => behaviour(&model.screen).at_stake(model),
        };
        Self { screen: discriminant(&model.screen), at_stake }
    }

    /// The state before anything was drawn.
    pub(super) fn nothing(model: &Model) -> Self {
        Self { screen: discriminant(&model.screen), at_stake: AtStake::Nothing }
    }

    /// Returns whether Enter may be taken if this was drawn last.
    pub(super) fn allows(&self, model: &Model) -> bool {
        let now = Self::of(model);
        now.at_stake == AtStake::Nothing || now == *self
    }
}

/// Status after an Enter that was not taken.
pub(super) const UNSEEN: &str = "Enter was ignored: it came before this was on the screen.";
