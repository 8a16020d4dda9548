//! The mouse, when switched on: a click acts on what is shown at that place, whatever the window's size and however far it is scrolled.
use crate::screen::models::{drifted, fresh, press, read};
use crate::screen::paint::words;
use crate::screen::pictures::all;
use crate::screen::setups;
use last_resort::recipe::{Recipe, StepId};
use last_resort::tui::keys::Key;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::mouse::{Mouse, Wheel};
use last_resort::tui::msg::{Effect, Msg};
use last_resort::tui::screen::sign_off::SignOffField;
use last_resort::tui::screen::steps::StepsScreen;
use last_resort::tui::screen::summary::SummaryScreen;
use last_resort::tui::update::update;
use rstest::rstest;
use std::ops::Range;

/// Clicks the first place where these words start in one of these columns.
#[track_caller]
fn click(model: &mut Model, size: (u16, u16), columns: Range<usize>, on: &str) {
    assert_eq!(clicked(model, size, columns, on), [], "a click sends nothing");
}

/// Clicks likewise, and returns what is sent.
#[track_caller]
fn clicked(model: &mut Model, size: (u16, u16), columns: Range<usize>, on: &str) -> Vec<Effect> {
    model.mouse = Mouse::Ours;
    update(model, Msg::Resize(size.0, size.1));
    let seen = words(model, size);
    let place = seen.lines().take(usize::from(size.1)).enumerate().find_map(|(row, line)| {
        let mut starts = line.match_indices(on).map(|(at, _)| line[..at].chars().count());
        Some((row, starts.find(|at| columns.contains(at))?))
    });
    let (row, column) = place.unwrap_or_else(|| panic!("{on} is not on the screen\n{seen}"));
    let cell = |n: usize| u16::try_from(n).expect("a cell");
    update(model, Msg::Click(cell(column), cell(row)))
}

fn chosen(model: &Model) -> String {
    model.campus.as_ref().and_then(|campus| campus.finding()).map(|finding| finding.label.clone()).unwrap_or_default()
}

/// The width of the list of steps at the side.
const SIDE: usize = 23;

#[test]
fn a_press_on_a_step_opens_it_and_one_on_the_summary_too() {
    let recipe = Recipe::embedded();
    let mut model = read(&drifted(), StepId::Connect);
    for step in StepId::ALL.into_iter().rev() {
        click(&mut model, (80, 24), 0..SIDE, &recipe.step(step).title);
        assert_eq!(
            (model.campus.as_ref().map(|campus| campus.at), &model.screen),
            (Some(step), &Screen::Steps(StepsScreen))
        );
    }
    click(&mut model, (80, 24), 0..SIDE, "Summary");
    assert_eq!(model.screen, Screen::Summary(SummaryScreen::default()));
    click(&mut model, (80, 24), 0..SIDE, &recipe.step(StepId::Rule).title);
    assert_eq!(
        (model.campus.as_ref().map(|campus| campus.at), &model.screen),
        (Some(StepId::Rule), &Screen::Steps(StepsScreen))
    );
}

#[rstest]
#[case::usual((80, 24), SIDE)]
#[case::narrow((60, 14), 0)]
#[case::wide((200, 50), SIDE)]
fn a_press_on_a_value_chooses_it_however_far_the_list_is_scrolled(#[case] size: (u16, u16), #[case] from: usize) {
    let mut model = read(&drifted(), StepId::Parameters);
    update(&mut model, Msg::Resize(size.0, size.1));
    press(&mut model, Key::End);
    let labels: Vec<String> = model.campus.as_ref().map_or(Vec::new(), |campus| {
        campus.here().report.findings.iter().map(|finding| finding.label.clone()).collect()
    });
    let mut pressed = 0;
    let unlike = |label: &&String| labels.iter().filter(|other| other.contains(label.as_str())).count() == 1;
    for label in labels.iter().filter(unlike) {
        let seen = words(&model, size);
        let body: Vec<&str> = seen.lines().skip(5).collect();
        let shown = body.iter().any(|line| line.chars().skip(from + 4).collect::<String>().starts_with(label.as_str()));
        if shown && seen.matches(label.as_str()).count() == 1 {
            click(&mut model, size, from..from + 5, label);
            assert_eq!(chosen(&model), *label);
            assert!(words(&model, size).contains(label.as_str()), "the value stays on the screen");
            pressed += 1;
        }
    }
    assert!(pressed > 2, "{pressed} at {size:?}");
}

