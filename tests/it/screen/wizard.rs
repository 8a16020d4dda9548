//! What the wizard does, tested through messages alone: what it sends and does not send, what it keeps, and when it exits.
use crate::screen::models::{
    done, drifted, fresh, judge, looked, opened, paste, plan_of, press, read, shown, ticket_of, type_text, typed,
    written,
};
use crate::screen::pictures::{all, choose, ended, planned, planning, summary, undo, undone, writing};
use crate::screen::setups;
use last_resort::engine::observed::{Observation, UnreadKind, UnreadReason};
use last_resort::engine::plan::WriteResult;
use last_resort::engine::results::ApplyResult;
use last_resort::failure::{Failure, FailureKind};
use last_resort::recipe::{BLANK, Expectation, KeySlot, Recipe, StepId};
use last_resort::site::CampusField;
use last_resort::tui::key_store::KeyStore;
use last_resort::tui::keys::{self, Key};
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Effect, Msg, StoredCampus, SystemsAnswer, Ticket, Work};
use last_resort::tui::screen::{outcome::WriteEnd, steps::StepsScreen};
use last_resort::tui::setup::{Question, SetupPage};
use last_resort::tui::update::update;
use rstest::rstest;

/// Returns the key of the selected value.
fn chosen(model: &Model) -> String {
    let finding = model.campus.as_ref().and_then(|campus| campus.finding()).expect("a value is chosen");
    finding.key.as_str().to_owned()
}

fn applied(ticket: Ticket) -> Msg {
    let changes = plan_of(&drifted(), &[StepId::Parameters]).changes;
    let results = changes.into_iter().map(|change| (change, WriteResult::Written)).collect();
    let report = judge(&written(), &[StepId::Parameters]);
    let (plan, remarks, failure, snapshot) = (String::new(), Vec::new(), None, written());
    let applied = ApplyResult { plan, results, report, snapshot, remarks, failure };
    Msg::Applied { ticket, result: Ok(Box::new(applied)) }
}

#[test]
fn the_answer_to_an_older_check_changes_nothing() {
    let (mut model, first) = opened(StepId::Partner);
    let second = press(&mut model, Key::Char('R'));
    let before = model.clone();
    let late = Msg::Checked { ticket: ticket_of(&first), result: Ok(Box::new(looked(&drifted(), &StepId::ALL))) };
    assert_eq!(update(&mut model, late), []);
    assert_eq!(model, before);
    let now = Msg::Checked { ticket: ticket_of(&second), result: Ok(Box::new(looked(&done(), &StepId::ALL))) };
    assert_eq!(update(&mut model, now), []);
    assert!(model.campus.as_ref().is_some_and(|campus| campus.here().read.is_some()));
}

#[test]
fn the_answer_to_an_older_plan_changes_nothing() {
    let (mut model, first) = planning(&drifted(), StepId::Parameters);
    press(&mut model, Key::Esc);
    let second = ticket_of(&press(&mut model, Key::Enter));
    let before = model.clone();
    let plan = || Ok(Box::new(plan_of(&drifted(), &[StepId::Parameters])));
    assert_eq!(update(&mut model, Msg::Planned { ticket: first, result: plan() }), []);
    assert_eq!(model, before);
    assert_eq!(update(&mut model, Msg::Planned { ticket: second, result: plan() }), []);
    assert!(model.entry().is_some(), "the plan asks for the code");
}

#[test]
fn the_answer_to_another_write_ends_nothing() {
    let (mut model, ticket) = writing(&drifted(), StepId::Parameters);
    let before = model.clone();
    assert_eq!(update(&mut model, applied(Ticket(ticket.0 + 1))), []);
    let undone = Ok(Box::new(("Put back.".to_owned(), judge(&drifted(), &StepId::ALL))));
    assert_eq!(update(&mut model, Msg::Undone { ticket: Ticket(0), result: undone }), []);
    assert_eq!(model, before);
}

