//! Keys for this run only: typed by someone who does not store them, or those of practice.
use crate::failure::Failure;
use crate::ports::{KeyOrigin, Keys, StoreInUse};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keys in this process's memory, wiped when it ends. Uses neither the keyring nor the environment.
#[derive(Debug, Default)]
pub struct SessionKeys {
    keys: Mutex<BTreeMap<KeySlot, ApiKey>>,
}

impl SessionKeys {
    /// Makes a holder of these keys.
    pub fn holding(keys: impl IntoIterator<Item = (KeySlot, ApiKey)>) -> Self {
        Self { keys: Mutex::new(keys.into_iter().collect()) }
    }

    fn keys(&self) -> MutexGuard<'_, BTreeMap<KeySlot, ApiKey>> {
        // No panic can leave a map of keys half changed.
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys for SessionKeys {
    fn get(&self, slot: KeySlot) -> Result<Option<(ApiKey, KeyOrigin)>, Failure> {
        Ok(self.keys().get(&slot).map(|key| (key.clone(), KeyOrigin::ThisRun)))
    }

    fn set(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure> {
        self.keys().insert(slot, key.clone());
        Ok(())
    }

    fn forget(&self, slot: KeySlot) -> Result<bool, Failure> {
        Ok(self.keys().remove(&slot).is_some())
    }

    fn store(&self) -> StoreInUse {
        StoreInUse { words: "memory, until you quit".to_owned(), usable: true, next: None }
    }
}
