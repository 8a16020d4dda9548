//! Removes keys from what a server said.
use crate::secret::{ApiKey, KeyTraces};
use reqwest::header::HeaderMap;

/// The text without the keys that were sent in these headers, and without these.
pub(super) fn unsent(text: &str, sent: &HeaderMap, hidden: &[ApiKey]) -> String {
    let sent = sent.values().filter(|value| value.is_sensitive()).filter_map(|value| value.to_str().ok());
    let keys = sent.filter_map(|value| value.rsplit(' ').next()).chain(hidden.iter().map(ApiKey::expose));
    KeyTraces::of_texts(keys).masked(text).unwrap_or_else(|| text.to_owned())
}