#[test]
fn what_both_systems_said_to_an_older_answer_is_dropped() {
    let (mut model, first) = setups::systems();
    setups::focus(&mut model, Question::Slot(CampusField::IlliadUrl));
    press(&mut model, Key::Ctrl('u'));
    type_text(&mut model, "https://other.illiad.oclc.org/illiadwebplatform");
    let second = press(&mut model, Key::Tab);
    let before = model.clone();
    let ticket = setups::asked(&first).expect("asked");
    update(&mut model, Msg::SystemsAnswered { ticket, result: Ok(Box::new(setups::explored())) });
    assert_eq!(model, before);
    setups::answer(&mut model, &second, Ok(setups::explored_wrong()));
    assert_ne!(model, before);
}

#[test]
fn what_was_said_to_a_key_is_not_shown_beside_another_one() {
    let mut model = setups::keyed();
    assert!(crate::screen::paint::seen(&model).contains("accepted by ILLiad"));
    press(&mut model, Key::BackTab);
    press(&mut model, Key::Ctrl('u'));
    paste(&mut model, "a-key-that-was-never-tried");
    assert!(!crate::screen::paint::seen(&model).contains("accepted by ILLiad"));
}

#[test]
fn a_key_that_alma_could_not_use_is_named_before_anything_is_stored() {
    const EXPORT: &str = "9c8b7a65-4d3e-4f21-8a9b-0c1d2e3fa9f8";
    let refused = || SystemsAnswer {
        export_key: Observation::Unread(UnreadReason::new(
            UnreadKind::KeyRefused,
            "ILLiad refuses the key",
            "paste the right one",
        )),
        ..setups::explored()
    };
    let mut model = setups::keyed();
    setups::focus(&mut model, Question::Key(KeySlot::Export));
    paste(&mut model, EXPORT);
    let effects = press(&mut model, Key::PageDown);
    let tried = effects.iter().find_map(|effect| match effect {
        Effect::Work(Work::Explore { keys, .. }) => Some(keys.iter().map(|(slot, _)| *slot).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(tried, Some(KeySlot::ALL.to_vec()), "every typed key is tested");
    setups::answer(&mut model, &effects, Ok(refused()));
    setups::focus(&mut model, Question::Slot(CampusField::AlmaLibrary));
    let effects = press(&mut model, Key::Enter);
    setups::answer(&mut model, &effects, Ok(refused()));
    press(&mut model, Key::PageDown);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("✗ Key for Alma's export") && seen.contains("ILLiad refuses the key"), "{seen}");
    assert!(!seen.contains(EXPORT), "{seen}");
}

#[test]
fn keys_pressed_while_reading_are_kept() {
    let (mut model, effects) = opened(StepId::Parameters);
    choose(&mut model, "parameters.export.url");
    let result = Ok(Box::new(looked(&written(), &StepId::ALL)));
    update(&mut model, Msg::Checked { ticket: ticket_of(&effects), result });
    assert_eq!(chosen(&model), "parameters.export.url");
    let again = ticket_of(&press(&mut model, Key::Char('r')));
    press(&mut model, Key::Char('u'));
    type_text(&mut model, "01CUNY");
    let result = Ok(Box::new(looked(&drifted(), &[StepId::Parameters])));
    update(&mut model, Msg::Checked { ticket: again, result });
    assert_eq!(typed(&model), "01CUNY");
}

#[rstest]
#[case::nothing("")]
#[case::a_part("01CUNY_Q")]
#[case::more("01CUNY_QC1")]
#[case::a_blank_before(" 01CUNY_QC")]
#[case::a_blank_after("01CUNY_QC ")]
#[case::another_campus("01CUNY_BC")]
#[case::the_environment("SANDBOX")]
fn a_wrong_code_sends_nothing(#[case] code: &str) {
    for mut model in [planned(&drifted(), StepId::Parameters), undo(false).0] {
        type_text(&mut model, code);
        assert_eq!(press(&mut model, Key::Enter), []);
        assert_eq!(typed(&model), code, "the typed text stays");
        assert!(crate::screen::paint::seen(&model).contains("Nothing was sent"));
    }
}

#[test]
fn the_exact_code_and_nothing_else_writes_the_plan_that_was_shown() {
    let mut model = planned(&drifted(), StepId::Parameters);
    let shown = plan_of(&drifted(), &[StepId::Parameters]);
    assert_eq!(type_text(&mut model, "01CUNY_QC"), []);
    match press(&mut model, Key::Enter).as_slice() {
        [Effect::Work(Work::Apply { plan, .. })] => {
            assert_eq!(plan.digest(), shown.digest());
            assert_eq!(plan.steps, [StepId::Parameters]);
        }
        other => panic!("one write, not {other:?}"),
    }
    assert_eq!(press(&mut model, Key::Enter), [], "a second Enter writes nothing");
}

#[test]
fn an_undo_is_asked_for_with_the_code_and_once() {
    let (mut model, _) = undo(false);
    type_text(&mut model, "01cuny_qc");
    let effects = press(&mut model, Key::Enter);
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::Undo { .. })]), "{effects:?}");
    assert_eq!(press(&mut model, Key::Enter), []);
}

