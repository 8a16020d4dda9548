//! Changes a record without losing anything in it, and makes digests to recognise it by.
use crate::engine::observed::{ExportKey, PartnerRecord};
use crate::recipe::{Channel, Field, Pointer, Recipe};
use crate::secret::hex;
use crate::text::is_masked;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// Sets one value, creating the objects above it if needed. Everything else stays unchanged and in its place.
pub(crate) fn set(body: &mut Value, pointer: &Pointer, value: Value) {
    let mut at = body;
    for part in pointer.parts() {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(members) = at else { return };
        at = members.entry(part).or_insert(Value::Null);
    }
    *at = value;
}

/// Pointers of all values that Alma shows masked. Sending a mask back would wipe the value that it hides.
pub fn masked(body: &Value) -> Vec<String> {
    let mut all = BTreeMap::new();
    leaves(body, String::new(), &mut all);
    all.into_iter().filter(|(_, value)| value.as_str().is_some_and(is_masked)).map(|(at, _)| at).collect()
}

/// The digest of a record: what a plan was made from. It ignores the order
/// of members and includes the export key as a fingerprint.
pub fn digest(record: &PartnerRecord) -> String {
    let key = match &record.key {
        ExportKey::Clear(key) => serde_json::json!(key.fingerprint()),
        ExportKey::Masked(mask) => Value::from(mask.described()),
        ExportKey::Hidden => Value::from("hidden"),
    };
    digest_of(&serde_json::json!([record.body, key]))
}

/// What the digest of a record's values begins with. Those of earlier versions have no such beginning: they were of every
/// member.
const OF_VALUES: &str = "values:";

/// The digest of what matters in a record: its values and codes. It leaves out what Alma writes itself, which may change
/// although nobody changed the record: descriptions of codes, and links.
pub fn values_digest(body: &Value) -> String {
    let mut all = BTreeMap::new();
    leaves(body, String::new(), &mut all);
    let of_a_code = |at: &str| at.strip_suffix("/desc").is_some_and(|of| all.contains_key(&format!("{of}/value")));
    let own: BTreeMap<&String, &Value> =
        all.iter().filter(|(at, _)| !at.ends_with("/link") && !of_a_code(at)).collect();
    format!("{OF_VALUES}{}", digest_of(&serde_json::json!(own)))
}

/// Whether a digest from the journal is of this record.
pub fn is_digest_of(digest: &str, body: &Value) -> bool {
    digest == if digest.starts_with(OF_VALUES) { values_digest(body) } else { digest_of(body) }
}

