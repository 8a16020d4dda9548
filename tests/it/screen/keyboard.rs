//! The table of keys agrees with the screens: every key in the footer works, the help lists all of them, and every
//! binding can be reached.
use crate::screen::models::{SECRET, paste, press, type_text};
use crate::screen::paint::{seen, words};
use crate::screen::pictures::all;
use crate::screen::setups;
use last_resort::engine::journal::UndoState;
use last_resort::recipe::{KeySlot, StepId};
use last_resort::tui::entry::Entry;
use last_resort::tui::keys::{
    FooterKey, Key, footer, help, intent, key_table, key_tables, text_use, under_help, works_under_help,
};
use last_resort::tui::model::{Model, Screen};
use last_resort::tui::msg::{Intent, Msg};
use last_resort::tui::screen::behaviour::TextUse;
use last_resort::tui::setup::Question;
use last_resort::tui::update::update;

/// Removes the reason why the last answer was refused. The same refusal again would otherwise look as if the key did nothing.
fn unrefused(mut model: Model) -> Model {
    match &mut model.screen {
        Screen::Plan(screen) => screen.code.refused = None,
        Screen::Undo(screen) => screen.code.refused = None,
        Screen::Prove(screen) => screen.code.refused = None,
        Screen::SignOff(screen) => screen.refused = None,
        Screen::GoLive(screen) => screen.code.refused = None,
        _ => {}
    }
    if let Some(setup) = &mut model.setup {
        setup.refused = None;
    }
    model
}

/// `?` opens the help if it cannot be part of the answer. After other text it is an ordinary character, but not in a name of Alma's list.
#[test]
fn a_question_mark_typed_first_opens_the_help_but_where_it_may_be_meant() {
    let mut asked = 0;
    for (name, model) in all() {
        let Some(entry) = model.entry().filter(|entry| entry.is_empty()) else { continue };
        let mut after = model.clone();
        let secret = matches!(entry, Entry::Secret(..));
        let text = secret || matches!(key_table(&model).of, "paste back" | "campuses" | "forecast");
        press(&mut after, Key::Char('?'));
        assert_eq!((after.help.is_some(), after.entry().is_some()), (!text, text), "{name}");
        asked += usize::from(!text);
        let mut after = model.clone();
        type_text(&mut after, "x");
        let listed = text_use(&after) == Some(TextUse::Listed);
        press(&mut after, Key::Char('?'));
        assert_eq!(after.help.is_some(), listed, "{name}");
    }
    assert!(asked > 8, "{asked}");
}

#[test]
fn every_key_of_every_footer_does_something() {
    let mut pressed = 0;
    for (name, model) in all() {
        let before = unrefused(model);
        for FooterKey { key, words, .. } in footer(&before) {
            let mut after = before.clone();
            let effects = press(&mut after, key);
            // A person sees a change, or the program does something. What changes in the model alone does not count.
            let seen = seen(&after) != seen(&before);
            assert!(!effects.is_empty() || seen, "{name}: {} {words} does nothing", key.name());
            pressed += 1;
        }
    }
    assert!(pressed > 400, "{pressed}");
}

#[test]
fn every_footer_that_can_names_the_way_out() {
    for (name, model) in all().into_iter().filter(|(_, model)| model.leaving.is_none()) {
        let keys: Vec<Key> = footer(&model).into_iter().map(|of| of.key).collect();
        let out = |key: &Key| matches!(key, Key::Char('q') | Key::Ctrl('c'));
        assert!(keys.iter().any(out), "{name}: {keys:?}");
        let seen = words(&model, (80, 24));
        let last = seen.lines().nth(23).unwrap_or_default();
        assert!(last.contains("quit"), "{name}: {last}");
    }
}

#[test]
fn the_help_lists_every_binding_of_its_screen() {
    let mut contexts = 0;
    for (name, model) in all().into_iter().filter(|(_, model)| model.help.is_some()) {
        contexts += 1;
        let typing = model.entry_under_help().is_some();
        let shown = words(&model, (160, 60));
        let listed = help(&model);
        for binding in under_help(&model).bindings() {
            let keys = binding.keys.iter().filter(|key| !typing || !matches!(key, Key::Char(_)));
            for key in keys {
                let lines = if works_under_help(&model, binding.intent) { &listed.now } else { &listed.otherwise };
                assert!(
                    lines
                        .iter()
                        .any(|(names, text)| *text == binding.help && names.split(", ").any(|n| n == key.name())),
                    "{name}: {key:?} is not listed where it belongs"
                );
                assert!(shown.contains(binding.help), "{name}: {} is not shown", binding.help);
            }
        }
    }
    assert_eq!(contexts, 22);
}

