//! The first screen, the last one, and the ways between values: what is next, and the search.
use crate::screen::models::{
    campus_in, done, drifted, looked, press, read, shown, start, ticket_of, type_text, written,
};
use crate::screen::paint::{seen, words};
use crate::screen::pictures::Picture;
use crate::screen::signing::sign;
use last_resort::engine::board::BoardRow;
use last_resort::engine::journal::SetUpChange;
use last_resort::engine::judge::Snapshot;
use last_resort::engine::observed::Observation;
use last_resort::engine::results::CheckResult;
use last_resort::line::listing;
use last_resort::recipe::StepId;
use last_resort::tui::keys::{Key, enter_words};
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::Msg;
use last_resort::tui::page::{area, sheet, standing_word};
use last_resort::tui::script::Mark;
use last_resort::tui::update::{begin, update};

/// Starts without a named step, and reads everything.
fn started(snapshot: &Snapshot, environment: &str, welcome: bool) -> Model {
    let mut model = Model::on_campus(start(), campus_in(environment), None);
    if welcome {
        model = model.welcoming();
        model.practice = Some("done".to_owned());
    }
    let ticket = ticket_of(&begin(&mut model));
    let result = Ok(Box::new(looked(snapshot, &StepId::ALL)));
    update(&mut model, Msg::Checked { ticket, result });
    model
}

fn setting_up() -> Model {
    Model::choosing(start(), Vec::new(), None).welcoming()
}

/// The search, with this text in its field.
fn finding(text: &str) -> Model {
    let mut model = read(&drifted(), StepId::Connect);
    press(&mut model, Key::Char('/'));
    type_text(&mut model, text);
    model
}

/// The pictures of these screens, and of their helps.
pub(crate) fn pictures() -> Vec<Picture> {
    let helped = |mut model: Model| {
        press(&mut model, Key::F(1));
        model
    };
    let named = |name: &str, model: Model| (name.to_owned(), model);
    vec![
        named("welcome", setting_up()),
        named("welcome-practice", started(&drifted(), "sandbox", true)),
        named("find", finding("")),
        named("find-words", finding("default LOC")),
        named("find-nothing", finding("no such value")),
        named("finish", started(&done(), "sandbox", false)),
        named("finish-production", started(&done(), "production", false)),
        named("help-welcome", helped(setting_up())),
        named("help-find", helped(finding(""))),
        named("help-finish", helped(started(&done(), "sandbox", false))),
    ]
}

#[test]
fn enter_on_the_first_screen_begins() {
    let mut model = setting_up();
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::SetUp(_)));
    let mut model = started(&drifted(), "sandbox", true);
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::Steps(_)));
}

#[test]
fn the_first_screen_names_all_steps_in_the_smallest_usual_window() {
    let shown = words(&setting_up(), (80, 24));
    for step in &setting_up().recipe().steps {
        assert!(shown.contains(&step.title) && shown.contains(&step.about), "{}: {shown}", step.title);
    }
    assert!(shown.contains("Nothing is written until you type the campus code."), "{shown}");
}

#[test]
fn a_finished_campus_opens_on_the_last_screen_unless_a_step_is_asked_for() {
    assert!(matches!(started(&done(), "sandbox", false).screen, Screen::Finish(_)));
    assert!(matches!(read(&done(), StepId::Rota).screen, Screen::Steps(_)));
    assert!(matches!(started(&written(), "sandbox", false).screen, Screen::Steps(_)));
    let mut practice = started(&done(), "sandbox", true);
    assert!(matches!(practice.screen, Screen::Welcome(_)));
    press(&mut practice, Key::Enter);
    assert!(matches!(practice.screen, Screen::Finish(_)));
}

/// The last sign-off is followed by the last screen, once.
#[test]
fn the_last_thing_done_leads_to_the_last_screen() {
    let mut before = done();
    before.journal.sign_offs.retain(|said| said.key.step() != Some(StepId::Rota));
    let mut model = read(&before, StepId::Rota);
    press(&mut model, Key::Enter);
    let ticket = ticket_of(&sign(&mut model));
    let report = crate::screen::models::judge(&done(), &StepId::ALL);
    update(&mut model, Msg::Attested { ticket, result: Ok(Box::new(report)) });
    assert!(matches!(model.screen, Screen::Finish(_)), "{:?}", model.screen);
    press(&mut model, Key::Esc);
    assert!(matches!(model.screen, Screen::Steps(_)));
    press(&mut model, Key::Down);
    assert!(matches!(model.screen, Screen::Steps(_)), "shown once, and not again");
}

