//! The ways in which a value may differ from the right one, by kind of field. Some of them count as right.
use crate::verify::campus::Campus;
use crate::verify::right;
use last_resort::recipe::{CampusValue, Choice, Expectation, Field};
use serde_json::{Value, json};

/// The expected verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    Same,
    Differs,
    /// Differs because there is no value.
    Empty,
    /// Of another shape than a value, so it is not judged.
    Odd,
}

/// The name of a case, the value (`None`: the member is missing), and the expected verdict.
pub(crate) type Way = (&'static str, Option<Value>, Judged);

/// Returns all cases for a field with a known right value.
pub(crate) fn ways(desk: &Campus, field: &Field) -> Vec<Way> {
    let mut all = emptiness(field);
    match &field.want {
        Expectation::Blank => all.extend(blank()),
        Expectation::Number(number) => all.extend(number_ways(*number)),
        Expectation::Checked(on) => all.extend(checkbox(*on)),
        Expectation::Choice(choice) => all.extend(choice_ways(choice)),
        Expectation::Secret(_) => all.clear(),
        Expectation::FromSite(CampusValue::ReceiveDesk) => all.extend(desk_ways(desk, field)),
        Expectation::Coded { .. } | Expectation::Location(_) | Expectation::FromSite(_) => {
            all.extend(named(desk, field));
        }
        _ => all.extend(text(&right::value(&desk.site, &desk.snapshot, field))),
    }
    all
}

/// Returns all the ways in which Alma may leave a field empty.
fn emptiness(field: &Field) -> Vec<Way> {
    let judged = if field.want == Expectation::Blank { Judged::Same } else { Judged::Empty };
    vec![
        ("null", Some(Value::Null), judged),
        ("left out", None, judged),
        ("an empty text", Some(json!("")), judged),
        ("an empty object", Some(json!({})), judged),
        ("a code of null", Some(json!({"value": null, "desc": null})), judged),
    ]
}

fn blank() -> Vec<Way> {
    vec![
        ("a text", Some(json!("USD")), Judged::Differs),
        ("a blank", Some(json!(" ")), Judged::Differs),
        ("zero", Some(json!(0)), Judged::Differs),
        ("false", Some(json!(false)), Judged::Differs),
        ("a code", Some(json!({"value": "USD", "desc": "US Dollar"})), Judged::Differs),
        ("a code without a name", Some(json!({"value": "USD"})), Judged::Differs),
        ("a code that calls itself blank", Some(json!({"value": "USD", "desc": "[blank]"})), Judged::Differs),
        ("the word for it", Some(json!("[blank]")), Judged::Differs),
    ]
}

fn text(right: &Value) -> Vec<Way> {
    let right = right.as_str().expect("a text");
    let all = [
        ("another text", json!("something else")),
        ("other case", json!(other_case(right))),
        ("a trailing blank", json!(format!("{right} "))),
        ("a leading blank", json!(format!(" {right}"))),
        ("one character more", json!(format!("{right}s"))),
        ("one character less", json!(right[..right.len() - 1])),
        ("an invisible character", json!(format!("{right}\u{200b}"))),
        ("a line end", json!(format!("{right}\n"))),
        ("a number", json!(7)),
        ("a checkbox", json!(true)),
        ("a code that is named so", json!({"value": "X", "desc": right})),
    ];
    let mut all: Vec<Way> = all.map(|(name, value)| (name, Some(value), Judged::Differs)).into();
    all.push(("a list of it", Some(json!([right])), Judged::Odd));
    all.push(("an object without a value", Some(json!({"name": right})), Judged::Odd));
    all.push(("a mask", Some(json!("********")), Judged::Odd));
    all
}

fn number_ways(right: i64) -> Vec<Way> {
    vec![
        ("another number", Some(json!(right + 7)), Judged::Differs),
        ("its negative neighbour", Some(json!(right - 1)), Judged::Differs),
        ("a fraction", Some(json!(0.5)), Judged::Differs),
        ("too large for a number", Some(json!(u64::MAX)), Judged::Differs),
        ("the number as a text", Some(json!(right.to_string())), Judged::Same),
        ("another number as a text", Some(json!((right + 1).to_string())), Judged::Differs),
        ("a word", Some(json!("none")), Judged::Differs),
        ("a checkbox", Some(json!(false)), Judged::Differs),
        ("a list", Some(json!([right])), Judged::Odd),
        ("a code that is named so", Some(json!({"value": "X", "desc": right.to_string()})), Judged::Differs),
    ]
}

fn checkbox(right: bool) -> Vec<Way> {
    let words = if right { "Checked" } else { "Not checked" };
    vec![
        ("the other way", Some(json!(!right)), Judged::Differs),
        ("as a text", Some(json!(right.to_string())), Judged::Same),
        ("the other way as a text", Some(json!((!right).to_string())), Judged::Differs),
        ("in capitals", Some(json!(right.to_string().to_uppercase())), Judged::Differs),
        ("with a trailing blank", Some(json!(format!("{right} "))), Judged::Differs),
        ("as a number", Some(json!(i32::from(right))), Judged::Differs),
        ("the screen's word", Some(json!(words)), Judged::Differs),
        ("a list", Some(json!([right])), Judged::Odd),
    ]
}

fn choice_ways(choice: &Choice) -> Vec<Way> {
    let (code, label) = (choice.code.as_str(), choice.label.as_str());
    let mut all = vec![
        ("the label", Some(json!(label)), Judged::Same),
        ("the code as an object", Some(json!({"value": code, "desc": label})), Judged::Same),
        ("the code with another name", Some(json!({"value": code, "desc": "Something else"})), Judged::Same),
        ("the code without a name", Some(json!({"value": code})), Judged::Same),
        ("an unknown code with the right name", Some(json!({"value": "ELSEWHERE", "desc": label})), Judged::Same),
        ("an unknown code", Some(json!("ELSEWHERE")), Judged::Differs),
        ("an unknown code with another name", Some(json!({"value": "X", "desc": "Y"})), Judged::Differs),
        ("a trailing blank", Some(json!(format!("{code} "))), Judged::Differs),
        ("a number", Some(json!(7)), Judged::Differs),
        ("a checkbox", Some(json!(true)), Judged::Differs),
        ("a list", Some(json!([code])), Judged::Odd),
    ];
    let cased = other_case(code);
    if cased != label {
        all.push(("other case", Some(json!(cased)), Judged::Differs));
    }
    for (other, name) in choice.all.iter().filter(|(other, _)| *other != code) {
        all.push(("another of the list", Some(json!(other)), Judged::Differs));
        all.push(("another of the list by its label", Some(json!(name)), Judged::Differs));
        all.push(("another code under this name", Some(json!({"value": other, "desc": label})), Judged::Differs));
    }
    all
}

fn named(desk: &Campus, field: &Field) -> Vec<Way> {
    let rows = right::list(&desk.snapshot, field);
    let code = right::code(&desk.site, &desk.snapshot, field);
    let label = rows.iter().find(|(row, _)| *row == code).map(|(_, label)| label.clone()).expect("on the list");
    let object = |value: &str, desc: Option<&str>| Some(json!({"value": value, "desc": desc}));
    let mut all = vec![
        ("the code without a name", object(&code, None), Judged::Same),
        ("the code with another name", object(&code, Some("Something else")), Judged::Same),
        ("the code alone, no object", Some(json!(code)), Judged::Same),
        ("a special value with the right name", object("special", Some(&label)), Judged::Same),
        ("a special value with another name", object("special", Some("Something else")), Judged::Differs),
        ("a special value without a name", object("special", None), Judged::Differs),
        ("the name with a trailing blank", object("special", Some(&format!("{label} "))), Judged::Differs),
        ("the name in other case", object("special", Some(&other_case(&label))), Judged::Differs),
        ("the code in other case", object(&other_case(&code), None), Judged::Differs),
        ("the code with a trailing blank", object(&format!("{code} "), None), Judged::Differs),
        ("a number", Some(json!(7)), Judged::Differs),
        ("a checkbox", Some(json!(true)), Judged::Differs),
        ("a list", Some(json!([{"value": code}])), Judged::Odd),
    ];
    for (other, name) in rows.iter().filter(|(row, _)| *row != code) {
        all.push(("another row", object(other, Some(name)), Judged::Differs));
        all.push(("another row without a name", object(other, None), Judged::Differs));
        all.push(("another row under this name", object(other, Some(&label)), Judged::Differs));
        all.push(("another row's name", object("special", Some(name)), Judged::Differs));
    }
    all
}

fn desk_ways(desk: &Campus, field: &Field) -> Vec<Way> {
    let code = right::code(&desk.site, &desk.snapshot, field);
    let label = &desk.site.receive_desk;
    vec![
        ("its name", Some(json!(label)), Judged::Same),
        ("the code as an object", Some(json!({"value": code})), Judged::Same),
        ("another", Some(json!("OTHER_DESK")), Judged::Differs),
        ("other case", Some(json!(other_case(&code))), Judged::Differs),
        ("a trailing blank", Some(json!(format!("{code} "))), Judged::Differs),
        ("the name in other case", Some(json!(other_case(label))), Judged::Differs),
        ("a number", Some(json!(7)), Judged::Differs),
        ("a checkbox", Some(json!(false)), Judged::Differs),
        ("a list", Some(json!([code])), Judged::Odd),
    ]
}

/// Swaps upper and lower case. A text without letters gets an `x` appended instead.
fn other_case(text: &str) -> String {
    let swapped: String = text
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    if swapped == text { format!("{text}x") } else { swapped }
}
