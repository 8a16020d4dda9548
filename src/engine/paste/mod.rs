//! Reads what a person pasted from a screen: one value, or the whole form.
mod form;
mod read;

pub(crate) use form::norm;
pub use read::{AmbiguousLabel, PasteReading, PasteTarget, PastedForm, PastedValue, paste_targets, read_paste};
