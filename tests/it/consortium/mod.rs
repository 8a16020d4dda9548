//! All campuses at once: `check --all`, `plan --all`, `history`, two files of a campus, a state folder shared by a group, cron and systemd.
mod all;
mod elsewhere;
mod environments;
mod history;
mod news;
mod outside_keys;
mod shared;
#[cfg(unix)]
mod two_people;
mod unattended;
mod want;

use crate::harness::Ran;
use serde_json::Value;

/// The JSON lines of a run.
pub(crate) fn lines(ran: &Ran) -> Vec<Value> {
    ran.out().lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e} in {line}"))).collect()
}
