//! Checks whether the Secret Service can be used, without a prompt and within a time limit.
//!
//! An open connection proves nothing. With a locked collection, or a service that was started but never unlocked, the
//! connection opens too, and the answer to everything is "no such entry".
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

/// How long to wait for the service. It normally answers within 15 ms.
const LIMIT: Duration = Duration::from_secs(2);

/// What the probe found out about the Secret Service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoreTest {
    /// The service can be used. Holds the collection's label.
    Unlocked(String),
    /// The collection is locked. Holds its label.
    Locked(String),
    /// The service has no collection to keep keys in.
    NoCollection,
    /// The session bus has no such service.
    NoProvider,
    /// There is no session bus.
    NoBus,
    /// The service failed. Holds the cause.
    Failed(String),
    /// The service did not answer.
    Silent,
}

impl StoreTest {
    /// Why the service cannot be used; `None` if it can.
    pub(super) fn against(&self) -> Option<String> {
        match self {
            Self::Unlocked(_) => None,
            Self::Locked(label) => Some(format!("Secret Service \"{label}\" is locked")),
            Self::NoCollection => Some("the Secret Service has no collection for keys".to_owned()),
            Self::NoProvider => Some("no Secret Service on this session's D-Bus".to_owned()),
            Self::NoBus => Some("no D-Bus session bus, so no Secret Service".to_owned()),
            Self::Failed(why) => Some(format!("the Secret Service failed ({why})")),
            Self::Silent => Some(format!("the Secret Service did not answer within {} s", LIMIT.as_secs())),
        }
    }

    /// Whether the service may hold keys that we could not see. If so, "not found elsewhere" does not mean "no key".
    pub(super) fn may_hide_keys(&self) -> bool {
        match self {
            Self::Locked(_) | Self::Failed(_) | Self::Silent => true,
            Self::Unlocked(_) | Self::NoCollection | Self::NoProvider | Self::NoBus => false,
        }
    }
}

/// Asks the service on a thread of its own, and waits at most [`LIMIT`].
pub(super) fn probe() -> StoreTest {
    if no_socket() {
        return StoreTest::NoBus;
    }
    let (reply, answer) = sync_channel(1);
    let asking = thread::Builder::new().name("keyring-probe".to_owned()).spawn(move || {
        // The caller may have stopped waiting.
        let _ = reply.send(ask());
    });
    match asking {
        Ok(_) => answer.recv_timeout(LIMIT).unwrap_or(StoreTest::Silent),
        Err(error) => StoreTest::Failed(printable(&error.to_string())),
    }
}

/// Whether the session bus names a socket that does not exist, as is usual over SSH. Then there is no need to ask.
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

fn ask() -> StoreTest {
    let connection = match Connection::session() {
        Ok(connection) => connection,
        Err(error) => {
            // Usual over SSH. The address that was tried would not help anybody, so it only goes to the log.
            tracing::debug!(%error, "no session bus");
            return StoreTest::NoBus;
        }
    };
    // No secret is read, so there is no need for an encrypted session.
    let service = match SecretService::connect_with_existing(EncryptionType::Plain, connection) {
        Ok(service) => service,
        Err(error) => return failed(&error),
    };
    let collection = match service.get_default_collection() {
        Ok(collection) => collection,
        Err(Error::NoResult) => return StoreTest::NoCollection,
        Err(error) => return failed(&error),
    };
    let label = collection.get_label().map(|label| printable(&label)).unwrap_or_default();
    match collection.is_locked() {
        Ok(false) => StoreTest::Unlocked(label),
        Ok(true) => StoreTest::Locked(label),
        Err(error) => failed(&error),
    }
}

fn failed(error: &Error) -> StoreTest {
    const UNKNOWN: &str = "org.freedesktop.DBus.Error.ServiceUnknown";
    match error {
        Error::Unavailable | Error::ZbusFdo(zbus::fdo::Error::ServiceUnknown(_)) => StoreTest::NoProvider,
        Error::Zbus(zbus::Error::MethodError(name, ..)) if name.as_str() == UNKNOWN => StoreTest::NoProvider,
        Error::Zbus(zbus::Error::FDO(fdo)) if matches!(**fdo, zbus::fdo::Error::ServiceUnknown(_)) => {
            StoreTest::NoProvider
        }
        other => StoreTest::Failed(printable(&other.to_string())),
    }
}
