//! Keys from environment variables, for unattended runs. Never asks the keyring.
use crate::failure::{Failure, FailureKind};
use crate::recipe::KeySlot;
use crate::secret::{ApiKey, NotAKey};
use std::ffi::OsString;

/// The environment variable of a slot.
pub fn variable(slot: KeySlot) -> &'static str {
    match slot {
        KeySlot::Alma => "LAST_RESORT_ALMA_KEY",
        KeySlot::Illiad => "LAST_RESORT_ILLIAD_KEY",
        KeySlot::Export => "LAST_RESORT_EXPORT_KEY",
    }
}

/// The key in a slot's variable. An empty variable counts as not set.
///
/// # Errors
/// [`FailureKind::Key`]: its text cannot be a key. The message names the variable, never its text.
pub fn from_environment(slot: KeySlot) -> Result<Option<ApiKey>, Failure> {
    std::env::var_os(variable(slot)).map_or(Ok(None), |text| parse(slot, text))
}

fn parse(slot: KeySlot, text: OsString) -> Result<Option<ApiKey>, Failure> {
    match text.into_string().map_err(|_| NotAKey::BadCharacter).and_then(ApiKey::parse) {
        Ok(key) => Ok(Some(key)),
        Err(NotAKey::Empty) => Ok(None),
        Err(why) => {
            let name = variable(slot);
            Err(Failure::new(FailureKind::Key, format!("{name} is set, but it cannot be used: {why}"))
                .hint(format!("set {name} to the key alone, or unset it to use the keyring")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_is_not_set() {
        assert_eq!(parse(KeySlot::Alma, "".into()), Ok(None));
        assert_eq!(parse(KeySlot::Alma, "\n".into()), Ok(None));
    }

    #[test]
    fn an_unfit_one_is_named_and_not_repeated() {
        let failure = parse(KeySlot::Illiad, "two planted-words".into()).expect_err("unfit");
        let told = format!("{failure} {failure:?}");
        assert_eq!(failure.kind, FailureKind::Key);
        assert!(told.contains("LAST_RESORT_ILLIAD_KEY"), "{told}");
        assert!(!told.contains("planted"), "{told}");
    }

    #[test]
    fn every_slot_has_a_variable_of_its_own() {
        let names: std::collections::BTreeSet<_> = KeySlot::ALL.map(variable).into();
        assert_eq!(names.len(), KeySlot::ALL.len());
    }
}
