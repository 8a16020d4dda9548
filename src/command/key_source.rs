//! Where the wizard's keys come from, and what a screen says of them.
use crate::io::Keyring;
use crate::ports::{KeyOrigin, Keys, StoreInUse};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::Site;
use crate::tui::key_store::KeyStore;
use std::sync::Arc;

/// Where keys come from.
#[derive(Clone)]
pub(super) enum KeySource {
    /// This user's environment and keyring.
    Keyring(Keyring),
    /// These, for this run only.
    Given(Arc<dyn Keys>),
}

impl KeySource {
    /// The keys of a campus.
    pub(super) fn of(&self, site: &Site) -> Arc<dyn Keys> {
        match self {
            Self::Keyring(keyring) => Arc::new(keyring.of(&site.institution, site.environment)),
            Self::Given(keys) => Arc::clone(keys),
        }
    }
}

/// Which store serves, for a screen.
pub(super) fn told(store: &StoreInUse) -> KeyStore {
    let words = store.in_full();
    if store.usable { KeyStore::Keeps(words) } else { KeyStore::Nowhere(words.trim_start_matches("none: ").to_owned()) }
}

/// What can be said of a key that is set.
pub(super) fn words_of(key: &ApiKey, origin: KeyOrigin) -> String {
    let origin = match origin {
        KeyOrigin::Environment => "from the environment",
        KeyOrigin::Keyring => "from the keyring",
        KeyOrigin::ThisRun => "this run only",
    };
    format!("{}, {origin}", key.described())
}

/// What can be said of each key.
pub(super) fn keys_words(keys: &dyn Keys) -> Vec<(KeySlot, String)> {
    let words = |slot| match keys.get(slot) {
        Ok(Some((key, origin))) => words_of(&key, origin),
        Ok(None) => "not set".to_owned(),
        Err(failure) => format!("unknown: {}", failure.what),
    };
    KeySlot::ALL.map(|slot| (slot, words(slot))).into()
}
