//! Tests of the paste-back by what a user sees.
use super::recorded;
use crate::recipe::{FieldKey, StepId};
use crate::secret::ApiKey;
use crate::site::SiteDraft;
use crate::tui::keys::{self, Key};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Msg, PastedText};
use crate::tui::screen::paste_back::PasteBackScreen;

use crate::tui::script::Script;
use crate::tui::start::Start;
use crate::tui::update::update;
use crate::tui::{entry::Entry, page};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A session with nothing read yet and the paste-back of `key` open.
fn opened(key: &str) -> Model {
    let site = r#"
institution = "01CUNY_QC"
name = "Queens College"
environment = "sandbox"
[alma]
url = "https://api-na.hosted.exlibrisgroup.com"
library = "QCRS"
[illiad]
url = "https://qc.illiad.oclc.org/illiadwebplatform/"
[patrons]
sample = ["10000001"]
"#;
    let site = SiteDraft::from_toml(site).accept().expect("a campus");
    let start = Start {
        user: "staff".to_owned(),
        practice: None,
        script: Script::Unicode,
        zone: TimeZone::UTC,
        now: Timestamp::UNIX_EPOCH,
    };
    let key = FieldKey::from(key);
    let mut model = Model::on_campus(start, site, key.step());
    model.screen = Screen::PasteBack(PasteBackScreen::of(key, Entry::open("")));
    model
}

fn paste(model: &mut Model, text: &str) {
    assert_eq!(update(model, Msg::Paste(PastedText(text.to_owned().into()))), []);
}

