//! Every screen as drawn, compared with the pictures in `tests/golden/screens`.
//!
//! `INSTA_UPDATE=always cargo test --test it screens::` draws them again. Look at the changes before you keep them.
use crate::screen::models::{drifted, press, read, written};
use crate::screen::paint::{looks, seen, window, words};
use crate::screen::pictures::{all, at_url, in_practice, planned, summary};
use crate::screen::setups;
use insta::{Settings, assert_snapshot};
use last_resort::engine::journal::ProofScope;
use last_resort::recipe::StepId;
use last_resort::tui::keys::{Key, key_tables, under_help};
use last_resort::tui::model::{Job, Model, Screen};
use last_resort::tui::msg::Msg;
use last_resort::tui::page::{self, Area, ROWS_ABOVE, Sheet};
use last_resort::tui::row::RowKind;
use last_resort::tui::screen::board::BoardScreen;
use last_resort::tui::screen::forecast_result::ForecastResultScreen;
use last_resort::tui::screen::forecasting::ForecastingScreen;
use last_resort::tui::screen::go_live::GoLiveScreen;
use last_resort::tui::screen::hand_off::HandOffScreen;
use last_resort::tui::screen::outcome::OutcomeScreen;
use last_resort::tui::screen::outcome::WriteEnd;
use last_resort::tui::screen::plan::PlanScreen;
use last_resort::tui::screen::proof_result::ProofResultScreen;
use last_resort::tui::screen::prove::ProveScreen;
use last_resort::tui::screen::proving::ProvingScreen;
use last_resort::tui::screen::set_up::SetUpScreen;
use last_resort::tui::screen::sign_off::SignOffKind;
use last_resort::tui::screen::sign_off::SignOffScreen;
use last_resort::tui::screen::steps::StepsScreen;
use last_resort::tui::script::Script;
use last_resort::tui::setup::SetupPage;
use last_resort::tui::theme::Palette;
use last_resort::tui::update::update;
use last_resort::tui::watch::WorkState;
use std::collections::BTreeSet;

fn settings() -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path("../../golden/screens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_screen_is_as_its_picture() {
    let settings = settings();
    let _held = settings.bind_to_scope();
    for (name, model) in all() {
        assert_snapshot!(name, seen(&model));
    }
}

/// The windows in which every kind of screen has a picture, beside 80×24, where every picture is drawn.
const WINDOWS: [(u16, u16); 3] = [(40, 10), (120, 30), (200, 50)];

/// The kind of screen of a picture, under its name in [`SCREENS`].
fn kind_of(model: &Model) -> &'static str {
    screen_of((&model.screen, model.setup.as_ref().map_or(SetupPage::Campus, |setup| setup.page)))
}

/// What shows most of its kind, so that a larger window shows more of it.
const TELLING: [&str; 8] = [
    "step-parameters-url",
    "plan-differs",
    "outcome-written",
    "summary-differs",
    "golive-open",
    "paste-back-form",
    "foretold-named",
    "setup-places-desk",
];

/// One picture of each kind of screen: the first, unless another one is more telling.
fn one_of_each() -> Vec<(&'static str, Model)> {
    let pictures = all();
    let one = |kind: &&'static str| {
        let mut of = pictures.iter().filter(|(_, model)| model.help.is_none() && kind_of(model) == *kind);
        let first = of.clone().next().unwrap_or_else(|| panic!("no picture of {kind}"));
        let telling = of.find(|(name, _)| TELLING.contains(&name.as_str()));
        (*kind, telling.unwrap_or(first).1.clone())
    };
    SCREENS.iter().map(one).collect()
}

#[test]
fn every_screen_has_a_picture_in_every_window() {
    let settings = settings();
    let _held = settings.bind_to_scope();
    for (kind, model) in one_of_each() {
        let name = kind.replace([' ', ':', ','], "-").replace("--", "-");
        for (columns, rows) in WINDOWS {
            assert_snapshot!(format!("at-{columns}x{rows}-{name}"), folded(&words(&model, (columns, rows))));
        }
    }
}

