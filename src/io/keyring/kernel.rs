//! The kernel's keyring as a store, for hosts without a Secret Service: SSH, tmux, a root shell.
//!
//! Keys are in the user's keyring (no expiry, gone at reboot) and linked from the persistent one. They are never in
//! the session keyring, which is revoked at log-out and missing in containers. The process keyring links the user's
//! keyring, which makes this process possess the keys.
use keyring_core::api::{Credential, CredentialApi, CredentialPersistence, CredentialStoreApi};
use keyring_core::{Entry, Error, Result};
use linux_keyutils::{Key, KeyError, KeyRing, KeyRingIdentifier as Id};
use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The longest payload that is read, in bytes. A key has at most 200 characters.
const LONGEST: usize = 1024;

/// The kernel's keyring as a credential store.
#[derive(Debug)]
pub(super) struct KernelStore;

impl KernelStore {
    /// Checks that the kernel allows adding keys, using this process's own keyring.
    ///
    /// # Errors
    /// The reason why it cannot be used. Containers usually forbid it.
    pub(super) fn open() -> std::result::Result<Arc<Self>, String> {
        let tried = anchors().and_then(|_| {
            // Searching may be allowed where adding is not.
            let trial = KeyRing::from_special_id(Id::Process, true)?.add_key("last-resort:trial", "trial")?;
            trial.invalidate()
        });
        tried.map(|()| Arc::new(Self)).map_err(|error| format!("the kernel refuses its keyring ({})", in_words(error)))
    }
}

impl CredentialStoreApi for KernelStore {
    fn vendor(&self) -> String {
        "last-resort, kernel keyring".to_owned()
    }

    fn id(&self) -> String {
        "user keyring".to_owned()
    }

    fn build(&self, service: &str, user: &str, modifiers: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        if modifiers.is_some_and(|modifiers| !modifiers.is_empty()) {
            return Err(Error::NotSupportedByStore("the kernel keyring knows no modifiers".to_owned()));
        }
        let specifiers = (service.to_owned(), user.to_owned());
        Ok(Entry::new_with_credential(Arc::new(KernelKey { description: format!("{service}:{user}"), specifiers })))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn persistence(&self) -> CredentialPersistence {
        CredentialPersistence::UntilReboot
    }
}

/// A key, named by its description. It need not exist.
#[derive(Debug)]
struct KernelKey {
    description: String,
    specifiers: (String, String),
}

impl KernelKey {
    fn find(&self) -> std::result::Result<Key, KeyError> {
        let mut last = KeyError::KeyDoesNotExist;
        for ring in anchors()? {
            match ring.search(&self.description) {
                Ok(key) => return Ok(key),
                Err(error) if gone(error) => {}
                Err(error) => last = error,
            }
        }
        Err(last)
    }
}

impl CredentialApi for KernelKey {
    fn set_secret(&self, secret: &[u8]) -> Result<()> {
        let rings = anchors().map_err(refused)?;
        let (first, rest) = rings.split_first().ok_or(Error::NoEntry)?;
        let key = first.add_key(&self.description, secret).map_err(refused)?;
        for ring in rest {
            // The first keyring is enough. The link serves if the user's keyring is cleared.
            if let Err(error) = ring.link_key(key) {
                tracing::debug!(error = in_words(error), "the key is not linked from the persistent keyring");
            }
        }
        Ok(())
    }

    fn get_secret(&self) -> Result<Vec<u8>> {
        let mut buffer = Zeroizing::new([0_u8; LONGEST]);
        let length = self.find().and_then(|key| key.read(&mut buffer)).map_err(refused)?;
        // The kernel returns the whole length, even if the buffer is too short.
        let secret = buffer.get(..length).ok_or_else(|| Error::TooLong("secret".to_owned(), LONGEST as u32))?;
        Ok(secret.to_vec())
    }

    fn delete_credential(&self) -> Result<()> {
        self.find().and_then(|key| key.invalidate()).map_err(refused)?;
        // There may be a second key, from a time when one of the two keyrings was missing.
        while let Ok(other) = self.find() {
            other.invalidate().map_err(refused)?;
        }
        Ok(())
    }

    fn get_credential(&self) -> Result<Option<Arc<Credential>>> {
        self.find().map(|_| None).map_err(refused)
    }

    fn get_specifiers(&self) -> Option<(String, String)> {
        Some(self.specifiers.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The keyrings that outlive the session and that this process possesses; at least one.
fn anchors() -> std::result::Result<Vec<KeyRing>, KeyError> {
    let process = KeyRing::from_special_id(Id::Process, true)?;
    let mut rings = Vec::new();
    let user = process.link_keyring_id(Id::User).and_then(|()| KeyRing::from_special_id(Id::User, true));
    rings.extend(user);
    rings.extend(KeyRing::get_persistent(Id::Process));
    match (rings.is_empty(), user) {
        (true, Err(error)) => Err(error),
        _ => Ok(rings),
    }
}

fn gone(error: KeyError) -> bool {
    matches!(error, KeyError::KeyDoesNotExist | KeyError::KeyExpired | KeyError::KeyRevoked)
}

fn refused(error: KeyError) -> Error {
    match error {
        error if gone(error) => Error::NoEntry,
        KeyError::PermissionDenied | KeyError::AccessDenied => Error::NoStorageAccess(in_words(error).into()),
        other => Error::PlatformFailure(in_words(other).into()),
    }
}

fn in_words(error: KeyError) -> String {
    match error {
        KeyError::QuotaExceeded => "its quota of keys for this user is used up".to_owned(),
        KeyError::PermissionDenied | KeyError::AccessDenied => {
            "permission denied, as is usual in containers".to_owned()
        }
        KeyError::OperationNotSupported => "not supported by this kernel".to_owned(),
        KeyError::Unknown(code) => std::io::Error::from_raw_os_error(code).to_string(),
        other => format!("{other:?}"),
    }
}
