//! A request to a server, and the words that describe it in messages.
use crate::io::text::shown_text;
use crate::io::{blot, long_answers};
use crate::secret::ApiKey;
use crate::site::Site;
use crate::text::{key_shapes, unkeyed};
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};
use std::fmt;
use url::Url;
use zeroize::Zeroizing;

/// Whether a request may safely be sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum RequestPurpose {
    /// Changes no data, so it may be repeated.
    Read,
    /// May have been carried out even if no answer came, so it is sent once. It is not even repeated after a refusal that
    /// says that nothing was done: whoever sends it has to look first.
    Write,
}

impl RequestPurpose {
    pub(super) fn is_write(self) -> bool {
        self == Self::Write
    }
}

/// Characters that ASP.NET refuses in a path, whatever the encoding (facts/illiad.md §1.5).
const REFUSABLE: &str = "&:%*+/\\<>?#|\"";

/// The campus a request is made for, as messages name it: `01CUNY_QC (sandbox)`.
pub(in crate::io) fn campus_words(site: &Site) -> String {
    format!("{} ({})", site.institution, site.environment.as_str())
}

/// One HTTP request. Its `Debug` shows no headers and no body.
#[derive(Clone)]
pub(in crate::io) struct HttpRequest {
    pub(super) method: Method,
    pub(super) url: Url,
    /// The path as messages and logs show it: without the query and without patrons' ids.
    pub(super) shown: String,
    pub(super) host: String,
    pub(super) campus: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Vec<u8>>,
    /// Parts of the path that neither messages nor logs may show.
    unshown: Vec<String>,
    pub(in crate::io) purpose: RequestPurpose,
    /// A character of the path that web servers may refuse, however it is written.
    pub(in crate::io) refusable: Option<char>,
}

impl HttpRequest {
    /// The address it is sent to.
    pub(in crate::io) fn url(&self) -> &Url {
        &self.url
    }

    /// Makes a read of `url`.
    pub(in crate::io) fn get(url: Url, campus: &str) -> Self {
        Self::new(Method::GET, url, campus, RequestPurpose::Read)
    }

    /// Makes a request of any method and purpose.
    pub(in crate::io) fn new(method: Method, url: Url, campus: &str, purpose: RequestPurpose) -> Self {
        let host = url.host_str().unwrap_or_default();
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let path = unkeyed(url.path()).unwrap_or_else(|| url.path().to_owned());
        let shown = crate::io::text::cut(&crate::io::text::clean(&path), 200);
        let campus = campus.to_owned();
        let (headers, unshown) = (HeaderMap::new(), Vec::new());
        Self { method, url, shown, host, campus, headers, body: None, unshown, purpose, refusable: None }
    }

    /// Adds a parameter to the query.
    pub(in crate::io) fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// Adds a header to the request.
    pub(in crate::io) fn header(mut self, name: &'static str, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the body to send.
    pub(in crate::io) fn body(mut self, body: Vec<u8>) -> Self {
        self.body = Some(body);
        self
    }

    /// Shows the path up to and including `kept`, then `…`. This keeps a patron's id out of messages and logs.
    pub(in crate::io) fn hidden_after(mut self, kept: &str) -> Self {
        if let Some(at) = self.shown.find(kept) {
            let hidden = self.shown[at + kept.len()..].split('/').filter(|part| part.len() >= LEAST_HIDDEN);
            self.unshown.extend(hidden.map(str::to_owned));
            self.shown.truncate(at + kept.len());
            self.shown.push('…');
        }
        self
    }

    /// Notes that the path holds this name, which a person chose.
    pub(in crate::io) fn about(mut self, name: &str) -> Self {
        let trailing = name.chars().next_back().filter(|last| *last == '.');
        self.refusable = name.chars().find(|c| REFUSABLE.contains(*c)).or(trailing);
        self
    }

    /// A sentence for messages: what was asked of which host for whom, and what came back.
    pub(in crate::io) fn words(&self, came_back: &str) -> String {
        format!("{} for {}: {came_back}", self.called(), self.campus)
    }

    /// The request in words, as in every message about it.
    fn called(&self) -> String {
        format!("{} {} at {}", self.method, self.shown, self.host)
    }
}

impl HttpRequest {
    /// Whether the address holds what looks like a key, or one of these keys or of those in the headers, or a part of one. What people
    /// give is checked where they give it; this is the last line of defence.
    pub(super) fn has_a_key_in_its_address<'a>(&'a self, hidden: impl Iterator<Item = &'a ApiKey>) -> bool {
        let traces = blot::traces(&self.headers, hidden);
        let is_key = |text: &str| !key_shapes(text).is_empty() || traces.stand_in(text);
        is_key(self.url.as_str()) || self.url.query_pairs().any(|(_, value)| is_key(&value))
    }
}

/// Shorter parts of a hidden path occur in ordinary words too.
const LEAST_HIDDEN: usize = 4;

impl HttpRequest {
    /// Logs the whole reason that came back, and keeps it for the wizard; messages may show only its beginning and its end.
    pub(in crate::io) fn log_reason(&self, whole: &str) {
        self.log(whole, shown_text);
    }

    /// Logs the words of a web page, and keeps them for the wizard; messages say only that there was one.
    pub(in crate::io) fn log_page(&self, words: &str) {
        if !words.is_empty() {
            self.log(words, |_| String::new());
        }
    }

    fn log(&self, whole: &str, shown: impl Fn(&str) -> String) {
        let said = self.unshown.iter().fold(whole.to_owned(), |said, hidden| said.replace(hidden.as_str(), "…"));
        let (method, host, path) = (&self.method, &self.host, &self.shown);
        tracing::info!(%method, host, path, said, "the whole reason");
        long_answers::keep(self.called(), &said, &shown(&said));
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ask({} {} at {})", self.method, self.shown, self.host)
    }
}

/// A header that carries a key: `apikey KEY` or `KEY`. It is marked as sensitive, so the HTTP stack never logs it.
pub(in crate::io) fn secret_header(scheme: &str, key: &ApiKey) -> HeaderValue {
    let text = Zeroizing::new(format!("{scheme}{}", key.expose()));
    // A key is visible ASCII, so it always makes a header. Without one the system would say that the key is missing.
    let mut value = HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}
