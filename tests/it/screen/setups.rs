//! Models of the set-up, typed key by key.
use crate::screen::models::{noon, paste, press, start, type_text};
use last_resort::engine::observed::{Desk, General, Library, Location, Observation, UnreadKind, UnreadReason};
use last_resort::failure::Failure;
use last_resort::recipe::{KeySlot, StepId};
use last_resort::site::{CampusField, Environment};
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Msg, SystemsAnswer, Ticket, Work};
use last_resort::tui::setup::{Offer, Question, SetupPage};
use last_resort::tui::update::{begin, update};
use std::time::Duration;

/// The Alma key.
pub(crate) const ALMA_SECRET: &str = "l8xx5f2c1d9e77aa4e0b9c510d7f2b9ea1b2";

/// The ILLiad key, which differs from Alma's.
pub(crate) const ILLIAD_SECRET: &str = "0b1d7c44-1f2e-4c3b-8a5d-6e7f8091c7d8";

/// No campus is chosen yet.
pub(crate) fn campuses() -> Model {
    let mut model = Model::choosing(start(), Vec::new(), None);
    assert_eq!(begin(&mut model), []);
    model
}

/// Two campuses exist here, one of them with an invalid file. The wizard was opened at the step Rota.
pub(crate) fn several() -> Model {
    let known = |code: &str, name: &str, note: &str| Offer {
        value: code.to_owned(),
        label: name.to_owned(),
        note: Some(note.to_owned()),
        code: None,
    };
    let known = vec![
        known("01CUNY_HC", "01CUNY_HC", "set up here; its file has problems"),
        known("01CUNY_QC", "Queens College", "set up here, sandbox"),
    ];
    Model::choosing(start(), known, Some(StepId::Rota))
}

/// A set-up of Queens, interrupted on an earlier day, is offered.
pub(crate) fn half_way() -> Model {
    let (mut model, _) = systems();
    let begun = model.setup.as_mut().and_then(|setup| setup.to_keep(noon() - jiff::SignedDuration::from_hours(24)));
    // If nothing new is to be saved, use the draft saved on the way.
    let begun = begun.or_else(|| model.setup.as_ref().and_then(|setup| setup.kept.clone())).expect("answers");
    Model::choosing(start(), Vec::new(), None).offering(begun)
}

/// The interrupted set-up is continued.
pub(crate) fn going_on() -> Model {
    let mut model = half_way();
    press(&mut model, Key::Enter);
    model
}

/// Queens is chosen. ILLiad's address is known, so ILLiad is being asked.
pub(crate) fn systems() -> (Model, Vec<Effect>) {
    let mut model = campuses();
    type_text(&mut model, "queens c");
    let effects = press(&mut model, Key::Enter);
    assert_eq!(page(&model), SetupPage::Systems);
    (model, effects)
}

/// Both keys are pasted and accepted.
pub(crate) fn keyed() -> Model {
    let (mut model, _) = systems();
    focus(&mut model, Question::Key(KeySlot::Alma));
    paste(&mut model, ALMA_SECRET);
    focus(&mut model, Question::Key(KeySlot::Illiad));
    paste(&mut model, ILLIAD_SECRET);
    let effects = press(&mut model, Key::Tab);
    answer(&mut model, &effects, Ok(explored()));
    model
}

/// The set-up is at the question for the library, with Alma's list.
pub(crate) fn places() -> Model {
    let mut model = keyed();
    press(&mut model, Key::PageDown);
    focus(&mut model, Question::Slot(CampusField::AlmaLibrary));
    model
}

/// The library is chosen, and the last page is shown.
pub(crate) fn review() -> Model {
    let mut model = places();
    let effects = press(&mut model, Key::Enter);
    answer(&mut model, &effects, Ok(explored()));
    press(&mut model, Key::PageDown);
    assert_eq!(page(&model), SetupPage::Review);
    model
}

/// Moves with Tab to a question of this page.
pub(crate) fn focus(model: &mut Model, ask: Question) {
    for _ in 0..Question::all().count() {
        if model.setup.as_ref().is_some_and(|setup| setup.focus == ask) {
            return;
        }
        press(model, Key::Tab);
    }
    panic!("{ask:?} is not reached by Tab:\n{}", crate::screen::paint::seen(model));
}

