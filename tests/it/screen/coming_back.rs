//! The step at which the wizard opens when a user comes back.
use crate::screen::models::{
    campus_in, done, drifted, fresh, judge, keyless, looked, press, start, ticket_of, written,
};
use crate::screen::paint::seen;
use last_resort::engine::journal::{Activity, LastSession, SessionEnd, UnwatchedWork};
use last_resort::engine::judge::Snapshot;
use last_resort::engine::render::{Details, report_lines};
use last_resort::line::listing;
use last_resort::recipe::StepId;
use last_resort::tui::keys::{Key, enter_words};
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Msg, Ticket};
use last_resort::tui::update::{begin, update};

/// Starts a session and returns the ticket of its first check, which is not answered yet.
fn started(at: Option<StepId>) -> (Model, Ticket) {
    let mut model = Model::on_campus(start(), campus_in("sandbox"), at);
    let ticket = ticket_of(&begin(&mut model));
    (model, ticket)
}

fn arrives(model: &mut Model, ticket: Ticket, snapshot: &Snapshot, trace: Activity) {
    let mut looked = looked(snapshot, &StepId::ALL);
    looked.result.snapshot.journal.trace = trace;
    update(model, Msg::Checked { ticket, result: Ok(Box::new(looked)) });
}

fn at(model: &Model) -> StepId {
    model.campus.as_ref().expect("a campus").at
}

#[test]
fn opens_at_the_first_step_that_is_not_done() {
    for (snapshot, step, words) in [
        (drifted(), StepId::Partner, "Opened at Partner, the first unfinished step."),
        (written(), StepId::Partner, "Opened at Partner, the first unfinished step."),
    ] {
        let (mut model, ticket) = started(None);
        assert_eq!(at(&model), StepId::Connect, "before the first check is answered");
        arrives(&mut model, ticket, &snapshot, Activity::Begun);
        assert_eq!(at(&model), step);
        assert!(seen(&model).contains(words), "{}", seen(&model));
    }
}

#[test]
fn stays_where_nobody_worked_before_or_a_step_was_named() {
    let (mut model, ticket) = started(None);
    arrives(&mut model, ticket, &fresh(), Activity::Untouched);
    assert_eq!((at(&model), model.status.as_deref()), (StepId::Connect, None));
    let (mut model, ticket) = started(Some(StepId::Rota));
    arrives(&mut model, ticket, &drifted(), Activity::Begun);
    assert_eq!((at(&model), model.status.as_deref()), (StepId::Rota, None));
}

#[test]
fn nobody_who_pressed_a_key_is_moved() {
    let (mut model, ticket) = started(None);
    press(&mut model, Key::Tab);
    arrives(&mut model, ticket, &drifted(), Activity::Begun);
    assert_eq!((at(&model), model.status.as_deref()), (StepId::Patrons, None));
    // A later check does not move the user either.
    let (mut model, ticket) = started(None);
    arrives(&mut model, ticket, &fresh(), Activity::Untouched);
    let again = ticket_of(&press(&mut model, Key::Char('R')));
    arrives(&mut model, again, &drifted(), Activity::Begun);
    assert_eq!((at(&model), model.status.as_deref()), (StepId::Connect, None));
}

/// Starts where the last session ended, at the name of the rota template, and returns the ticket of its first check.
fn come_back(end: SessionEnd) -> (Model, Ticket) {
    let mut model = Model::on_campus(start(), campus_in("sandbox"), None);
    let (at, value, when) = (StepId::Rota, Some("rota.name".into()), start().now);
    model.resume(&LastSession { end, at, value, when, write: UnwatchedWork::None, unsent: Vec::new() }, None);
    let ticket = ticket_of(&begin(&mut model));
    (model, ticket)
}

/// What is on the screen: the last screen, or a step and the value selected there.
fn place(model: &Model) -> String {
    let value = model.campus.as_ref().and_then(|campus| campus.finding()).map(|finding| finding.key.to_string());
    if matches!(model.screen, Screen::Finish(_)) { "finish".to_owned() } else { value.unwrap_or_default() }
}

/// Finished first, then missing keys, then the place that was left: one rule, however the last session ended.
#[test]
fn one_rule_says_where_whoever_comes_back_lands() {
    use SessionEnd::{BrokenOff, ByChoice};
    for (end, snapshot, to, words) in [
        (ByChoice, done(), "finish", None),
        (BrokenOff, done(), "finish", Some("Interrupted last time: read again.")),
        (ByChoice, keyless(), "connect.alma_key", Some("Opened at Connect: keys are missing.")),
        (BrokenOff, keyless(), "connect.alma_key", Some("Keys are missing. Interrupted last time: read again.")),
        (ByChoice, drifted(), "rota.name", Some("Back at Rota template, where you left.")),
        (BrokenOff, drifted(), "rota.name", Some("Back at Rota template: read again.")),
    ] {
        let (mut model, ticket) = come_back(end);
        assert_eq!(place(&model), "rota.name", "nothing is claimed before it was read");
        arrives(&mut model, ticket, &snapshot, Activity::Begun);
        assert_eq!((place(&model).as_str(), model.status.as_deref()), (to, words), "{end:?}");

        let (mut model, ticket) = come_back(end);
        press(&mut model, Key::Down);
        let here = place(&model);
        arrives(&mut model, ticket, &snapshot, Activity::Begun);
        assert_eq!(place(&model), here, "{end:?}: nobody who pressed a key is moved");
    }
}

/// What is missing, what follows from it, and the next thing to do, in one place.
#[test]
fn missing_keys_are_named_once_with_what_to_do() {
    let (mut model, ticket) = come_back(SessionEnd::ByChoice);
    arrives(&mut model, ticket, &keyless(), Activity::Begun);
    let note = "The Alma key and the ILLiad key are missing here, so 52 values in 5 steps are unread. Press Enter to set keys.";
    let said: Vec<String> =
        listing(&model).blocks.iter().flat_map(|block| &block.lines).map(|line| line.words.clone()).collect();
    assert!(said.iter().any(|line| line.contains(note)), "{said:#?}");
    assert!(!said.iter().any(|line| line.contains("values: No ")), "said once: {said:#?}");
    assert_eq!(enter_words(&model).as_deref(), Some("set the key"));
    let lines = report_lines(&campus_in("sandbox"), &judge(&keyless(), &StepId::ALL), Details::Folded);
    let last = "The Alma key and the ILLiad key are missing here, so 52 values in 5 steps are unread. To set keys, run last-resort --campus 01CUNY_QC.";
    assert_eq!(lines.last().map(String::as_str), Some(last));
}
