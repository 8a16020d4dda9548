//! Who runs the program: the account as the system knows it, and never what the environment says of it.
use super::files::printable;
use super::keyring::from_environment;
use crate::recipe::KeySlot;
use crate::text::key_like;
use serde::{Deserialize, Serialize};

/// The account that runs the program, and the machine that it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The name in the system's list of users, or `uid 1000` where the list has none.
    pub name: String,
    /// The number of the account. `None` where the system has no such numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uid: Option<u32>,
    /// What `SUDO_USER` says: who became this account by `sudo`. Anybody can set it, so it stands beside the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sudo_user: Option<String>,
    /// The name of the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The number of the process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
}

impl Account {
    /// The account that runs this process.
    pub fn current() -> Self {
        let uid = uid();
        let numbered = || uid.map_or_else(|| "unknown user".to_owned(), |uid| format!("uid {uid}"));
        Self {
            name: name(uid).filter(|name| !name.is_empty()).unwrap_or_else(numbered),
            uid,
            sudo_user: std::env::var_os("SUDO_USER")
                .map(|name| cleaned(&name.to_string_lossy()))
                .filter(|name| !name.is_empty() && !holds_a_key(name)),
            host: host(),
            pid: Some(std::process::id()),
        }
    }

    /// An account of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self { name: cleaned(name), uid: None, sudo_user: None, host: None, pid: None }
    }

    /// The account as screens and reports name it: `ada`, or `root (sudo by ada)`.
    pub fn words(&self) -> String {
        match self.sudo_user.as_deref().map(cleaned).filter(|sudo| *sudo != self.name && !sudo.is_empty()) {
            Some(sudo) => format!("{} (sudo by {sudo})", cleaned(&self.name)),
            None => cleaned(&self.name),
        }
    }
}

fn cleaned(name: &str) -> String {
    printable(name).trim().chars().take(64).collect()
}

/// Whether the name contains a key. A key set as a name by mistake must not get into the journal.
fn holds_a_key(name: &str) -> bool {
    let set = KeySlot::ALL.into_iter().filter_map(|slot| from_environment(slot).ok().flatten());
    key_like(name).next().is_some() || set.into_iter().any(|key| key.stands_partly_in(name))
}

#[cfg(unix)]
fn uid() -> Option<u32> {
    Some(uzers::get_current_uid())
}

#[cfg(not(unix))]
fn uid() -> Option<u32> {
    None
}

#[cfg(unix)]
fn name(uid: Option<u32>) -> Option<String> {
    Some(cleaned(&uzers::get_user_by_uid(uid?)?.name().to_string_lossy()))
}

#[cfg(not(unix))]
fn name(_uid: Option<u32>) -> Option<String> {
    None
}

#[cfg(unix)]
fn host() -> Option<String> {
    Some(cleaned(&rustix::system::uname().nodename().to_string_lossy())).filter(|name| !name.is_empty())
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_behind_sudo_is_named_beside_the_account() {
        let account = |sudo: Option<&str>| Account { sudo_user: sudo.map(str::to_owned), ..Account::named("root") };
        assert_eq!(account(None).words(), "root");
        assert_eq!(account(Some("root")).words(), "root");
        assert_eq!(account(Some("ada\u{1b}[2J")).words(), "root (sudo by ada [2J)");
    }

    #[test]
    fn the_account_is_the_systems() {
        let account = Account::current();
        assert!(!account.name.is_empty() && account.pid == Some(std::process::id()), "{account:?}");
    }
}