#[test]
fn an_undo_that_ended_is_shown_and_everything_read_again() {
    let (mut model, ticket) = undone();
    let result = Ok(Box::new(("Put back.".to_owned(), judge(&drifted(), &StepId::ALL))));
    let effects = update(&mut model, Msg::Undone { ticket, result });
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::Check { steps, .. })] if *steps == StepId::ALL));
    assert!(matches!(&model.screen, Screen::Outcome(outcome) if matches!(outcome.ended, WriteEnd::Undone(_))));
}

#[test]
fn a_plan_whose_record_changed_leads_to_a_new_plan() {
    let (mut model, ticket) = writing(&drifted(), StepId::Parameters);
    let failure = Failure::new(FailureKind::Changed, "The record changed in Alma; nothing was sent.");
    update(&mut model, Msg::Applied { ticket, result: Err(failure) });
    let effects = press(&mut model, Key::Enter);
    assert!(
        matches!(effects.as_slice(), [Effect::Work(Work::MakePlan { steps, .. })] if *steps == [StepId::Parameters])
    );
    assert_eq!(typed(&model), "", "consent to the old plan does not cover the new one");
}

#[test]
fn esc_keeps_what_was_typed() {
    let mut model = read(&written(), StepId::Rota);
    press(&mut model, Key::Enter);
    type_text(&mut model, "seen on the screen");
    press(&mut model, Key::Esc);
    press(&mut model, Key::Enter);
    press(&mut model, Key::BackTab);
    assert_eq!(typed(&model), "seen on the screen");
    press(&mut model, Key::Esc);
    press(&mut model, Key::Char('p'));
    paste(&mut model, "ILL");
    press(&mut model, Key::Esc);
    press(&mut model, Key::Char('p'));
    assert_eq!(typed(&model), "ILL");
    let mut model = setups::places();
    type_text(&mut model, "QC");
    press(&mut model, Key::Esc);
    assert_eq!(setups::page(&model), SetupPage::Systems);
    press(&mut model, Key::PageDown);
    setups::focus(&mut model, Question::Slot(CampusField::AlmaLibrary));
    assert_eq!(typed(&model), "QC");
}

#[test]
fn one_of_several_campuses_is_opened_at_the_step_named_and_read() {
    let mut model = setups::several();
    type_text(&mut model, "queens c");
    let effects = press(&mut model, Key::Enter);
    let ticket = match effects.as_slice() {
        [Effect::Work(Work::OpenCampus { ticket, code, .. })] => {
            assert_eq!(code.as_str(), "01CUNY_QC");
            *ticket
        }
        other => panic!("the campus is opened, not {other:?}"),
    };
    assert_eq!(press(&mut model, Key::Enter), [], "once");
    let site = crate::screen::models::campus_in("sandbox");
    let saved = StoredCampus { site, cards: Vec::new(), keys_words: Vec::new(), store: KeyStore::Untold, last: None };
    let effects = update(&mut model, Msg::CampusStored { ticket, result: Ok(Box::new(saved)) });
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::Check { steps, .. })] if *steps == StepId::ALL));
    assert_eq!((model.screen, model.status), (Screen::Steps(StepsScreen), None));
    assert_eq!(model.campus.map(|campus| campus.at), Some(StepId::Rota));
}

