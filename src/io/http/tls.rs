//! The HTTP stack: rustls with ring, this machine's certificate authorities, the proxy that the environment names for
//! https, and no redirects or retries, which could send a key elsewhere.
use super::limits::HttpLimits;
use super::proxy::{EnvironmentProxy, authority};
use crate::failure::{Failure, FailureKind};
use reqwest::{Certificate, Client, ClientBuilder, NoProxy, Proxy, redirect, retry};
use std::sync::OnceLock;
use std::time::Duration;
use url::Url;

/// How long an unused connection is kept. It is short for two reasons: a write sent on a connection that the gateway
/// has just dropped has an unknown outcome, and each kept connection wakes the program up.
const KEEP_IDLE: Duration = Duration::from_secs(1);

/// Three clients: one for http on loopback, which needs no certificates, and two for https, directly and through a
/// proxy. Those are made when first needed, since loading this machine's authorities takes time and memory.
pub(super) struct HttpClients {
    plain: Client,
    secure: OnceLock<Client>,
    tunnelled: OnceLock<Client>,
    proxy: EnvironmentProxy,
}

impl HttpClients {
    /// Makes the clients. Loads no certificates yet.
    pub(super) fn new(limits: &HttpLimits) -> Result<Self, Failure> {
        // A second install fails and leaves the first in place, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plain = plain(limits).tls_certs_only([]).build().map_err(|error| no_tls(&error))?;
        let proxy = EnvironmentProxy::from_environment();
        Ok(Self { plain, secure: OnceLock::new(), tunnelled: OnceLock::new(), proxy })
    }

    /// The host and port of the proxy through which a URL is reached, if there is one.
    pub(super) fn through(&self, url: &Url) -> Option<String> {
        self.proxy.of_url(url).ok().flatten().map(authority)
    }

    /// The client for a URL.
    ///
    /// # Errors
    /// Neither this machine's certificate authorities nor the built-in ones can be used, or the proxy cannot be used.
    pub(super) fn of(&self, url: &Url, limits: &HttpLimits) -> Result<&Client, Failure> {
        if url.scheme() == "http" {
            return Ok(&self.plain);
        }
        let not_usable = |why: String| Failure::new(FailureKind::Network, why);
        let proxy = self.proxy.of_url(url).map_err(not_usable)?;
        let (made, tunnel) = match proxy {
            Some(proxy) => (&self.tunnelled, Some(tunnel(proxy).map_err(not_usable)?)),
            None => (&self.secure, None),
        };
        match made.get() {
            Some(client) => Ok(client),
            None => secure(limits, tunnel).map(|client| made.get_or_init(|| client)),
        }
    }
}

/// The proxy for a client whose requests all go through it: which they are, was decided before.
fn tunnel(proxy: &Url) -> Result<Proxy, String> {
    let proxy =
        Proxy::https(proxy.clone()).map_err(|error| format!("HTTPS_PROXY cannot be used: {}", words(&error)))?;
    Ok(proxy.no_proxy(NoProxy::from_string("")))
}

fn secure(limits: &HttpLimits, tunnel: Option<Proxy>) -> Result<Client, Failure> {
    let builder = || match &tunnel {
        Some(proxy) => plain(limits).proxy(proxy.clone()),
        None => plain(limits),
    };
    builder().build().or_else(|error| {
        tracing::warn!(error = %words(&error), "this machine's certificate authorities cannot be used; using the built-in ones");
        with_built_in_roots(builder())
    })
}

fn no_tls(error: &reqwest::Error) -> Failure {
    Failure::new(FailureKind::Network, format!("TLS cannot be set up on this machine: {}", words(error)))
        .hint("install the package of certificate authorities (ca-certificates)")
}

/// A client that trusts only the built-in authorities, for machines that have none.
fn with_built_in_roots(builder: ClientBuilder) -> Result<Client, Failure> {
    let roots = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().filter_map(|root| Certificate::from_der(root).ok());
    builder.tls_certs_only(roots).build().map_err(|error| no_tls(&error))
}

fn plain(limits: &HttpLimits) -> ClientBuilder {
    Client::builder()
        .user_agent(concat!("last-resort/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .pool_idle_timeout(KEEP_IDLE)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        .gzip(true)
}

/// The innermost cause of an error of the HTTP stack, without URL and control characters.
pub(super) fn words(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    let mut innermost = None;
    while let Some(source) = cause.source() {
        innermost = Some(source.to_string());
        cause = source;
    }
    let words = innermost.unwrap_or_else(|| {
        // The outermost error would print the URL, so name only its kind.
        let kind = if error.is_decode() { "it could not be decompressed" } else { "the HTTP stack gave no reason" };
        kind.to_owned()
    });
    crate::text::cut_inside(&crate::io::text::clean(&words), 160)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_authorities_make_a_client() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let usable = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().filter(|root| Certificate::from_der(root).is_ok());
        assert!(usable.count() > 50);
        with_built_in_roots(plain(&HttpLimits::default())).expect("a client");
    }
}
