//! Answers of the set-up: which campus is meant, what may be chosen from a list, what is refused, and which keys exist already.
use crate::screen::models::{SECRET, done, paste, press, read, type_text};
use crate::screen::pictures::choose;
use crate::screen::setups::{
    answer, campuses, explored, explored_without_keys, focus, half_way, page, places, review, several, systems,
};
use last_resort::engine::observed::Observation;
use last_resort::recipe::{KeySlot, StepId};
use last_resort::site::{CampusField, Stance};
use last_resort::tui::key_store::KeyStore;
use last_resort::tui::keys::{Key, enter_words};
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Msg, StoredCampus, SystemsAnswer, Work};
use last_resort::tui::setup::{Question, SetupPage};
use last_resort::tui::update::update;

fn value(model: &Model, slot: CampusField) -> String {
    model.setup.as_ref().expect("a set-up").draft.get(slot)
}

fn library() -> Question {
    Question::Slot(CampusField::AlmaLibrary)
}

#[test]
fn the_campus_named_is_the_line_chosen_and_one_that_is_set_up_is_opened() {
    let mut model = several().at_campus("01CUNY_BB");
    assert!(crate::screen::paint::seen(&model).contains("▸ 01CUNY_BB"));
    press(&mut model, Key::Enter);
    assert_eq!((page(&model), value(&model, CampusField::Institution).as_str()), (SetupPage::Systems, "01CUNY_BB"));

    for code in ["01CUNY_QC", "01cuny_qc"] {
        let mut model = several().at_campus(code);
        let effects = press(&mut model, Key::Enter);
        let opens =
            matches!(effects.as_slice(), [Effect::Work(Work::OpenCampus { code, .. })] if code.as_str() == "01CUNY_QC");
        assert!(opens, "{effects:?}");
    }
}

#[test]
fn a_campus_named_that_is_in_no_list_is_said_and_may_be_set_up() {
    let mut model = several().at_campus("01CUNY_XX");
    let seen = crate::screen::paint::seen(&model);
    assert!(
        seen.contains("01CUNY_XX is not in the list of campuses") && seen.contains("Enter uses the code"),
        "{seen}"
    );
    press(&mut model, Key::Enter);
    assert_eq!((page(&model), value(&model, CampusField::Institution).as_str()), (SetupPage::Systems, "01CUNY_XX"));
}

#[test]
fn esc_on_the_first_page_brings_all_campuses_back_or_says_that_nothing_led_there() {
    let mut model = campuses();
    type_text(&mut model, "queens");
    press(&mut model, Key::Esc);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("Baruch") && model.status.is_none(), "{seen}");
    press(&mut model, Key::Esc);
    assert!(crate::screen::paint::seen(&model).contains("There is no previous screen. Ctrl-C quits."));
}

#[test]
fn stars_of_a_key_are_no_answer() {
    let mut model = places();
    let effects = press(&mut model, Key::Enter);
    answer(&mut model, &effects, Ok(explored()));
    focus(&mut model, Question::Slot(CampusField::IlliadNvtgc));
    press(&mut model, Key::Ctrl('u'));
    type_text(&mut model, SECRET);
    let notice = "That looks like an API key: hidden, not saved. Ctrl-U clears the field.";
    let seen = crate::screen::paint::words(&model, (80, 24));
    assert!(seen.contains(notice), "cut at 80 columns:\n{seen}");
    press(&mut model, Key::Enter);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("✗ looked like an API key and was not saved"), "{seen}");
    press(&mut model, Key::PageDown);
    assert_eq!(page(&model), SetupPage::Places, "an invalid answer keeps the page open");

    let mut model = review();
    let setup = model.setup.as_mut().expect("a set-up");
    setup.draft.set(CampusField::Name, &"*".repeat(36));
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("✗ Name") && seen.contains("Enter go to what is missing"), "{seen}");
    for effect in press(&mut model, Key::Enter) {
        let Effect::KeepSetup(begun) = effect else { panic!("{effect:?}") };
        assert_eq!(begun.draft.get(CampusField::Name), "", "the draft does not contain it either");
    }
}

#[test]
fn a_key_that_is_missing_is_marked_before_anything_is_stored() {
    let mut model = review();
    assert!(!crate::screen::paint::words(&model, (80, 60)).contains("missing"));
    model.setup.as_mut().expect("a set-up").entries.remove(&Question::Key(KeySlot::Illiad));
    let seen = crate::screen::paint::words(&model, (80, 60));
    assert!(seen.contains("? ILLiad API key"), "{seen}");
    assert!(seen.contains("missing: without it no patron can be looked"), "{seen}");
    assert_eq!(enter_words(&model).as_deref(), Some("save"), "the key may be added later");
}

