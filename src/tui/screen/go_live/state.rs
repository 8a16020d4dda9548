//! State of the go-live screen.
use crate::engine::golive::{GatePassage, gates_exit_code};
use crate::site::Stance;
use crate::tui::job::Job;
use crate::tui::model::Screen;
use crate::tui::msg::GateRun;
use crate::tui::screen::code_field::CodeField;

/// The work that the go-live screen asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatesWork {
    /// Read every gate; nothing is changed.
    Looking,
    /// Set the campus to this stance.
    Setting(Stance),
}

/// The go-live gates, and the campus code that sets the stance.
#[derive(Debug, Clone, PartialEq)]
pub struct GoLiveScreen {
    /// The running or last work.
    pub doing: GatesWork,
    pub job: Job<Box<GateRun>>,
    /// The stance that the campus code would set.
    pub way: Stance,
    pub code: CodeField,
    /// The screen to go back to.
    pub from: Box<Screen>,
    pub top: usize,
}

impl GoLiveScreen {
    /// Whether the campus code is asked for: all gates hold, or the user wants to go back.
    pub fn asks(&self) -> bool {
        let Some(gated) = self.job.got() else { return false };
        match self.way {
            Stance::Live => {
                gated.passage == GatePassage::Before && !gated.gates.is_empty() && gates_exit_code(&gated.gates) == 0
            }
            Stance::Ahead => self.may_go_back(),
        }
    }

    /// Whether a person must still enable or disable the rule in Alma, because the campus was set and the card for that is shown.
    pub fn switch_is_due(&self) -> bool {
        self.job.got().is_some_and(|gated| match gated.passage {
            // The card for the way back is always there. The card for the switch is there until the rule is signed off or shown as enabled.
            GatePassage::Through => gated.cards.len() > 1,
            GatePassage::Before => gated.gates.is_empty(),
        })
    }

    /// Whether the campus is live and the rule is known to be enabled, so that nothing is left to do here.
    pub fn is_through(&self) -> bool {
        self.job.got().is_some_and(|gated| gated.passage == GatePassage::Through) && !self.switch_is_due()
    }

    /// Whether the campus is live, so that it can go back.
    pub fn may_go_back(&self) -> bool {
        self.job.got().is_some_and(|gated| gated.site.stance == Stance::Live)
    }

    /// Whether the campus file is being changed.
    pub fn is_setting(&self) -> bool {
        matches!(self.doing, GatesWork::Setting(_)) && self.job.since().is_some()
    }
}
