//! Takes the export key out of records that were read, and puts it into records that are sent.
use crate::engine::observed::ExportKey;
use crate::secret::{ApiKey, KeyMask, KeyTraces};
use crate::text::is_masked;
use serde_json::{Map, Value};
use zeroize::Zeroize;

/// Takes the key out of a record. A `null` stays in its place, so the order of the fields is kept.
pub(super) fn take(record: &mut Value, pointer: &str) -> ExportKey {
    match record.pointer_mut(pointer).map(Value::take) {
        None | Some(Value::Null) => ExportKey::Hidden,
        Some(Value::String(text)) => classified(text),
        Some(Value::Number(number)) => classified(number.to_string()),
        // No such value is documented. There is something there, but it cannot be compared.
        Some(_) => ExportKey::Masked(KeyMask::default()),
    }
}

fn classified(mut text: String) -> ExportKey {
    if text.trim().is_empty() {
        return ExportKey::Hidden;
    }
    if is_masked(text.trim()) || is_nothing_else(text.trim()) || !may_be_a_key(text.trim()) {
        let mask = KeyMask::of(&text);
        text.zeroize();
        return ExportKey::Masked(mask);
    }
    // Text that cannot be a key (it has a blank inside) is never compared or sent back as one.
    ApiKey::parse(text).map_or(ExportKey::Masked(KeyMask::default()), ExportKey::Clear)
}

/// Whether the text is only stars, dots or x, however few.
fn is_nothing_else(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '*' | '•' | '●' | 'x' | 'X'))
}

/// The fewest letters and digits of a key. Less may be what a mask leaves of one.
const SHORTEST: usize = 12;

/// So many equal characters in a row stand in no key: they cover a part of it.
const COVERED: usize = 6;

/// Whether a text is made as keys are: of letters and digits, perhaps with dashes or in braces. A single word is not,
/// because it may stand for a hidden key, as `REDACTED`, `<hidden>` or `[PROTECTED]`. Nor is the rest of a key that is partly covered.
fn may_be_a_key(text: &str) -> bool {
    let of_a_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '{' | '}');
    let bare: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let covered = bare.chunk_by(|a, b| a == b).any(|run| run.len() >= COVERED);
    let word = text.chars().all(|c| c.is_ascii_alphabetic());
    text.chars().all(of_a_key) && !word && !covered && bare.len() >= SHORTEST
}

/// The bytes of a record to send, with the key in its place.
///
/// # Errors
/// A message: the record has no place for the key, shows a value masked, which would be lost, or has one of `secrets` in
/// another place.
pub(super) fn filled(
    record: &Value,
    pointer: &str,
    key: Option<&ApiKey>,
    secrets: &[&ApiKey],
) -> Result<Vec<u8>, String> {
    if let Some(at) = first(record, "", &is_masked) {
        return Err(format!("the record masks the value at {at}, and sending the mask would overwrite the value"));
    }
    let traces = KeyTraces::of(secrets.iter().copied().chain(key));
    if let Some(at) = first(record, "", &|text| traces.stand_in(text)) {
        return Err(format!("the record has a key or a part of one at {at}, where none belongs"));
    }
    let mut record = record.clone();
    if let Some(key) = key {
        *place(&mut record, pointer)? = Value::String(key.expose().to_owned());
    }
    serde_json::to_vec(&record).map_err(|error| format!("the record cannot be written as JSON: {error}"))
}