#[test]
fn keys_that_are_there_already_are_known_and_are_those_of_the_environment() {
    const WORDS: &str = "set (36 characters, ends c3d4), from the keyring";
    let (mut model, _) = systems();
    focus(&mut model, Question::Slot(CampusField::AlmaUrl));
    let effects = press(&mut model, Key::Enter);
    let there = SystemsAnswer { stored: vec![(KeySlot::Alma, WORDS.to_owned())], ..explored() };
    answer(&mut model, &effects, Ok(there));
    press(&mut model, Key::Tab);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains(WORDS) && seen.contains("✓ belongs to 01CUNY_QC, sandbox"), "{seen}");
    press(&mut model, Key::BackTab);
    assert!(crate::screen::paint::seen(&model).contains("a key is saved; leave this empty to keep it"));

    press(&mut model, Key::BackTab);
    press(&mut model, Key::BackTab);
    let effects = press(&mut model, Key::Right);
    let seen = crate::screen::paint::seen(&model);
    assert!(
        !seen.contains(WORDS) && !seen.contains("belongs to"),
        "the sandbox's keys do not count for production:\n{seen}"
    );
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Work(Work::Explore { draft, .. }) => Some(draft.get(CampusField::Environment)),
        _ => None,
    });
    assert_eq!(asked.as_deref(), Some("production"));
    answer(&mut model, &effects, Ok(explored_without_keys()));
    assert!(crate::screen::paint::seen(&model).contains("not set yet"));
}

#[test]
fn a_row_moved_to_is_taken_by_enter_and_by_nothing_that_only_leads_on() {
    for key in [Key::Tab, Key::BackTab, Key::PageDown, Key::PageUp] {
        let mut model = places();
        press(&mut model, Key::Down);
        assert_eq!(enter_words(&model).as_deref(), Some("use MAIN"));
        press(&mut model, key);
        assert_eq!(value(&model, CampusField::AlmaLibrary), "", "{key:?}");
        let seen = crate::screen::paint::seen(&model);
        assert!(seen.contains("MAIN was not chosen: Enter chooses from a list."), "{key:?}\n{seen}");
    }
    let mut model = places();
    assert!(crate::screen::paint::seen(&model).contains("Down choose"), "{}", crate::screen::paint::seen(&model));
    press(&mut model, Key::Down);
    press(&mut model, Key::Enter);
    assert_eq!(value(&model, CampusField::AlmaLibrary), "MAIN");
    let mut model = places();
    press(&mut model, Key::Tab);
    assert_eq!(value(&model, CampusField::AlmaLibrary), "", "no row was selected");
}

#[test]
fn enter_takes_nothing_of_several_that_are_as_likely() {
    let mut model = places();
    assert_eq!(enter_words(&model).as_deref(), Some("use QCRS"), "the only library that shares resources");
    let effects = press(&mut model, Key::Enter);
    let mut unlike = explored();
    if let Observation::Got(rows) = &mut unlike.libraries {
        rows.iter_mut().for_each(|row| row.resource_sharing = Some(true));
    }
    answer(&mut model, &effects, Ok(unlike));
    press(&mut model, Key::BackTab);
    assert_eq!(model.setup.as_ref().map(|setup| setup.focus), Some(library()));
    assert_eq!(enter_words(&model).as_deref(), Some("next"), "the library is answered already");
    press(&mut model, Key::Ctrl('u'));
    assert_eq!(enter_words(&model).as_deref(), Some("next"));
    press(&mut model, Key::Enter);
    assert_eq!(value(&model, CampusField::AlmaLibrary), "", "three libraries share resources, and none was chosen");
    assert!(crate::screen::paint::seen(&model).contains("✗ is empty"));
    press(&mut model, Key::Down);
    assert_eq!(enter_words(&model).as_deref(), Some("use MAIN"), "the first Down selects the first row");
}

#[test]
fn a_sample_that_holds_no_emplids_gets_a_word_and_an_nvtgc_of_several_words_is_refused() {
    let mut model = places();
    let effects = press(&mut model, Key::Enter);
    answer(&mut model, &effects, Ok(explored()));
    focus(&mut model, Question::Slot(CampusField::IlliadNvtgc));
    press(&mut model, Key::Ctrl('u'));
    type_text(&mut model, "ILL10000001, 99999999 abc");
    press(&mut model, Key::Tab);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("it is one"), "{seen}");
    type_text(&mut model, "10000001 abc");
    press(&mut model, Key::Tab);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("? abc: a CUNY EMPLID has 8 digits"), "{seen}");
}

