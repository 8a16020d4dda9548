//! The harness of the contract tests: the built binary against an embedded Alma and ILLiad, in a home of its own.
pub(crate) mod desk;
pub(crate) mod judge;
pub(crate) mod keeper;
pub(crate) mod keys;
pub(crate) mod ran;
pub(crate) mod ring;
pub(crate) mod tap;

pub(crate) use desk::{Desk, PARTNER_PATH, in_parallel, wait_for};
pub(crate) use ran::{Ran, Started};
