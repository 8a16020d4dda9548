//! The board: rows fill in as campuses answer, a campus's wizard opens over it and leads back, and nothing moves by itself but ages.
use crate::screen::models::{
    campus_in, done, drifted, fresh, looked, noon, press, refused, start, ticket_of, type_text, written,
};
use crate::screen::paint::words;
use crate::screen::pictures::Picture;
use insta::{Settings, assert_snapshot};
use jiff::SignedDuration;
use last_resort::engine::board::BoardRow;
use last_resort::engine::journal::{JournalFacts, KnownVerdict, PastVerdict};
use last_resort::engine::judge::{Snapshot, verdict_changes, verify};
use last_resort::engine::results::CheckResult;
use last_resort::failure::{Failure, FailureKind};
use last_resort::recipe::{FieldKey, Recipe, StepId};
use last_resort::site::{CampusCode, Environment};
use last_resort::tui::board::{Board, BoardKey, BoardOrder, BoardStanding};
use last_resort::tui::key_store::KeyStore;
use last_resort::tui::keys::Key;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Effect, Msg, StoredCampus, Ticket, Work};
use last_resort::tui::screen::board::BoardScreen;
use last_resort::tui::update::{begin, update};

fn key(code: &str, environment: Environment) -> BoardKey {
    BoardKey { code: CampusCode::parse(code).expect("a code"), environment: Some(environment) }
}

/// The campuses of the pictures.
fn campuses() -> Vec<(BoardKey, String)> {
    let sandbox = |code: &str, name: &str| (key(code, Environment::Sandbox), name.to_owned());
    let mut all = vec![
        sandbox("01CUNY_BB", "Baruch College"),
        sandbox("01CUNY_BC", "Brooklyn College"),
        sandbox("01CUNY_BM", "Borough of Manhattan Community College"),
        sandbox("01CUNY_BX", "Bronx Community College"),
        sandbox("01CUNY_CC", "City College"),
        sandbox("01CUNY_HC", "Hunter College"),
        sandbox("01CUNY_QC", "Queens College"),
    ];
    all.push((key("01CUNY_QC", Environment::Production), "Queens College".to_owned()));
    all
}

/// What a check of this snapshot says, and which values it found differently from before.
fn row_of(snapshot: &Snapshot) -> BoardRow {
    let site = campus_in("sandbox");
    let report = verify(Recipe::embedded(), &site, snapshot, &StepId::ALL);
    let changed = verdict_changes(&report, &snapshot.journal.past);
    BoardRow::of(&site, &CheckResult { snapshot: snapshot.clone(), report, changed, remarks: Vec::new() })
}

/// The drifted campus, all of which was as wanted three weeks ago.
fn news() -> Snapshot {
    let then = noon() - SignedDuration::from_hours(24 * 20);
    let known = KnownVerdict { verdict: "same".to_owned(), got: None };
    let before = PastVerdict { known, since: then, last: then };
    let keys = ["parameters.export.url", "parameters.export.status"].map(|key| {
        let (step, name) = key.split_once('.').expect("a step");
        assert_eq!(step, "parameters");
        FieldKey::new(StepId::Parameters, name)
    });
    let past = keys.into_iter().map(|key| (key, before.clone())).collect();
    Snapshot { journal: JournalFacts { past, ..JournalFacts::default() }, ..drifted() }
}

/// The board before any answer, with the ticket of its check.
fn asked() -> (Model, Ticket) {
    let mut model = Model::on_board(start(), Board::of(campuses()));
    let effects = begin(&mut model);
    let ticket = ticket_of(&effects);
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::ReadBoard { campuses, .. })] if campuses.len() == 8));
    (model, ticket)
}

fn answer(model: &mut Model, ticket: Ticket, at: usize, result: Result<BoardRow, Failure>) {
    let campus = campuses()[at].0.clone();
    update(model, Msg::BoardProgressed { ticket, campus, result: result.map(Box::new) });
}

