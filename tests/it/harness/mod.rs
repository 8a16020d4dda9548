//! Shared helpers of the tests.
//!
//! - [`Desk`]: a served world, a home, and the built binary run in it. [`terminal::Terminal`]: the binary in a terminal.
//! - [`simulator`]: serves worlds. [`client`]: a plain HTTP client for them.
//! - [`site()`], [`told()`]: a campus and the observations of it, for tests of single functions.
pub(crate) mod account;
pub(crate) mod client;
pub(crate) mod desk;
pub(crate) mod files;
pub(crate) mod fleet;
pub(crate) mod judge;
pub(crate) mod keeper;
pub(crate) mod keys;
pub(crate) mod pty;
pub(crate) mod ran;
pub(crate) mod ring;
pub(crate) mod simulator;
pub(crate) mod site;
pub(crate) mod tap;
pub(crate) mod terminal;
pub(crate) mod told;

pub(crate) use account::account;
pub(crate) use desk::{Desk, PARTNER_PATH, in_parallel, wait_for};
pub(crate) use files::files;
pub(crate) use ran::{Ran, Started};
pub(crate) use site::{site, site_of};
pub(crate) use told::told;
