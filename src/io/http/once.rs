//! Checks that no object in a JSON text names a field twice. A parser keeps either of the two values, so nobody could
//! tell which one the server meant, and a record written back would lose the other.
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;

/// Deserializes from any JSON value in which no object names a field twice. Holds nothing.
pub(super) struct SingleScan;

impl<'de> Deserialize<'de> for SingleScan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScanMark)
    }
}

struct ScanMark;

impl<'de> Visitor<'de> for ScanMark {
    type Value = SingleScan;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<SingleScan, E> {
        Ok(SingleScan)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<SingleScan, E> {
        Ok(SingleScan)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<SingleScan, E> {
        Ok(SingleScan)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<SingleScan, E> {
        Ok(SingleScan)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<SingleScan, E> {
        Ok(SingleScan)
    }

    fn visit_unit<E: Error>(self) -> Result<SingleScan, E> {
        Ok(SingleScan)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<SingleScan, A::Error> {
        while items.next_element::<SingleScan>()?.is_some() {}
        Ok(SingleScan)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<SingleScan, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            if !names.insert(name) {
                return Err(Error::custom("twice"));
            }
            members.next_value::<SingleScan>()?;
        }
        Ok(SingleScan)
    }
}
