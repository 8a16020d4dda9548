//! Faults: what goes wrong, on which requests, and how often.
use super::request_log::LoggedServer;
use serde::Deserialize;
use serde_json::Value;

/// The body that goes with a [`FaultKind::Status`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BodyKind {
    Empty,
    /// An error page, as a proxy or a web server in front would send.
    Html,
    /// The system's own error shape, in JSON.
    Json,
    /// The system's own error shape, in XML.
    Xml,
}

/// The kinds of fault.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// The request is served, this many milliseconds later.
    Delay(u64),
    /// Nothing is done and nothing is ever answered; the connection stays open.
    Hang,
    /// The request is carried out, and then nothing is ever answered.
    HangAfterWrite,
    /// The answer comes one byte at a time, with this many milliseconds before each.
    Drip(u64),
    /// Nothing is done; the connection is reset.
    Reset,
    /// The request is carried out, and then the connection is reset.
    ResetAfterWrite,
    /// Nothing is done; the answer has this status.
    Status { code: u16, body: BodyKind },
    /// Nothing is done; the answer is Alma's HTTP 429 `PER_SECOND_THRESHOLD`, for this many requests.
    TooManyPerSecond(u32),
    /// The request is carried out, and the answer is HTTP 500.
    ServerErrorAfterWrite,
    /// The request is carried out, but the answer has this status and Alma's general error, as if it had been
    /// refused.
    StatusAfterWrite(u16),
    /// The request is carried out, but the answer is a refusal with this status and a reason of its own.
    RefusalAfterWrite(u16),
    /// The request is carried out, but the answer has no body.
    EmptyAfterWrite,
    /// The request is carried out, but the answer is a text that is no record.
    TextAfterWrite,
    /// Nothing is done; the answer is HTTP 200 with an HTML page, like a captive portal's.
    Html,
    /// The answer breaks off in the middle: more bytes are promised than sent.
    Truncated,
    /// Half of the answer is sent as if it were all of it.
    HalfBody,
    /// The answer holds bytes that are not UTF-8.
    InvalidUtf8,
    /// The answer is XML, whatever was asked for.
    Xml,
    /// Nothing is done; the answer is a redirect to this address.
    Redirect(String),
    /// Nothing is done; the answer is HTTP 200 with a JSON body of this many bytes.
    Huge(u64),
    /// Messages and texts for people contain terminal escape sequences and other control characters.
    EscapeSequences,
    /// An error is answered with HTTP 200.
    ErrorIn200,
    /// An error is answered with this status, whatever its body says.
    ErrorStatus(u16),
    /// Nothing is done; the answer is HTTP 200 without a body.
    Empty,
    /// The request is carried out, but a value of the answer is another one.
    AnotherValue {
        /// JSON pointer to the value.
        at: String,
        to: Value,
    },
    /// The answer is the one to a GET of this path.
    AnswerOf(String),
    /// The query is ignored, so a list comes in its own order and from its beginning.
    QueryIgnored,
    /// Only so many of a list's rows are in the answer, the first ones.
    FirstRows(usize),
}

/// A fault: what goes wrong ([`FaultKind`]), and which requests it affects.
///
/// Without restrictions it affects every request of both servers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[must_use]
pub struct Fault {
    kind: FaultKind,
    server: Option<LoggedServer>,
    method: Option<String>,
    path: Option<String>,
    path_prefix: Option<String>,
    nth: Option<u32>,
    first: Option<u32>,
}

impl Fault {
    /// Makes a fault that affects every request.
    pub fn new(kind: FaultKind) -> Self {
        Self { kind, server: None, method: None, path: None, path_prefix: None, nth: None, first: None }
    }

    /// Restricts the fault to requests to this server.
    pub fn server(mut self, server: LoggedServer) -> Self {
        self.server = Some(server);
        self
    }

    /// Restricts the fault to requests with this method.
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    /// Restricts the fault to requests with exactly this path (as sent, ignoring letter case).
    pub fn path(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// Restricts the fault to requests whose path begins like this (as sent, ignoring letter case).
    pub fn path_prefix(mut self, prefix: &str) -> Self {
        self.path_prefix = Some(prefix.to_owned());
        self
    }

    /// Restricts the fault to the nth matching request, counted from 1.
    pub fn nth(mut self, nth: u32) -> Self {
        self.nth = Some(nth);
        self
    }

    /// Restricts the fault to this many matching requests, the first ones.
    pub fn first(mut self, first: u32) -> Self {
        self.first = Some(first);
        self
    }

    /// The fault with the placeholders in a redirect's address filled in.
    pub(super) fn filled_in(mut self, names: &[(&str, &str)]) -> Self {
        if let FaultKind::Redirect(address) = &mut self.kind {
            for (name, meaning) in names {
                *address = address.replace(&format!("{{{name}}}"), meaning);
            }
        }
        self
    }

    fn matches(&self, server: LoggedServer, method: &str, path: &str) -> bool {
        let same = |wanted: &Option<String>, got: &str| wanted.as_ref().is_none_or(|w| w.eq_ignore_ascii_case(got));
        let begins = |wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|w| path.get(..w.len()).is_some_and(|start| start.eq_ignore_ascii_case(w)))
        };
        self.server.is_none_or(|s| s == server)
            && same(&self.method, method)
            && same(&self.path, path)
            && begins(&self.path_prefix)
    }

    fn strikes(&self, count: u32) -> bool {
        let repeats = match self.kind {
            FaultKind::TooManyPerSecond(times) => count <= times,
            _ => true,
        };
        repeats && self.nth.is_none_or(|n| n == count) && self.first.is_none_or(|n| count <= n)
    }
}

/// The faults in force, each with the number of requests it has matched.
#[derive(Debug, Default)]
pub(super) struct Faults(Vec<(Fault, u32)>);

impl Faults {
    pub(super) fn new(faults: Vec<Fault>) -> Self {
        Self(faults.into_iter().map(|fault| (fault, 0)).collect())
    }

    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push((fault, 0));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The faults that affect this request, in the order they were set.
    pub(super) fn strike(&mut self, server: LoggedServer, method: &str, path: &str) -> Vec<FaultKind> {
        let mut struck = Vec::new();
        for (fault, count) in &mut self.0 {
            if fault.matches(server, method, path) {
                *count += 1;
                if fault.strikes(*count) {
                    struck.push(fault.kind.clone());
                }
            }
        }
        struck
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultKind, Faults};
    use crate::sim::request_log::LoggedServer;

    #[test]
    fn nth_first_and_matchers_count_matching_requests_only() {
        let mut faults = Faults::new(vec![
            Fault::new(FaultKind::Hang)
                .server(LoggedServer::Alma)
                .method("PUT")
                .path_prefix("/almaws/v1/Partners/")
                .nth(2),
            Fault::new(FaultKind::TooManyPerSecond(1)).path("/almaws/v1/conf/general"),
        ]);
        let put = |faults: &mut Faults| faults.strike(LoggedServer::Alma, "PUT", "/almaws/v1/partners/ILLiad");
        assert!(put(&mut faults).is_empty());
        assert!(faults.strike(LoggedServer::Illiad, "PUT", "/almaws/v1/partners/ILLiad").is_empty());
        assert_eq!(put(&mut faults), [FaultKind::Hang]);
        assert!(put(&mut faults).is_empty());
        let general = |faults: &mut Faults| faults.strike(LoggedServer::Alma, "GET", "/almaws/v1/conf/general");
        assert_eq!(general(&mut faults), [FaultKind::TooManyPerSecond(1)]);
        assert!(general(&mut faults).is_empty());
    }
}