#[test]
fn home_and_end_go_to_the_ends_of_what_is_only_read() {
    let (_, help) = all().into_iter().find(|(name, _)| name == "help-summary").expect("a picture");
    let seen = |model: &Model| words(model, (60, 16));
    let mut model = help;
    update(&mut model, Msg::Resize(60, 16));
    let top = seen(&model);
    press(&mut model, Key::End);
    let end = seen(&model);
    assert_ne!(top, end);
    press(&mut model, Key::Down);
    assert_eq!(seen(&model), end, "Down does not scroll past the end");
    press(&mut model, Key::Up);
    assert_ne!(seen(&model), end, "Up scrolls back at once");
    press(&mut model, Key::Home);
    assert_eq!(seen(&model), top);
}

#[test]
fn every_line_of_the_table_is_within_reach() {
    let models: Vec<Model> = all().into_iter().map(|(_, model)| model).collect();
    for table in key_tables() {
        for binding in table.bindings() {
            let reached = models.iter().any(|model| {
                key_table(model) == table && binding.keys.iter().any(|key| intent(model, *key) == Some(binding.intent))
            });
            assert!(reached, "{:?} on {} is out of reach", binding.intent, table.of);
        }
    }
}

#[test]
fn one_key_means_one_thing_at_a_time() {
    for table in key_tables() {
        let mut bound: Vec<Key> = Vec::new();
        for key in table.bindings().flat_map(|binding| binding.keys) {
            // The table of a form binds neither Left nor Right: they belong to the choice or text being edited.
            assert!(!bound.contains(key), "{key:?} is bound twice on {}", table.of);
            bound.push(*key);
        }
    }
}

/// Tests identify tables by their names.
#[test]
fn no_two_tables_of_keys_have_one_name() {
    let names: std::collections::BTreeSet<&str> = key_tables().map(|table| table.of).collect();
    assert_eq!(names.len(), key_tables().count());
}

#[test]
fn a_key_typed_or_pasted_shows_in_no_debug_text() {
    let mut model = setups::systems().0;
    setups::focus(&mut model, Question::Key(KeySlot::Alma));
    let mut told = String::new();
    for letter in setups::ALMA_SECRET.chars() {
        let meant = intent(&model, Key::Char(letter));
        told.push_str(&format!("{meant:?}{:?}", Key::Char(letter)));
        type_text(&mut model, &letter.to_string());
        told.push_str(&format!("{model:?}"));
    }
    let pasted =
        last_resort::tui::msg::Msg::Paste(last_resort::tui::msg::PastedText(setups::ALMA_SECRET.to_owned().into()));
    told.push_str(&format!("{pasted:?}"));
    paste(&mut model, "");
    let effects = press(&mut model, Key::Tab);
    assert!(setups::asked(&effects).is_some());
    told.push_str(&format!("{effects:?}{model:?}"));
    let mut reviewed = setups::review();
    let effects = press(&mut reviewed, Key::Enter);
    assert_eq!(effects.len(), 1, "the campus is stored");
    told.push_str(&format!("{effects:?}{reviewed:?}"));
    let (writing, _) =
        crate::screen::pictures::writing(&crate::screen::models::fresh(), last_resort::recipe::StepId::Partner);
    told.push_str(&format!("{writing:?}"));
    for (name, model) in all() {
        told.push_str(&words(&model, (200, 60)));
        let debug = format!("{model:?}");
        assert!(!debug.contains(&SECRET[..9]) && !debug.contains(&setups::ALMA_SECRET[..9]), "{name}");
    }
    for secret in [SECRET, setups::ALMA_SECRET, setups::ILLIAD_SECRET] {
        // Every part of the key except its last characters, which may be shown.
        for at in 0..secret.len() - 9 {
            let part = &secret[at..at + 9];
            assert!(!told.contains(part), "{part} is shown");
        }
    }
}

/// A record that somebody else wrote cannot be undone from here.
#[test]
fn undo_is_offered_where_a_write_of_ours_is_left_to_undo_and_nowhere_else() {
    let offered = |model: &Model| words(model, (100, 30)).contains("undo");
    for step in [StepId::Partner, StepId::Parameters] {
        let mut model = crate::screen::models::read(&crate::screen::models::written(), step);
        assert!(offered(&model) && intent(&model, Key::Char('u')) == Some(Intent::Undo), "{step}");
        if let Some(campus) = &mut model.campus {
            campus.undoable = UndoState::Nothing;
        }
        assert!(!offered(&model), "{step}");
        assert_eq!(intent(&model, Key::Char('u')), None, "{step}");
        let strangers = crate::screen::models::read(&crate::screen::models::drifted(), step);
        assert!(!offered(&strangers), "{step}");
    }
}
