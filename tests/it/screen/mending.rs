//! If something is wrong, Enter leads to the answer or value that causes it, and never past it.
use crate::screen::models::{alma_unread, fresh, press, read, shown, written};
use crate::screen::pictures::choose;
use last_resort::engine::judge::Snapshot;
use last_resort::engine::observed::{IlliadObservations, Observation, UnreadKind, UnreadReason, WriteAccess};
use last_resort::recipe::{KeySlot, Recipe, StepId};
use last_resort::site::CampusField;
use last_resort::tui::keys::{Key, enter_words};
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Effect, Work};
use last_resort::tui::screen::set_up::SetUpScreen;
use last_resort::tui::screen::steps::StepsScreen;
use last_resort::tui::setup::{Question, SetupPage};

/// Returns a snapshot where neither system could be read for the reason `why`.
fn unread(why: UnreadKind) -> Snapshot {
    let why = || UnreadReason::new(why, "could not be read", "see why");
    let mut snapshot = fresh();
    snapshot.alma = alma_unread(why);
    snapshot.illiad = IlliadObservations {
        version: Observation::Unread(why()),
        key: Observation::Unread(why()),
        export_key: Observation::Unread(why()),
        requests: Observation::Unread(why()),
    };
    snapshot
}

/// Returns the question to which Enter leads from a value of Connect, and the footer's words for it.
fn from(snapshot: &Snapshot, key: &str) -> (Option<Question>, String) {
    let mut model = read(snapshot, StepId::Connect);
    choose(&mut model, key);
    let words = enter_words(&model).unwrap_or_default();
    let effects = press(&mut model, Key::Enter);
    if model.screen != Screen::SetUp(SetUpScreen) {
        assert!(matches!(effects[..], [Effect::Work(Work::Check { .. })]), "{key}: {effects:?}");
        return (None, words);
    }
    let setup = model.setup.as_ref().expect("a set-up");
    assert_eq!(setup.page, SetupPage::Systems, "{key}");
    assert!(press(&mut model, Key::Esc).is_empty() && model.screen == Screen::Steps(StepsScreen), "Esc leads back");
    (model.setup.map(|setup| setup.focus), words)
}

#[test]
fn every_row_of_connect_leads_to_the_address_or_key_that_it_hangs_on() {
    use UnreadKind::{Down, KeyRefused, KeyUnfit, Limit, Network, NoKey, Nonsense, NotAllowed, WrongCampus};
    for (why, words) in [
        (NoKey(KeySlot::Alma), "set the key"),
        (KeyUnfit, "set the key"),
        (KeyRefused, "change the key"),
        (NotAllowed, "change the key"),
        (WrongCampus, "change the key"),
        (Network, "change the address"),
        (Nonsense, "change the address"),
        (Down, "check again"),
        (Limit, "check again"),
    ] {
        let snapshot = unread(why);
        let model = read(&snapshot, StepId::Connect);
        let rows: Vec<String> = keys(&model);
        assert!(rows.len() > 8, "{rows:?}");
        for row in rows {
            let illiad = ["connect.illiad_version", "connect.illiad_key", "connect.export_key"].contains(&row.as_str());
            let slot = match (illiad, row.as_str()) {
                (_, "connect.export_key") => KeySlot::Export,
                (true, _) => KeySlot::Illiad,
                (false, _) => KeySlot::Alma,
            };
            let expected = match words {
                "check again" => None,
                "change the address" if illiad => Some(Question::Slot(CampusField::IlliadUrl)),
                "change the address" => Some(Question::Slot(CampusField::AlmaUrl)),
                _ => Some(Question::Key(slot)),
            };
            assert_eq!(from(&snapshot, &row), (expected, words.to_owned()), "{why:?}: {row}");
        }
    }
}

fn keys(model: &Model) -> Vec<String> {
    let findings = &model.campus.as_ref().expect("a campus").here().report.findings;
    findings.iter().map(|finding| finding.key.to_string()).collect()
}

#[test]
fn what_is_wrong_and_what_is_only_advice_lead_there_too() {
    let mut snapshot = written();
    snapshot.alma.may_write = Observation::Got(WriteAccess::ReadOnly);
    let to_the_key = (Some(Question::Key(KeySlot::Alma)), "change the key".to_owned());
    assert_eq!(from(&snapshot, "connect.partners_permission"), to_the_key);
    assert_eq!(from(&crate::screen::models::strangers(), "connect.institution"), to_the_key);
    // The address answers, but the requested path does not exist there.
    snapshot.illiad.key = Observation::NotThere;
    let to_the_address = (Some(Question::Slot(CampusField::IlliadUrl)), "change the address".to_owned());
    assert_eq!(from(&snapshot, "connect.illiad_key"), to_the_address);
}

