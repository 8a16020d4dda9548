//! Handles the keys and the answer of the sign-off.
use super::state::{SignOffField, SignOffKind, SignOffScreen};
use crate::engine::journal::UnsentInput;
use crate::engine::judge::Report;
use crate::failure::Failure;
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::keys::Key;
use crate::tui::keys::binding::Binding;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::checks::{merge, ticket};
use crate::tui::parts::leaving::{leave_if_asked, not_recorded};
use crate::tui::parts::scroll::scroll;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange, TextUse};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::ticket::Ticket;

/// Opens the sign-off of these values, with a remark typed before.
pub(in crate::tui) fn open(model: &mut Model, way: SignOffKind, keys: Vec<FieldKey>) {
    stay(model);
    let held = model.held.sign_off.take().filter(|held| held.keys == keys && held.way == way);
    let note = held.map_or_else(|| Entry::open(""), |held| held.note);
    model.screen = Screen::SignOff(SignOffScreen::of(way, keys, note));
}

/// Offers to sign the value off again, with the remark of the sign-off to be corrected or emptied.
fn correct(model: &mut Model) {
    let (Screen::SignOff(screen), Some(campus)) = (&mut model.screen, &model.campus) else { return };
    let given = screen.keys.iter().find_map(|key| campus.find(key)?.verdict.sign_off());
    let note = Entry::open(given.and_then(|given| given.note.as_deref()).unwrap_or_default());
    *screen = SignOffScreen {
        typing: SignOffField::Remark,
        ..SignOffScreen::of(SignOffKind::Sign, screen.keys.clone(), note)
    };
}

/// Keeps the chosen value. Otherwise the choice would move to the next open value after the sign-off.
fn stay(model: &mut Model) {
    let Some(campus) = &mut model.campus else { return };
    let chosen = campus.finding().map(|finding| finding.key.clone());
    campus.places.entry(campus.at).or_default().key = chosen;
}

impl Behaviour for SignOffScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let (new_ticket, since) = (ticket(model), model.now);
        let Screen::SignOff(screen) = &mut model.screen else { return Vec::new() };
        if screen.job.since().is_some() {
            return Vec::new();
        }
        match intent {
            Intent::Back => {
                let kept = !screen.note.text().trim().is_empty() && !screen.note.held_a_key();
                model.status = kept.then(|| "Your remark is kept here until you come back.".to_owned());
                model.held.sign_off = Some(screen.clone());
                model.screen = Screen::Steps(StepsScreen);
            }
            // A user who types yes right away means to sign, not to remark "yes".
            Intent::Enter if screen.typing == SignOffField::Remark && screen.signs() => {
                screen.yes = std::mem::replace(&mut screen.note, Entry::open(""));
                screen.typing = SignOffField::Yes;
                return Self::key(model, Intent::Enter, screenful);
            }
            // Remarks are kept in the journal and read by others, so a key must not get in.
            Intent::Enter | Intent::Next | Intent::Down if screen.note.held_a_key() => {
                screen.typing = SignOffField::Remark;
                screen.refused = Some("Nothing was recorded: the remark held an API key. Ctrl-U clears it.".to_owned());
            }
            // The user answered the question or an earlier menu instead of writing a remark.
            Intent::Enter
                if screen.way == SignOffKind::Sign
                    && screen.typing == SignOffField::Remark
                    && is_an_answer(screen.note.text()) =>
            {
                screen.note = Entry::open("");
                screen.refused = Some("Not signed. Type \"yes\" to sign, or a longer remark.".to_owned());
            }
            Intent::Next if screen.way == SignOffKind::TakeBack => correct(model),
            Intent::Enter | Intent::Next | Intent::Down if !screen.is_last() => screen.typing = SignOffField::Yes,
            Intent::Up if screen.typing == SignOffField::Yes => screen.typing = SignOffField::Remark,
            Intent::Previous => screen.typing = SignOffField::Remark,
            Intent::Enter if screen.way == SignOffKind::Sign && !screen.signs() => {
                screen.refused = Some(not_yes(screen.yes.text()));
            }
            Intent::Enter => {
                screen.job = Job::Asked { ticket: new_ticket, since };
                let note = Some(screen.note.text().trim().to_owned()).filter(|note| !note.is_empty());
                let keys = screen.keys.clone();
                return vec![Effect::Work(match screen.way {
                    SignOffKind::Sign => Work::Attest { ticket: new_ticket, keys, note },
                    SignOffKind::TakeBack => Work::Revoke { ticket: new_ticket, keys, note },
                })];
            }
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        let Screen::SignOff(screen) = &mut model.screen else { return };
        screen.refused = None;
        change(screen.entry_mut());
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        if self.job.since().is_some() {
            return None;
        }
        let words = match self.way {
            _ if !self.is_last() && !self.signs() => "continue",
            SignOffKind::Sign => "sign",
            SignOffKind::TakeBack => "withdraw it",
        };
        Some(words.to_owned())
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        match intent {
            Intent::Next => self.typing == SignOffField::Remark,
            Intent::Previous => self.typing == SignOffField::Yes,
            _ => true,
        }
    }

    fn label(&self, _model: &Model, binding: &Binding) -> &'static str {
        match (binding.intent, self.way) {
            (Intent::Next, SignOffKind::TakeBack) => "correct its remark",
            (Intent::Previous, _) if self.note.is_empty() => "add a remark",
            (Intent::Previous, _) => "correct the remark",
            _ => binding.label,
        }
    }

    fn entry<'a>(&'a self, _model: &'a Model) -> Option<&'a Entry> {
        self.job.since().is_none().then(|| self.entry())
    }

    fn text_use(&self, _model: &Model) -> TextUse {
        match self.typing {
            SignOffField::Remark => TextUse::Answer,
            SignOffField::Yes => TextUse::Consent,
        }
    }

    fn at_stake(&self, _model: &Model) -> AtStake {
        AtStake::SignOff(self.typing)
    }

    /// The arrow keys move between the fields.
    fn wheel_keys(&self) -> [Key; 2] {
        [Key::PageUp, Key::PageDown]
    }

    fn wheel_lines(&self, _model: &Model) -> usize {
        1
    }

    fn is_writing(&self) -> bool {
        self.job.since().is_some()
    }

    fn last_word(&self, _model: &Model) -> Option<String> {
        not_recorded(&self.job)
    }

    fn unsent_word(&self, _model: &Model) -> Option<&'static str> {
        match self.way {
            _ if self.note.is_empty() && self.yes.is_empty() => None,
            SignOffKind::Sign => Some("Nothing was signed off."),
            SignOffKind::TakeBack => Some("No sign-off was withdrawn."),
        }
    }
}