#[test]
fn n_goes_round_all_values_that_need_somebody_and_only_these() {
    let mut model = read(&drifted(), StepId::Connect);
    let open =
        |model: &Model| model.campus.as_ref().and_then(|campus| campus.finding()).map(|finding| finding.key.clone());
    let wanted = {
        let campus = model.campus.as_ref().expect("a campus");
        // A step with something left to do and no value that needs anybody is one more.
        let left = campus.steps.iter().map(|standing| (standing.report.progress(), standing.report.is_settled()));
        left.map(|((done, all), settled)| (all - done).max(usize::from(!settled))).sum::<usize>()
    };
    let mut seen = Vec::new();
    loop {
        press(&mut model, Key::Char('n'));
        let key = open(&model).expect("a value");
        if seen.contains(&key) {
            break;
        }
        seen.push(key);
    }
    assert_eq!(seen.len(), wanted, "{seen:?}");
    press(&mut model, Key::Char('N'));
    assert_eq!(open(&model), seen.last().cloned());
}

/// The end is an end: what opens from the last screen leads back to it, and nothing goes round.
#[test]
fn what_opens_from_a_screen_leads_back_to_it() {
    let summary = crate::screen::pictures::summary(&done());
    for from in [started(&done(), "sandbox", false), summary] {
        for (opens, leaves) in [('w', Key::Enter), ('w', Key::Esc), ('g', Key::Esc)] {
            let mut model = from.clone();
            let ticket = ticket_of(&press(&mut model, Key::Char(opens)));
            if opens == 'w' {
                update(&mut model, crate::screen::errands::hand_off(ticket, &done()));
            }
            assert_ne!(model.screen, from.screen);
            press(&mut model, leaves);
            assert_eq!(model.screen, from.screen, "{opens} {leaves:?}");
        }
    }
    // Trying again after a failure forgets nothing of where it came from.
    let mut model = started(&done(), "sandbox", false);
    for (opens, again) in [('w', Key::Enter), ('g', Key::Enter)] {
        let ticket = ticket_of(&press(&mut model, Key::Char(opens)));
        let failure = || last_resort::failure::Failure::new(last_resort::failure::FailureKind::Refused, "No.");
        let failed = match opens {
            'w' => Msg::HandedOff { ticket, result: Err(failure()) },
            _ => Msg::Gated { ticket, result: Err(failure()) },
        };
        update(&mut model, failed);
        ticket_of(&press(&mut model, again));
        press(&mut model, Key::Esc);
        assert!(matches!(model.screen, Screen::Finish(_)), "{opens}");
    }
}

/// Where only the proof is left, which is no value to enter, `n` leads to it, from every screen about the steps.
#[test]
fn n_leads_to_a_proof_that_is_left_and_says_when_nothing_is() {
    let said = |model: &mut Model, key: char| {
        press(model, Key::Char(key));
        (model.campus.as_ref().map(|campus| campus.at), model.status.clone().unwrap_or_default())
    };
    let mut left = done();
    left.illiad.requests = Observation::Got(Vec::new().into());
    let mut changed = done();
    changed.journal.last_change = Some(SetUpChange::Written(changed.at));
    for left in [left, changed] {
        for key in ['n', 'N'] {
            for mut model in [read(&left, StepId::Rota), crate::screen::pictures::summary(&left)] {
                let at_prove = (Some(StepId::Prove), "Prove, next: run the proof.".to_owned());
                assert_eq!(said(&mut model, key), at_prove);
                let alone = (Some(StepId::Prove), "Nothing else is left. Prove, next: run the proof.".to_owned());
                assert_eq!(said(&mut model, key), alone);
                assert_eq!(enter_words(&model).as_deref(), Some("run the proof"));
            }
        }
    }
    let finish = started(&done(), "sandbox", false);
    for mut model in [read(&done(), StepId::Rota), crate::screen::pictures::summary(&done()), finish] {
        let before = model.screen.clone();
        for key in ['n', 'N'] {
            assert_eq!(said(&mut model, key).1, "Nothing is left to do.");
        }
        assert_eq!(model.screen, before);
        let prompt = last_resort::line::prompt(&model);
        let last_resort::line::PromptAnswer::Send(messages) = last_resort::line::answer(&model, &prompt, "n") else {
            panic!("line mode does not know n")
        };
        model.status = None;
        messages.into_iter().for_each(|message| drop(update(&mut model, message)));
        assert_eq!(model.status.as_deref(), Some("Nothing is left to do."));
    }
}

