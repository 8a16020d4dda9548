//! Types that accept the variations servers send. A list may be a single object, null or missing; a number or a flag
//! may be text; a coded value may be bare. Texts come out clean (`io::text::value`).
use crate::io::text;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;

/// A text, or a code with its description: `"X"`, `7`, `{"value": "X", "desc": "Ex"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "Value")]
pub(in crate::io) struct CodedValue {
    /// Empty if the value was null.
    pub(in crate::io) value: String,
    pub(in crate::io) desc: Option<String>,
}

impl CodedValue {
    fn bare(text: &str) -> Self {
        Self { value: text::value(text), desc: None }
    }

    /// The value, unless it is empty.
    pub(in crate::io) fn filled(self) -> Option<String> {
        Some(self.value).filter(|value| !value.is_empty())
    }
}

impl TryFrom<Value> for CodedValue {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        Ok(match value {
            Value::Null => Self::default(),
            Value::Bool(flag) => Self::bare(&flag.to_string()),
            Value::Number(number) => Self::bare(&number.to_string()),
            Value::String(text) => Self::bare(&text),
            Value::Array(_) => return Err("invalid type: sequence, expected a text or a coded value".to_owned()),
            Value::Object(mut fields) => {
                let mut member = |name| Self::try_from(fields.remove(name).unwrap_or_default());
                Self { value: member("value")?.value, desc: member("desc")?.filled() }
            }
        })
    }
}

/// A text for people, as the server sent it, line ends included. It must be cleaned before it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "Value")]
pub(in crate::io) struct RawText(pub(in crate::io) String);

impl TryFrom<Value> for RawText {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        Ok(Self(match value {
            Value::Null => String::new(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text,
            Value::Array(_) => return Err("invalid type: sequence, expected a text".to_owned()),
            Value::Object(mut fields) => return Self::try_from(fields.remove("value").unwrap_or_default()),
        }))
    }
}

/// Deserializes a text that must not be empty.
pub(in crate::io) fn required<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    CodedValue::deserialize(deserializer)?.filled().ok_or_else(|| D::Error::custom("it is empty"))
}

/// A flag: `true`, `"true"`, `"FALSE"`. Anything else gives `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::io) struct Flag(pub(in crate::io) Option<bool>);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let coded = CodedValue::deserialize(deserializer)?;
        Ok(Self(coded.value.trim().to_ascii_lowercase().parse().ok()))
    }
}

/// A whole number, which may be written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) struct Whole(pub(in crate::io) i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let coded = CodedValue::deserialize(deserializer)?;
        coded.value.trim().parse().map(Self).map_err(|_| D::Error::custom("it is no whole number"))
    }
}

/// A list. A single object becomes a list of one, and null an empty list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::io) struct Many<T>(pub(in crate::io) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ManyVisitor(PhantomData))
    }
}

struct ManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
    type Value = Many<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Many<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Many(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|one| Many(vec![one]))
    }

    fn visit_unit<E: Error>(self) -> Result<Many<T>, E> {
        Ok(Many::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn coded_values_may_be_bare() {
        let read = |value: Value| from_value::<CodedValue>(value).map(|coded| (coded.value, coded.desc));
        assert_eq!(read(json!("X")).expect("text"), ("X".into(), None));
        assert_eq!(read(json!(7)).expect("number"), ("7".into(), None));
        for number in ["184467440737095516160", "-184467440737095516160", "12.50", "12.5"] {
            let text = format!("[{number}, {{\"value\": {number}}}]");
            let of_text: Vec<CodedValue> = serde_json::from_str(&text).expect("numbers");
            let of_value: Vec<CodedValue> = from_value(serde_json::from_str(&text).expect("JSON")).expect("numbers");
            assert!(of_text.iter().chain(&of_value).all(|coded| coded.value == number), "{of_text:?} {of_value:?}");
        }
        assert_eq!(
            read(json!({"desc": "Ex", "link": [1], "value": "X"})).expect("code"),
            ("X".into(), Some("Ex".into()))
        );
        assert_eq!(read(json!({"value": null})).expect("null"), (String::new(), None));
        assert!(read(json!(["X"])).is_err());
    }

    #[test]
    fn lists_may_be_one_or_none() {
        let read = |value: Value| from_value::<Many<CodedValue>>(value).map(|many| many.0.len());
        assert_eq!(read(json!(["a", "b"])).expect("a list"), 2);
        assert_eq!(read(json!({"value": "a"})).expect("one"), 1);
        assert_eq!(read(json!(null)).expect("none"), 0);
        assert!(read(json!("a")).is_err(), "a text is no list");
    }

    #[test]
    fn flags_may_be_texts() {
        let read = |value: Value| from_value::<Flag>(value).expect("lenient").0;
        assert_eq!(read(json!(true)), Some(true));
        assert_eq!(read(json!("False")), Some(false));
        assert_eq!(read(json!("perhaps")), None);
        assert_eq!(read(json!(null)), None);
    }

    #[test]
    fn values_come_out_clean() {
        assert_eq!(from_value::<CodedValue>(json!("a\u{1b}[2Jb")).expect("text").value, "a\u{FFFD}[2Jb");
    }
}