/// The digest of any JSON. It ignores the order of members.
pub fn digest_of(value: &Value) -> String {
    hex(&Sha256::digest(sorted(value).to_string().as_bytes()))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let ordered: BTreeMap<&String, Value> = members.iter().map(|(name, value)| (name, sorted(value))).collect();
            ordered.into_iter().map(|(name, value)| (name.clone(), value)).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// Pointers of all values that differ between two records, except the pointers in `but` and everything below them. A
/// value that is null on one side and missing on the other does not differ: both mean empty (facts/alma.md §3.1).
pub fn differences(before: &Value, after: &Value, but: &[&str]) -> Vec<String> {
    let (mut a, mut b) = (BTreeMap::new(), BTreeMap::new());
    leaves(before, String::new(), &mut a);
    leaves(after, String::new(), &mut b);
    let excepted =
        |at: &str| but.iter().any(|p| at == *p || at.strip_prefix(p).is_some_and(|rest| rest.starts_with('/')));
    let mut all: Vec<String> = a
        .iter()
        .filter(|(at, value)| b.get(*at) != Some(value))
        .chain(b.iter().filter(|(at, _)| !a.contains_key(*at)))
        .map(|(at, _)| at.clone())
        .filter(|at| !excepted(at))
        .collect();
    all.sort();
    all.dedup();
    all
}

/// Whether this is the description of a code, and the code is the same: Alma describes codes in several languages.
pub fn is_only_described_otherwise(before: &Value, after: &Value, at: &str) -> bool {
    let Some(of) = at.strip_suffix("/desc") else { return false };
    let code = format!("{of}/value");
    before.pointer(&code).is_some_and(|value| after.pointer(&code) == Some(value))
}

/// The name of a value in the record: the screen's label if the procedure has the value, else its member names.
pub fn display_name(recipe: &Recipe, at: &str) -> String {
    let here = |field: &&Field| match &field.channel {
        Channel::Api { pointer, .. } => {
            at.strip_prefix(pointer.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }
        Channel::Screen => false,
    };
    match recipe.fields().find(here) {
        Some(field) => format!("{} [{}]", field.label, field.key),
        None => {
            let names: Vec<&str> = at.split('/').filter(|name| !name.is_empty()).collect();
            format!("\"{}\" (in the API: {at})", names.join(" > ").replace('_', " "))
        }
    }
}

/// Whether the record `read` back contains everything that was sent and nothing that sending removed from the record
/// before. Alma writes descriptions itself, and anything else it adds does not matter.
pub fn contains_sent(before: Option<&Value>, sent: &Value, read: &Value) -> bool {
    let [before, sent, read] = [before, Some(sent), Some(read)].map(|record| {
        let mut all = BTreeMap::new();
        record.into_iter().for_each(|record| leaves(record, String::new(), &mut all));
        all
    });
    let own = |at: &String| !at.ends_with("/desc");
    let there = sent.iter().filter(|(at, _)| own(at)).all(|(at, value)| read.get(at) == Some(value));
    let gone = before.keys().filter(|at| own(at) && !sent.contains_key(*at)).all(|at| !read.contains_key(at));
    there && gone
}

/// Pointers at which the record `read` back differs from what was sent, whoever changed them. Leaves out what Alma
/// fills in itself: descriptions, links, and switches that are off or texts that are empty where nothing was sent.
pub fn unexpected_changes(sent: &Value, read: &Value) -> Vec<String> {
    let (mut was, mut is) = (BTreeMap::new(), BTreeMap::new());
    leaves(sent, String::new(), &mut was);
    leaves(read, String::new(), &mut is);
    let own = |at: &String| at.ends_with("/desc") || at.ends_with("/link");
    let filled_in = |at: &String| {
        !was.contains_key(at)
            && is.get(at).is_some_and(|value| matches!(value, Value::Bool(false)) || value.as_str() == Some(""))
    };
    differences(sent, read, &[]).into_iter().filter(|at| !own(at) && !filled_in(at)).collect()
}

fn leaves(value: &Value, at: String, out: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| leaves(value, format!("{at}/{name}"), out)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| leaves(item, format!("{at}/{i}"), out)),
        Value::Null => {}
        // No other leaf is an array, so a number never equals a text with the same digits.
        Value::Number(number) => drop(out.insert(at, Value::from(vec![amount(&number.to_string())]))),
        leaf => drop(out.insert(at, leaf.clone())),
    }
}

