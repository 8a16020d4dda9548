//! The gates, the switch, and the way back.
use crate::engine::golive::{GatePassage, gates_exit_code};
use crate::site::Stance;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::msg::GateRun;

/// What is done at the gates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GatesWork {
    /// They are looked at.
    Looking,
    /// The campus is set to this.
    Setting(Stance),
}

/// The gates, the switch, and the way back.
#[derive(Debug, Clone, PartialEq)]
pub struct GoLiveScreen {
    /// What is done, or was done last.
    pub doing: GatesWork,
    /// What came of it.
    pub job: Job<Box<GateRun>>,
    /// Which way the campus code would send the campus.
    pub way: Stance,
    /// The campus code, as far as it is typed.
    pub typed: Entry,
    /// Why it does not confirm.
    pub refused: Option<String>,
    /// The first line shown.
    pub top: usize,
}

impl GoLiveScreen {
    /// Whether the campus code is asked for: all gates hold, or somebody wants the way back.
    #[must_use]
    pub fn asks(&self) -> bool {
        let Some(gated) = self.job.got() else { return false };
        match self.way {
            Stance::Live => {
                gated.passage == GatePassage::Before && !gated.gates.is_empty() && gates_exit_code(&gated.gates) == 0
            }
            Stance::Ahead => self.may_go_back(),
        }
    }

    /// Whether the rule's switch is still to be thrown, one way or the other: the campus was set, and the card for it is there.
    #[must_use]
    pub fn switch_is_due(&self) -> bool {
        self.job.got().is_some_and(|gated| match gated.passage {
            // The way back is always told; the way on as long as nobody said or showed that the rule is enabled.
            GatePassage::Through => gated.cards.len() > 1,
            GatePassage::Before => gated.gates.is_empty(),
        })
    }

    /// Whether the campus is set live and the rule known to be enabled: nothing is left to be done here.
    #[must_use]
    pub fn is_through(&self) -> bool {
        self.job.got().is_some_and(|gated| gated.passage == GatePassage::Through) && !self.switch_is_due()
    }

    /// Whether there is a way back.
    #[must_use]
    pub fn may_go_back(&self) -> bool {
        self.job.got().is_some_and(|gated| gated.site.stance == Stance::Live)
    }

    /// Whether the campus file is being changed.
    #[must_use]
    pub fn is_setting(&self) -> bool {
        matches!(self.doing, GatesWork::Setting(_)) && self.job.since().is_some()
    }
}
