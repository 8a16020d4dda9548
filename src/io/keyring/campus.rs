//! The keys of one campus and environment.
use super::environment::{self, variable};
#[cfg(target_os = "linux")]
use super::linux::open;
#[cfg(not(target_os = "linux"))]
use super::native::open;
use super::opened::{Opened, Place};
use super::vault::Vault;
use crate::failure::Failure;
use crate::ports::{KeyOrigin, Keys, StoreInUse};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{CampusCode, Environment};
use std::sync::Arc;

/// The keyring of the user who runs this. One a process: which store serves is found out once, at the first question.
#[derive(Clone)]
pub struct Keyring {
    vault: Arc<Vault>,
}

impl Keyring {
    /// Asks nothing yet.
    #[must_use]
    pub fn of_this_user() -> Self {
        Self { vault: Arc::new(Vault::new(open)) }
    }

    /// Which store serves, whatever the campus.
    #[must_use]
    pub fn store(&self) -> StoreInUse {
        in_use(&self.vault)
    }

    /// The keys of a campus and environment.
    #[must_use]
    pub fn of(&self, campus: &CampusCode, environment: Environment) -> CampusKeys {
        CampusKeys { vault: Arc::clone(&self.vault), campus: campus.clone(), environment }
    }
}

fn in_use(vault: &Vault) -> StoreInUse {
    vault.ask(Opened::in_use).unwrap_or_else(|failure| StoreInUse {
        words: format!("none: {}", failure.what),
        usable: false,
        next: failure.hints.first().cloned(),
    })
}

/// Keys from the environment, else from the keyring. A call that needs the keyring blocks its thread, for 4 s at most.
#[derive(Clone)]
pub struct CampusKeys {
    vault: Arc<Vault>,
    campus: CampusCode,
    environment: Environment,
}

impl CampusKeys {
    fn place(&self, slot: KeySlot) -> Place {
        let (campus, environment, slot_name) = (&self.campus, self.environment.as_str(), slot.as_str());
        Place {
            user: format!("{campus}/{environment}/{slot_name}"),
            words: format!("the {slot_name} key of {campus} ({environment})"),
            variable: variable(slot),
        }
    }

    fn ask<T: Send + 'static>(
        &self,
        slot: KeySlot,
        job: impl FnOnce(&Opened, &Place) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.place(slot);
        self.vault.ask(move |opened| job(opened, &place)).flatten()
    }
}

impl Keys for CampusKeys {
    fn get(&self, slot: KeySlot) -> Result<Option<(ApiKey, KeyOrigin)>, Failure> {
        if let Some(key) = environment::from_environment(slot)? {
            return Ok(Some((key, KeyOrigin::Environment)));
        }
        let key = self.ask(slot, Opened::get)?;
        Ok(key.map(|key| (key, KeyOrigin::Keyring)))
    }

    fn set(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure> {
        let key = key.clone();
        self.ask(slot, move |opened, place| opened.set(place, &key))
    }

    fn forget(&self, slot: KeySlot) -> Result<bool, Failure> {
        self.ask(slot, Opened::forget)
    }

    fn store(&self) -> StoreInUse {
        in_use(&self.vault)
    }
}
