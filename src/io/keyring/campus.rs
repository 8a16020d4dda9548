//! The keys of one campus and environment.
use super::credentials::from_credentials;
use super::environment::{self, variable};
#[cfg(target_os = "linux")]
use super::linux::open;
#[cfg(not(target_os = "linux"))]
use super::native::open;
use super::opened::{KeyPlace, StoreChoice};
use super::outside::FetchedKeys;
use super::run::SessionKeys;
use super::vault::Vault;
use crate::failure::Failure;
use crate::ports::{KeyOrigin, Keys, StoreInUse};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{CampusCode, Environment, Site};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The keyring of the user who runs this. Make one per process: it finds out which store to use once, at the first
/// question.
#[derive(Clone)]
pub struct Keyring {
    vault: Arc<Vault>,
    held: Arc<Held>,
}

impl Keyring {
    /// The keyring of this user. It is not opened yet.
    pub fn of_this_user() -> Self {
        Self { vault: Arc::new(Vault::new(open)), held: Arc::default() }
    }

    /// The store in use, which is the same for every campus.
    pub fn store(&self) -> StoreInUse {
        in_use(&self.vault)
    }

    /// The keys of a campus, some of which may be where its file says.
    pub fn of_site(&self, site: &Site) -> CampusKeys {
        let outside = Arc::new(FetchedKeys::of(site.outside_keys.clone()));
        CampusKeys { outside, ..self.of(&site.institution, site.environment) }
    }

    /// The keys of a campus and environment.
    pub fn of(&self, campus: &CampusCode, environment: Environment) -> CampusKeys {
        let (vault, held) = (Arc::clone(&self.vault), Arc::clone(&self.held));
        CampusKeys { vault, held, campus: campus.clone(), environment, outside: Arc::default() }
    }
}

fn in_use(vault: &Vault) -> StoreInUse {
    vault.ask(StoreChoice::in_use).unwrap_or_else(|failure| StoreInUse {
        words: format!("none: {}", failure.what),
        usable: false,
        next: failure.hints.first().cloned(),
    })
}

/// Keys from the environment variables, the credentials folder or where the campus file says, else from the keyring. A call that needs the keyring blocks its thread for at
/// most 4 s.
#[derive(Clone)]
pub struct CampusKeys {
    vault: Arc<Vault>,
    held: Arc<Held>,
    campus: CampusCode,
    environment: Environment,
    outside: Arc<FetchedKeys>,
}

/// Keys for this run only, used if no store can be used.
#[derive(Default)]
struct Held(Mutex<BTreeMap<(CampusCode, &'static str), Arc<SessionKeys>>>);

impl Held {
    fn map(&self) -> MutexGuard<'_, BTreeMap<(CampusCode, &'static str), Arc<SessionKeys>>> {
        // No panic can leave the map half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, campus: &CampusCode, environment: Environment) -> Arc<SessionKeys> {
        Arc::clone(self.map().entry((campus.clone(), environment.as_str())).or_default())
    }
}

impl CampusKeys {
    /// The keys held for this run. `None` if none are held.
    fn run(&self) -> Option<Arc<SessionKeys>> {
        self.held.map().get(&(self.campus.clone(), self.environment.as_str())).cloned()
    }

    fn place(&self, slot: KeySlot) -> KeyPlace {
        let (campus, environment, slot_name) = (&self.campus, self.environment.as_str(), slot.as_str());
        KeyPlace {
            user: format!("{campus}/{environment}/{slot_name}"),
            words: format!("the {slot_name} key of {campus} ({environment})"),
            variable: variable(slot),
        }
    }

    fn ask<T: Send + 'static>(
        &self,
        slot: KeySlot,
        job: impl FnOnce(&StoreChoice, &KeyPlace) -> Result<T, Failure> + Send + 'static,
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
        if let Some(key) = from_credentials(&self.campus, self.environment, slot)? {
            return Ok(Some((key, KeyOrigin::Credential)));
        }
        if let Some(key) = self.outside.get(slot)? {
            return Ok(Some((key, KeyOrigin::CampusFile)));
        }
        // Keys are only held if no store can be used, so the others are in no store either.
        if let Some(run) = self.run() {
            return run.get(slot);
        }
        let key = self.ask(slot, StoreChoice::get)?;
        Ok(key.map(|key| (key, KeyOrigin::Keyring)))
    }

    fn set(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure> {
        let key = key.clone();
        self.ask(slot, move |opened, place| opened.set(place, &key))
    }

    fn keep(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure> {
        if self.store().usable {
            return self.set(slot, key);
        }
        self.held.of(&self.campus, self.environment).set(slot, key)
    }

    fn forget(&self, slot: KeySlot) -> Result<bool, Failure> {
        self.ask(slot, StoreChoice::forget)
    }

    fn store(&self) -> StoreInUse {
        in_use(&self.vault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> ApiKey {
        ApiKey::parse(text.to_owned()).expect("a key")
    }

    /// If no store can be used, a key that a person types serves this run, for this campus and environment alone. A
    /// command that stores keys fails.
    #[test]
    fn without_a_store_a_key_is_held_for_this_run() {
        let nothing = || StoreChoice::Nothing { why: "a test".to_owned(), hints: Vec::new() };
        let keyring = Keyring { vault: Arc::new(Vault::new(nothing)), held: Arc::default() };
        let [here, there] = ["01CUNY_QC", "01CUNY_BC"].map(|code| CampusCode::parse(code).expect("a code"));
        let keys = keyring.of(&here, Environment::Sandbox);
        assert!(keys.get(KeySlot::Alma).is_err(), "nothing is known");
        keys.keep(KeySlot::Alma, &key("typed-for-this-run-a1b2")).expect("held");
        let again = keyring.of(&here, Environment::Sandbox);
        let (held, origin) = again.get(KeySlot::Alma).expect("held").expect("a key");
        assert_eq!((held.expose(), origin), ("typed-for-this-run-a1b2", KeyOrigin::ThisRun));
        assert!(again.get(KeySlot::Export).expect("known").is_none(), "no other place could have one");
        for other in [keyring.of(&there, Environment::Sandbox), keyring.of(&here, Environment::Production)] {
            assert!(other.get(KeySlot::Alma).is_err(), "the key of another");
        }
        let failure = again.set(KeySlot::Alma, &key("to-be-stored-c3d4")).expect_err("no store");
        assert!(failure.what.contains("no keyring can be used here: a test"), "{failure}");
        assert!(!again.store().usable);
    }
}
