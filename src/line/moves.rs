//! Intents that lead on without doing anything to the two systems.
use crate::tui::keys::{self, Key};
use crate::tui::model::Model;
use crate::tui::msg::{Intent, Msg};
use crate::tui::update::update;

/// Whether an intent only moves what is in sight or chosen: here everything is in sight, and numbers choose.
pub(super) fn moves(intent: Intent) -> bool {
    use Intent::{Down, First, Last, Left, PageDown, PageUp, Right, Up};
    matches!(intent, Up | Down | Left | Right | PageUp | PageDown | First | Last)
}

/// What `<` means: the question or step before, else back; none where that leads nowhere.
pub(super) fn back(model: &Model) -> Option<Intent> {
    let bound = |wanted: Key| keys::intent(model, wanted);
    let ways = [bound(Key::BackTab), bound(Key::Esc)];
    ways.into_iter().flatten().find(|way| matches!(way, Intent::Previous | Intent::Back) && leads_on(model, *way))
}

/// Whether an intent changes anything.
fn leads_on(model: &Model, intent: Intent) -> bool {
    let mut after = model.clone();
    update(&mut after, Msg::Key(intent));
    after.next_ticket = model.next_ticket;
    after.status.clone_from(&model.status);
    after != *model
}
