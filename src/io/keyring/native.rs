//! macOS, Windows and others: the system's own store, opened by the `keyring` crate.
use super::opened::StoreChoice;
use crate::io::printable;
use std::sync::Arc;

/// Opens the store. Call this only on the vault's thread.
pub(super) fn open() -> StoreChoice {
    let nothing =
        |why: String| StoreChoice::Nothing { why, hints: vec!["unlock the keychain, then try again".to_owned()] };
    match (keyring::Entry::store_status(), keyring_core::get_default_store()) {
        (Ok(()), Some(store)) => StoreChoice::Usable {
            store,
            words: format!("{} (kept on disk)", name()),
            next: None,
            doubt: Arc::new(|| Ok(())),
        },
        (Ok(()), None) => nothing("no store was set up".to_owned()),
        (Err(error), _) => nothing(printable(&error.to_string())),
    }
}

fn name() -> &'static str {
    if cfg!(target_os = "macos") {
        "macOS Keychain"
    } else if cfg!(windows) {
        "Windows Credential Manager"
    } else {
        "Secret Service"
    }
}
