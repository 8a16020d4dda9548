//! Handles the screen before a proof. No test request is made unless the campus code is typed exactly.
use super::state::ProveScreen;
use crate::engine::journal::ProofScope;
use crate::tui::entry::Entry;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::checks::ticket;
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange};
use crate::tui::screen::code_field::CodeField;
use crate::tui::screen::proving::ProvingScreen;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::watch::WorkState;

/// Opens the screen, which explains a proof and asks for the campus code.
pub(in crate::tui) fn open(model: &mut Model) {
    model.screen = Screen::Prove(ProveScreen { half: ProofScope::Illiad, code: CodeField::empty(), top: 0 });
}

impl Behaviour for ProveScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let new_ticket = ticket(model);
        let (Screen::Prove(screen), Some(campus)) = (&mut model.screen, &model.campus) else { return Vec::new() };
        match intent {
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::Next => {
                screen.half = match screen.half {
                    ProofScope::Illiad => ProofScope::Chain,
                    ProofScope::Chain => ProofScope::Illiad,
                };
                screen.top = 0;
            }
            Intent::Enter => {
                let Some(consent) = screen.code.consent(&campus.site.institution) else { return Vec::new() };
                let half = screen.half;
                let (since, told, watched) = (model.now, Vec::new(), WorkState::On);
                model.screen = Screen::Proving(ProvingScreen { ticket: new_ticket, half, since, told, watched });
                return vec![Effect::Work(Work::Prove { ticket: new_ticket, half, consent })];
            }
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::Prove(screen) = &mut model.screen else { return };
        screen.code.edit(change);
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some("run the proof".to_owned())
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        Some(&self.code.typed)
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::AsTold
    }
}
