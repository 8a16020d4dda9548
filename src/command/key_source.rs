//! Where the wizard's keys come from, and how a screen describes them.
use crate::io::{Keyring, SessionKeys};
use crate::ports::{KeyOrigin, Keys, StoreInUse};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{CampusCode, Site};
use crate::tui::key_store::KeyStore;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where the wizard gets its keys.
#[derive(Clone)]
pub(super) enum KeySource {
    /// This user's environment and keyring.
    Keyring(Keyring),
    /// Keys held in memory for this run only.
    Given(Arc<dyn Keys>),
    /// The same, for each campus of a practice fleet.
    OfFleet(BTreeMap<CampusCode, Arc<dyn Keys>>),
}

impl KeySource {
    /// The keys of a campus in its environment.
    pub(super) fn of(&self, site: &Site) -> Arc<dyn Keys> {
        match self {
            Self::Keyring(keyring) => Arc::new(keyring.of_site(site)),
            Self::Given(keys) => Arc::clone(keys),
            Self::OfFleet(fleet) => match fleet.get(&site.institution) {
                Some(keys) => Arc::clone(keys),
                None => Arc::new(SessionKeys::holding([])),
            },
        }
    }
}

/// Describes the key store in use, for a screen.
pub(super) fn key_store(store: &StoreInUse) -> KeyStore {
    let words = store.in_full();
    if store.usable { KeyStore::Keeps(words) } else { KeyStore::Nowhere(words.trim_start_matches("none: ").to_owned()) }
}

/// Describes a key that is set, by its length, last characters and origin.
pub(super) fn words_of(key: &ApiKey, origin: KeyOrigin) -> String {
    let origin = match origin {
        KeyOrigin::Environment => "from the environment",
        KeyOrigin::Credential => "from the credentials folder",
        KeyOrigin::CampusFile => "from where the campus file says",
        KeyOrigin::Keyring => "from the keyring",
        KeyOrigin::ThisRun => "until you quit",
    };
    format!("{}, {origin}", key.described())
}

/// Describes the key in each slot, or says that none is set or why it cannot be read.
pub(super) fn keys_words(keys: &dyn Keys) -> Vec<(KeySlot, String)> {
    let words = |slot| match keys.get(slot) {
        Ok(Some((key, origin))) => words_of(&key, origin),
        Ok(None) => "not set".to_owned(),
        Err(failure) => format!("unknown: {}", failure.plain()),
    };
    KeySlot::ALL.map(|slot| (slot, words(slot))).into()
}