pub(crate) fn page(model: &Model) -> SetupPage {
    model.setup.as_ref().expect("a set-up").page
}

/// Answers the request to both systems that is among the effects.
pub(crate) fn answer(model: &mut Model, effects: &[Effect], result: Result<SystemsAnswer, Failure>) {
    let ticket = asked(effects).expect("both systems are asked");
    assert_eq!(update(model, Msg::SystemsAnswered { ticket, result: result.map(Box::new) }), []);
}

/// Returns the ticket of the request to both systems.
pub(crate) fn asked(effects: &[Effect]) -> Option<Ticket> {
    effects.iter().find_map(|effect| match effect {
        Effect::Work(Work::Explore { ticket, .. }) => Some(*ticket),
        _ => None,
    })
}

/// Both systems' answer when everything is right.
pub(crate) fn explored() -> SystemsAnswer {
    let library = |code: &str, name: &str, flagged| Library {
        code: code.into(),
        name: name.into(),
        id: None,
        path: None,
        resource_sharing: Some(flagged),
    };
    let place = |code: &str, name: &str| Location { code: code.into(), name: name.into(), id: None };
    let desk = |code: &str, name: &str| Desk { code: code.into(), name: name.into() };
    SystemsAnswer {
        institution: Observation::Got(General {
            institution: "01CUNY_QC".to_owned(),
            name: Some("Queens College".to_owned()),
            environment: Some(Environment::Sandbox),
        }),
        libraries: Observation::Got(vec![
            library("MAIN", "Rosenthal Library", false),
            library("MUSIC", "Music Library", false),
            library("QCRS", "Queens Resource Sharing", true),
        ]),
        desks: Observation::Got(vec![desk("DEFAULT_CIRC_DESK", "Main Service Desk"), desk("ILL", "Interlibrary Loan")]),
        locations: Observation::Got(vec![
            place("IN_RS_REQ", "Lending Resource Sharing Requests"),
            place("OUT_RS_REQ", "Borrowing Resource Sharing Requests"),
        ]),
        illiad_version: Observation::Got("9.2.2.0".to_owned()),
        illiad_key: Observation::Got(()),
        export_key: not_asked(),
        stored: Vec::new(),
    }
}

fn not_asked<T>() -> Observation<T> {
    Observation::Unread(UnreadReason::new(UnreadKind::NotAsked, "there is no key yet", "paste the key"))
}

/// The answer before there is a key: only ILLiad's version is known.
pub(crate) fn explored_without_keys() -> SystemsAnswer {
    SystemsAnswer {
        institution: not_asked(),
        libraries: not_asked(),
        desks: not_asked(),
        locations: not_asked(),
        illiad_key: not_asked(),
        export_key: not_asked(),
        ..explored()
    }
}

/// The key belongs to another campus, and ILLiad does not answer.
pub(crate) fn explored_wrong() -> SystemsAnswer {
    SystemsAnswer {
        institution: Observation::Got(General {
            institution: "01CUNY_BC".to_owned(),
            name: Some("Brooklyn College".to_owned()),
            environment: Some(Environment::Production),
        }),
        illiad_version: Observation::Unread(
            UnreadReason::new(
                UnreadKind::Network,
                "ILLiad at qc.illiad.oclc.org did not answer within 10 s",
                "check the address, then try again",
            )
            .in_short("This machine cannot reach qc.illiad.oclc.org."),
        ),
        illiad_key: Observation::Unread(
            UnreadReason::new(UnreadKind::KeyRefused, "ILLiad refuses the key", "store the right key")
                .in_short("ILLiad does not accept this key."),
        ),
        export_key: not_asked(),
        ..explored()
    }
}

/// Moves the clock on by this many seconds.
pub(crate) fn later(model: &mut Model, seconds: u64) {
    let now = noon() + Duration::from_secs(seconds);
    assert_eq!(update(model, Msg::Tick(now)), []);
}