/// If a sample patron is unknown, the sample itself may be wrong.
#[test]
fn a_wrong_sample_leads_to_the_sample() {
    let mut snapshot = written();
    snapshot.patrons[0].alma = Observation::NotThere;
    let mut model = read(&snapshot, StepId::Patrons);
    assert_eq!(enter_words(&model).as_deref(), Some("change the sample"));
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("Enter change the sample   r check again   e answers"), "{seen}");
    assert!(matches!(press(&mut model.clone(), Key::Char('r'))[..], [Effect::Work(Work::Check { .. })]));
    press(&mut model, Key::Enter);
    let setup = model.setup.as_ref().expect("a set-up");
    assert_eq!((&model.screen, setup.page, setup.focus), (&Screen::SetUp(SetUpScreen), SetupPage::Places, SAMPLE));
}

/// Somebody whom ILLiad knows by another name is not to be taken out of the sample: the forecast shows who else, and what to do.
#[test]
fn a_person_known_by_another_name_leads_to_the_forecast() {
    let mut snapshot = written();
    snapshot.patrons[1].illiad = Observation::NotThere;
    let mut model = read(&snapshot, StepId::Patrons);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("Enter forecast   r check again   e answers"), "{seen}");
    press(&mut model, Key::Enter);
    assert!(matches!(model.screen, Screen::Forecast(_)), "{:?}", model.screen);
}

/// The hint of an empty sample leads where Enter leads, and not to the campus file.
#[test]
fn an_empty_sample_leads_to_the_answers() {
    let mut model = read(&written(), StepId::Patrons);
    let site = &mut model.campus.as_mut().expect("a campus").site;
    site.sample.clear();
    let report = last_resort::engine::judge::verify(Recipe::embedded(), site, &written(), &[StepId::Patrons]);
    model.campus.as_mut().expect("a campus").steps[1].report = report.steps[0].clone();
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("next: add sample patrons") && seen.contains("Enter add sample patrons"), "{seen}");
    assert!(!seen.contains("campus file"), "{seen}");
}

const SAMPLE: Question = Question::Slot(CampusField::PatronsSample);

#[test]
fn the_answers_of_a_campus_can_be_changed_where_all_is_well() {
    let answers = |step, key: Option<&str>| {
        let mut model = read(&written(), step);
        if let Some(key) = key {
            choose(&mut model, key);
        }
        press(&mut model, Key::Char('e'));
        let open = model.screen == Screen::SetUp(SetUpScreen);
        open.then(|| model.setup.as_ref().expect("a set-up").focus)
    };
    let library = Some(Question::Slot(CampusField::AlmaLibrary));
    assert_eq!(answers(StepId::Connect, Some("connect.alma_key")), Some(Question::Key(KeySlot::Alma)));
    assert_eq!(answers(StepId::Connect, Some("connect.library")), library);
    assert_eq!(
        answers(StepId::Connect, Some("connect.illiad_version")),
        library,
        "without a question of its own, it leads to the library"
    );
    assert_eq!(answers(StepId::Patrons, None), Some(SAMPLE));
    for step in StepId::ALL.into_iter().filter(|step| !matches!(step, StepId::Connect | StepId::Patrons)) {
        assert_eq!(answers(step, None), None, "{step:?}");
    }
}

/// No API writes this value, so a person corrects it in Alma and then pastes it back or signs it off.
#[test]
fn a_value_that_only_a_person_enters_is_never_fixed_from_here() {
    let key = "partner.alternate_symbol";
    let mut snapshot = shown(&written(), key, "ZZZ");
    let mut model = read(&snapshot, StepId::Partner);
    let seen = crate::screen::paint::seen(&model);
    assert!(seen.contains("Enter correct and paste back Alternate Symbol") && seen.contains("a sign off"), "{seen}");
    assert!(seen.contains("next: correct it there, then paste back or sign off"), "{seen}");
    assert_eq!(press(&mut model, Key::Enter), []);
    assert!(matches!(&model.screen, Screen::PasteBack(screen) if screen.key.as_str() == key), "{:?}", model.screen);

    // Next to a value that the API can write, only that one is counted.
    let Observation::Got(record) = &mut snapshot.alma.partner else { panic!("a partner") };
    record.body["partner_details"]["name"] = "Iliad".into();
    assert_eq!(enter_words(&read(&snapshot, StepId::Partner)).as_deref(), Some("fix 1 value"));
}