#[test]
fn in_the_set_up_a_press_chooses_a_campus_and_a_field() {
    let mut model = setups::systems().0;
    let first = model.setup.as_ref().map(|setup| setup.focus);
    click(&mut model, (80, 24), 0..5, "ILLiad API key");
    let now = model.setup.as_ref().map(|setup| setup.focus);
    assert_ne!(first, now);
    let seen = words(&model, (80, 24));
    assert!(seen.contains("▸ ILLiad API key"), "{seen}");

    let mut choosing = Model::choosing(crate::screen::models::start(), Vec::new(), None);
    click(&mut choosing, (80, 24), 0..80, "Hunter");
    let seen = words(&choosing, (80, 24));
    assert!(seen.contains("▸ 01CUNY_HC"), "{seen}");
}

/// A click leaves a field as Tab does: it confirms no address that it skips or only passes.
#[test]
fn a_press_confirms_no_address_that_it_skips() {
    let mut model = setups::systems().0;
    click(&mut model, (80, 24), 0..5, "ILLiad API key");
    assert_eq!(press(&mut model, Key::Tab), [], "no host is asked");
    click(&mut model, (80, 24), 0..5, "Alma API address");
    click(&mut model, (80, 24), 0..5, "Name");
    click(&mut model, (80, 24), 0..5, "Alma API address");
    assert_eq!(clicked(&mut model, (80, 24), 0..5, "ILLiad API key"), [], "no host is asked");
    click(&mut model, (80, 24), 0..5, "Alma API address");
    press(&mut model, Key::Char('x'));
    press(&mut model, Key::Backspace);
    let sent = clicked(&mut model, (80, 24), 0..5, "ILLiad API key");
    let alma = "https://api-na.hosted.exlibrisgroup.com".to_owned();
    assert_eq!(setups::query(&sent), Some(([alma, String::new()], 0)));
}

#[test]
fn a_press_where_nothing_can_be_chosen_changes_nothing() {
    for (name, model) in all() {
        let mut after = model.clone();
        for (column, row) in [(0, 0), (79, 0), (40, 1), (40, 22), (79, 23), (200, 5), (5, 200)] {
            assert_eq!(update(&mut after, Msg::Click(column, row)), [], "{name}");
            assert_eq!(after.screen, model.screen, "{name}");
        }
    }
    let mut small = read(&drifted(), StepId::Parameters);
    update(&mut small, Msg::Resize(30, 8));
    let before = small.clone();
    for row in 0..8 {
        update(&mut small, Msg::Click(5, row));
        update(&mut small, Msg::Wheel(Wheel::Down));
    }
    assert_eq!(small, before, "a click has no effect in a window that is too small");
}

#[test]
fn the_wheel_moves_in_lists_scrolls_texts_and_leaves_forms_alone() {
    let mut model = read(&fresh(), StepId::Connect);
    model.mouse = Mouse::Ours;
    press(&mut model, Key::Home);
    let first = chosen(&model);
    update(&mut model, Msg::Wheel(Wheel::Down));
    let second = chosen(&model);
    update(&mut model, Msg::Wheel(Wheel::Up));
    assert!(first != second && chosen(&model) == first, "{first} {second}");

    model.screen = Screen::Summary(SummaryScreen::default());
    update(&mut model, Msg::Resize(80, 12));
    update(&mut model, Msg::Wheel(Wheel::Down));
    assert_eq!(model.screen, Screen::Summary(SummaryScreen { top: 3 }));

    let mut form = setups::systems().0;
    form.mouse = Mouse::Ours;
    let before = form.clone();
    update(&mut form, Msg::Wheel(Wheel::Down));
    assert_eq!(form, before);

    // The wheel scrolls the values of a sign-off; only keys lead to its other field.
    let mut signing = read(&fresh(), StepId::Illiad);
    signing.mouse = Mouse::Ours;
    press(&mut signing, Key::Enter);
    update(&mut signing, Msg::Resize(80, 16));
    update(&mut signing, Msg::Wheel(Wheel::Down));
    let Screen::SignOff(screen) = &signing.screen else { panic!("{:?}", signing.screen) };
    assert!(screen.top > 0 && screen.typing == SignOffField::Remark, "{screen:?}");
}

#[test]
fn the_help_says_whose_the_mouse_is() {
    let mut model = read(&fresh(), StepId::Connect);
    press(&mut model, Key::Char('?'));
    assert!(words(&model, (80, 60)).contains("Start with --mouse"));
    model.mouse = Mouse::Ours;
    let seen = words(&model, (80, 60));
    assert!(seen.contains("Click") && seen.contains("Wheel") && !seen.contains("--mouse"), "{seen}");
}

#[test]
fn where_the_mouse_is_the_terminals_nothing_comes_of_it() {
    let mut model = setups::systems().0;
    let before = format!("{model:?}");
    for msg in [Msg::Click(9, 8), Msg::Wheel(Wheel::Down)] {
        assert_eq!(update(&mut model, msg), []);
    }
    assert_eq!(format!("{model:?}"), before);
}
