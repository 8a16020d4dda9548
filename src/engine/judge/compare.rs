//! Compares a wanted value with the value in a record. No other module does this.
use super::identify::Identification;
use super::wanted::{CodeShape, NamedValue, WantedValue, checked};
use crate::recipe::BLANK;
use crate::text::{clean, is_masked};
use serde_json::Value;

/// The result of comparing a value of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    Same,
    Differs,
    /// It cannot be known what the value means: an identifier without a name, a mask, or another shape. Holds the
    /// reason.
    Unjudged(String),
    /// Several things have the wanted name, and this is one of them. Holds the question for a person.
    Asked(String),
}

/// Compares a value of the record with the wanted one. Returns the value in
/// the procedure's words (`None` if empty) and the result.
pub fn compare(wanted: &WantedValue, raw: Option<&Value>) -> (Option<String>, Comparison) {
    if is_empty(raw) {
        return match wanted {
            WantedValue::Blank => (Some(BLANK.to_owned()), Comparison::Same),
            _ => (None, Comparison::Differs),
        };
    }
    let raw = raw.unwrap_or(&Value::Null);
    let Some(text) = plain(raw) else {
        let why =
            format!("Alma's record has something other than a single value here: {}", clean(&raw.to_string(), 80));
        return (None, Comparison::Unjudged(why));
    };
    if is_masked(&text) {
        return (None, Comparison::Unjudged("Alma shows this value masked, so it cannot be compared".to_owned()));
    }
    let (got, judgement) = compare_present(wanted, raw);
    let alike = judgement == Comparison::Differs && got.is_some() && got == wanted.words(None);
    (if alike { got.map(|words| with_raw_value(&words, raw)) } else { got }, judgement)
}

/// Adds the raw value to words that read like the wanted ones, to show the difference.
fn with_raw_value(words: &str, raw: &Value) -> String {
    let beneath = plain(raw).filter(|text| text != words).unwrap_or_else(|| raw.to_string());
    format!("{words} ({})", clean(&beneath, 80))
}

/// Compares a value that is not empty.
fn compare_present(wanted: &WantedValue, raw: &Value) -> (Option<String>, Comparison) {
    match wanted {
        WantedValue::Blank => (Some(as_shown(raw)), Comparison::Differs),
        WantedValue::Text(text) => (Some(as_shown(raw)), judged(plain(raw).as_deref() == Some(text))),
        WantedValue::Number(number) => {
            let got = plain(raw).and_then(|text| text.trim().parse::<i64>().ok());
            (Some(got.map_or_else(|| as_shown(raw), |n| n.to_string())), judged(got == Some(*number)))
        }
        WantedValue::Checked(on) => {
            let got = as_bool(raw);
            (Some(got.map_or_else(|| as_shown(raw), |on| checked(on).to_owned())), judged(got == Some(*on)))
        }
        WantedValue::Choice(choice) => {
            let got = plain(raw).unwrap_or_default();
            let known = choice.all.get(&got);
            // Compared by code, else by description, like every coded field. A
            // code in the list always means what the list says.
            let by_label = got == choice.label || (known.is_none() && desc(raw) == Some(&choice.label));
            let same = got == choice.code || by_label;
            let label = if same { Some(&choice.label) } else { known };
            (Some(label.cloned().unwrap_or_else(|| as_shown(raw))), judged(same))
        }
        WantedValue::Named(named) => named_value(named, raw),
        // The export key is never in the record's JSON; `field::export_key` judges it.
        WantedValue::Secret(_) => (None, Comparison::Differs),
    }
}

/// Whether a field is empty: null, missing, empty text, or a list or object
/// with nothing in it. Alma uses all of these (facts/alma.md §3.1).
fn is_empty(raw: Option<&Value>) -> bool {
    match raw {
        None | Some(Value::Null) => true,
        Some(Value::String(text)) => text.is_empty(),
        Some(Value::Array(items)) => items.is_empty(),
        Some(Value::Object(members)) => members.values().all(|value| is_empty(Some(value))),
        Some(_) => false,
    }
}

fn judged(same: bool) -> Comparison {
    if same { Comparison::Same } else { Comparison::Differs }
}

/// A scalar as text. For `{value, desc}`, its `value`. `None` for any other shape.
fn plain(raw: &Value) -> Option<String> {
    match raw {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(on) => Some(on.to_string()),
        Value::Object(members) => match members.get("value") {
            Some(Value::Null) | None => desc(raw).map(|_| String::new()),
            Some(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_))) => plain(value),
            Some(Value::Object(_) | Value::Array(_)) => None,
        },
        Value::Null | Value::Array(_) => None,
    }
}

