//! A person's word, given or taken back.
use super::reading::ticket;
use super::turn::scroll;
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::model::{Job, Model, Screen, SignOff, Typing, Way};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::page;

/// Opens the sign-off of these values; a remark typed before is still there.
pub(super) fn open(model: &mut Model, way: Way, keys: Vec<FieldKey>) {
    stay(model);
    let held = model.held.sign_off.take().filter(|held| held.keys == keys && held.way == way);
    let fresh = SignOff::of(way, keys);
    model.screen = Screen::SignOff(match held {
        Some(SignOff { note, .. }) => SignOff { note, ..fresh },
        None => fresh,
    });
}

/// Keeps the choice where it is: else it would go on to what needs somebody next once this is done.
pub(super) fn stay(model: &mut Model) {
    let Some(campus) = &mut model.campus else { return };
    let chosen = campus.finding().map(|finding| finding.key.clone());
    campus.places.entry(campus.at).or_default().key = chosen;
}

/// A key on the sign-off.
pub(super) fn in_sign_off(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let (new_ticket, since) = (ticket(model), model.now);
    let Screen::SignOff(screen) = &mut model.screen else { return Vec::new() };
    if screen.job.since().is_some() {
        return Vec::new();
    }
    match intent {
        Intent::Back => {
            model.held.sign_off = Some(screen.clone());
            model.screen = Screen::Steps;
            Vec::new()
        }
        // Who says yes at once means that, and no remark of that word.
        Intent::Enter if screen.typing == Typing::Remark && screen.signs() => {
            screen.yes = std::mem::replace(&mut screen.note, Entry::open(""));
            screen.typing = Typing::Yes;
            in_sign_off(model, Intent::Enter)
        }
        // A remark is read by others for years.
        Intent::Enter | Intent::Next if screen.note.held_a_key() => {
            screen.typing = Typing::Remark;
            screen.refused = Some("Nothing was recorded: a key is no remark. Ctrl-U clears it.".to_owned());
            Vec::new()
        }
        // Somebody who answers the question about the yes, or a menu of before.
        Intent::Enter
            if screen.way == Way::Sign && screen.typing == Typing::Remark && is_an_answer(screen.note.text()) =>
        {
            screen.refused = Some("Nothing was signed: yes signs; a remark is longer than that.".to_owned());
            Vec::new()
        }
        Intent::Enter | Intent::Next if !screen.is_last() => {
            screen.typing = Typing::Yes;
            Vec::new()
        }
        Intent::Previous => {
            screen.typing = Typing::Remark;
            Vec::new()
        }
        Intent::Enter if screen.way == Way::Sign && !screen.signs() => {
            screen.refused = Some(not_yes(screen.yes.text()));
            Vec::new()
        }
        Intent::Enter => {
            screen.job = Job::Asked { ticket: new_ticket, since };
            let note = Some(screen.note.text().trim().to_owned()).filter(|note| !note.is_empty());
            let keys = screen.keys.clone();
            vec![Effect::Work(match screen.way {
                Way::Sign => Work::Attest { ticket: new_ticket, keys, note },
                Way::TakeBack => Work::Revoke { ticket: new_ticket, keys, note },
            })]
        }
        _ => {
            scroll(&mut screen.top, intent, screenful);
            Vec::new()
        }
    }
}

/// Whether this answers something, and says nothing about the values.
fn is_an_answer(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    typed.chars().count() == 1 || matches!(typed.as_str(), "no" | "quit" | "exit" | "back" | "cancel" | "<<")
}

fn not_yes(typed: &str) -> String {
    match typed.trim() {
        "" => "Nothing was signed: type yes first.".to_owned(),
        typed => format!("Nothing was signed: \"{typed}\" is not yes."),
    }
}
