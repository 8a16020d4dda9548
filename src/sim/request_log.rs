//! What the two servers remember of every request they got.

use std::time::Instant;

use serde::Deserialize;

/// Which of the two systems is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LoggedServer {
    /// Alma's REST API.
    Alma,
    /// ILLiad's Web Platform API.
    Illiad,
}

/// One request as it arrived. It never holds a key: not the header's, and a key given as a query parameter is blotted out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLog {
    /// When the request had arrived whole.
    pub at: Instant,
    /// Which server got it.
    pub server: LoggedServer,
    /// The method, in capitals.
    pub method: String,
    /// The path as sent, percent-encoding included.
    pub path: String,
    /// The query as sent, without the question mark; the value of an `apikey` parameter reads `blotted-out`.
    pub query: String,
    /// The status that was answered; `None` while the answer is due and where none is ever given (hang, reset).
    pub status: Option<u16>,
    /// Whether a header carried a key (`Authorization` for Alma, `ApiKey` for ILLiad).
    pub had_auth_header: bool,
}

/// The query with the value of an `apikey` parameter blotted out.
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
