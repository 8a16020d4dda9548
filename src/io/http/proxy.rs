//! The proxy for https, as the environment names it: `HTTPS_PROXY`, and in `NO_PROXY` the hosts that need none. The
//! connection through it is a CONNECT tunnel, so the proxy sees the host and never a key. This machine itself is never
//! reached through a proxy.
use std::net::IpAddr;
use url::{Host, Url};

/// The proxy of this machine's environment.
#[derive(Debug, Clone, Default)]
pub(super) struct EnvironmentProxy {
    /// The proxy's address, or why the variable's text is none.
    proxy: Option<Result<Url, String>>,
    without: Vec<String>,
}

impl EnvironmentProxy {
    /// Reads the two variables. As in curl, a name in small letters comes first.
    pub(super) fn from_environment() -> Self {
        let var = |name: &str| std::env::var(name).ok().filter(|text| !text.trim().is_empty());
        let either = |name: &str| var(&name.to_ascii_lowercase()).or_else(|| var(name));
        Self::of(either("HTTPS_PROXY").as_deref(), either("NO_PROXY").as_deref())
    }

    fn of(proxy: Option<&str>, without: Option<&str>) -> Self {
        let apart = |c: char| c == ',' || c.is_whitespace();
        let hosts = without.unwrap_or_default().split(apart).filter(|host| !host.is_empty());
        Self { proxy: proxy.map(address), without: hosts.map(str::to_ascii_lowercase).collect() }
    }

    /// The proxy for a URL, if it is reached through one.
    ///
    /// # Errors
    /// The text of the variable is no address of a proxy. The reason does not repeat it, since it may hold a password.
    pub(super) fn of_url(&self, url: &Url) -> Result<Option<&Url>, String> {
        let Some(proxy) = &self.proxy else { return Ok(None) };
        if url.scheme() != "https" || is_loopback(url) || self.without.iter().any(|entry| names(entry, url)) {
            return Ok(None);
        }
        proxy.as_ref().map(Some).map_err(Clone::clone)
    }
}

/// The host and port of a proxy, without a user name or password.
pub(super) fn authority(proxy: &Url) -> String {
    let port = proxy.port_or_known_default().map_or(String::new(), |port| format!(":{port}"));
    format!("{}{port}", proxy.host_str().unwrap_or_default())
}

fn address(text: &str) -> Result<Url, String> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let url = Url::parse(&whole).map_err(|_| "HTTPS_PROXY is not the address of a proxy".to_owned())?;
    match (url.scheme(), url.host()) {
        ("http" | "https", Some(_)) => Ok(url),
        _ => Err("HTTPS_PROXY names an unsupported kind of proxy: the address must begin with http://".to_owned()),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether an entry of `NO_PROXY` names the host of a URL: `*`, a host, a domain with all below it, an address, or a
/// network (`10.0.0.0/8`). A port may follow a host.
fn names(entry: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if entry == "*" {
        return true;
    }
    if let Ok(ip) = bare.parse::<IpAddr>() {
        let entry = entry.trim_start_matches('[').trim_end_matches(']');
        return entry.parse() == Ok(ip) || entry.split_once('/').is_some_and(|(net, bits)| is_in(ip, net, bits));
    }
    let (name, port) = match entry.rsplit_once(':') {
        Some((name, port)) => (name, port.parse::<u16>().ok()),
        None => (entry, None),
    };
    let name = name.trim_start_matches("*.").trim_start_matches('.').trim_end_matches('.');
    let same = !name.is_empty() && (bare == name || bare.strip_suffix(name).is_some_and(|rest| rest.ends_with('.')));
    same && port.is_none_or(|port| url.port_or_known_default() == Some(port))
}

fn is_in(ip: IpAddr, net: &str, bits: &str) -> bool {
    let Ok(bits) = bits.parse::<u32>() else { return false };
    match (ip, net.parse()) {
        (IpAddr::V4(ip), Ok(IpAddr::V4(net))) => bits <= 32 && (u32::from(ip) ^ u32::from(net)).leading_zeros() >= bits,
        (IpAddr::V6(ip), Ok(IpAddr::V6(net))) => {
            bits <= 128 && (u128::from(ip) ^ u128::from(net)).leading_zeros() >= bits
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(proxy: &str, without: &str, url: &str) -> Option<String> {
        let environment = EnvironmentProxy::of(Some(proxy), Some(without));
        let url = Url::parse(url).expect("a URL");
        environment.of_url(&url).expect("a proxy").map(authority)
    }

    #[test]
    fn https_goes_through_it_but_never_this_machine() {
        let alma = "https://api-na.hosted.exlibrisgroup.com/almaws/v1";
        assert_eq!(through("http://proxy.example:3128", "", alma).as_deref(), Some("proxy.example:3128"));
        assert_eq!(through("proxy.example", "", alma).as_deref(), Some("proxy.example:80"));
        assert_eq!(through("http://me:secret@proxy.example:1", "", alma).as_deref(), Some("proxy.example:1"));
        for url in [
            "http://127.0.0.1:8080/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://localhost/",
            "https://localhost./",
        ] {
            assert_eq!(through("http://proxy.example:3128", "", url), None, "{url}");
        }
    }

    #[test]
    fn no_proxy_names_hosts_domains_and_networks() {
        let url = "https://qc.illiad.oclc.org/illiadwebplatform";
        for entry in
            ["*", "qc.illiad.oclc.org", "oclc.org", ".oclc.org", "*.OCLC.org", "a, oclc.org:443", "x oclc.org."]
        {
            assert_eq!(through("http://p:1", entry, url), None, "{entry}");
        }
        for entry in ["", ",", ".", "clc.org", "oclc.org:8443", "10.0.0.0/8", "qc.illiad.oclc.org.example"] {
            assert!(through("http://p:1", entry, url).is_some(), "{entry}");
        }
        assert_eq!(through("http://p:1", "10.0.0.0/8", "https://10.1.2.3/"), None);
        assert_eq!(through("http://p:1", "fd00::/8", "https://[fd12::1]/"), None);
        assert!(through("http://p:1", "10.0.0.0/16,10.1.2.4,10.1.0.0/99", "https://10.1.2.3/").is_some());
    }

    #[test]
    fn what_is_no_proxy_is_said_without_its_text() {
        for text in ["socks5://me:secret@p:1", "http://", "::secret::"] {
            let environment = EnvironmentProxy::of(Some(text), None);
            let why = environment.of_url(&Url::parse("https://a.example").expect("a URL")).expect_err("no proxy");
            assert!(why.starts_with("HTTPS_PROXY") && !why.contains("secret"), "{why}");
        }
    }
}