/// If no key store can keep the keys, the set-up says so before and after Enter; otherwise it does not mention it.
#[rstest]
#[case::nowhere(KeyStore::Nowhere("a test".to_owned()), "save all but the keys", "Saved, except the keys: they are used only until you quit.")]
#[case::kept(KeyStore::Keeps("a test".to_owned()), "save", "Saved.")]
fn a_set_up_says_whether_its_keys_are_kept(#[case] store: KeyStore, #[case] enter: &str, #[case] told: &str) {
    let mut model = setups::review();
    model.setup.as_mut().expect("a set-up").store = store.clone();
    assert_eq!(keys::enter_words(&model).as_deref(), Some(enter));
    let ticket = ticket_of(&press(&mut model, Key::Enter));
    let site = crate::screen::models::campus_in("sandbox");
    let saved = StoredCampus { site, cards: Vec::new(), keys_words: Vec::new(), store, last: None };
    update(&mut model, Msg::CampusStored { ticket, result: Ok(Box::new(saved)) });
    assert_eq!(model.status.as_deref(), Some(told));
}

#[test]
fn a_campus_that_does_not_open_leaves_the_list_and_another_may_be_set_up() {
    let mut model = setups::several();
    let ticket = ticket_of(&press(&mut model, Key::Enter));
    let failure = Failure::new(FailureKind::CampusFile, "The file has problems.");
    assert_eq!(update(&mut model, Msg::CampusStored { ticket, result: Err(failure) }), []);
    type_text(&mut model, "lehman");
    press(&mut model, Key::Enter);
    assert_eq!(setups::page(&model), SetupPage::Systems);
}

#[test]
fn a_library_typed_or_picked_before_is_not_taken_for_the_first_of_the_list() {
    let mut model = setups::places();
    type_text(&mut model, "MUSIC");
    press(&mut model, Key::Enter);
    let library = |model: &Model| model.setup.as_ref().map(|setup| setup.draft.get(CampusField::AlmaLibrary));
    assert_eq!(library(&model).as_deref(), Some("MUSIC"));
    press(&mut model, Key::BackTab);
    press(&mut model, Key::Enter);
    assert_eq!(library(&model).as_deref(), Some("MUSIC"));
    press(&mut model, Key::BackTab);
    press(&mut model, Key::Down);
    press(&mut model, Key::Up);
    press(&mut model, Key::Up);
    press(&mut model, Key::Enter);
    assert_eq!(library(&model).as_deref(), Some("MAIN"), "arrows choose another library");
}

#[test]
fn a_paste_never_submits_and_never_leaves() {
    for (name, mut model) in all() {
        let screen = std::mem::discriminant(&model.screen);
        let effects = paste(&mut model, "01CUNY_QC\r\n\n\u{3}\u{1b}q");
        assert_eq!(effects, [], "{name}");
        assert_eq!(std::mem::discriminant(&model.screen), screen, "{name}");
    }
    let mut model = planned(&drifted(), StepId::Parameters);
    paste(&mut model, "01CUNY_QC\n");
    assert_eq!(typed(&model), "01CUNY_QC");
}

#[test]
fn where_text_is_typed_every_letter_is_text() {
    let mut typing = 0;
    for (name, model) in all().into_iter().filter(|(_, model)| model.entry().is_some()) {
        typing += 1;
        for letter in ['q', '?', 'r', 'R', 'c', 'C', 'p', 'a', 'u', 'j', 'k', ' '] {
            let mut model = model.clone();
            let before = model.clone();
            assert_eq!(press(&mut model, Key::Char(letter)), [], "{name} {letter}");
            assert!(model != before, "{name}: {letter} was not typed");
        }
    }
    assert!(typing > 10);
}

#[test]
fn ctrl_c_leaves_from_anywhere_but_finishes_a_write_first() {
    for (name, mut model) in all().into_iter().filter(|(_, model)| !model.writing()) {
        let (last, first) =
            press(&mut model, Key::Ctrl('c')).split_last().map(|(l, f)| (l.clone(), f.to_vec())).expect(&name);
        assert_eq!(last, Effect::Quit(130), "{name}");
        assert!(first.iter().all(|effect| matches!(effect, Effect::KeepSetup(_))), "{name}: {first:?}");
    }
    let (mut model, ticket) = writing(&drifted(), StepId::Parameters);
    assert_eq!(press(&mut model, Key::Ctrl('c')), []);
    assert!(crate::screen::paint::seen(&model).contains("Finishing the write, then quitting."));
    assert_eq!(update(&mut model, Msg::Leave(143)), [], "the write is still in flight");
    assert_eq!(update(&mut model, applied(ticket)), [Effect::Quit(130)], "the first exit code counts");
}

