//! Finds and removes the keys that a request carries.
use crate::secret::{ApiKey, KeyTraces};
use reqwest::header::HeaderMap;

/// The traces of the keys that are sent in these headers, and of these.
pub(super) fn traces<'a>(sent: &'a HeaderMap, hidden: impl Iterator<Item = &'a ApiKey>) -> KeyTraces {
    let sent = sent.values().filter(|value| value.is_sensitive()).filter_map(|value| value.to_str().ok());
    KeyTraces::of_texts(sent.filter_map(|value| value.rsplit(' ').next()).chain(hidden.map(ApiKey::expose)))
}

/// The text without the keys that were sent in these headers, and without these.
pub(super) fn unsent(text: &str, sent: &HeaderMap, hidden: &[ApiKey]) -> String {
    traces(sent, hidden.iter()).masked(text).unwrap_or_else(|| text.to_owned())
}