/// The heading of a step counts what is open, problems first, and `n` says what is wrong with the value it leads to.
#[test]
fn what_is_open_is_counted_and_n_says_what_is_wrong() {
    let mut model = read(&drifted(), StepId::Parameters);
    let title = |model: &Model| listing(model).title;
    assert!(title(&model).contains(", 2 differ, OLS, "), "{}", title(&model));
    let mut said = || {
        press(&mut model, Key::Char('n'));
        model.status.clone().unwrap_or_default()
    };
    assert_eq!(said(), "Close Request When Exported: differs, found Checked, wanted Not checked.");
    assert_eq!(said(), "Rota template, Code: not signed off yet (no API).");
    assert!(title(&read(&drifted(), StepId::Partner)).contains(", 3 waiting, OLS, "));
    assert!(title(&read(&done(), StepId::Connect)).contains(", verified, "));
}

#[test]
fn the_search_leads_to_a_value_by_name_key_or_text() {
    for (text, key) in
        [("url", "parameters.export.url"), ("QUEUE_NAME", "illiad.queue.queue_name"), ("reserve fallback", "")]
    {
        let mut model = finding(text);
        press(&mut model, Key::Enter);
        let found = model.campus.as_ref().and_then(|campus| campus.finding()).map(|finding| finding.key.to_string());
        match key {
            "" => assert!(matches!(model.screen, Screen::Find(_)), "nothing to go to"),
            key => assert_eq!(found.as_deref(), Some(key)),
        }
    }
}

#[test]
fn whoever_quits_is_told_where_things_stand() {
    let words = standing_word(&read(&written(), StepId::Rota)).expect("read");
    assert!(words.contains("Next: Partner (OLS)."), "{words}");
    let words = standing_word(&read(&done(), StepId::Rota)).expect("read");
    assert!(words.ends_with("until you go live."), "{words}");
    assert_eq!(standing_word(&setting_up()), None);
}

/// Only Prove is left, where nothing was seen yet: Enter leads there, and not to going live.
#[test]
fn the_summary_leads_to_whatever_is_left() {
    let mut left = done();
    left.illiad.requests = Observation::Got(Vec::new().into());
    let mut model = crate::screen::pictures::summary(&left);
    assert_eq!(enter_words(&model).as_deref(), Some("go to Prove"));
    press(&mut model, Key::Enter);
    assert_eq!(model.campus.as_ref().map(|campus| campus.at), Some(StepId::Prove));
    let mut contradicted = shown(&done(), "rule.enabled", "Enabled");
    for said in &mut contradicted.journal.sign_offs {
        said.when += jiff::SignedDuration::from_secs(60);
    }
    let mut model = crate::screen::pictures::summary(&contradicted);
    assert_eq!(enter_words(&model).as_deref(), Some("go to Rota rule"), "evidence contradicts a sign-off");
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::Steps(_)));
    let mut model = crate::screen::pictures::summary(&done());
    assert_eq!(enter_words(&model).as_deref(), Some("finish"));
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::Finish(_)));
}

#[test]
fn a_step_that_is_meant_to_fail_in_practice_says_so() {
    let words = "Practice: in this world the step is meant to fail.";
    let mut model = read(&written(), StepId::Parameters);
    let flat = |model: &Model| {
        seen(model).lines().filter_map(|line| line.get(20..)).map(str::trim).collect::<Vec<_>>().join(" ")
    };
    assert!(!flat(&model).contains(words));
    model.meant_to_fail = vec![StepId::Parameters];
    assert!(flat(&model).contains(words), "{}", seen(&model));
    let said = listing(&model).blocks;
    assert!(said.iter().flat_map(|block| &block.lines).any(|line| line.words.contains(words)), "{said:?}");
}

/// A proof is of the set-up as it was then. What was changed since leaves one thing to do, and Enter does it.
#[test]
fn a_proof_from_before_the_last_change_is_no_finish() {
    let mut changed = done();
    changed.journal.last_change = Some(SetUpChange::Written(changed.at));
    assert!(!matches!(started(&changed, "sandbox", false).screen, Screen::Finish(_)));
    let mut model = crate::screen::pictures::summary(&changed);
    assert!(seen(&model).contains("proved before the last change; prove"), "{}", seen(&model));
    assert_eq!(enter_words(&model).as_deref(), Some("go to Prove"));
    press(&mut model, Key::Enter);
    assert_eq!(enter_words(&model).as_deref(), Some("run the proof"));
    assert!(seen(&model).contains("to prove again"), "{}", seen(&model));
}

