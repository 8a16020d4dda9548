//! Handles the screen before an undo. Nothing is sent unless the campus code is typed exactly.
use super::state::UndoScreen;
use crate::tui::entry::Entry;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::checks::ticket;
use crate::tui::parts::scroll::scroll;
use crate::tui::parts::undo::UndoKind;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange};
use crate::tui::screen::code_field::CodeField;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::writing::{Write, WritingScreen};

/// Opens the screen, which asks for the campus code.
pub(in crate::tui) fn open(model: &mut Model, kind: UndoKind) {
    model.screen = Screen::Undo(UndoScreen { kind, code: CodeField::empty(), top: 0 });
}

impl Behaviour for UndoScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        match intent {
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::Enter => {
                let ticket = ticket(model);
                let (Screen::Undo(screen), Some(campus)) = (&mut model.screen, &model.campus) else {
                    return Vec::new();
                };
                let Some(consent) = screen.code.consent(&campus.site.institution) else { return Vec::new() };
                model.screen =
                    Screen::Writing(WritingScreen { ticket, write: Write::Undo(screen.kind), since: model.now });
                return vec![Effect::Work(Work::Undo { ticket, consent })];
            }
            _ => {
                if let Screen::Undo(screen) = &mut model.screen {
                    scroll(&mut screen.top, intent, screenful);
                }
            }
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::Undo(screen) = &mut model.screen else { return };
        screen.code.edit(change);
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some(self.kind.order().to_owned())
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        Some(&self.code.typed)
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::AsTold
    }
}