fn misconfigured() -> Failure {
    Failure::new(FailureKind::CampusFile, "01CUNY_BX.toml: alma.library is missing")
        .hint("add it: the code of the Resource Sharing Library")
}

/// Three campuses have answered, and one has a bad file.
fn reading() -> Model {
    let (mut model, ticket) = asked();
    answer(&mut model, ticket, 1, Ok(row_of(&news())));
    answer(&mut model, ticket, 3, Err(misconfigured()));
    answer(&mut model, ticket, 0, Ok(row_of(&done())));
    answer(&mut model, ticket, 7, Ok(row_of(&fresh())));
    model
}

/// All campuses were read, twelve minutes ago.
fn read() -> Model {
    let (mut model, ticket) = asked();
    let rows = [done(), news(), fresh(), fresh(), refused(), written(), written(), fresh()];
    for (at, snapshot) in rows.iter().enumerate() {
        let result = if at == 3 { Err(misconfigured()) } else { Ok(row_of(snapshot)) };
        answer(&mut model, ticket, at, result);
    }
    update(&mut model, Msg::BoardEnded { ticket, result: Ok(()) });
    update(&mut model, Msg::Tick(noon() + SignedDuration::from_mins(12)));
    model
}

fn at(model: &Model) -> String {
    let campus = model.board.as_ref().and_then(|board| board.campus()).expect("a campus");
    campus.key.code.to_string()
}

/// The pictures of the board and of its help.
pub(crate) fn pictures() -> Vec<Picture> {
    let pressed = |keys: &[Key]| {
        let mut model = read();
        keys.iter().for_each(|key| drop(press(&mut model, *key)));
        model
    };
    let mut filter = pressed(&[Key::Char('/')]);
    type_text(&mut filter, "waiting");
    let mut filtered = pressed(&[Key::Char('/')]);
    type_text(&mut filtered, "ols problem");
    press(&mut filtered, Key::Enter);
    [
        ("board-filtered", filtered),
        ("board-reading", reading()),
        ("board", read()),
        ("board-differs", pressed(&[Key::Char('n')])),
        ("board-failed", pressed(&[Key::Char('n'), Key::Char('n'), Key::Char('n')])),
        ("board-problems-first", pressed(&[Key::Char('o')])),
        ("board-filter", filter),
        ("help-board", pressed(&[Key::Char('?')])),
        ("help-board-filter", pressed(&[Key::Char('/'), Key::F(1)])),
    ]
    .map(|(name, model)| (name.to_owned(), model))
    .into()
}

#[test]
fn a_larger_window_shows_more_of_the_board() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../golden/screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _held = settings.bind_to_scope();
    let mut model = read();
    press(&mut model, Key::Char('n'));
    for (columns, rows) in [(120, 40), (60, 20)] {
        assert_snapshot!(format!("at-{columns}x{rows}-board"), words(&model, (columns, rows)));
    }
}

#[test]
fn a_problem_is_opened_at_its_step_and_leaving_leads_back() {
    let mut model = read();
    press(&mut model, Key::Char('n'));
    assert_eq!(at(&model), "01CUNY_BC");
    let effects = press(&mut model, Key::Enter);
    let ticket = ticket_of(&effects);
    assert_eq!(press(&mut model, Key::Enter), [], "one at a time");
    let site = campus_in("sandbox");
    let stored = StoredCampus { site, cards: Vec::new(), keys_words: Vec::new(), store: KeyStore::Untold, last: None };
    let effects = update(&mut model, Msg::CampusStored { ticket, result: Ok(Box::new(stored)) });
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::Check { .. })]), "{effects:?}");
    assert_eq!(model.campus.as_ref().map(|campus| campus.at), Some(StepId::Parameters));
    let effects = press(&mut model, Key::Char('q'));
    assert_eq!(model.screen, Screen::Board(BoardScreen::default()));
    let again = [key("01CUNY_BC", Environment::Sandbox)];
    assert!(matches!(effects.as_slice(), [Effect::Work(Work::ReadBoard { campuses, .. })] if *campuses == again));
    assert!(model.campus.is_none());
    assert_eq!(press(&mut model, Key::Char('q')), [Effect::Quit(0)]);
}