/// The first place in a record whose text is like this.
fn first(value: &Value, at: &str, is: &dyn Fn(&str) -> bool) -> Option<String> {
    match value {
        Value::String(text) => is(text).then(|| at.to_owned()),
        Value::Array(items) => items.iter().enumerate().find_map(|(n, item)| first(item, &format!("{at}/{n}"), is)),
        Value::Object(members) => members.iter().find_map(|(name, member)| first(member, &format!("{at}/{name}"), is)),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// The place of the key. It is added where the object that should hold it lacks the field.
fn place<'a>(record: &'a mut Value, pointer: &str) -> Result<&'a mut Value, String> {
    let lacking = || format!("the record has no place for the export key at {pointer}");
    let (parent, name) = pointer.rsplit_once('/').ok_or_else(lacking)?;
    let fields: &mut Map<String, Value> =
        record.pointer_mut(parent).and_then(Value::as_object_mut).ok_or_else(lacking)?;
    Ok(fields.entry(name).or_insert(Value::Null))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    const AT: &str = "/d/key";

    fn masked(text: &str) -> ExportKey {
        ExportKey::Masked(KeyMask::of(text))
    }

    #[rstest]
    #[case(json!("********"), masked("********"))]
    #[case(json!("••••a1b2"), masked("••••a1b2"))]
    #[case(json!("xxxx"), masked("xxxx"))]
    #[case(json!("ab***"), masked("ab***"))]
    #[case(json!("xxxxxxxx1234"), masked("xxxxxxxx1234"))]
    #[case(json!("l8xxXXXXXXXX1234"), masked("l8xxXXXXXXXX1234"))]
    #[case(json!("xxxxe5f6"), masked("xxxxe5f6"))]
    #[case(json!("e5f6"), masked(""))]
    #[case(json!("-"), masked(""))]
    #[case(json!("70726163xxxxxxxxxxxxxxxxxxxxe5f6"), masked("70726163xxxxxxxxe5f6"))]
    #[case(json!("70726163-0000-0000-0000-00000000e5f6"), masked(""))]
    #[case(json!("l8xx----1234"), masked("l8xx----1234"))]
    #[case(json!("two words"), masked(""))]
    #[case(json!("REDACTED"), masked("REDACTED"))]
    #[case(json!("<hidden>"), masked("<hidden>"))]
    #[case(json!("[PROTECTED-1]"), masked("[PROTECTED-1]"))]
    #[case(json!({"value": "k"}), masked(""))]
    #[case(json!(""), ExportKey::Hidden)]
    #[case(json!(" "), ExportKey::Hidden)]
    #[case(json!(null), ExportKey::Hidden)]
    fn what_is_no_key_is_not_taken_for_one(#[case] value: Value, #[case] expected: ExportKey) {
        let mut record = json!({"d": {"a": 1, "key": value, "z": 2}});
        assert_eq!(take(&mut record, AT), expected);
        assert_eq!(record.to_string(), "{\"d\":{\"a\":1,\"key\":null,\"z\":2}}");
    }

    #[test]
    fn a_key_left_out_is_hidden() {
        assert_eq!(take(&mut json!({"d": {}}), AT), ExportKey::Hidden);
        assert_eq!(take(&mut json!({}), AT), ExportKey::Hidden);
    }

    #[test]
    fn a_key_goes_out_and_back_in_at_the_same_place() {
        let sent = "{\"d\":{\"a\":1,\"key\":\"5f2c1d9e-77aa\",\"z\":2}}";
        let mut record: Value = serde_json::from_str(sent).expect("JSON");
        let ExportKey::Clear(key) = take(&mut record, AT) else { panic!("in clear") };
        assert_eq!(filled(&record, AT, Some(&key), &[]).expect("a place"), sent.as_bytes());
        assert_eq!(filled(&record, AT, None, &[]).expect("JSON"), b"{\"d\":{\"a\":1,\"key\":null,\"z\":2}}");
        assert_eq!(
            filled(&json!({"d": {}}), AT, Some(&key), &[]).expect("made"),
            b"{\"d\":{\"key\":\"5f2c1d9e-77aa\"}}"
        );
        for masked in [json!({"d": {}, "c": [{"e": "****"}]}), json!({"d": {"key": "********"}})] {
            assert!(filled(&masked, AT, Some(&key), &[]).is_err(), "{masked}");
        }
        for held in [json!({"d": {}, "c": "5F2C1D9E77AA"}), json!({"d": {}, "c": ["NWYyYzFkOWUtNzdhYQ=="]})] {
            assert!(filled(&held, AT, Some(&key), &[]).is_err() && filled(&held, AT, None, &[&key]).is_err(), "{held}");
        }
        let why = filled(&json!({"e": 1}), AT, Some(&key), &[]).expect_err("no place");
        assert!(!why.contains("5f2c"), "{why}");
    }
}
