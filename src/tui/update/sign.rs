//! A person's word, given or taken back, and the paste-back that may lead to it.
use super::reading::ticket;
use super::turn::scroll;
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::model::{Job, Model, Screen, SignOff, Way};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::{page, paste};

/// Opens the sign-off of these values; a remark typed before is still there.
pub(super) fn open(model: &mut Model, way: Way, keys: Vec<FieldKey>) {
    let held = model.held.sign_off.take().filter(|held| held.keys == keys && held.way == way);
    let fresh = || SignOff { way, keys, note: Entry::open(""), job: Job::Idle, top: 0 };
    model.screen = Screen::SignOff(held.unwrap_or_else(fresh));
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

/// A key on the paste-back.
pub(super) fn in_paste_back(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let screenful = page::screenful(model);
    let Screen::PasteBack(screen) = &model.screen else { return Vec::new() };
    match intent {
        Intent::Back => {
            model.held.paste = Some(screen.clone());
            model.screen = Screen::Steps;
        }
        Intent::Enter => {
            let keys = paste::offers_sign_off(model, screen);
            if !keys.is_empty() {
                model.held.paste = None;
                open(model, Way::Sign, keys);
            }
        }
        _ => {
            if let Screen::PasteBack(screen) = &mut model.screen {
                scroll(&mut screen.top, intent, screenful);
            }
        }
    }
    Vec::new()
}

/// Takes a whole form that was pasted on the paste-back; whether it was one.
pub(super) fn form_pasted(model: &mut Model, text: &str) -> bool {
    let Screen::PasteBack(screen) = &model.screen else { return false };
    let Some(form) = paste::form(model, &screen.key, text) else { return false };
    if let Screen::PasteBack(screen) = &mut model.screen {
        screen.typed = Entry::open("");
        screen.form = Some(form);
        screen.top = 0;
    }
    true
}
