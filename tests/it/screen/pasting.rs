//! Pasted text is shown, empty fields can be recorded, and invisible spaces are made visible.
use crate::screen::models::{judge, paste, press, read, shown, ticket_of, type_text, written};
use crate::screen::paint::seen;
use crate::screen::pictures::choose;
use last_resort::recipe::StepId;
use last_resort::tui::keys::Key;
use last_resort::tui::model::Model;
use last_resort::tui::msg::{Effect, Msg, Work};
use last_resort::tui::script::Script;
use last_resort::tui::update::update;

fn opened(step: StepId, key: &str) -> Model {
    let mut model = read(&written(), step);
    choose(&mut model, key);
    press(&mut model, Key::Char('p'));
    model
}

fn recorded(effects: &[Effect]) -> Vec<(&str, &str)> {
    match effects {
        [Effect::Work(Work::Show { fields, .. })] => {
            fields.iter().map(|(key, got)| (key.as_str(), got.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn of_a_form_its_first_lines_are_seen_but_no_key() {
    let mut model = opened(StepId::Illiad, "illiad.queue.queue_name");
    let key = crate::screen::models::SECRET;
    paste(&mut model, &format!("\n\nNote {key}\nQueueName: Request Imported from Alma\nNVTGC: ILX\n"));
    let picture = seen(&model);
    assert!(picture.contains("pasted: 5 lines\n   QueueName: Request Imported from Alma\n   NVTGC: ILX"), "{picture}");
    assert!(!picture.contains(key) && !format!("{model:?}").contains(key), "{picture}");
    let effects = press(&mut model, Key::Enter);
    let result = Ok(Box::new(judge(&written(), &[StepId::Illiad])));
    update(&mut model, Msg::EvidenceRecorded { ticket: ticket_of(&effects), result });
    assert_eq!(model.status.as_deref(), Some("Recorded as staff: 1 value as wanted, 1 differs."));
    // After the form is emptied, a value can be typed.
    let mut model = opened(StepId::Illiad, "illiad.queue.queue_name");
    paste(&mut model, "QueueName: A\nNVTGC: ILX\n");
    press(&mut model, Key::Ctrl('u'));
    type_text(&mut model, "ILL");
    assert!(!seen(&model).contains("lines"), "{}", seen(&model));
}

/// tmux and others send other line ends. The message always counts the same lines.
#[test]
fn lines_are_counted_alike_whatever_ends_them() {
    for end in ["\n", "\r", "\r\n"] {
        let mut model = opened(StepId::Illiad, "illiad.queue.queue_name");
        paste(&mut model, &["Queue", "", "QueueName: Q", "NVTGC: ILX", "Save", ""].join(end));
        let picture = seen(&model);
        assert!(picture.contains("pasted: 5 lines, the first 2\n   Queue\n   QueueName: Q\n"), "{end:?}\n{picture}");
        assert!(picture.contains("QueueName (CustomQueues), line 3:"), "{end:?}\n{picture}");
    }
}

/// A value compared character by character must not seem to lack any of them.
#[test]
fn where_a_long_value_is_cut_stand_the_dots_of_the_script() {
    for (script, dots) in [(Script::Unicode, "…"), (Script::Ascii, "..")] {
        let mut model = opened(StepId::Illiad, "illiad.routing.match_string");
        model.script = script;
        let value = "0123456789".repeat(12);
        paste(&mut model, &value);
        let line = |model: &Model| {
            let picture = seen(model);
            picture.lines().find(|line| line.contains("89012345")).unwrap_or_else(|| panic!("{picture}")).to_owned()
        };
        assert!(line(&model).trim_start().starts_with(dots) && line(&model).ends_with('9'), "{}", line(&model));
        press(&mut model, Key::Home);
        assert!(line(&model).trim_start().starts_with('0') && line(&model).ends_with(dots), "{}", line(&model));
    }
}

#[test]
fn an_empty_field_is_recorded_by_its_word() {
    for word in ["blank", "[blank]", " Blank "] {
        let mut model = opened(StepId::Partner, "partner.alternate_symbol");
        assert!(seen(&model).contains("If the field is empty on the screen, type blank."), "{}", seen(&model));
        type_text(&mut model, word);
        assert!(seen(&model).contains("Exact match. Enter records it"), "{}", seen(&model));
        assert_eq!(recorded(&press(&mut model, Key::Enter)), [("partner.alternate_symbol", "")]);
    }
    let mut model = opened(StepId::Illiad, "illiad.queue.queue_name");
    assert!(!seen(&model).contains("type blank"));
    type_text(&mut model, "blank");
    assert!(seen(&model).contains("Does not match:"), "{}", seen(&model));
}

#[test]
fn blanks_at_an_end_stand_in_quotes_wherever_a_value_is_shown() {
    let snapshot = shown(&written(), "illiad.queue.queue_name", "Request Imported from Alma ");
    let mut model = read(&snapshot, StepId::Illiad);
    choose(&mut model, "illiad.queue.queue_name");
    assert!(seen(&model).contains("\"Request Imported from Alma \""), "{}", seen(&model));
    press(&mut model, Key::Char('p'));
    paste(&mut model, "Request  Imported from Alma");
    assert!(seen(&model).contains("\"Request  Imported from Alma\""), "{}", seen(&model));
}

#[test]
fn a_field_that_stays_blank_says_that_there_is_nothing_to_copy() {
    let mut model = read(&written(), StepId::Partner);
    choose(&mut model, "partner.alternate_symbol");
    assert!(!seen(&model).contains("c copy"), "{}", seen(&model));
    assert_eq!(press(&mut model, Key::Char('c')), []);
    assert!(seen(&model).contains("Nothing to copy: this field stays blank."), "{}", seen(&model));
}