#[test]
fn leaving_waits_for_a_sign_off_and_for_a_campus_being_stored() {
    let mut model = read(&written(), StepId::Rota);
    press(&mut model, Key::Enter);
    let ticket = ticket_of(&crate::screen::signing::sign(&mut model));
    assert_eq!(update(&mut model, Msg::Leave(143)), []);
    let result = Ok(Box::new(judge(&done(), &[StepId::Rota])));
    assert_eq!(update(&mut model, Msg::Attested { ticket, result }), [Effect::Quit(143)]);
    let mut model = setups::review();
    let ticket = ticket_of(&press(&mut model, Key::Enter));
    assert_eq!(press(&mut model, Key::Char('q')), []);
    let result = Err(Failure::new(FailureKind::Key, "The key store is locked."));
    assert_eq!(update(&mut model, Msg::CampusStored { ticket, result }), [Effect::Quit(0)]);
}

/// Returns what Enter sends to be recorded, field by field.
fn recorded(effects: &[Effect]) -> Vec<(&str, &str)> {
    match effects {
        [] => Vec::new(),
        [Effect::Work(Work::Show { fields, .. })] => {
            fields.iter().map(|(key, got)| (key.as_str(), got.as_str())).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_value_pasted_back_is_recorded_as_it_stands_equal_or_not() {
    let mut model = read(&written(), StepId::Illiad);
    choose(&mut model, "illiad.routing.match_string");
    let want = model.campus.as_ref().and_then(|c| c.finding()).and_then(|f| f.want.clone()).expect("a value");
    press(&mut model, Key::Char('p'));
    assert_eq!(recorded(&press(&mut model, Key::Enter)), [], "nothing was pasted");
    let curly = want.replace('\'', "\u{2019}");
    paste(&mut model, &curly);
    let effects = press(&mut model, Key::Enter);
    assert_eq!(recorded(&effects), [("illiad.routing.match_string", curly.as_str())]);
    // Until the answer arrives, keys do nothing.
    for key in [Key::Enter, Key::Char('x'), Key::Esc] {
        assert_eq!(press(&mut model, key), [], "{key:?}");
    }
    assert!(matches!(model.screen, Screen::PasteBack(_)));
    let late =
        Msg::EvidenceRecorded { ticket: Ticket(9_999), result: Ok(Box::new(judge(&written(), &[StepId::Illiad]))) };
    assert_eq!(update(&mut model, late), []);
    assert!(matches!(model.screen, Screen::PasteBack(_)), "an unknown ticket changes nothing");
    let shown = shown(&written(), "illiad.routing.match_string", &curly);
    let result = Ok(Box::new(judge(&shown, &[StepId::Illiad])));
    update(&mut model, Msg::EvidenceRecorded { ticket: ticket_of(&effects), result });
    assert!(matches!(model.screen, Screen::Steps(StepsScreen)));
    assert!(
        model.status.as_ref().is_some_and(|status| status.contains("1 value that differs from what is wanted.")),
        "{:?}",
        model.status
    );
    let finding = model.campus.as_ref().and_then(|c| c.finding()).expect("a value");
    assert_eq!((finding.verdict.as_str(), finding.got.as_deref()), ("differs", Some(curly.as_str())));
    press(&mut model, Key::Char('p'));
    assert_eq!(typed(&model), "", "recorded text is cleared");
}

#[test]
fn a_form_pasted_back_is_recorded_field_by_field_and_esc_keeps_it() {
    for (step, key, form, expected) in [
        (
            StepId::Rota,
            "rota.code",
            "Code: ILLiad\nType: Ordered\n",
            vec![("rota.code", "ILLiad"), ("rota.type", "Ordered")],
        ),
        (
            StepId::Rule,
            "rule.name",
            "Operator\t=\nValue\tPhysical\n",
            vec![("rule.input.operator", "="), ("rule.input.value", "Physical")],
        ),
        (
            StepId::Illiad,
            "illiad.queue.nvtgc",
            "QueueName: x\nNVTGC: ILL\n",
            vec![("illiad.queue.nvtgc", "ILL"), ("illiad.queue.queue_name", "x")],
        ),
        // For the partner only the fields without an API are recorded.
        (
            StepId::Partner,
            "partner.alternate_symbol",
            "Code: other\nDefault partner: Not checked\n",
            vec![("partner.default_partner", "Not checked")],
        ),
    ] {
        let mut model = read(&written(), step);
        choose(&mut model, key);
        press(&mut model, Key::Char('p'));
        paste(&mut model, form);
        press(&mut model, Key::Esc);
        assert!(matches!(model.screen, Screen::Steps(StepsScreen)));
        press(&mut model, Key::Char('p'));
        assert_eq!(recorded(&press(&mut model, Key::Enter)), expected, "{key}");
    }
}

#[test]
fn a_value_that_an_api_tells_is_compared_and_never_recorded() {
    let mut model = read(&written(), StepId::Partner);
    choose(&mut model, "partner.name");
    press(&mut model, Key::Char('p'));
    paste(&mut model, "ILLiad");
    assert_eq!(press(&mut model, Key::Enter), []);
    assert!(matches!(model.screen, Screen::PasteBack(_)));
}

#[test]
fn whoever_leaves_while_it_is_recorded_waits_for_the_journal() {
    let mut model = read(&written(), StepId::Rota);
    choose(&mut model, "rota.code");
    press(&mut model, Key::Char('p'));
    paste(&mut model, "ILLiad");
    let ticket = ticket_of(&press(&mut model, Key::Enter));
    assert_eq!(press(&mut model, Key::Ctrl('c')), [], "the recording is finished first");
    let result = Err(Failure::new(FailureKind::Files, "no space left"));
    assert_eq!(update(&mut model, Msg::EvidenceRecorded { ticket, result }), [Effect::Quit(130)]);
}

#[test]
fn r_reads_this_step_and_shift_r_all_of_them() {
    let mut model = read(&written(), StepId::Rota);
    let effects = press(&mut model, Key::Char('r'));
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::Check { steps, .. })] if *steps == [StepId::Rota]));
    let effects = press(&mut model, Key::Char('R'));
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::Check { steps, .. })] if *steps == StepId::ALL));
    let readings = &model.campus.as_ref().expect("a campus").readings;
    assert_eq!(readings.len(), 1, "the check of all steps includes the check of one");
    let mut model = summary(&written());
    assert!(matches!(press(&mut model, Key::Char('R')).as_slice(), [Effect::Work(Work::Check { .. })]));
}

