//! Checks that no object in a JSON text names a field twice. A parser keeps either of the two values, so nobody could
//! tell which one the server meant, and a record written back would lose the other.
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// Deserializes from any JSON value in which no object names a field twice. Holds nothing.
pub(super) struct NoDuplicateFields;

impl<'de> Deserialize<'de> for NoDuplicateFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DuplicateVisitor)
    }
}

struct DuplicateVisitor;

impl<'de> Visitor<'de> for DuplicateVisitor {
    type Value = NoDuplicateFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<NoDuplicateFields, E> {
        Ok(NoDuplicateFields)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<NoDuplicateFields, E> {
        Ok(NoDuplicateFields)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<NoDuplicateFields, E> {
        Ok(NoDuplicateFields)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<NoDuplicateFields, E> {
        Ok(NoDuplicateFields)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<NoDuplicateFields, E> {
        Ok(NoDuplicateFields)
    }

    fn visit_unit<E: Error>(self) -> Result<NoDuplicateFields, E> {
        Ok(NoDuplicateFields)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<NoDuplicateFields, A::Error> {
        while items.next_element::<NoDuplicateFields>()?.is_some() {}
        Ok(NoDuplicateFields)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<NoDuplicateFields, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name) {
                return Err(Error::custom("twice"));
            }
            members.next_value::<NoDuplicateFields>()?;
        }
        Ok(NoDuplicateFields)
    }
}
