//! A complete answer, not yet parsed.
use super::fault::tried;
use crate::io::{blot, text};
use crate::secret::ApiKey;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, LOCATION, RETRY_AFTER};
use std::time::Duration;
use url::Url;

/// Alma's header for the calls left today.
const CALLS_LEFT: HeaderName = HeaderName::from_static("x-exl-api-remaining");

/// The longest wait a server may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// The status, the few headers that matter, and the unpacked body of an answer.
pub(in crate::io) struct HttpReply {
    pub(in crate::io) status: u16,
    /// `Content-Type` in lower case; empty if there is none.
    pub(in crate::io) content_type: String,
    /// The host that a redirect points to, cleaned. The rest of the address is dropped.
    pub(in crate::io) redirect_host: Option<String>,
    /// `Retry-After` if it is given in seconds, shortened to [`LONGEST_WAIT`].
    pub(in crate::io) retry_after: Option<Duration>,
    /// Alma's `X-Exl-Api-Remaining`: the calls it still takes today (facts/alma.md §8).
    pub(in crate::io) calls_left: Option<u64>,
    pub(in crate::io) body: Vec<u8>,
}

impl HttpReply {
    /// The reply with its body still empty.
    ///
    /// Messages show the host of a redirect, and a server may have put a key into it. So the keys in the headers
    /// `sent` and the `hidden` keys are removed from it.
    pub(super) fn head(response: &Response, sent: &HeaderMap, hidden: &[ApiKey]) -> Self {
        let header = |name: HeaderName| response.headers().get(name).and_then(|value| value.to_str().ok());
        let redirect_host =
            header(LOCATION).and_then(|target| response.url().join(target).ok()).and_then(|target: Url| {
                target.host_str().map(|host| text::cut(&text::clean(&blot::unsent(host, sent, hidden)), 100))
            });
        Self {
            status: response.status().as_u16(),
            content_type: header(CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase(),
            redirect_host,
            retry_after: header(RETRY_AFTER)
                .and_then(|wait| wait.trim().parse().ok())
                .map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT)),
            calls_left: header(CALLS_LEFT).and_then(|count| count.trim().parse().ok()),
            body: Vec::new(),
        }
    }

    /// Whether the status is 2xx.
    pub(in crate::io) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the status is 3xx.
    pub(in crate::io) fn is_redirect(&self) -> bool {
        (300..400).contains(&self.status)
    }

    /// Whether the status is 5xx.
    pub(in crate::io) fn is_server_fault(&self) -> bool {
        self.status >= 500
    }

    /// The status for a message, such as `HTTP 302, a redirect to login.example.org`. Adds the number of tries if
    /// there was more than one.
    pub(in crate::io) fn words(&self, tries: u32) -> String {
        let words = match &self.redirect_host {
            Some(host) if self.is_redirect() => format!("HTTP {}, a redirect to {host}", self.status),
            _ => format!("HTTP {}", self.status),
        };
        tried(&words, tries)
    }
}
