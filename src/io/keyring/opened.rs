//! The store used in this run, and what its errors mean.
use crate::failure::{Failure, FailureKind};
use crate::io::printable;
use crate::ports::StoreInUse;
use crate::secret::ApiKey;
use keyring_core::api::CredentialStore;
use keyring_core::{Entry, Error};
use std::sync::Arc;
use zeroize::Zeroizing;

/// This program's name in every store.
const SERVICE: &str = "last-resort";

/// Asks the store again whether "no such entry" can be believed. An `Err` says why not.
pub(super) type AbsenceCheck = Arc<dyn Fn() -> Result<(), String> + Send + Sync>;

/// The store to use, or the reason why no store can be used.
pub(super) enum StoreChoice {
    Usable {
        store: Arc<CredentialStore>,
        /// Its name, how long it keeps keys, and why a better one was not used.
        words: String,
        /// How to get a better store, if there is one.
        next: Option<String>,
        /// Called before "no such entry" is taken for "no key", because a locked store answers the same.
        doubt: AbsenceCheck,
    },
    Nothing {
        /// The reason for each store.
        why: String,
        hints: Vec<String>,
    },
}

/// The place of a key in a store, in the store's terms and for messages.
#[derive(Debug, Clone)]
pub(super) struct KeyPlace {
    /// The user name under which the store keeps it, for example `01CUNY_QC/sandbox/alma`.
    pub(super) user: String,
    /// The key as messages name it, for example `the alma key of 01CUNY_QC (sandbox)`.
    pub(super) words: String,
    /// The environment variable that can be used instead.
    pub(super) variable: &'static str,
}

impl StoreChoice {
    pub(super) fn in_use(&self) -> StoreInUse {
        match self {
            Self::Usable { words, next, .. } => StoreInUse { words: words.clone(), usable: true, next: next.clone() },
            Self::Nothing { why, hints } => {
                StoreInUse { words: format!("none: {why}"), usable: false, next: hints.first().cloned() }
            }
        }
    }

    pub(super) fn get(&self, place: &KeyPlace) -> Result<Option<ApiKey>, Failure> {
        let secret = match self.entry(place, "read")?.get_secret() {
            Ok(secret) => Zeroizing::new(secret),
            Err(Error::NoEntry) => return self.believed(place).map(|()| None),
            Err(error) => return Err(self.failure(place, "read", error)),
        };
        // `parse` wipes the copy it is given.
        let text = std::str::from_utf8(&secret).map(str::to_owned).unwrap_or_default();
        ApiKey::parse(text).map(Some).map_err(|_| {
            Failure::new(
                FailureKind::Key,
                format!("{} has something other than a key stored as {}", self.in_use().words, place.words),
            )
            .hint("store it again: last-resort keys set")
        })
    }

    pub(super) fn set(&self, place: &KeyPlace, key: &ApiKey) -> Result<(), Failure> {
        let entry = self.entry(place, "store")?;
        entry.set_secret(key.expose().as_bytes()).map_err(|error| self.failure(place, "store", error))
    }

    pub(super) fn forget(&self, place: &KeyPlace) -> Result<bool, Failure> {
        match self.entry(place, "remove")?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => self.believed(place).map(|()| false),
            // All of them are ours, since service and place are the same.
            Err(Error::Ambiguous(entries)) => {
                for entry in entries {
                    entry.delete_credential().map_err(|error| self.failure(place, "remove", error))?;
                }
                Ok(true)
            }
            Err(error) => Err(self.failure(place, "remove", error)),
        }
    }

    fn entry(&self, place: &KeyPlace, verb: &str) -> Result<Entry, Failure> {
        match self {
            Self::Usable { store, .. } => {
                store.build(SERVICE, &place.user, None).map_err(|error| self.failure(place, verb, error))
            }
            Self::Nothing { why, hints } => {
                let failure = Failure::new(
                    FailureKind::Key,
                    format!("cannot {verb} {}: no keyring can be used here: {why}", place.words),
                );
                Err(hinted(failure, hints, place))
            }
        }
    }

    fn believed(&self, place: &KeyPlace) -> Result<(), Failure> {
        let Self::Usable { doubt, .. } = self else { return Ok(()) };
        doubt().map_err(|why| {
            let failure =
                Failure::new(FailureKind::Key, format!("cannot tell whether {} is stored: {why}", place.words));
            hinted(failure, &["unlock that keyring, then try again".to_owned()], place)
        })
    }

    fn failure(&self, place: &KeyPlace, verb: &str, error: Error) -> Failure {
        // Never use `{error:?}` here: two of the variants hold the secret that was read.
        let why = match error {
            Error::NoStorageAccess(why) => format!("it is locked, or gives no access ({why})"),
            Error::PlatformFailure(why) => why.to_string(),
            Error::BadDataFormat(..) | Error::BadEncoding(_) => "the stored key is not readable".to_owned(),
            Error::Ambiguous(_) => "it contains more than one; remove them first: last-resort keys forget".to_owned(),
            other => other.to_string(),
        };
        let store = self.in_use().words;
        let failure =
            Failure::new(FailureKind::Key, format!("cannot {verb} {} in {store}: {}", place.words, printable(&why)));
        hinted(failure, &["unlock that keyring, then try again".to_owned()], place)
    }
}

fn hinted(failure: Failure, hints: &[String], place: &KeyPlace) -> Failure {
    let failure = hints.iter().fold(failure, |failure, hint| failure.hint(hint.as_str()));
    failure.hint(format!("or set the key for one run in the environment variable {}", place.variable))
}
