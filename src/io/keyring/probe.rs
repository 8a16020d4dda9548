//! Whether the Secret Service can be used: asked without a prompt, and with a limit.
//!
//! That a connection opens says nothing: a locked collection, and a service that was started but never unlocked, open as well
//! and then answer "no such entry" to everything.
use crate::io::printable;
use secret_service::blocking::SecretService;
use secret_service::{EncryptionType, Error};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;
use zbus::Address;
use zbus::address::Transport;
use zbus::address::transport::UnixSocket;
use zbus::blocking::Connection;

/// How long the service may take; it answers within 15 ms where all is well.
const LIMIT: Duration = Duration::from_secs(2);

/// What the probe found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoreProbe {
    /// Can be used; the collection's label.
    Unlocked(String),
    /// There, but locked; the collection's label.
    Locked(String),
    /// There, but without a collection to keep keys in.
    NoCollection,
    /// The session bus has no such service.
    NoProvider,
    /// There is no session bus.
    NoBus,
    /// There, but failed; why.
    Failed(String),
    /// There, but silent.
    Silent,
}

impl StoreProbe {
    /// Why it cannot be used; `None` where it can.
    pub(super) fn against(&self) -> Option<String> {
        match self {
            Self::Unlocked(_) => None,
            Self::Locked(label) => Some(format!("Secret Service \"{label}\" is locked")),
            Self::NoCollection => Some("the Secret Service has no collection to keep keys in".to_owned()),
            Self::NoProvider => Some("no Secret Service on this session's D-Bus".to_owned()),
            Self::NoBus => Some("no D-Bus session bus, so no Secret Service".to_owned()),
            Self::Failed(why) => Some(format!("the Secret Service failed ({why})")),
            Self::Silent => Some(format!("the Secret Service did not answer within {} s", LIMIT.as_secs())),
        }
    }

    /// Whether it may hold keys that could not be looked at. Where that is so, "not found elsewhere" is not "no key".
    pub(super) fn may_hide_keys(&self) -> bool {
        match self {
            Self::Locked(_) | Self::Failed(_) | Self::Silent => true,
            Self::Unlocked(_) | Self::NoCollection | Self::NoProvider | Self::NoBus => false,
        }
    }
}

/// Asks, on a thread of its own, and waits no longer than [`LIMIT`].
pub(super) fn probe() -> StoreProbe {
    if no_socket() {
        return StoreProbe::NoBus;
    }
    let (reply, answer) = sync_channel(1);
    let asking = thread::Builder::new().name("keyring-probe".to_owned()).spawn(move || {
        // Whoever asked may have stopped waiting.
        let _ = reply.send(ask());
    });
    match asking {
        Ok(_) => answer.recv_timeout(LIMIT).unwrap_or(StoreProbe::Silent),
        Err(error) => StoreProbe::Failed(printable(&error.to_string())),
    }
}

/// Whether the session bus would be a socket that is not there, as it usually is over SSH: then nobody has to ask.
fn no_socket() -> bool {
    let Ok(address) = Address::session() else { return false };
    match address.transport() {
        Transport::Unix(unix) => match unix.path() {
            UnixSocket::File(path) => path.try_exists().is_ok_and(|there| !there),
            _ => false,
        },
        _ => false,
    }
}

fn ask() -> StoreProbe {
    let connection = match Connection::session() {
        Ok(connection) => connection,
        Err(error) => {
            // Usual over SSH; the address that was tried helps nobody on a screen.
            tracing::debug!(%error, "no session bus");
            return StoreProbe::NoBus;
        }
    };
    // Nothing secret is read: no need to agree on a session key.
    let service = match SecretService::connect_with_existing(EncryptionType::Plain, connection) {
        Ok(service) => service,
        Err(error) => return failed(&error),
    };
    let collection = match service.get_default_collection() {
        Ok(collection) => collection,
        Err(Error::NoResult) => return StoreProbe::NoCollection,
        Err(error) => return failed(&error),
    };
    let label = collection.get_label().map(|label| printable(&label)).unwrap_or_default();
    match collection.is_locked() {
        Ok(false) => StoreProbe::Unlocked(label),
        Ok(true) => StoreProbe::Locked(label),
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> StoreProbe {
    const UNKNOWN: &str = "org.freedesktop.DBus.Error.ServiceUnknown";
    match error {
        Error::Unavailable | Error::ZbusFdo(zbus::fdo::Error::ServiceUnknown(_)) => StoreProbe::NoProvider,
        Error::Zbus(zbus::Error::MethodError(name, ..)) if name.as_str() == UNKNOWN => StoreProbe::NoProvider,
        Error::Zbus(zbus::Error::FDO(fdo)) if matches!(**fdo, zbus::fdo::Error::ServiceUnknown(_)) => {
            StoreProbe::NoProvider
        }
        other => StoreProbe::Failed(printable(&other.to_string())),
    }
}
