//! An independent version of the contract's folds, computed from the JSON alone.
use super::desk::{Desk, to_alma};
use super::ran::Ran;
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

/// The steps that each step needs, in the procedure's order of work.
const NEEDS: [(&str, &[&str]); 8] = [
    ("connect", &[]),
    ("patrons", &["connect"]),
    ("partner", &["connect"]),
    ("parameters", &["connect"]),
    ("rota", &["partner"]),
    ("rule", &["rota"]),
    ("illiad", &["connect"]),
    ("prove", &["patrons", "partner", "parameters", "rota", "rule", "illiad"]),
];

/// The states in the order in which they are folded: the first one that applies wins.
const STATES: [&str; 6] = ["blocked", "unread", "differs", "waiting", "attested", "verified"];

/// Returns all findings of a `check --json` or `apply --json`.
pub(crate) fn findings(report: &Value) -> Vec<&Value> {
    let steps = report["steps"].as_array().expect("steps");
    steps.iter().flat_map(|step| step["findings"].as_array().expect("findings")).collect()
}

/// Returns the finding of a key.
#[track_caller]
pub(crate) fn finding<'a>(report: &'a Value, key: &str) -> &'a Value {
    findings(report).into_iter().find(|finding| finding["key"] == key).unwrap_or_else(|| panic!("no finding {key}"))
}

/// Returns a step of a report.
#[track_caller]
pub(crate) fn step<'a>(report: &'a Value, id: &str) -> &'a Value {
    let steps = report["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["id"] == id).unwrap_or_else(|| panic!("no step {id}"))
}

/// Returns the keys whose verdict is one of these.
pub(crate) fn keys_that(report: &Value, verdicts: &[&str]) -> BTreeSet<String> {
    findings(report)
        .into_iter()
        .filter(|finding| verdicts.iter().any(|verdict| finding["verdict"] == *verdict))
        .map(|finding| finding["key"].as_str().expect("a key").to_owned())
        .collect()
}

fn counts(finding: &&Value) -> bool {
    finding["advisory"] != true
}

fn state_of(finding: &Value) -> &'static str {
    match finding["verdict"].as_str().expect("a verdict") {
        "unread" => "unread",
        "differs" | "absent" => "differs",
        "waiting" => "waiting",
        "attested" => "attested",
        "same" => "verified",
        other => panic!("no verdict of the contract: {other}"),
    }
}

fn fold<'a>(states: impl IntoIterator<Item = &'a str>) -> &'static str {
    let states: Vec<&str> = states.into_iter().collect();
    STATES.into_iter().find(|state| states.contains(state)).unwrap_or("verified")
}

fn lacks(report: &Value, id: &str) -> bool {
    let counted = step(report, id)["findings"].as_array().expect("findings").iter().filter(counts);
    counted.into_iter().any(|finding| finding["verdict"] == "absent") || is_blocked(report, id)
}

fn is_blocked(report: &Value, id: &str) -> bool {
    let needs = NEEDS.iter().find(|(step, _)| *step == id).expect("a step").1;
    needs.iter().any(|need| lacks(report, need))
}

/// Fails unless every state in a full check follows from its findings as the contract says.
pub(crate) fn assert_folds(report: &Value, context: &str) {
    let mut states = Vec::new();
    for (id, _) in NEEDS {
        let step = step(report, id);
        let all = step["findings"].as_array().expect("findings");
        let counted: Vec<&Value> = all.iter().filter(counts).collect();
        let told = step["state"].as_str().expect("a state");
        if is_blocked(report, id) {
            assert_eq!(told, "blocked", "{context}: {id}");
        } else if counted.is_empty() {
            // Advisory findings do not affect the state, but a step with nothing checked must not claim to be verified.
            assert!(told != "verified" || all.iter().all(|finding| finding["verdict"] == "same"), "{context}: {id}");
            continue;
        } else {
            assert_eq!(told, fold(counted.into_iter().map(state_of)), "{context}: {id}");
        }
        states.push(told);
    }
    assert_eq!(report["state"], fold(states), "{context}: the campus");
}

/// Returns the exit code that a report's findings require.
pub(crate) fn exit_code(report: &Value) -> i32 {
    let states: Vec<&str> = findings(report).into_iter().filter(counts).map(state_of).collect();
    match () {
        () if states.contains(&"unread") => 1,
        () if states.contains(&"differs") => 3,
        () if states.contains(&"waiting") => 4,
        () => 0,
    }
}

/// Fails unless each finding's texts, evidence and channel fit its verdict.
pub(crate) fn assert_words(report: &Value, context: &str) {
    for finding in findings(report) {
        let context = format!("{context}: {finding}");
        let verdict = finding["verdict"].as_str().expect("a verdict");
        let evidence = &finding["evidence"];
        match verdict {
            "waiting" | "unread" => assert!(evidence.is_null(), "{context}"),
            "attested" => assert_eq!(evidence, "attested", "{context}"),
            "absent" => assert_eq!(evidence, "read", "{context}"),
            _ => assert!(["read", "proved", "imported"].iter().any(|word| evidence == word), "{context}"),
        }
        for text in ["want", "got", "hint"] {
            assert!(finding[text].is_string() || finding[text].is_null(), "{context}: {text}");
        }
        for text in ["label", "at"] {
            assert!(finding[text].as_str().is_some_and(|text| !text.is_empty()), "{context}: {text}");
        }
        if verdict == "unread" {
            assert!(finding["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{context}");
        }
        assert!(finding["channel"] == "api" || finding["channel"] == "screen", "{context}");
    }
}

/// Fails if a request of this desk changed data, or if Alma got more than ten requests in any one second.
pub(crate) fn assert_only_looked(desk: &Desk, context: &str) {
    let writes = desk.writes();
    assert!(writes.is_empty(), "{context}: {writes:?}");
    assert_pace(desk, context);
}

/// Fails if Alma got more than ten requests in any one second. Only for desks where a single process ran.
pub(crate) fn assert_pace(desk: &Desk, context: &str) {
    let times: Vec<_> = desk.sim.requests().into_iter().filter(to_alma).map(|seen| seen.at).collect();
    for (first, start) in times.iter().enumerate() {
        let within = times[first..].iter().filter(|at| at.duration_since(*start) < Duration::from_secs(1)).count();
        assert!(within <= 10, "{context}: {within} requests within a second");
    }
}

/// Whether a character could control a terminal or make one text look like another.
fn steers(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn steering_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => text.chars().any(steers).then_some(text),
        Value::Array(items) => items.iter().find_map(steering_text),
        Value::Object(members) => members.values().find_map(steering_text),
        _ => None,
    }
}

/// Fails if any output could control a terminal, whether raw or as an escape inside JSON.
#[track_caller]
pub(crate) fn no_control(ran: &Ran, context: &str) {
    for text in [ran.out(), ran.err()] {
        let bad = text.lines().find(|line| line.chars().any(steers));
        assert!(bad.is_none(), "{context}: {bad:?}");
        assert!(!text.contains('\r'), "{context}: output contains a carriage return");
    }
    if let Ok(value) = serde_json::from_slice::<Value>(&ran.stdout) {
        assert_eq!(steering_text(&value), None, "{context}");
    }
}