#[test]
fn tab_goes_through_the_steps_in_the_recipes_order() {
    let wanted: Vec<StepId> = Recipe::embedded().steps.iter().map(|step| step.id).collect();
    let (mut model, _) = opened(wanted[0]);
    let at = |model: &Model| model.campus.as_ref().map(|campus| campus.at).expect("a campus");
    let mut seen = Vec::new();
    while model.screen == Screen::Steps(StepsScreen) {
        seen.push(at(&model));
        assert!(seen.len() <= wanted.len(), "{seen:?}");
        press(&mut model, Key::Tab);
    }
    assert_eq!(seen, wanted);
    assert!(matches!(model.screen, Screen::Summary(_)));
    let mut back = Vec::new();
    for _ in &wanted {
        press(&mut model, Key::BackTab);
        back.push(at(&model));
    }
    back.reverse();
    assert_eq!(back, wanted);
}

#[test]
fn the_summary_goes_to_the_first_step_that_is_open() {
    let mut model = summary(&written());
    press(&mut model, Key::Enter);
    assert_eq!(
        (model.screen.clone(), model.campus.expect("a campus").at),
        (Screen::Steps(StepsScreen), StepId::Partner)
    );
}

#[test]
fn copying_takes_the_wanted_value_of_every_field_and_never_a_key() {
    let (mut copied, mut blank) = (0, 0);
    for field in Recipe::embedded().fields() {
        let step = field.key.step().expect("a step");
        let mut model = read(&fresh(), step);
        choose(&mut model, field.key.as_str());
        let want = model.campus.as_ref().and_then(|c| c.finding()).and_then(|f| f.want.clone());
        let effects = press(&mut model, Key::Char('c'));
        if matches!(field.want, Expectation::Secret(_)) {
            assert_eq!(effects, [], "{}", field.key);
            continue;
        }
        let want = want.expect("a wanted value");
        if want == BLANK {
            assert_eq!(effects, [], "{}: a blank value is not copied", field.key);
            blank += 1;
            continue;
        }
        assert_eq!(effects, [Effect::Copy(want.clone())], "{}", field.key);
        assert_eq!(press(&mut model, Key::Char('c')), [Effect::Print(want)], "the second c prints it plainly");
        copied += 1;
    }
    assert_eq!((copied, blank), (57, 3));
}

