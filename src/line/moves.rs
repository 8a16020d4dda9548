//! Intents that only move around and change nothing in Alma or ILLiad.
use crate::tui::keys::{self, Key};
use crate::tui::model::Model;
use crate::tui::msg::{Intent, Msg};
use crate::tui::update::update;

/// Returns whether an intent only moves the selection or the view. Line mode prints everything and chooses by number instead.
pub(super) fn moves(intent: Intent) -> bool {
    use Intent::{Down, First, Last, Left, PageDown, PageUp, Right, Up};
    matches!(intent, Up | Down | Left | Right | PageUp | PageDown | First | Last)
}

/// What `<` does: the previous question or step, or else one screen back. `None` if neither leads anywhere.
pub(super) fn back(model: &Model) -> Option<Intent> {
    let bound = |wanted: Key| keys::intent(model, wanted);
    let ways = [bound(Key::BackTab), bound(Key::Esc)];
    ways.into_iter().flatten().find(|way| matches!(way, Intent::Previous | Intent::Back) && leads_on(model, *way))
}

/// Returns whether an intent changes the model.
fn leads_on(model: &Model, intent: Intent) -> bool {
    let mut after = model.clone();
    update(&mut after, Msg::Key(intent));
    after.next_ticket = model.next_ticket;
    after.status.clone_from(&model.status);
    after != *model
}