/// Whoever looks up a finished step is told first that nothing is to be done, and not how to do it.
#[test]
fn a_finished_step_says_so_first() {
    for (step, words) in [
        (StepId::Parameters, "Nothing to do here: all 24 values are as wanted."),
        (StepId::Rota, "Nothing to do here: all 5 values are signed off."),
        (StepId::Partner, "Nothing to do here: 13 values are as wanted, 3 signed off."),
    ] {
        let said = |snapshot: &Snapshot| {
            let said = listing(&read(snapshot, step)).blocks;
            said.iter().flat_map(|block| &block.lines).map(|line| line.words.clone()).collect::<Vec<_>>()
        };
        let lines = said(&done());
        assert!(lines.iter().any(|line| line.contains(words)), "{lines:#?}");
        assert!(!lines.iter().any(|line| line.starts_with("Do ")), "{lines:#?}");
        assert!(!said(&drifted()).iter().any(|line| line.contains("Nothing to do here")), "{step:?}");
    }
}

/// A proof from before the last change is marked as one to be made again, on the steps and on the board.
#[test]
fn a_proof_from_before_the_last_change_has_no_tick() {
    let mut changed = done();
    changed.journal.last_change = Some(SetUpChange::Written(changed.at));
    for (snapshot, mark, kept) in [(done(), Mark::Same, true), (changed, Mark::Waiting, false)] {
        let model = read(&snapshot, StepId::Prove);
        let sheet = sheet(&model, area(&model));
        let proved =
            sheet.body.iter().find(|row| row.words().contains("Routing")).and_then(last_resort::tui::row::Row::mark);
        assert_eq!(proved, Some(mark));
        let (report, site) = (crate::screen::models::judge(&snapshot, &StepId::ALL), campus_in("sandbox"));
        let checked = CheckResult { snapshot, report, changed: Vec::new(), remarks: Vec::new() };
        let prove = BoardRow::of(&site, &checked).steps.into_iter().find(|step| step.id == StepId::Prove);
        let prove = prove.expect("a step");
        assert_eq!((prove.is_done(), prove.wait.is_none()), (kept, kept));
    }
}

/// Two values with one label are told apart wherever the heading above them is not shown.
#[test]
fn values_of_one_label_are_told_apart() {
    let model = read(&done(), StepId::Connect);
    let campus = model.campus.as_ref().expect("a campus");
    let mut labels: Vec<&str> = campus.here().report.findings.iter().map(|finding| finding.label.as_str()).collect();
    labels.sort_unstable();
    let all = labels.len();
    labels.dedup();
    assert_eq!(labels.len(), all, "{labels:?}");
    assert!(labels.contains(&"Check-Out Item: Default location"), "{labels:?}");
    let shown = words(&finding("default loc"), (80, 24));
    assert!(shown.contains("Accept Item: Default location"), "{shown}");
}

/// Practice says of nothing that it was checked, and of nothing that it was asked.
#[test]
fn nothing_is_claimed_that_was_not_done() {
    let mut model = read(&written(), StepId::Rota);
    model.practice = Some("fresh".to_owned());
    press(&mut model, Key::Enter);
    let shown = seen(&model);
    assert!(matches!(model.screen, Screen::SignOff(_)) && !shown.contains("you checked"), "{shown}");
    let mut model = read(&crate::screen::models::keyless(), StepId::Connect);
    press(&mut model, Key::Char('i'));
    let shown = words(&model, (80, 24));
    assert!(shown.contains("Nothing was asked") && !shown.contains("asked:"), "{shown}");
}

/// What the step says, the value does not say once more.
#[test]
fn the_patrons_are_told_once_what_a_difference_leads_to() {
    let shown = words(&read(&drifted(), StepId::Patrons), (120, 40));
    assert_eq!(shown.matches("second account").count(), 1, "{shown}");
}

/// In a large window the sentence about a plan stands beside its values.
#[test]
fn a_plan_and_its_explanation_stand_side_by_side() {
    let mut model = crate::screen::pictures::planned(&drifted(), StepId::Parameters);
    for (size, beside) in [((120, 30), true), ((80, 24), false)] {
        update(&mut model, Msg::Resize(size.0, size.1));
        assert_eq!(!sheet(&model, area(&model)).side.is_empty(), beside, "{size:?}");
    }
}
