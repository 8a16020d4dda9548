//! Doubts of newcomers at the set-up: an answer in the wrong field, a key nobody says anything about, a host that is down.
use crate::screen::models::{SECRET, done, paste, press, read, type_text};
use crate::screen::paint::{seen, words};
use crate::screen::setups::{
    ALMA_SECRET, ILLIAD_SECRET, answer, asked, explored, explored_wrong, focus, half_way, keyed, page, places, query,
    review, systems,
};
use last_resort::engine::observed::{Observation, UnreadKind, UnreadReason};
use last_resort::line;
use last_resort::recipe::{KeySlot, StepId};
use last_resort::site::CampusField;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::SystemsAnswer;
use last_resort::tui::setup::{Question, SetupPage};

const ILLIAD: &str = "https://qc.illiad.oclc.org/illiadwebplatform";

fn value(model: &Model, slot: CampusField) -> String {
    model.setup.as_ref().expect("a set-up").draft.get(slot)
}

fn retype(model: &mut Model, slot: CampusField, text: &str) {
    focus(model, Question::Slot(slot));
    press(model, Key::Ctrl('u'));
    type_text(model, text);
}

#[test]
fn a_key_pasted_as_an_address_leaves_the_address_from_before() {
    for slot in [CampusField::IlliadUrl, CampusField::AlmaUrl] {
        let (mut model, _) = systems();
        let before = value(&model, slot);
        retype(&mut model, slot, "");
        paste(&mut model, SECRET);
        assert_eq!(value(&model, slot), before);
        assert!(seen(&model).contains("this looks like an API key") && !seen(&model).contains("is empty"));
        assert!(!format!("{model:?}").contains(&SECRET[..12]), "the key is kept nowhere");
    }
}

#[test]
fn a_key_typed_as_an_address_in_line_mode_leaves_the_address_from_before() {
    let (mut model, _) = systems();
    focus(&mut model, Question::Slot(CampusField::IlliadUrl));
    let prompt = line::prompt(&model);
    let line::PromptAnswer::No(why) = line::answer(&model, &prompt, ILLIAD_SECRET) else { panic!("it is taken") };
    assert_eq!(why, "Problem: this looks like an API key; paste it into its own field. Your answer from before stays.");
}

#[test]
fn no_key_goes_to_an_address_of_the_other_system() {
    let (mut model, _) = systems();
    retype(&mut model, CampusField::AlmaUrl, ILLIAD);
    press(&mut model, Key::Tab);
    let effects = paste_key(&mut model, KeySlot::Alma, ALMA_SECRET);
    assert_eq!(query(&effects).map(|(addresses, _)| addresses[0].clone()).unwrap_or_default(), "");
    assert!(words(&model, (80, 40)).contains("✗ This is an address of ILLiad"), "{}", seen(&model));

    retype(&mut model, CampusField::AlmaUrl, "https://alma.example.org");
    retype(&mut model, CampusField::IlliadUrl, "https://alma.example.org/x");
    let effects = paste_key(&mut model, KeySlot::Illiad, ILLIAD_SECRET);
    assert_eq!(query(&effects).map(|(addresses, _)| addresses[0].clone()).unwrap_or_default(), "");
    assert!(words(&model, (80, 40)).contains("✗ ILLiad's address names the same host"), "{}", seen(&model));

    retype(&mut model, CampusField::IlliadUrl, "https://api-na.hosted.exlibrisgroup.com");
    let effects = press(&mut model, Key::Tab);
    assert_eq!(query(&effects).map(|(addresses, _)| addresses[1].clone()).unwrap_or_default(), "");
    assert!(words(&model, (80, 40)).contains("✗ This is an address of Alma"), "{}", seen(&model));
}

/// Pastes a key and goes on. Returns the effects of that.
fn paste_key(model: &mut Model, slot: KeySlot, key: &str) -> Vec<last_resort::tui::msg::Effect> {
    focus(model, Question::Key(slot));
    paste(model, key);
    press(model, Key::Tab)
}