#[test]
fn the_next_page_waits_for_what_cannot_be_right_and_the_help_says_so() {
    let (mut model, _) = systems();
    focus(&mut model, Question::Slot(CampusField::IlliadUrl));
    press(&mut model, Key::Ctrl('u'));
    type_text(&mut model, "nowhere");
    press(&mut model, Key::PageDown);
    assert_eq!(page(&model), SetupPage::Systems);
    press(&mut model, Key::F(1));
    let help = crate::screen::paint::words(&model, (80, 60));
    assert!(help.contains("Next page; fix invalid answers first"), "{help}");
}

/// What a query would send, and to whom.
pub(crate) fn query(effects: &[Effect]) -> Option<([String; 2], usize)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Work(Work::Explore { draft, keys, .. }) => {
            Some(([CampusField::AlmaUrl, CampusField::IlliadUrl].map(|slot| draft.get(slot)), keys.len()))
        }
        _ => None,
    })
}

#[test]
fn no_host_is_asked_before_its_address_was_passed() {
    let (mut model, effects) = systems();
    assert_eq!(query(&effects), Some((["".into(), "".into()], 0)), "only stored keys are looked for");
    // Who only passes the default has not confirmed it, on this page and on the next ones.
    focus(&mut model, Question::Slot(CampusField::AlmaUrl));
    for key in [Key::Tab, Key::BackTab, Key::Down, Key::Up, Key::PageDown] {
        assert_eq!(query(&press(&mut model, key)), None, "{key:?}");
    }
    assert_eq!(page(&model), SetupPage::Places);
    assert_eq!(query(&press(&mut model, Key::PageUp)), None);
    let remark = "contacted only after you press Enter here";
    assert!(crate::screen::paint::seen(&model).contains(remark), "{}", crate::screen::paint::seen(&model));
    focus(&mut model, Question::Slot(CampusField::AlmaUrl));
    let effects = press(&mut model, Key::Enter);
    let alma = "https://api-na.hosted.exlibrisgroup.com".to_owned();
    assert_eq!(query(&effects), Some(([alma.clone(), "".into()], 0)));
    focus(&mut model, Question::Slot(CampusField::IlliadUrl));
    let effects = press(&mut model, Key::Enter);
    let illiad = "https://qc.illiad.oclc.org/illiadwebplatform".to_owned();
    assert_eq!(query(&effects), Some(([alma, illiad], 0)));
    // An address that is changed has to be passed again.
    press(&mut model, Key::BackTab);
    type_text(&mut model, "x");
    let effects = press(&mut model, Key::BackTab);
    assert_eq!(query(&effects).map(|(urls, _)| urls[1].clone()), Some(String::new()));
}

/// A key is for the address above it, so that whoever types one and goes on has confirmed that address.
#[test]
fn a_typed_key_confirms_the_address_it_is_for() {
    let (mut model, _) = systems();
    focus(&mut model, Question::Key(KeySlot::Alma));
    paste(&mut model, ALMA_SECRET);
    let effects = press(&mut model, Key::Tab);
    let alma = "https://api-na.hosted.exlibrisgroup.com".to_owned();
    assert_eq!(query(&effects), Some(([alma, "".into()], 1)));
}

/// A key that turns no page says which answer keeps it, also where its mark is there already.
#[test]
fn an_answer_that_keeps_the_page_is_named() {
    let mut model = places();
    let effects = press(&mut model, Key::Enter);
    answer(&mut model, &effects, Ok(explored()));
    focus(&mut model, Question::Slot(CampusField::EvidenceMaxAge));
    press(&mut model, Key::Ctrl('u'));
    type_text(&mut model, "x");
    for key in [Key::PageDown, Key::PageDown, Key::Enter] {
        press(&mut model, key);
        assert_eq!(page(&model), SetupPage::Places);
        assert_eq!(model.setup.as_ref().map(|setup| setup.focus), Some(Question::Slot(CampusField::EvidenceMaxAge)));
        assert_eq!(
            model.status.as_deref(),
            Some("Not yet: Evidence lasts (days) needs an answer that fits."),
            "{key:?}"
        );
    }
}