/// Whether the text is an answer to a prompt, such as `n` or `quit`, and not a remark.
fn is_an_answer(typed: &str) -> bool {
    let typed = typed.trim().to_lowercase();
    typed.chars().count() == 1 || matches!(typed.as_str(), "no" | "quit" | "exit" | "back" | "cancel" | "<<")
}

fn not_yes(typed: &str) -> String {
    match typed.trim() {
        "" => "Not signed. Type yes first.".to_owned(),
        typed => format!("Not signed: \"{typed}\" is not yes."),
    }
}

/// Takes the answer to a recording.
pub(in crate::tui) fn attested(model: &mut Model, ticket: Ticket, result: Result<Box<Report>, Failure>) -> Vec<Effect> {
    let Screen::SignOff(screen) = &mut model.screen else { return Vec::new() };
    if !screen.job.awaits(ticket) {
        return Vec::new();
    }
    match result {
        Err(failure) => screen.job = Job::Failed { failure, at: model.now },
        Ok(report) => {
            model.status = Some(match screen.way {
                SignOffKind::Sign => format!("Signed off by {}.", model.user),
                SignOffKind::TakeBack => "Sign-off withdrawn.".to_owned(),
            });
            model.held.sign_off = None;
            model.screen = Screen::Steps(StepsScreen);
            merge(model, &report);
        }
    }
    leave_if_asked(model).unwrap_or_default()
}

/// The remark typed but not recorded, to be kept for the next session. `yes` and API keys are not kept.
pub(in crate::tui) fn unsent(model: &Model) -> Option<UnsentInput> {
    let screen = match &model.screen {
        Screen::SignOff(screen) => screen,
        _ => model.held.sign_off.as_ref()?,
    };
    let text = screen.note.worth_keeping().trim().to_owned();
    (screen.way == SignOffKind::Sign && !text.is_empty())
        .then(|| UnsentInput::Remark { fields: screen.keys.clone(), text })
}
