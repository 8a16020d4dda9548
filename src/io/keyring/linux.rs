//! Chooses the store on Linux: the Secret Service if it is unlocked, else the kernel's keyring, else none. Each
//! choice comes with its reason.
use super::kernel::KernelStore;
use super::opened::{AbsenceCheck, StoreChoice};
use super::store_test::{StoreTest, probe};
use crate::io::printable;
use keyring_core::api::CredentialStore;
use std::sync::Arc;

/// Finds the store to use. Call this only on the vault's thread.
pub(super) fn open() -> StoreChoice {
    let found = probe();
    let (found, secret_service) = match &found {
        StoreTest::Unlocked(_) => match secret_service() {
            Ok(store) => (found, Some(store)),
            Err(why) => (StoreTest::Failed(why), None),
        },
        _ => (found, None),
    };
    choose(&found, secret_service, || KernelStore::open().map(|store| store as Arc<CredentialStore>))
}

/// The `keyring` crate's store. We pass it explicitly, because that crate's own entries use a global one.
fn secret_service() -> Result<Arc<CredentialStore>, String> {
    match keyring::Entry::store_status() {
        Ok(()) => keyring_core::get_default_store().ok_or_else(|| "no store was set up".to_owned()),
        Err(error) => Err(printable(&error.to_string())),
    }
}

fn choose(
    found: &StoreTest,
    secret_service: Option<Arc<CredentialStore>>,
    kernel: impl FnOnce() -> Result<Arc<CredentialStore>, String>,
) -> StoreChoice {
    if let (StoreTest::Unlocked(label), Some(store)) = (found, secret_service) {
        // It may be locked later in this run.
        let doubt: AbsenceCheck = Arc::new(|| probe().against().map_or(Ok(()), Err));
        return StoreChoice::Usable {
            store,
            words: format!("Secret Service \"{label}\" (kept on disk)"),
            next: None,
            doubt,
        };
    }
    let against = found.against().unwrap_or_else(|| "the Secret Service could not be opened".to_owned());
    let (with_kernel, with_nothing) = next_steps(found);
    match kernel() {
        Ok(store) => {
            let words = format!("kernel keyring (until reboot), because: {against}");
            let doubt: AbsenceCheck = if found.may_hide_keys() {
                Arc::new(move || Err(format!("it is not in the kernel keyring, and {against}")))
            } else {
                Arc::new(|| Ok(()))
            };
            StoreChoice::Usable { store, words, next: Some(with_kernel.to_owned()), doubt }
        }
        Err(why) => StoreChoice::Nothing { why: format!("{against}; {why}"), hints: vec![with_nothing.to_owned()] },
    }
}

/// The next step where the kernel's keyring serves instead, and the next step where nothing does.
fn next_steps(found: &StoreTest) -> (&'static str, &'static str) {
    match found {
        StoreTest::Locked(_) | StoreTest::NoCollection => (
            "unlock the keyring (log in at the desktop, or: gnome-keyring-daemon --unlock), or set the keys again after a restart of this machine",
            "unlock the keyring (log in at the desktop, or: gnome-keyring-daemon --unlock), then try again",
        ),
        StoreTest::NoBus | StoreTest::NoProvider => (
            "set the keys again after a restart of this machine",
            "run this in a session that has a keyring service, such as a desktop's terminal",
        ),
        StoreTest::Failed(_) | StoreTest::Silent | StoreTest::Unlocked(_) => (
            "end the keyring service and log in again, or set the keys again after a restart of this machine",
            "end the keyring service and log in again, then try again",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::keyring::opened::KeyPlace;

    fn a_store() -> Arc<CredentialStore> {
        keyring_core::mock::Store::new().expect("the crate's own stand-in") as Arc<CredentialStore>
    }

    fn place() -> KeyPlace {
        KeyPlace { user: "X_Y/sandbox/alma".into(), words: "the alma key of X_Y (sandbox)".into(), variable: "V" }
    }

    #[test]
    fn an_unlocked_secret_service_serves_and_the_kernel_is_not_asked() {
        let opened = choose(&StoreTest::Unlocked("Login".into()), Some(a_store()), || panic!("asked"));
        assert_eq!(opened.in_use().words, "Secret Service \"Login\" (kept on disk)");
        assert!(opened.in_use().usable);
    }

    #[test]
    fn the_fallback_says_how_long_and_why() {
        let opened = choose(&StoreTest::NoProvider, None, || Ok(a_store()));
        let words = opened.in_use().words;
        assert_eq!(words, "kernel keyring (until reboot), because: no Secret Service on this session's D-Bus");
        assert_eq!(opened.get(&place()), Ok(None));
    }

    #[test]
    fn not_found_beside_a_locked_store_is_not_no_key() {
        let opened = choose(&StoreTest::Locked("Login".into()), None, || Ok(a_store()));
        let failure = opened.get(&place()).expect_err("could not look");
        assert!(failure.what.contains("\"Login\" is locked"), "{failure}");
        assert!(opened.forget(&place()).is_err());
    }

    #[test]
    fn nothing_usable_names_both_reasons_and_what_to_do() {
        let opened = choose(&StoreTest::Silent, None, || Err("the kernel refuses its keyring (Unknown(38))".into()));
        let in_use = opened.in_use();
        assert!(!in_use.usable);
        assert_eq!(
            in_use.words,
            "none: the Secret Service did not answer within 2 s; the kernel refuses its keyring (Unknown(38))"
        );
        let failure = opened.get(&place()).expect_err("no store");
        assert!(failure.hints.iter().any(|hint| hint.contains("variable V")), "{failure}");
    }
}
