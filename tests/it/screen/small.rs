//! Small windows: users see what Enter confirms before it does, the way back is named, and cut text is marked.
use crate::screen::models::{done, drifted, fresh, paste, press, read, type_text, written};
use crate::screen::paint::{seen, words};
use crate::screen::pictures::{all, choose, planned, undo};
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Effect, Msg, Work};
use last_resort::tui::page::{area, sheet};
use last_resort::tui::update::update;

const SIZES: [(u16, u16); 5] = [(40, 10), (60, 12), (40, 24), (80, 16), (80, 24)];

/// Presses Enter until work is requested. Returns everything shown on the way, and the effects.
fn until_done(model: &mut Model, size: (u16, u16)) -> (String, Vec<Effect>) {
    update(model, Msg::Resize(size.0, size.1));
    let mut shown = String::new();
    for _ in 0..40 {
        let picture = words(model, size);
        let effects = press(model, Key::Enter);
        shown.push_str(&picture);
        if !effects.is_empty() {
            return (shown, effects);
        }
        assert!(picture.contains("Enter read on"), "Enter does nothing and does not say so\n{picture}");
    }
    panic!("Enter never requests any work\n{shown}");
}

/// Returns the words without line breaks and scroll marks.
fn flowing(shown: &str) -> String {
    shown.replace(['↓', '↑', '…'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn pasting(key: &str, step: StepId, text: &str) -> Model {
    let mut model = read(&written(), step);
    choose(&mut model, key);
    press(&mut model, Key::Char('p'));
    paste(&mut model, text);
    model
}

#[test]
fn the_verdict_and_what_is_wanted_are_seen_before_enter_records() {
    let condition = "t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)";
    for size in SIZES {
        for (text, verdict) in [(condition, "Exact match."), ("t.CitedIn LIKE '01%'", "Does not match:")] {
            let mut model = pasting("illiad.routing.match_string", StepId::Illiad, text);
            let (shown, effects) = until_done(&mut model, size);
            assert!(matches!(effects.as_slice(), [Effect::Work(Work::Show { .. })]), "{effects:?}");
            let told = flowing(&shown);
            assert!(told.contains(verdict) && told.contains(condition), "{size:?}\n{shown}");
            assert!(shown.contains("Esc back"), "{size:?}\n{shown}");
        }
        let form = "QueueName: Request Imported From Alma\nNVTGC: ILX\nProcess Type: Lending\nSave";
        let mut model = pasting("illiad.routing.match_string", StepId::Illiad, form);
        let (shown, _) = until_done(&mut model, size);
        let told = flowing(&shown);
        for words in ["3 values: 0 as wanted, 3 not.", "wanted ILL found ILX", "wanted Borrowing found Lending"] {
            assert!(told.contains(words), "{size:?} {words}\n{shown}");
        }
    }
}

#[test]
fn what_is_typed_stays_in_sight_and_starts_the_screen_at_its_top() {
    let mut model = pasting("illiad.routing.match_string", StepId::Illiad, "t.CitedIn LIKE '01%'");
    update(&mut model, Msg::Resize(40, 10));
    press(&mut model, Key::PageDown);
    assert!(!words(&model, (40, 10)).contains("Does not match:"));
    type_text(&mut model, "x");
    let shown = words(&model, (40, 10));
    assert!(shown.contains("LIKE '01%'x") && shown.contains("Does not match:"), "{shown}");
}

#[test]
fn every_value_is_seen_before_it_is_signed() {
    for size in SIZES {
        let mut model = read(&written(), StepId::Illiad);
        update(&mut model, Msg::Resize(size.0, size.1));
        press(&mut model, Key::Enter);
        type_text(&mut model, "yes");
        assert!(words(&model, size).lines().any(|line| line.contains("Remark") && line.ends_with(": yes")));
        let (shown, _) = until_done(&mut model, size);
        for value in ["RuleNo", "MatchString", "QueueName", "NVTGC", "ILL", "Sign off 10 values"] {
            assert!(shown.contains(value), "{size:?} {value}\n{shown}");
        }
        assert!(shown.contains("Esc back"), "{size:?}\n{shown}");
    }
}

#[test]
fn a_plan_says_how_much_it_changes_where_the_code_is_typed() {
    for size in SIZES {
        for (snapshot, step, few, many) in [
            (drifted(), StepId::Parameters, "2 values change.", "2 values change in Alma;"),
            (fresh(), StepId::Partner, "New partner, ", "This creates a new partner in Alma,"),
        ] {
            let mut model = planned(&snapshot, step);
            type_text(&mut model, "01CUNY_QC");
            let shown = words(&model, size);
            assert!(shown.contains(few) || shown.contains(many), "{size:?}\n{shown}");
            assert!(shown.contains("Esc back") && shown.contains("SANDBOX"), "{size:?}\n{shown}");
            assert!(
                shown.lines().any(|line| line.contains("Type 01CUNY_QC") && line.ends_with("01CUNY_QC")),
                "{shown}"
            );
        }
        let mut model = planned(&drifted(), StepId::Parameters);
        model.campus.as_mut().expect("a campus").site = crate::screen::models::campus_in("production");
        type_text(&mut model, "01CUNY_BC");
        let shown = words(&model, size);
        assert!(shown.contains("PRODUCTION") && shown.contains("1CUNY_BC\n"), "{shown}");
        press(&mut model, Key::Enter);
        assert!(flowing(&words(&model, size)).contains("01CUNY_BC"), "{}", words(&model, size));
    }
}

/// At the top of a small window, a sentence without room for its second line must not seem to end there.
#[test]
fn a_sentence_that_is_cut_ends_in_dots() {
    let outcome =
        crate::screen::pictures::ended(&fresh(), &written(), StepId::Partner, crate::screen::pictures::by_api);
    let gates = crate::screen::errands::shut();
    for (model, words) in [(outcome, "3 by hand"), (gates, "Cannot go live yet")] {
        let shown = crate::screen::paint::words(&model, (40, 10));
        let line = shown.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{shown}"));
        assert!(line.ends_with(" …"), "{shown}");
    }
}

#[test]
fn an_undo_says_what_it_takes_back_and_shows_its_field() {
    for size in SIZES {
        for wrong in [false, true] {
            let shown = words(&undo(wrong).0, size);
            assert!(shown.contains("Undoes the write of 18:05:00"), "{size:?}\n{shown}");
            assert!(shown.contains("Type 01CUNY_QC") && shown.contains("Esc back"), "{size:?}\n{shown}");
            assert!(shown.contains("[cursor"), "{size:?}\n{shown}");
        }
    }
}

/// Whoever types the campus code consents to all that the screen says, so it was all in view before Enter sends anything.
#[test]
fn everything_is_seen_before_a_typed_code_sends_anything() {
    let mut chain = crate::screen::proofs::asking();
    update(&mut chain, Msg::Resize(40, 10));
    press(&mut chain, Key::PageDown);
    press(&mut chain, Key::Tab);
    let open = [
        planned(&drifted(), StepId::Parameters),
        planned(&fresh(), StepId::Partner),
        crate::screen::proofs::asking(),
        chain,
        undo(false).0,
        crate::screen::errands::asking(),
        crate::screen::errands::going_back(),
    ];
    for mut model in open {
        type_text(&mut model, "01CUNY_QC");
        for size in SIZES {
            let mut model = model.clone();
            update(&mut model, Msg::Resize(size.0, size.1));
            let all = sheet(&model, area(&model)).body;
            let (shown, effects) = until_done(&mut model, size);
            assert_eq!(effects.len(), 1, "{effects:?}");
            for row in all {
                let row = flowing(&row.words());
                assert!(flowing(&shown).contains(&row), "{size:?} {row}\n{shown}");
            }
        }
    }
}

/// At 40x10 every screen with a way back names it.
#[test]
fn the_way_back_is_named_at_any_size() {
    for (name, model) in all() {
        if model.help.is_some() || model.writing() {
            continue;
        }
        let back = matches!(
            model.screen,
            Screen::Plan(_) | Screen::Undo(_) | Screen::Prove(_) | Screen::SignOff(_) | Screen::PasteBack(_)
        );
        let shown = words(&model, (40, 10));
        assert!(!back || shown.contains(" back"), "{name}\n{shown}");
    }
}

#[test]
fn what_is_cut_at_the_edge_ends_in_the_mark_for_that() {
    let mut proving = all().into_iter().find(|(name, _)| name == "proving").expect("a proof under way").1;
    proving.now += std::time::Duration::from_secs(90);
    let shown = words(&proving, (40, 10));
    let line = shown.lines().find(|line| line.contains("Proving ILLiad")).expect("a heading");
    assert!(line.ends_with('…') || line.ends_with(" SANDBOX"), "{shown}");
    for step in StepId::ALL {
        for model in [read(&done(), step), read(&written(), step), crate::screen::models::opened(step).0] {
            let title = &model.campus.as_ref().expect("a campus").here().report.title;
            assert!(words(&model, (40, 10)).contains(&format!("/8 {title}")), "{}", words(&model, (40, 10)));
        }
    }
}

#[test]
fn a_footer_that_leaves_keys_out_says_that_there_are_more() {
    let model = read(&written(), StepId::Partner);
    let shown = seen(&model);
    for words in ["Enter sign off 3 values", "a this one", "u undo", "? more keys"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let narrow = words(&model, (60, 20));
    assert!(narrow.contains("a this one") && narrow.contains("? more"), "{narrow}");
    let shown = words(&model, (200, 24));
    for words in ["a sign this one off", "u undo", "p paste back", "? help"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

/// Whoever has entered the values by hand may paste them back instead of signing them off.
#[test]
fn the_footer_of_a_step_done_by_hand_names_the_paste() {
    for step in [StepId::Rota, StepId::Rule, StepId::Illiad] {
        let shown = words(&read(&written(), step), (80, 24));
        assert!(shown.contains("a this one   p paste back   ? more keys   q quit"), "{shown}");
    }
}

#[test]
fn the_help_explains_the_marks_of_results_and_cuts_none_of_them() {
    for (name, words) in [
        ("outcome-written", "✓                written, restored or deleted, and read back"),
        ("golive-live", "·                Not run; may hide a problem"),
        ("paste-back-equal", "✗                does not match"),
    ] {
        let mut model = all().into_iter().find(|(of, _)| of == name).expect("a picture of that name").1;
        update(&mut model, Msg::Key(last_resort::tui::msg::Intent::Help));
        let shown = words_of_help(&model);
        assert!(shown.contains(" Marks") && shown.contains(words), "{name}\n{shown}");
    }
    let mut model = read(&written(), StepId::Rota);
    press(&mut model, Key::Char('?'));
    assert!(flowing(&words_of_help(&model)).contains("pasted, imported or proved"), "{}", words_of_help(&model));
}

/// The window is so high that the help does not scroll.
fn words_of_help(model: &Model) -> String {
    words(model, (80, 70))
}
