//! What a person pasted from a screen: one value, or the whole form.
mod form;
mod read;

pub(crate) use form::norm;
pub use read::{Ambiguous, Asked, Form, Pasted, Read, asked, read};
