//! Finds our own row by name: first an exact match, then one that differs only in case, spaces and punctuation, then
//! one with a single typo.
use crate::engine::lint::Slip;
use crate::engine::paste::norm;

/// The index of the name that is ours, if any comes close enough.
pub(crate) fn nearest<'a>(names: impl Iterator<Item = &'a str> + Clone, want: &str) -> Option<usize> {
    let small = want.to_lowercase();
    let alike = |name: &str| norm(name) == norm(want);
    let slipped = |name: &str| Slip::between(&small, &name.trim().to_lowercase()).is_some();
    names
        .clone()
        .position(|name| name == want)
        .or_else(|| names.clone().position(alike))
        .or_else(|| names.clone().position(slipped))
}