#[test]
fn a_campus_that_cannot_be_opened_says_why_and_the_board_stays() {
    let mut model = read();
    let effects = press(&mut model, Key::Enter);
    let failure = Failure::new(FailureKind::CampusFile, "01CUNY_BB.toml cannot be read");
    update(&mut model, Msg::CampusStored { ticket: ticket_of(&effects), result: Err(failure) });
    assert_eq!(model.screen, Screen::Board(BoardScreen::default()));
    assert_eq!(model.status.as_deref(), Some("01CUNY_BB.toml cannot be read"));
}

#[test]
fn next_and_previous_go_round_the_problems() {
    let mut model = read();
    let mut to = |key| {
        press(&mut model, Key::Char(key));
        at(&model)
    };
    let after = [to('n'), to('n'), to('n'), to('N')];
    assert_eq!(after, ["01CUNY_BC", "01CUNY_BM", "01CUNY_BX", "01CUNY_BM"]);
    assert_eq!((to('N'), to('N')), ("01CUNY_BC".to_owned(), "01CUNY_QC".to_owned()), "from the other end");
}

#[test]
fn the_chosen_campus_stays_chosen_through_order_filter_and_answers() {
    let mut model = read();
    press(&mut model, Key::Down);
    for order in [BoardOrder::Need, BoardOrder::Wait, BoardOrder::Changes, BoardOrder::Code] {
        press(&mut model, Key::Char('o'));
        assert_eq!(model.board.as_ref().map(|board| board.order), Some(order));
        assert_eq!(at(&model), "01CUNY_BC");
    }
    press(&mut model, Key::Char('/'));
    type_text(&mut model, "brook");
    press(&mut model, Key::Enter);
    let shown = |model: &Model| model.board.as_ref().map_or(0, |board| board.visible().len());
    assert_eq!((at(&model).as_str(), shown(&model)), ("01CUNY_BC", 1));
    press(&mut model, Key::Esc);
    assert_eq!((at(&model).as_str(), shown(&model)), ("01CUNY_BC", 8));
}

#[test]
fn a_check_again_asks_one_campus_or_all_and_an_older_answer_is_dropped() {
    let mut model = read();
    let one = press(&mut model, Key::Char('r'));
    assert!(matches!(one.as_slice(), [Effect::Work(Work::ReadBoard { campuses, .. })] if campuses.len() == 1));
    let all = press(&mut model, Key::Char('R'));
    assert!(matches!(all.as_slice(), [Effect::Work(Work::ReadBoard { campuses, .. })] if campuses.len() == 8));
    let before = model.board.clone();
    answer(&mut model, ticket_of(&one), 0, Ok(row_of(&fresh())));
    update(&mut model, Msg::BoardEnded { ticket: ticket_of(&one), result: Ok(()) });
    assert_eq!(model.board, before);
    // What a crash left without an answer is named.
    let failure = Failure::new(FailureKind::Refused, "Internal error");
    update(&mut model, Msg::BoardEnded { ticket: ticket_of(&all), result: Err(failure) });
    assert!(!model.busy());
    assert!(words(&model, (80, 24)).contains("8 with a problem"));
}

#[test]
fn nothing_changes_by_itself_but_the_ages_and_they_only_when_their_text_does() {
    let (model, _) = asked();
    assert!(model.busy());
    assert_eq!(model.age_changes_in(noon()), None);
    let mut model = read();
    assert!(!model.busy());
    let mut picture = words(&model, (80, 24));
    for _ in 0..50 {
        let now = model.now;
        let wait = model.age_changes_in(now).expect("an age");
        update(&mut model, Msg::Tick(now + wait - SignedDuration::from_secs(1)));
        assert_eq!(words(&model, (80, 24)), picture, "too early");
        update(&mut model, Msg::Tick(now + wait));
        assert_ne!(words(&model, (80, 24)), picture, "in time");
        picture = words(&model, (80, 24));
    }
}

