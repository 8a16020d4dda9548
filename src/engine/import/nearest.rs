//! Our own row by its name: the name itself, else one that is it but for blanks, signs and letters' height, or one letter off.
use crate::engine::lint::Slip;
use crate::engine::paste::norm;

/// Which of the names is ours.
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