/// A picture with many empty rows in a row replaced by their number.
fn folded(picture: &str) -> String {
    const MANY: usize = 4;
    let lines: Vec<&str> = picture.lines().collect();
    let folded = lines.chunk_by(|one, next| one.is_empty() && next.is_empty()).map(|some| match some.len() {
        0..MANY => some.join("\n"),
        many => format!("[{many} empty rows]"),
    });
    folded.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn each_step_has_a_picture_in_every_window() {
    let settings = settings();
    let _held = settings.bind_to_scope();
    for (columns, rows) in WINDOWS {
        let of = |step: StepId| folded(&words(&read(&written(), step), (columns, rows)));
        let all: Vec<String> = StepId::ALL.into_iter().map(of).collect();
        assert_snapshot!(format!("at-{columns}x{rows}-all-steps"), all.join("\n"));
    }
}

#[test]
fn larger_and_smaller_windows_show_more_and_less_of_the_same() {
    let settings = settings();
    let _held = settings.bind_to_scope();
    let models =
        [("parameters", at_url()), ("plan", planned(&drifted(), StepId::Parameters)), ("form", setups::places())];
    for (name, model) in &models {
        assert_snapshot!(format!("at-60x20-{name}"), words(model, (60, 20)));
    }
    let asking = [
        "paste-back-near-miss",
        "sign-off",
        "undo-wrong-code",
        "plan-wrong-code",
        "golive-production",
        "golive-back",
        "prove-production",
    ];
    for (name, model) in all().iter().filter(|(name, _)| asking.contains(&name.as_str())) {
        assert_snapshot!(format!("at-40x10-{name}"), words(model, (40, 10)));
    }
    assert_snapshot!("too-small", words(&at_url(), (39, 9)));
}

/// The sheet of a model in a window, with the room it has.
fn sheet_in(model: &Model, (columns, rows): (u16, u16)) -> (Sheet, Area) {
    let mut model = model.clone();
    update(&mut model, Msg::Resize(columns, rows));
    let area = page::area(&model);
    (page::sheet(&model, area), area)
}

#[test]
fn no_row_reaches_the_column_of_the_scroll_marks_and_no_heading_stands_alone() {
    for (name, model) in all() {
        for size in WINDOWS.into_iter().chain([(80, 24), (60, 20)]) {
            let (sheet, area) = sheet_in(&model, size);
            let (height, top) = (sheet.height(area), sheet.first(area));
            let shown = window(&model, size, Palette::Plain);
            for y in (0..sheet.rows(area)).map(|row| u16::try_from(sheet.head.len() + row).expect("small") + ROWS_ABOVE)
            {
                let edge = shown.buffer()[(size.0 - 1, y)].symbol();
                assert!([" ", "↑", "↓"].contains(&edge), "{name} {size:?}, row {y}: {edge}");
            }
            let drawn = sheet.in_sight(area);
            let body = &drawn[sheet.head.len()..sheet.head.len() + sheet.rows(area)];
            let last = body.iter().rfind(|row| row.width() > 0);
            let goes_on = top + height < sheet.body.len();
            let alone = last.is_some_and(|row| row.kind == RowKind::Heading && !row.confirmed);
            assert!(!(goes_on && alone && sheet.side.is_empty()), "{name} {size:?}: {last:?}");
        }
    }
}

#[test]
fn one_thing_on_a_screen_has_the_focus_mark() {
    for (name, model) in all() {
        for size in WINDOWS.into_iter().chain([(80, 24)]) {
            let marks = words(&model, size).matches('▸').count();
            assert!(marks <= 1, "{name} {size:?}: {marks} marks");
        }
    }
}

#[test]
fn what_is_typed_to_consent_stands_in_the_last_row() {
    for (name, mut model) in all() {
        let asks = ["plan", "gates", "undo", "prove", "prove the chain", "sign-off", "take back"];
        if model.help.is_some() || !asks.contains(&kind_of(&model)) {
            continue;
        }
        // The remark stands above; `yes` is what signs.
        if kind_of(&model) == "sign-off" {
            press(&mut model, Key::Down);
        }
        for size in WINDOWS.into_iter().chain([(80, 24)]) {
            let shown = window(&model, size, Palette::Plain);
            if shown.cursor_visible() {
                assert_eq!(shown.cursor_position().y, size.1 - 3, "{name} {size:?}");
            }
        }
    }
}

#[test]
fn a_terminal_without_unicode_gets_ascii() {
    let settings = settings();
    let _held = settings.bind_to_scope();
    let models = [
        ("parameters", at_url()),
        ("plan", planned(&drifted(), StepId::Parameters)),
        ("summary", summary(&written())),
        ("form", setups::places()),
    ];
    for (name, mut model) in models {
        model.script = Script::Ascii;
        let picture = seen(&model);
        assert!(picture.is_ascii(), "{picture}");
        assert_snapshot!(format!("ascii-{name}"), picture);
    }
    for (name, mut model) in all() {
        model.script = Script::Ascii;
        let picture = words(&model, (120, 30));
        assert!(picture.is_ascii(), "{name}: {picture}");
    }
}

#[test]
fn looks_go_by_meaning_and_none_rests_on_colour() {
    let settings = settings();
    let _held = settings.bind_to_scope();
    let mut production = planned(&drifted(), StepId::Parameters);
    production.campus.as_mut().expect("a campus").site = crate::screen::models::campus_in("production");
    let models =
        [("parameters", at_url()), ("production", production), ("practice", in_practice(&written(), StepId::Rota))];
    for (name, model) in models {
        assert_snapshot!(format!("looks-{name}-colours"), looks(&model, (80, 24), Palette::Colours));
        let plain = looks(&model, (80, 24), Palette::Plain);
        for colour in ["red", "green", "yellow", "cyan"] {
            assert!(!plain.lines().any(|line| line[3..19].contains(colour)), "{plain}");
        }
        assert_snapshot!(format!("looks-{name}-no-color"), plain);
    }
}

/// Names the kind of screen in a picture. Every name needs a picture, and a new variant does not compile until it has a name here.
macro_rules! kinds {
    ($all:ident, $of:ident($value:ident: $type:ty) $($pattern:pat => $name:literal),* $(,)?) => {
        const $all: &[&str] = &[$($name),*];
        fn $of($value: $type) -> &'static str {
            match $value { $($pattern => $name),* }
        }
    };
}

