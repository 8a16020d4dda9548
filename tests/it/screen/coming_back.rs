//! The step at which the wizard opens when a user comes back.
use crate::screen::models::{campus_in, drifted, fresh, looked, press, start, ticket_of, written};
use crate::screen::paint::seen;
use last_resort::engine::journal::Activity;
use last_resort::engine::judge::Snapshot;
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
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
