//! Parsed requests, and answers before they are written as bytes.
use serde_json::Value;
use std::time::Instant;
use url::form_urlencoded;

/// One request as the two systems see it. It holds a key, so it has no `Debug`.
pub(super) struct SimRequest {
    pub(super) method: String,
    /// Path segments, percent-decoded. Empty ones are left out.
    pub(super) segments: Vec<String>,
    /// Query parameters as decoded pairs of name and value.
    pub(super) query: Vec<(String, String)>,
    /// Header names are in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) at: Instant,
}

impl SimRequest {
    /// Parses a path and query as they stand in a request line.
    pub(super) fn new(method: &str, path: &str, query: &str) -> Self {
        Self {
            method: method.to_owned(),
            segments: path.split('/').filter(|s| !s.is_empty()).map(percent_decoded).collect(),
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            headers: Vec::new(),
            body: Vec::new(),
            at: Instant::now(),
        }
    }

    /// A header's value, by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The key that a call of Alma's API carries: in the header, or else in the query.
    pub(super) fn alma_key(&self) -> Option<&str> {
        let (scheme, key) = self.header("authorization").and_then(|header| header.split_once(' ')).unzip();
        let sent = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("apikey"));
        key.filter(|_| sent).map(str::trim).or_else(|| self.parameter("apikey"))
    }

    /// The value of a query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// Percent-decodes one path segment. Unlike in a query, `+` stands for itself.
fn percent_decoded(segment: &str) -> String {
    let shielded = segment.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(shielded.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
}

/// The content of an answer, before it is written in a format.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Empty,
    /// An object, and the name of its root element in XML.
    Tree(&'static str, Value),
    /// Content type, then text.
    Text(&'static str, String),
}

/// The format an object is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

/// An answer that has not been written as bytes yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SimAnswer {
    pub(super) status: u16,
    pub(super) format: Format,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) content: Content,
}

impl SimAnswer {
    pub(super) fn tree(status: u16, root: &'static str, value: Value) -> Self {
        Self::of(status, Content::Tree(root, value))
    }

    pub(super) fn empty(status: u16) -> Self {
        Self::of(status, Content::Empty)
    }

    pub(super) fn text(status: u16, content_type: &'static str, text: impl Into<String>) -> Self {
        Self::of(status, Content::Text(content_type, text.into()))
    }

    pub(super) fn html(status: u16, title: &str) -> Self {
        let page =
            format!("<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n");
        Self::text(status, "text/html; charset=utf-8", page)
    }

    fn of(status: u16, content: Content) -> Self {
        Self { status, format: Format::Json, headers: Vec::new(), content }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::SimRequest;

    #[test]
    fn segments_are_percent_decoded_one_by_one() {
        let ask = SimRequest::new("GET", "/almaws/v1/partners/A%2FB+C%20%C3%A9&x=1", "limit=5&q=a+b");
        assert_eq!(ask.segments, ["almaws", "v1", "partners", "A/B+C é&x=1"]);
        assert_eq!(ask.parameter("q"), Some("a b"));
    }
}