fn as_bool(raw: &Value) -> Option<bool> {
    match plain(raw)?.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// The description in `{value, desc}`.
fn desc(raw: &Value) -> Option<&str> {
    raw.get("desc").and_then(Value::as_str).filter(|desc| !desc.is_empty())
}

fn as_shown(raw: &Value) -> String {
    match desc(raw) {
        Some(desc) => clean(desc, 200),
        None => clean(&plain(raw).unwrap_or_else(|| raw.to_string()), 200),
    }
}

/// Compares by code if Alma's list has the code, else by description (special values, internal ids).
fn named_value(named: &NamedValue, raw: &Value) -> (Option<String>, Comparison) {
    let value = plain(raw).unwrap_or_default();
    let desc = desc(raw);
    let known = named.known.iter().find(|(code, _)| *code == value).map(|(_, label)| label.as_str());
    // A value learned from another record does not count if Alma's list gives it another name.
    let sent = matches!(&named.send, Identification::Known { value: send, .. } if *send == value);
    let by_code = named.codes.contains(&value) || (sent && known.is_none_or(|label| label == named.label));
    let by_label = match named.shape {
        CodeShape::Plain => known.is_none() && value == named.label,
        CodeShape::Object => known.is_none() && desc == Some(named.label.as_str()),
    };
    let words = known.or(desc).map_or_else(|| clean(&value, 200), |label| clean(label, 200));
    if let Some(question) = &named.question
        && !named.codes.contains(&value)
        && (question.among.contains(&value) || by_label)
    {
        return (Some(format!("{words} ({})", clean(&value, 80))), Comparison::Asked(question.words.clone()));
    }
    if by_code || by_label {
        return (Some(named.label.clone()), Comparison::Same);
    }
    if let Some(unseen) = &named.unseen {
        let why = format!("could not look up what {} means in Alma: {unseen}", clean(&value, 80));
        return (Some(words), Comparison::Unjudged(why));
    }
    if words == named.label {
        return (Some(words), Comparison::Differs);
    }
    let nameless = named.shape == CodeShape::Object && known.is_none() && desc.is_none();
    let reference = !named.codes.is_empty() || matches!(named.send, Identification::Known { .. });
    if nameless && !reference {
        let why = format!("Alma gives the identifier {} without a name", clean(&value, 80));
        return (Some(words), Comparison::Unjudged(why));
    }
    (Some(words), Comparison::Differs)
}

#[cfg(test)]
mod tests {
    use super::super::wanted::NameQuestion;
    use super::*;
    use serde_json::json;

    fn named(codes: &[&str]) -> WantedValue {
        WantedValue::Named(NamedValue {
            label: "RS ILL Loan".into(),
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
            question: None,
            known: vec![("31".into(), "RS ILL Loan".into()), ("01".into(), "Regular".into())],
            shape: CodeShape::Object,
            send: Identification::Unknowable("x".into()),
            unseen: None,
        })
    }

    #[test]
    fn coded_fields_are_the_same_by_code_or_else_by_description() {
        let judge = |wanted: &WantedValue, raw: Value| compare(wanted, Some(&raw)).1;
        assert_eq!(judge(&named(&["31"]), json!({"value": "31", "desc": null})), Comparison::Same);
        assert_eq!(judge(&named(&["31"]), json!({"value": "01", "desc": "RS ILL Loan"})), Comparison::Differs);
        assert_eq!(judge(&named(&[]), json!({"value": "special", "desc": "RS ILL Loan"})), Comparison::Same);
        assert_eq!(judge(&named(&[]), json!({"value": "special", "desc": "Other"})), Comparison::Differs);
        assert!(matches!(judge(&named(&[]), json!({"value": "12900"})), Comparison::Unjudged(_)));
    }

    #[test]
    fn a_mask_and_another_shape_are_not_judged() {
        let text = WantedValue::Text("CitedIn".into());
        for raw in [json!("********"), json!(["CitedIn"]), json!({"value": ["CitedIn"]}), json!({"name": "CitedIn"})] {
            for wanted in [&text, &named(&["31"]), &WantedValue::Checked(true), &WantedValue::Blank] {
                assert!(matches!(compare(wanted, Some(&raw)), (None, Comparison::Unjudged(_))), "{raw}");
            }
        }
    }

    #[test]
    fn one_of_several_with_the_wanted_name_is_a_question() {
        let WantedValue::Named(mut value) = named(&[]) else { panic!("a named value") };
        value.known.push(("47".into(), "RS ILL Loan".into()));
        value.question = Some(NameQuestion { words: "which?".into(), among: vec!["31".into(), "47".into()] });
        let wanted = WantedValue::Named(value);
        for code in ["31", "47"] {
            let judged = compare(&wanted, Some(&json!({"value": code, "desc": "RS ILL Loan"})));
            assert_eq!(judged, (Some(format!("RS ILL Loan ({code})")), Comparison::Asked("which?".into())));
        }
        let by_name = compare(&wanted, Some(&json!({"value": "1290", "desc": "RS ILL Loan"}))).1;
        assert_eq!(by_name, Comparison::Asked("which?".into()));
        assert_eq!(compare(&wanted, Some(&json!({"value": "01", "desc": "Regular"}))).1, Comparison::Differs);
    }

    #[test]
    fn blank_is_a_demand_and_empty_has_many_shapes() {
        for raw in [json!(null), json!(""), json!({}), json!({"value": "", "desc": null})] {
            assert_eq!(compare(&WantedValue::Blank, Some(&raw)), (Some("[blank]".into()), Comparison::Same));
        }
        assert_eq!(compare(&WantedValue::Blank, Some(&json!("USD"))), (Some("USD".into()), Comparison::Differs));
        assert_eq!(compare(&WantedValue::Checked(false), None), (None, Comparison::Differs));
    }

    #[test]
    fn scalars_are_compared_in_the_procedures_words() {
        assert_eq!(compare(&WantedValue::Checked(true), Some(&json!("true"))).1, Comparison::Same);
        assert_eq!(
            compare(&WantedValue::Checked(false), Some(&json!(true))),
            (Some("Checked".into()), Comparison::Differs)
        );
        assert_eq!(compare(&WantedValue::Number(0), Some(&json!("0"))).1, Comparison::Same);
        assert_eq!(compare(&WantedValue::Text("CitedIn".into()), Some(&json!("CitedIn "))).1, Comparison::Differs);
    }
}
