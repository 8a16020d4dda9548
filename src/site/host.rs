//! Base URLs of the two services: no credentials, no query, and TLS except on loopback.
use std::fmt;
use url::{Host, Url};

/// A base URL of a service: `https`, or `http` on a loopback address only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceUrl(Url);

/// Why a text is not a base URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostProblem {
    #[error("is not a URL with a host")]
    NotAUrl,
    /// Neither `https`, nor `http` on loopback.
    #[error("must begin with https:// (http:// is allowed only for this computer's own addresses)")]
    NotHttps,
    #[error("must not contain a user name or password")]
    Credentials,
    /// A `?` or `#` part.
    #[error("must end with the path, without ? or #")]
    Tail,
}

impl ServiceUrl {
    /// Parses what was typed. Spaces around it and trailing slashes are dropped.
    pub fn parse(text: &str) -> Result<Self, HostProblem> {
        let mut url = Url::parse(text.trim()).map_err(|_| HostProblem::NotAUrl)?;
        let host = url.host().ok_or(HostProblem::NotAUrl)?;
        let loopback = match host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(ip) => ip.is_loopback(),
            Host::Ipv6(ip) => ip.is_loopback(),
        };
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            _ => return Err(HostProblem::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(HostProblem::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(HostProblem::Tail);
        }
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Ok(Self(url))
    }

    /// The URL without a trailing slash.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// The host, with its port if that is unusual, as error messages name it.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Whether this is like the addresses of ILLiad's Web Platform.
    pub fn is_like_illiads(&self) -> bool {
        let labels = |host: &str| host.split('.').any(|label| label.eq_ignore_ascii_case("illiad"));
        self.0.path().to_ascii_lowercase().contains("/illiadwebplatform") || self.0.host_str().is_some_and(labels)
    }

    /// Whether this is like the addresses of Alma's API.
    pub fn is_like_almas(&self) -> bool {
        self.0.host_str().is_some_and(is_almas_host)
    }

    /// This URL with more path segments, each percent-encoded.
    pub fn join(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

/// Whether a host is one of those that answer for Alma.
pub fn is_almas_host(host: &str) -> bool {
    host.ends_with(".exlibrisgroup.com")
}

impl fmt::Display for ServiceUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_only_on_loopback() {
        assert_eq!(ServiceUrl::parse("http://qc.illiad.oclc.org/x"), Err(HostProblem::NotHttps));
        assert_eq!(ServiceUrl::parse("http://127.0.0.1.example.org/"), Err(HostProblem::NotHttps));
        assert_eq!(ServiceUrl::parse("http://127.0.0.1:8080/").expect("loopback").as_str(), "http://127.0.0.1:8080");
        assert_eq!(ServiceUrl::parse("http://[::1]:8080/a/").expect("loopback").as_str(), "http://[::1]:8080/a");
    }

    #[test]
    fn each_system_has_its_own_kind_of_address() {
        let url = |text| ServiceUrl::parse(text).expect("a URL");
        for illiad in
            ["https://qc.illiad.oclc.org", "https://ill.qc.edu/ILLiadWebPlatform", "http://[::1]:1/illiadwebplatform/"]
        {
            assert!(url(illiad).is_like_illiads() && !url(illiad).is_like_almas(), "{illiad}");
        }
        for alma in ["https://api-na.hosted.exlibrisgroup.com", "https://api-eu.hosted.exlibrisgroup.com/"] {
            assert!(url(alma).is_like_almas() && !url(alma).is_like_illiads(), "{alma}");
        }
        assert!(!url("https://exlibrisgroup.com.example.org").is_like_almas());
        assert!(!url("http://127.0.0.1:4000").is_like_illiads() && !url("http://127.0.0.1:4000").is_like_almas());
    }

    #[test]
    fn trailing_slashes_and_tails() {
        let url = ServiceUrl::parse(" https://qc.illiad.oclc.org/illiadwebplatform// ").expect("a URL");
        assert_eq!(url.as_str(), "https://qc.illiad.oclc.org/illiadwebplatform");
        assert_eq!(url.join(&["Users", "a/b"]).as_str(), "https://qc.illiad.oclc.org/illiadwebplatform/Users/a%2Fb");
        assert_eq!(ServiceUrl::parse("https://x.org/?apikey=1"), Err(HostProblem::Tail));
        assert_eq!(ServiceUrl::parse("https://u:p@x.org/"), Err(HostProblem::Credentials));
    }
}