#[test]
fn copying_a_card_takes_all_values_of_the_step() {
    let mut model = read(&fresh(), StepId::Rota);
    let card = model.campus.as_ref().and_then(|campus| campus.card()).expect("a card").lines().join("\n");
    assert_eq!(press(&mut model, Key::Char('C')), [Effect::Copy(card.clone())]);
    for value in ["ILLiad", "Non Ordered", "Active"] {
        assert!(card.contains(value), "{card}");
    }
    press(&mut model, Key::Down);
    assert_eq!(press(&mut model, Key::Char('C')), [Effect::Copy(card)], "after another key, C copies again");
}

#[test]
fn a_write_that_ended_is_followed_by_a_check_of_everything() {
    let model = ended(&drifted(), &written(), StepId::Parameters, |_| WriteResult::Written);
    let campus = model.campus.as_ref().expect("a campus");
    assert!(campus.readings.is_empty() && campus.failure.is_none());
    assert_eq!(campus.standing(StepId::Parameters).report.state(), last_resort::engine::judge::StepState::Verified);
}

/// The user types a wrong address and leaves the field. The field stays marked, and the next page is not opened.
#[test]
fn a_wrong_field_is_left_and_stays_marked_and_takes_no_key() {
    for (key, way) in [(Key::Tab, 1), (Key::Down, 1), (Key::BackTab, -1), (Key::Up, -1)] {
        let mut model = setups::systems().0;
        let wrong = Question::Slot(CampusField::AlmaUrl);
        setups::focus(&mut model, wrong);
        press(&mut model, Key::Ctrl('u'));
        type_text(&mut model, "ftp://alma");
        press(&mut model, key);
        let setup = model.setup.as_ref().expect("a set-up");
        let asks: Vec<Question> = SetupPage::Systems.asks().collect();
        let at = |ask: Question| asks.iter().position(|one| *one == ask).map(|at| at as isize);
        assert_eq!(at(setup.focus), at(wrong).map(|at| at + way), "{key:?}");
        let shown = crate::screen::paint::seen(&model);
        assert!(shown.contains("✗ must begin with https://"), "{key:?}\n{shown}");
        press(&mut model, Key::PageDown);
        let setup = model.setup.as_ref().expect("a set-up");
        assert_eq!((setup.page, setup.focus), (SetupPage::Systems, wrong), "{key:?}: the page stays open");
    }
}

#[test]
fn a_key_pasted_into_a_field_that_shows_it_is_refused_in_words() {
    let mut model = setups::systems().0;
    for ask in [Question::Slot(CampusField::AlmaUrl), Question::Slot(CampusField::IlliadUrl)] {
        setups::focus(&mut model, ask);
        let before = model.setup.as_ref().map(|setup| setup.draft.clone());
        crate::screen::models::paste(&mut model, &format!("{}\n", crate::screen::models::SECRET));
        assert_eq!(model.setup.as_ref().map(|setup| setup.draft.clone()), before, "{ask:?}");
        let shown = crate::screen::paint::seen(&model);
        let flat = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("this looks like an API key; paste it into its own field"), "{ask:?}\n{shown}");
        assert!(!shown.contains(&crate::screen::models::SECRET[..9]), "{ask:?}\n{shown}");
    }
    let mut campuses = setups::campuses();
    crate::screen::models::paste(&mut campuses, crate::screen::models::SECRET);
    let shown = crate::screen::paint::seen(&campuses);
    assert!(
        shown.contains("this looks like an API key") && !shown.contains(&crate::screen::models::SECRET[..9]),
        "{shown}"
    );
    // Texts that look only slightly like a key are accepted, such as a list of EMPLIDs.
    let mut places = setups::places();
    setups::focus(&mut places, Question::Slot(CampusField::PatronsSample));
    crate::screen::models::paste(&mut places, "10000001,10000002,10000003");
    let sample = places.setup.as_ref().map(|setup| setup.draft.get(CampusField::PatronsSample));
    assert!(sample.is_some_and(|sample| sample.contains("10000003")));
}
