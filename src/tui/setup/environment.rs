//! What belongs to one environment alone: its keys, and whether the rule is live there.
use super::question::Question;
use super::state::Setup;
use crate::recipe::KeySlot;
use crate::site::{CampusField, Environment, Stance};
use crate::tui::entry::Entry;

impl Setup {
    /// Takes over the stance that the campus file says now.
    pub fn set_stance(&mut self, stance: Stance) {
        self.stance = stance;
        self.draft.set(CampusField::Stance, self.stance_here().as_str());
    }

    /// The environment in the campus file, if the answer is another one.
    pub fn environment_left(&self) -> Option<Environment> {
        self.environment.filter(|before| before.as_str() != self.draft.get(CampusField::Environment))
    }

    /// The stance that the campus file has, or with which another environment begins.
    fn stance_here(&self) -> Stance {
        if self.environment_left().is_some() { Stance::Ahead } else { self.stance }
    }

    /// Forgets what belongs to one environment alone: its keys, typed and stored, and its stance.
    pub fn change_environment(&mut self) {
        self.stored.clone_from(&self.given);
        for slot in KeySlot::ALL {
            self.entries.insert(Question::Key(slot), Entry::secret());
        }
        self.draft.set(CampusField::Stance, self.stance_here().as_str());
    }

    /// Refuses another stance than the campus file's, because going live and back have conditions of their own.
    pub(super) fn another_stance(&self) -> Option<String> {
        let wish =
            Stance::parse(self.draft.get(CampusField::Stance).trim()).filter(|wish| *wish != self.stance_here())?;
        Some(match wish {
            Stance::Live => "leave this at \"set up ahead\"; to go live later, press g on the summary or run last-resort golive, which runs all checks and asks for the campus code",
            Stance::Ahead => "leave this at \"live\"; to go back, press u on the Go live screen or run last-resort golive --back, which asks for the campus code and shows what to disable",
        }.to_owned())
    }
}