/// The field holds the name that was chosen. What is typed there later is a new search, and so is a new look at the campuses.
#[test]
fn coming_back_to_a_search_starts_a_new_one() {
    let mut model = places();
    let effects = press(&mut model, Key::Enter);
    answer(&mut model, &effects, Ok(explored()));
    press(&mut model, Key::BackTab);
    assert_eq!(value(&model, CampusField::AlmaLibrary), "QCRS");
    type_text(&mut model, "ma");
    assert_eq!(value(&model, CampusField::AlmaLibrary), "ma");
    type_text(&mut model, "i");
    assert_eq!(enter_words(&model).as_deref(), Some("use MAIN"));

    let mut model = campuses();
    type_text(&mut model, "queens");
    press(&mut model, Key::Enter);
    press(&mut model, Key::PageUp);
    let seen = crate::screen::paint::seen(&model);
    assert!(page(&model) == SetupPage::Campus && seen.contains("Lehman College"), "{seen}");
}

/// Alma's codes are in capitals. One typed in small letters names the same campus, in the list or not.
#[test]
fn a_campus_code_is_taken_in_small_letters() {
    for (typed, code) in [("01cuny_qc", "01CUNY_QC"), ("01cuny_xx", "01CUNY_XX")] {
        let mut model = campuses();
        type_text(&mut model, typed);
        press(&mut model, Key::Enter);
        assert_eq!(value(&model, CampusField::Institution), code);
        let mut model = campuses().at_campus(typed);
        press(&mut model, Key::Enter);
        assert_eq!(value(&model, CampusField::Institution), code);
    }
}

/// Keys, stance, sign-offs and evidence belong to one environment.
#[test]
fn another_environment_begins_without_what_belonged_to_the_one_before() {
    let mut model = read(&done(), StepId::Connect);
    model.campus.as_mut().expect("a campus").site.stance = Stance::Live;
    choose(&mut model, "connect.alma_key");
    press(&mut model, Key::Char('e'));
    paste(&mut model, SECRET);
    press(&mut model, Key::BackTab);
    press(&mut model, Key::BackTab);
    press(&mut model, Key::Right);
    let setup = model.setup.as_ref().expect("a set-up");
    assert_eq!((value(&model, CampusField::Stance).as_str(), setup.keys()), ("ahead", Vec::new()));
    assert_eq!(setup.problem(Question::Slot(CampusField::Stance)), None);
    let seen = crate::screen::paint::words(&model, (80, 24)).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(seen.contains("was sandbox: its keys, sign-offs, evidence and proofs stay there"), "{seen}");
    assert!(seen.contains("The keys you typed were for the other environment, and are cleared."), "{seen}");
    press(&mut model, Key::Left);
    assert_eq!(value(&model, CampusField::Stance), "live", "back in the sandbox nothing has changed");
    assert!(!crate::screen::paint::seen(&model).contains("was sandbox"));

    press(&mut model, Key::Right);
    while page(&model) != SetupPage::Review {
        press(&mut model, Key::PageDown);
    }
    assert!(crate::screen::paint::words(&model, (80, 60)).contains("was sandbox: its keys"));
    let ticket = match press(&mut model, Key::Enter).as_slice() {
        [Effect::Work(Work::SaveCampus { ticket, .. })] => *ticket,
        other => panic!("one campus to store, not {other:?}"),
    };
    let site = crate::screen::models::campus_in("production");
    let (cards, keys_words, store, broken) = (Vec::new(), Vec::new(), KeyStore::Untold, None);
    let stored = StoredCampus { site, cards, keys_words, store, last: broken };
    update(&mut model, Msg::CampusStored { ticket, result: Ok(Box::new(stored)) });
    let words = "Saved. This is PRODUCTION: nothing from SANDBOX counts here.";
    assert_eq!(model.status.as_deref(), Some(words));
}

/// Answers that were changed and not saved are kept, and the person who leaves them hears it.
#[test]
fn changed_answers_are_not_left_behind_without_a_word() {
    let mut model = read(&done(), StepId::Connect);
    press(&mut model, Key::Char('e'));
    press(&mut model, Key::Esc);
    assert_eq!(model.status, None);
    press(&mut model, Key::Char('e'));
    focus(&mut model, Question::Slot(CampusField::IlliadNvtgc));
    type_text(&mut model, "X");
    press(&mut model, Key::Esc);
    assert_eq!(model.status.as_deref(), Some("Your changes are kept, but not saved. e opens them again."));

    let mut model = half_way();
    press(&mut model, Key::Down);
    press(&mut model, Key::Enter);
    assert_eq!(model.status.as_deref(), Some("The set-up of Queens College begun 23 Nov 20:14 is not kept."));
}