/// The screen's words, separated by single blanks.
fn shown(model: &Model) -> String {
    let sheet = page::sheet(model, page::area(model));
    let words: Vec<String> = sheet.head.iter().chain(&sheet.body).map(|row| row.words()).collect();
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What Enter would record, as pairs of field and value.
fn records(model: &Model) -> Vec<(String, String)> {
    let Screen::PasteBack(screen) = &model.screen else { panic!("a paste-back") };
    recorded(model, screen).into_iter().map(|(key, got)| (key.to_string(), got)).collect()
}

const MATCH_STRING: &str = "illiad.routing.match_string";

#[test]
fn a_condition_with_lost_parentheses_is_tried_on_sample_requests() {
    let mut model = opened(MATCH_STRING);
    paste(&mut model, "t.CitedIn LIKE '01CUNY%' and t.LendingString = '' or t.LendingString is NULL\n");
    let shown = shown(&model);
    assert!(shown.contains("0 pairs of parentheses instead of 1"), "{shown}");
    assert!(
        shown.contains(
            "On sample requests it would also catch every request without a lending string, whatever its tag"
        ),
        "{shown}"
    );
    assert_eq!(records(&model).len(), 1);
    assert!(shown.ends_with("Enter records it with your name; the value then counts as different."), "{shown}");
}

#[test]
fn a_condition_that_is_no_sql_is_shown_with_the_place() {
    let mut model = opened(MATCH_STRING);
    paste(&mut model, "t.CitedIn LIKE ‘01CUNY%’");
    assert!(shown(&model).contains("Read as SQL, it fails at character 16: a curly quote (‘)"), "{}", shown(&model));
}

#[test]
fn the_value_itself_is_equal() {
    let mut model = opened("illiad.queue.queue_name");
    paste(&mut model, "Request Imported from Alma");
    assert!(shown(&model).contains("Exact match."), "{}", shown(&model));
    paste(&mut model, " ");
    assert!(shown(&model).contains("a space at the end"), "{}", shown(&model));
}

#[test]
fn a_whole_form_is_compared_field_by_field() {
    let mut model = opened("illiad.queue.nvtgc");
    paste(&mut model, "CustomQueues\nQueueName: Request Imported From Alma\nProcessType: Borrowing\nNVTGC: ILL\nSave");
    let words = shown(&model);
    for part in [
        "3 values: 2 as wanted, 1 not.",
        "QueueName (CustomQueues), line 2: wanted Request Imported from Alma found Request Imported From Alma upper and lower case",
        "staff probably would not see the requests in the queue",
        "Exact match: ProcessType, NVTGC.",
        "Not in the pasted text: RuleNo, RuleActive,",
        "Ignored: line 5.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // Once it is emptied, one value can be typed.
    for key in [Key::Ctrl('u'), Key::Char('I')] {
        let intent = keys::intent(&model, key).expect("a key");
        update(&mut model, Msg::Key(intent));
    }
    assert!(shown(&model).contains("wanted ILL Paste or type it here: I"), "{}", shown(&model));
}

#[test]
fn pieces_of_a_form_add_up_wherever_it_was_cut() {
    let form = "QueueName\tRequest Imported from Alma\nProcessType\tBorrowing\nNVTGC\tILL\n";
    let mut whole = opened("illiad.queue.nvtgc");
    paste(&mut whole, form);
    for cut in 1..form.len() {
        let mut model = opened("illiad.queue.nvtgc");
        for piece in [&form[..cut], &form[cut..]] {
            update(&mut model, Msg::Piece(PastedText(piece.to_owned().into())));
        }
        assert_eq!(records(&model), records(&whole), "cut after {:?}", &form[..cut]);
    }
    let mut lines = opened("illiad.queue.nvtgc");
    form.lines().for_each(|line| paste(&mut lines, line));
    assert_eq!(records(&lines), records(&whole), "each line pasted by itself");
}

#[test]
fn a_key_cut_in_two_is_hidden_once_it_is_whole() {
    let secret = "11111111-2222-4333-8444-55555555a1b2";
    let mut model = opened("parameters.export.status");
    for piece in ["Auth type: Default\nStatus: ", &secret[..15], &secret[15..]] {
        update(&mut model, Msg::Piece(PastedText(piece.to_owned().into())));
    }
    assert!(!format!("{model:?}").contains(&secret[..15]), "{model:?}");
    assert!(records(&model).is_empty(), "{:?}", records(&model));
}

#[test]
fn all_that_a_form_shows_for_sure_is_recorded_as_it_stands() {
    let mut model = opened("illiad.queue.nvtgc");
    paste(&mut model, "QueueName\tProcessType\tNVTGC\nRequest Imported from Alma \tDoc Del\tILL\n");
    let words = "Enter records 3 values with your name; values that do not match then count as different.";
    assert!(shown(&model).contains(words), "{}", shown(&model));
    let expected = [
        ("illiad.queue.nvtgc", "ILL"),
        ("illiad.queue.process_type", "Doc Del"),
        ("illiad.queue.queue_name", "Request Imported from Alma "),
    ];
    assert_eq!(records(&model), expected.map(|(key, got)| (key.to_owned(), got.to_owned())));
}

#[test]
fn a_form_that_says_nothing_for_sure_is_not_compared() {
    let mut model = opened("illiad.queue.nvtgc");
    paste(&mut model, "Process Type: Borrowing\nProcess Type: Lending\nProcess Type: Doc Del\n");
    assert!(
        shown(&model).contains("in lines 1, 2, 3 may belong to several fields: not compared."),
        "{}",
        shown(&model)
    );
    assert!(records(&model).is_empty());
}

#[test]
fn a_key_in_a_pasted_form_is_passed_over_and_never_shown() {
    let secret = "11111111-2222-4333-8444-55555555a1b2";
    ApiKey::parse(secret.to_owned()).expect("a key");
    let mut model = opened("parameters.export.status");
    assert_eq!(model.campus.as_ref().map(|campus| campus.at), Some(StepId::Parameters));
    paste(&mut model, &format!("API Key: {secret}\nAuth type: Default\n"));
    assert!(shown(&model).contains("Exact match: Auth type."), "{}", shown(&model));
    assert!(!format!("{model:?}").contains(secret) && !shown(&model).contains("55555555"), "the key is kept");
}
