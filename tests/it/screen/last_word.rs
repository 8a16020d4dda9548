//! The last message after a user leaves while a write is in flight, and what happens to text that was typed and not sent.
use crate::screen::models::{done, drifted, judge, paste, press, read, ticket_of, type_text, written};
use crate::screen::pictures::{undone, writing};
use crate::screen::setups;
use crate::screen::signing::sign;
use last_resort::failure::{Failure, FailureKind};
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Msg, Ticket};
use last_resort::tui::page::last_word;
use last_resort::tui::update::update;
use rstest::rstest;

/// Leaves while the work is in flight, ends it with `ended`, and returns the last message.
fn told(mut model: Model, ended: Msg) -> Option<String> {
    assert_eq!(
        (press(&mut model, Key::Ctrl('c')), last_word(&model)),
        (Vec::new(), None),
        "the work has not ended yet"
    );
    assert_eq!(update(&mut model, ended), [Effect::Quit(130)]);
    last_word(&model)
}

fn failed(ticket: Ticket, kind: FailureKind, what: &str) -> Msg {
    Msg::Applied { ticket, result: Err(Failure::new(kind, what)) }
}

#[rstest]
#[case(
    FailureKind::Network,
    "The outcome of the write to SANDBOX is unknown. The next run reads the record again. Words."
)]
#[case(FailureKind::Refused, "Not written to SANDBOX: Words.")]
fn a_write_that_failed(#[case] kind: FailureKind, #[case] words: &str) {
    let (model, ticket) = writing(&drifted(), StepId::Parameters);
    assert_eq!(told(model, failed(ticket, kind, "Words.")).as_deref(), Some(words));
}

#[test]
fn an_undo_that_failed() {
    let (model, ticket) = undone();
    let result = Err(Failure::new(FailureKind::Refused, "Words."));
    assert_eq!(told(model, Msg::Undone { ticket, result }).as_deref(), Some("Record not restored in SANDBOX: Words."));
}

#[test]
fn who_saw_how_it_ended_is_told_nothing_more() {
    let (mut model, ticket) = writing(&drifted(), StepId::Parameters);
    update(&mut model, failed(ticket, FailureKind::Refused, "Words."));
    assert_eq!(press(&mut model, Key::Ctrl('c')), [Effect::Quit(130)]);
    assert_eq!(last_word(&model), None);
}

#[test]
fn a_sign_off_on_its_way() {
    let mut model = read(&written(), StepId::Rota);
    press(&mut model, Key::Enter);
    let ticket = ticket_of(&sign(&mut model));
    let result = Ok(Box::new(judge(&done(), &[StepId::Rota])));
    assert_eq!(told(model, Msg::Attested { ticket, result }).as_deref(), Some("Signed off by staff."));
}

/// Leaves at once, and returns the last message.
fn left(mut model: Model) -> Option<String> {
    assert!(press(&mut model, Key::Ctrl('c')).contains(&Effect::Quit(130)));
    last_word(&model)
}

#[test]
fn who_leaves_something_typed_is_told_what_became_of_it() {
    let mut sign_off = read(&written(), StepId::Rota);
    press(&mut sign_off, Key::Enter);
    assert_eq!(left(sign_off.clone()), None, "nothing was typed");
    type_text(&mut sign_off, "shown to me");
    assert_eq!(left(sign_off).as_deref(), Some("Nothing was signed off."));
    let mut paste_back = read(&written(), StepId::Rota);
    press(&mut paste_back, Key::Char('p'));
    assert_eq!(left(paste_back.clone()), None);
    paste(&mut paste_back, "ALMA_RAPID");
    assert_eq!(left(paste_back).as_deref(), Some("Nothing was recorded."));
}

#[test]
fn who_leaves_a_set_up_is_told_what_is_kept_of_it() {
    let kept = "Your answers so far are saved for next time; keys are not.";
    assert_eq!(left(setups::campuses()), None, "nothing was answered");
    assert_eq!(left(setups::keyed()).as_deref(), Some(kept));
    let mut practice = setups::keyed();
    practice.practice = Some("fresh".to_owned());
    assert_eq!(left(practice), None);
    // Answers that could not be saved must not be reported as saved.
    let mut lost = setups::review();
    press(&mut lost, Key::Ctrl('c'));
    lost.setup.as_mut().expect("a set-up").kept = None;
    assert_eq!(last_word(&lost).as_deref(), Some("Nothing from this set-up was saved."));
    assert_eq!(left(read(&written(), StepId::Rota)), None);
}