#[test]
fn an_address_where_a_name_belongs_is_refused() {
    for slot in [CampusField::Name, CampusField::IlliadNvtgc] {
        let mut model = if slot == CampusField::Name { systems().0 } else { places() };
        focus(&mut model, Question::Slot(slot));
        press(&mut model, Key::Ctrl('u'));
        type_text(&mut model, "https://qc.illiad.oclc.org");
        press(&mut model, Key::Enter);
        let setup = model.setup.as_ref().expect("a set-up");
        assert_eq!(setup.focus, Question::Slot(slot));
        let why = setup.refused.clone().unwrap_or_default();
        assert_eq!(why, "This is a web address. It belongs in the field of Alma's or ILLiad's address.");
    }
}

/// What cannot be the key of a slot is refused in one sentence, with the place where it belongs, and is sent nowhere.
#[test]
fn what_is_no_key_for_a_slot_is_named_and_never_sent() {
    let cases = [
        (KeySlot::Alma, ILLIAD_SECRET, "This is a key of ILLiad."),
        (KeySlot::Illiad, ALMA_SECRET, "This is a key of Alma. It belongs in \"Alma API key\""),
        (KeySlot::Export, ALMA_SECRET, "This is a key of Alma. It belongs in \"Alma API key\""),
        (KeySlot::Alma, "https://api-na.hosted.exlibrisgroup.com", "It belongs in \"Alma API address\""),
        (KeySlot::Illiad, "https://qc.illiad.oclc.org", "It belongs in \"ILLiad address\""),
        (KeySlot::Illiad, "pw", "This is too short to be the ILLiad API key."),
    ];
    for (slot, typed, words) in cases {
        let (mut model, _) = systems();
        focus(&mut model, Question::Key(slot));
        paste(&mut model, typed);
        let mut effects = press(&mut model, Key::Enter);
        assert_eq!(model.setup.as_ref().map(|setup| setup.focus), Some(Question::Key(slot)), "{words}");
        let why = model.setup.as_ref().and_then(|setup| setup.refused.clone()).unwrap_or_default();
        assert!(why.contains(words), "{why}");
        for _ in Question::all() {
            effects.extend(press(&mut model, Key::Tab));
        }
        let sent = effects.iter().filter_map(|effect| query(std::slice::from_ref(effect)));
        assert!(sent.map(|(_, keys)| keys).all(|keys| keys == 0), "{words}");
    }
}

/// A host that cannot be asked and a key that is refused are told once, in a sentence; a key shows the request and the codes.
#[test]
fn a_cause_is_told_once_and_its_details_are_behind_a_key() {
    let mut model = keyed();
    let down = || {
        UnreadReason::new(UnreadKind::Down, "GET /x at host for QC: HTTP 503", "check again later")
            .in_short("ILLiad is down.")
    };
    let refused = || {
        UnreadReason::new(UnreadKind::KeyRefused, "GET /y at host for QC: HTTP 403, NO", "compare")
            .in_short("Alma does not accept this key.")
    };
    let answered = SystemsAnswer {
        institution: Observation::Unread(refused()),
        libraries: Observation::Unread(refused()),
        desks: Observation::Unread(refused()),
        illiad_version: Observation::Unread(down()),
        illiad_key: Observation::Unread(down()),
        ..explored()
    };
    model.setup.as_mut().expect("a set-up").seen = Some(answered);
    let seen = crate::screen::paint::words(&model, (80, 60));
    assert_eq!(
        (seen.matches("ILLiad is down.").count(), seen.matches("not accept this key").count()),
        (1, 1),
        "{seen}"
    );
    assert!(!seen.contains("HTTP") && !seen.contains("GET"), "{seen}");
    press(&mut model, Key::F(3));
    let whole = crate::screen::paint::seen(&model);
    assert!(whole.contains("What was asked and answered") && whole.contains("HTTP 403, NO"), "{whole}");
    press(&mut model, Key::Esc);
    press(&mut model, Key::PageDown);
    focus(&mut model, Question::Slot(CampusField::AlmaLibrary));
    assert!(!crate::screen::paint::seen(&model).contains("not accept this key"), "it stands beside the key");
}