kinds! { SCREENS, screen_of(shown: (&Screen, SetupPage))
    (Screen::Steps(StepsScreen), _) => "steps",
    (Screen::Board(BoardScreen { filter: None }), _) => "board",
    (Screen::Board(BoardScreen { filter: Some(_) }), _) => "board, filter",
    (Screen::Plan(PlanScreen { job: Job::Idle | Job::Asked { .. }, .. }), _) => "plan asked for",
    (Screen::Plan(PlanScreen { job: Job::Got { .. }, .. }), _) => "plan",
    (Screen::Plan(PlanScreen { job: Job::Failed { .. }, .. }), _) => "plan failed",
    (Screen::Writing(_), _) => "writing",
    (Screen::Outcome(OutcomeScreen { ended: WriteEnd::Applied(_), .. }), _) => "applied",
    (Screen::Outcome(OutcomeScreen { ended: WriteEnd::Undone(_), .. }), _) => "undone",
    (Screen::Outcome(OutcomeScreen { ended: WriteEnd::Failed(_), .. }), _) => "failed",
    (Screen::Undo(_), _) => "undo",
    (Screen::Prove(ProveScreen { half: ProofScope::Illiad, .. }), _) => "prove",
    (Screen::Prove(ProveScreen { half: ProofScope::Chain, .. }), _) => "prove the chain",
    (Screen::Proving(ProvingScreen { watched: WorkState::On, .. }), _) => "proving",
    (Screen::Proving(ProvingScreen { watched: WorkState::Stopping, .. }), _) => "proving, stopped",
    (Screen::ProofResult(ProofResultScreen { ended: Ok(_), .. }), _) => "proved",
    (Screen::ProofResult(ProofResultScreen { ended: Err(_), .. }), _) => "proof failed",
    (Screen::SignOff(SignOffScreen { way: SignOffKind::Sign, .. }), _) => "sign-off",
    (Screen::SignOff(SignOffScreen { way: SignOffKind::TakeBack, .. }), _) => "take back",
    (Screen::PasteBack(_), _) => "paste back",
    (Screen::Summary(_), _) => "summary",
    (Screen::GoLive(GoLiveScreen { job: Job::Idle | Job::Asked { .. }, .. }), _) => "gates asked for",
    (Screen::GoLive(GoLiveScreen { job: Job::Got { .. }, .. }), _) => "gates",
    (Screen::GoLive(GoLiveScreen { job: Job::Failed { .. }, .. }), _) => "gates failed",
    (Screen::HandOff(HandOffScreen { job: Job::Idle | Job::Asked { .. }, .. }), _) => "hand-off asked for",
    (Screen::HandOff(HandOffScreen { job: Job::Got { .. }, .. }), _) => "hand-off",
    (Screen::HandOff(HandOffScreen { job: Job::Failed { .. }, .. }), _) => "hand-off failed",
    (Screen::Forecast(_), _) => "forecast",
    (Screen::Forecasting(ForecastingScreen { watched: WorkState::On, .. }), _) => "forecast runs",
    (Screen::Forecasting(ForecastingScreen { watched: WorkState::Stopping, .. }), _) => "forecast stopped",
    (Screen::ForecastResult(ForecastResultScreen { ended: Ok(_), .. }), _) => "foretold",
    (Screen::ForecastResult(ForecastResultScreen { ended: Err(_), .. }), _) => "forecast failed",
    (Screen::Answer(_), _) => "whole answer",
    (Screen::Welcome(_), _) => "welcome",
    (Screen::Find(_), _) => "find",
    (Screen::Finish(_), _) => "finish",
    (Screen::SetUp(SetUpScreen), SetupPage::Campus) => "set-up: campus",
    (Screen::SetUp(SetUpScreen), SetupPage::Systems) => "set-up: systems",
    (Screen::SetUp(SetUpScreen), SetupPage::Places) => "set-up: places",
    (Screen::SetUp(SetUpScreen), SetupPage::Review) => "set-up: review",
}

