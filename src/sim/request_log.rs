//! The log of every request that the two servers received.
use serde::Deserialize;
use std::time::Instant;

/// One of the two systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LoggedServer {
    Alma,
    Illiad,
}

/// One request as it arrived. It never holds a key: headers are not logged, and a key in the query is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLog {
    /// When the whole request had arrived.
    pub at: Instant,
    pub server: LoggedServer,
    /// The method, in upper case.
    pub method: String,
    /// The path as sent, percent-encoding included.
    pub path: String,
    /// The query as sent, without the question mark. The value of an `apikey` parameter reads `blotted-out`.
    pub query: String,
    /// The status of the answer. `None` until there is one, and for ever if none is sent (hang, reset).
    pub status: Option<u16>,
    /// Whether a header carried a key (`Authorization` for Alma, `ApiKey` for ILLiad).
    pub had_auth_header: bool,
}

/// The query with the value of an `apikey` parameter replaced.
pub(super) fn without_key(query: &str) -> String {
    query
        .split('&')
        .map(|pair| match pair.split_once('=') {
            Some((name, _)) if name.eq_ignore_ascii_case("apikey") => format!("{name}=blotted-out"),
            _ => pair.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::without_key;

    #[test]
    fn a_key_in_the_query_is_blotted_out() {
        assert_eq!(without_key("limit=5&apikey=s3cret&offset=1"), "limit=5&apikey=blotted-out&offset=1");
        assert_eq!(without_key("ApiKey=s3cret"), "ApiKey=blotted-out");
        assert_eq!(without_key(""), "");
    }
}
