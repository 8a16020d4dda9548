//! What a check of one campus among several gives.
use crate::engine::results::CheckResult;
use crate::site::Site;

/// One campus that was checked.
pub(super) struct CheckedCampus {
    pub(super) site: Site,
    pub(super) checked: CheckResult,
    /// The calls that Alma still takes today, where it says so.
    pub(super) calls_left: Option<u64>,
}