/// Five hundred rows: the chosen one stays in view, `n` finds the problems, and a filter leaves few.
#[test]
fn five_hundred_campuses_scroll_and_are_found() {
    let campus =
        |number| (key(&format!("01FLEET_{number:03}"), Environment::Sandbox), format!("Fleet College {number}"));
    let all: Vec<(BoardKey, String)> = (1..=500).map(campus).collect();
    let mut model = Model::on_board(start(), Board::of(all));
    let ticket = ticket_of(&begin(&mut model));
    let (well, wrong) = (row_of(&done()), row_of(&news()));
    for (at, campus) in model.board.iter_mut().flat_map(|board| &mut board.campuses).enumerate() {
        let row = if matches!(at, 299 | 449) { &wrong } else { &well };
        (campus.standing, campus.reading) = (BoardStanding::Read(Box::new(row.clone())), None);
    }
    update(&mut model, Msg::BoardEnded { ticket, result: Ok(()) });
    let shown = |model: &Model| words(model, (80, 24));
    assert!(shown(&model).contains("500 campuses") && shown(&model).contains("2 with a problem"), "{}", shown(&model));
    let in_view = |model: &Model, code: &str| {
        assert_eq!(at(model), code);
        let rows = shown(model);
        assert!(rows.lines().any(|row| row.contains('▸') && row.contains(code)), "{code}: {rows}");
    };
    for (key, code) in [
        (Key::End, "01FLEET_500"),
        (Key::Home, "01FLEET_001"),
        (Key::Char('n'), "01FLEET_300"),
        (Key::Char('n'), "01FLEET_450"),
        (Key::Char('n'), "01FLEET_300"),
        (Key::Up, "01FLEET_299"),
    ] {
        press(&mut model, key);
        in_view(&model, code);
    }
    press(&mut model, Key::Char('/'));
    type_text(&mut model, "fleet_45");
    press(&mut model, Key::Enter);
    assert_eq!(model.board.as_ref().map(|board| board.visible().len()), Some(10));
    in_view(&model, "01FLEET_450");
    press(&mut model, Key::Down);
    in_view(&model, "01FLEET_451");
    press(&mut model, Key::Esc);
    in_view(&model, "01FLEET_451");
}

/// What was typed on a campus and not recorded is there again when that campus is opened again, and nowhere else.
#[test]
fn a_remark_typed_on_a_campus_waits_for_it_behind_the_board() {
    let mut model = read();
    let open = |model: &mut Model| {
        let ticket = ticket_of(&press(model, Key::Enter));
        let site = campus_in("sandbox");
        let stored =
            StoredCampus { site, cards: Vec::new(), keys_words: Vec::new(), store: KeyStore::Untold, last: None };
        let ticket = ticket_of(&update(model, Msg::CampusStored { ticket, result: Ok(Box::new(stored)) }));
        update(model, Msg::Checked { ticket, result: Ok(Box::new(looked(&done(), &StepId::ALL))) });
        model.campus.as_mut().expect("a campus").at = StepId::Rota;
        press(model, Key::Char('a'));
    };
    let remark = |model: &Model| words(model, (80, 24)).contains("seen with the campus");
    open(&mut model);
    type_text(&mut model, "seen with the campus");
    assert!(remark(&model), "{}", words(&model, (80, 24)));
    [Key::Esc, Key::Char('q'), Key::Down].into_iter().for_each(|key| drop(press(&mut model, key)));
    open(&mut model);
    assert!(!remark(&model), "another campus");
    [Key::Esc, Key::Char('q'), Key::Up].into_iter().for_each(|key| drop(press(&mut model, key)));
    open(&mut model);
    assert!(remark(&model), "{}", words(&model, (80, 24)));
}