/// A number without regard to its spelling. We keep `12.50` as spelled;
/// a server that later answers `12.5` has lost nothing.
fn amount(spelled: &str) -> String {
    let (digits, power) = spelled.split_once(['e', 'E']).unwrap_or((spelled, "0"));
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let Ok(power) = power.trim_start_matches('+').parse::<i32>() else { return spelled.to_owned() };
    let all = format!("{whole}{fraction}");
    let short = all.trim_end_matches('0');
    let power = i64::from(power) - i64::try_from(fraction.len()).unwrap_or(i64::MAX / 2)
        + i64::try_from(all.len() - short.len()).unwrap_or_default();
    match short.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => format!("{sign}{digits}e{power}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(text: &str) -> Pointer {
        Pointer::parse(text).expect("a pointer")
    }

    #[test]
    fn a_value_is_called_as_the_screen_calls_it_where_the_procedure_has_it() {
        let called = |at: &str| display_name(Recipe::embedded(), at);
        let ncip = "/partner_details/profile_details/ncip_details";
        let method = called(&format!("{ncip}/loan_delivery_method/value"));
        assert_eq!(method, "Loan delivery method [parameters.export.loan_delivery_method]");
        let other = called(&format!("{ncip}/some_new_thing"));
        assert!(other.starts_with("\"partner details > profile details > ncip details > some new thing\""), "{other}");
    }

    #[test]
    fn a_digest_is_of_what_matters_and_one_of_an_earlier_version_of_everything() {
        let written = json!({"kind": {"value": "X", "desc": "Any"}, "link": "u", "days": 3, "name": {"desc": "a"}});
        let relabelled = json!({"days": 3.0, "none": null, "kind": {"value": "X", "desc": "Alle"}, "link": "v", "name": {"desc": "a"}});
        let (new, old) = (values_digest(&written), digest_of(&written));
        assert!(is_digest_of(&new, &written) && is_digest_of(&old, &written));
        assert!(is_digest_of(&new, &relabelled) && !is_digest_of(&old, &relabelled));
        for (at, value) in [("/kind/value", json!("Y")), ("/days", json!(4)), ("/name/desc", json!("b"))] {
            let mut other = written.clone();
            set(&mut other, &Pointer::parse(at).expect("a pointer"), value);
            assert!(!is_digest_of(&new, &other), "{at}");
        }
    }

    #[test]
    fn a_mask_is_found_wherever_it_stands() {
        let body = json!({"a": {"b": "********"}, "c": [{"d": "x"}, {"d": "jane****"}], "e": "NCIP", "f": 7});
        assert_eq!(masked(&body), ["/a/b", "/c/1/d"]);
    }

    #[test]
    fn set_makes_objects_and_keeps_order_and_the_rest() {
        let mut body = json!({"z": 1, "a": {"y": null, "x": [1]}, "m": "n"});
        set(&mut body, &at("/a/y/new"), json!("v"));
        set(&mut body, &at("/q/r"), json!(0));
        assert_eq!(body.to_string(), r#"{"z":1,"a":{"y":{"new":"v"},"x":[1]},"m":"n","q":{"r":0}}"#);
    }

    #[test]
    fn digest_ignores_order_only() {
        assert_eq!(digest_of(&json!({"a": 1, "b": 2})), digest_of(&json!({"b": 2, "a": 1})));
        assert_ne!(digest_of(&json!([1, 2])), digest_of(&json!([2, 1])));
    }

    #[test]
    fn a_record_holds_what_was_sent_only_if_what_was_emptied_is_empty() {
        let (before, sent) = (json!({"a": 1, "b": {"value": "x", "desc": "X"}}), json!({"a": 1, "b": null}));
        assert!(!contains_sent(Some(&before), &sent, &before));
        assert!(contains_sent(Some(&before), &sent, &json!({"a": 1, "b": {"desc": "none"}, "new": true})));
        assert!(contains_sent(None, &sent, &json!({"a": 1})));
        assert!(!contains_sent(None, &sent, &json!({"a": 2})));
    }

    #[test]
    fn numbers_are_kept_letter_by_letter_and_compared_by_what_they_are() {
        let spelled = r#"{"a":12.50,"b":184467440737095516160,"c":-0.0,"d":1e+2,"e":0.10000000000000000000001}"#;
        let mut record: Value = serde_json::from_str(spelled).expect("JSON");
        assert_eq!(record.to_string(), spelled);
        let otherwise = r#"{"a":12.5,"b":1.8446744073709551616e20,"c":0,"d":100,"e":1.0000000000000000000001e-1}"#;
        let otherwise: Value = serde_json::from_str(otherwise).expect("JSON");
        assert_eq!(differences(&record, &otherwise, &[]), Vec::<String>::new());
        assert!(contains_sent(None, &record, &otherwise));
        assert_ne!(digest_of(&record), digest_of(&otherwise), "a record in other letters is another one");
        record["b"] = serde_json::from_str("184467440737095516161").expect("a number");
        record["c"] = json!("0");
        assert_eq!(differences(&record, &otherwise, &[]), ["/b", "/c"]);
        assert_eq!(json!({"n": 0}), serde_json::from_str::<Value>("{\"n\": 0}").expect("JSON"));
        for (one, other) in [("1e400", "10e399"), ("0e5", "-0"), ("1e99999999999", "1e99999999999")] {
            assert_eq!(amount(one), amount(other));
        }
    }

    #[test]
    fn beyond_what_was_sent_is_what_alma_does_not_fill_in() {
        let sent = json!({"code": "ILLiad", "kind": {"value": "NCIP"}, "days": 3, "note": []});
        let filled = json!({"code": "ILLiad", "kind": {"value": "NCIP", "desc": "NCIP"}, "days": 3.0, "link": "u", "switch": false, "text": ""});
        assert_eq!(unexpected_changes(&sent, &filled), Vec::<String>::new());
        let edited =
            json!({"code": "ILLiad", "kind": {"value": "ISO"}, "days": 3, "note": [{"content": "a"}], "switch": true});
        assert_eq!(unexpected_changes(&sent, &edited), ["/kind/value", "/note/0/content", "/switch"]);
        assert_eq!(unexpected_changes(&sent, &json!({"kind": {"value": "NCIP"}, "days": 3})), ["/code"]);
    }

    #[test]
    fn a_code_described_otherwise_is_the_same_code() {
        let (before, after) =
            (json!({"a": {"value": "X", "desc": "Any"}}), json!({"a": {"value": "X", "desc": "Alle"}}));
        assert!(is_only_described_otherwise(&before, &after, "/a/desc"));
        assert!(!is_only_described_otherwise(&before, &json!({"a": {"value": "Y", "desc": "Alle"}}), "/a/desc"));
        assert!(!is_only_described_otherwise(&before, &after, "/a/value"));
    }

    #[test]
    fn unlike_names_lost_and_altered_values() {
        let before = json!({"a": 1, "c": {"d": [1, 2]}, "n": null});
        let after = json!({"a": 2, "c": {"d": [1]}});
        assert_eq!(differences(&before, &after, &["/a"]), ["/c/d/1"]);
    }
}