#[test]
fn the_last_key_gets_an_answer_too_after_its_page_was_left() {
    const EXPORT: &str = "1b1d7c44-1f2e-4c3b-8a5d-6e7f8091c7d9";
    let refused = UnreadReason::new(UnreadKind::KeyRefused, "ILLiad refuses the key", "store the right key")
        .in_short("ILLiad does not accept the key for Alma's export.");
    let down =
        UnreadReason::new(UnreadKind::Network, "no answer", "check the address").in_short("It cannot be reached.");
    let cases = [
        (
            Observation::Got(()),
            Observation::Got("9.2.2.0".to_owned()),
            "Key for Alma's export, confirmed: accepted by ILLiad",
        ),
        (
            Observation::Unread(refused),
            Observation::Got("9.2.2.0".to_owned()),
            "Key for Alma's export: ILLiad does not accept",
        ),
        (Observation::Unread(down.clone()), Observation::Unread(down), "This key cannot be tried now"),
    ];
    for (export_key, illiad_version, told) in cases {
        let mut model = keyed();
        let effects = paste_key(&mut model, KeySlot::Export, EXPORT);
        if page(&model) == SetupPage::Systems {
            press(&mut model, Key::PageDown);
        }
        assert_eq!(page(&model), SetupPage::Places);
        let reply = SystemsAnswer { export_key, illiad_version, ..explored() };
        answer(&mut model, &effects, Ok(reply));
        assert!(words(&model, (120, 40)).contains(told), "{told}\n{}", seen(&model));
    }
    let mut model = review();
    let setup = model.setup.as_mut().expect("a set-up");
    let entry = setup.entries.get_mut(&Question::Key(KeySlot::Export)).expect("a field");
    entry.paste(EXPORT);
    let key = entry.key().expect("a key");
    setup.asked.as_mut().expect("asked").keys.push((KeySlot::Export, key));
    setup.seen.as_mut().expect("answered").export_key = Observation::Got(());
    let shown = words(&model, (80, 60));
    assert!(shown.contains("✓ Key for Alma's export") && !shown.contains("accepted by ILLiad"), "{shown}");
}

#[test]
fn a_host_that_did_not_answer_can_be_asked_again() {
    let mut model = keyed();
    assert!(asked(&press(&mut model, Key::F(5))).is_none(), "everything was answered");
    press(&mut model, Key::BackTab);
    press(&mut model, Key::BackTab);
    retype(&mut model, CampusField::IlliadUrl, "https://other.example.org");
    let effects = press(&mut model, Key::Tab);
    answer(&mut model, &effects, Ok(explored_wrong()));
    press(&mut model, Key::BackTab);
    assert!(seen(&model).contains("check again"), "{}", seen(&model));
    let prompt = line::prompt(&model);
    assert!(prompt.words.contains("/r check again"), "{}", prompt.words);
    let effects = press(&mut model, Key::F(5));
    assert!(asked(&effects).is_some());
    assert!(asked(&press(&mut model, Key::F(5))).is_none(), "it is being asked");
    answer(&mut model, &effects, Ok(explored()));
    assert!(!seen(&model).contains("check again"), "{}", seen(&model));
}

#[test]
fn a_stored_key_of_another_campus_is_marked_in_its_own_field() {
    let mut model = read(&done(), StepId::Connect);
    press(&mut model, Key::Char('e'));
    focus(&mut model, Question::Key(KeySlot::Alma));
    let stored = vec![(KeySlot::Alma, "set (36 characters, ends c3d4), from the keyring".to_owned())];
    let setup = model.setup.as_mut().expect("a set-up");
    (setup.seen, setup.stored) = (Some(SystemsAnswer { stored: stored.clone(), ..explored_wrong() }), stored);
    setup.explored = last_resort::tui::job::Job::Idle;
    let shown = words(&model, (80, 40));
    assert!(shown.contains("✗ This key belongs to Brooklyn College"), "{shown}");
}

#[test]
fn a_page_answered_before_is_not_asked_again() {
    let mut model = places();
    let effects = press(&mut model, Key::Enter);
    answer(&mut model, &effects, Ok(explored()));
    press(&mut model, Key::PageDown);
    assert_eq!(page(&model), SetupPage::Review);
    let begun = model.setup.as_ref().and_then(|setup| setup.kept.clone()).expect("kept");
    assert_eq!(begun.page, 4);
    let mut model = half_way().offering(begun);
    press(&mut model, Key::Enter);
    assert_eq!(page(&model), SetupPage::Systems, "keys are not kept");
    paste_key(&mut model, KeySlot::Alma, ALMA_SECRET);
    paste_key(&mut model, KeySlot::Illiad, ILLIAD_SECRET);
    press(&mut model, Key::PageDown);
    assert_eq!(page(&model), SetupPage::Review, "{}", seen(&model));
}