/// The help does not open during a write, a proof or a forecast, nor over itself.
const WITHOUT_HELP: [&str; 4] = ["writing", "proving", "forecasting", "help"];

#[test]
fn every_screen_and_page_and_help_has_a_picture() {
    let pictures = all();
    let shown: BTreeSet<&str> =
        pictures.iter().filter(|(_, model)| model.help.is_none()).map(|(_, model)| kind_of(model)).collect();
    let missing: Vec<_> = SCREENS.iter().filter(|name| !shown.contains(*name)).collect();
    assert!(missing.is_empty(), "no picture of {missing:?}");
    let helped: BTreeSet<&str> =
        pictures.iter().filter(|(_, model)| model.help.is_some()).map(|(_, model)| under_help(model).of).collect();
    let tables = key_tables().map(|table| table.of).filter(|of| !WITHOUT_HELP.contains(of));
    let missing: Vec<_> = tables.filter(|of| !helped.contains(of)).collect();
    assert!(missing.is_empty(), "no picture of the help of {missing:?}");
    let names: BTreeSet<&String> = pictures.iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), pictures.len(), "two pictures of one name");
}

#[test]
fn every_picture_kept_is_still_drawn() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/screens");
    let drawn: BTreeSet<String> = all().into_iter().map(|(name, _)| name).collect();
    let others = ["at-", "ascii-", "looks-", "too-small"];
    for entry in std::fs::read_dir(&folder).expect("the pictures") {
        let name = entry.expect("a picture").file_name().into_string().expect("a name");
        let Some(name) = name.strip_suffix(".snap") else { continue };
        assert!(
            drawn.contains(name) || others.iter().any(|other| name.starts_with(other)),
            "no test draws {name} any more"
        );
    }
}
