//! The HTTP stack: rustls with ring, this machine's certificate authorities, the proxy that the environment names for
//! https, and no redirects or retries, which could send a key elsewhere.
use super::limits::HttpLimits;
use super::proxy::{EnvironmentProxy, authority};
use crate::failure::{Failure, FailureKind};
use reqwest::{Certificate, Client, ClientBuilder, NoProxy, Proxy, redirect, retry};
use std::time::Duration;
use tokio::sync::{OnceCell, oneshot};
use tokio::time::timeout;
use url::Url;

/// How long an unused connection is kept. It is short for two reasons: a write sent on a connection that the gateway
/// has just dropped has an unknown outcome, and each kept connection wakes the program up.
const KEEP_IDLE: Duration = Duration::from_secs(1);

/// Three clients: one for http on loopback, which needs no certificates, and two for https, directly and through a
/// proxy. Those are made when first needed, since loading this machine's authorities takes time and memory; that is tried
/// once, since it can take for ever.
pub(super) struct HttpClients {
    plain: Client,
    secure: OnceCell<Result<Client, Failure>>,
    tunnelled: OnceCell<Result<Client, Failure>>,
    proxy: EnvironmentProxy,
}

impl HttpClients {
    /// Makes the clients. Loads no certificates yet.
    pub(super) fn new(limits: &HttpLimits) -> Result<Self, Failure> {
        // A second install fails and leaves the first in place, which is fine.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plain = plain(limits).tls_certs_only([]).build().map_err(|error| no_tls(&error))?;
        let proxy = EnvironmentProxy::from_environment();
        Ok(Self { plain, secure: OnceCell::new(), tunnelled: OnceCell::new(), proxy })
    }

    /// The host and port of the proxy through which a URL is reached, if there is one.
    pub(super) fn through(&self, url: &Url) -> Option<String> {
        self.proxy.of_url(url).ok().flatten().map(authority)
    }

    /// The client for a URL.
    ///
    /// # Errors
    /// Neither this machine's certificate authorities nor the built-in ones can be used, or the proxy cannot be used.
    pub(super) async fn of(&self, url: &Url, limits: &HttpLimits) -> Result<&Client, Failure> {
        if url.scheme() == "http" {
            return Ok(&self.plain);
        }
        let not_usable = |why: String| Failure::new(FailureKind::Network, why);
        let proxy = self.proxy.of_url(url).map_err(not_usable)?;
        let (made, tunnel) = match proxy {
            Some(proxy) => (&self.tunnelled, Some(tunnel(proxy).map_err(not_usable)?)),
            None => (&self.secure, None),
        };
        let limits = *limits;
        let make = || in_time(limits.connect, move || secure(&limits, tunnel));
        made.get_or_init(make).await.as_ref().map_err(Failure::clone)
    }
}

/// The variables that name this machine's certificate authorities.
const AUTHORITIES: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/// Makes a client on a thread of its own, which is left behind when the time is over: nothing can wake up a thread that reads
/// a pipe nobody writes to.
async fn in_time(
    longest: Duration,
    make: impl FnOnce() -> Result<Client, Failure> + Send + 'static,
) -> Result<Client, Failure> {
    let (send, made) = oneshot::channel();
    // The other side may have stopped waiting.
    let thread = std::thread::Builder::new().name("authorities".to_owned()).spawn(move || drop(send.send(make())));
    if let Err(error) = thread {
        return Err(Failure::new(FailureKind::Network, format!("TLS cannot be set up on this machine: {error}")));
    }
    match timeout(longest, made).await {
        Ok(Ok(client)) => client,
        // The time is over, or the thread ended without a word.
        Ok(Err(_)) | Err(_) => Err(unread_authorities(longest, |name| std::env::var_os(name).is_some())),
    }
}

fn unread_authorities(longest: Duration, is_set: impl Fn(&str) -> bool) -> Failure {
    let named: Vec<&str> = AUTHORITIES.into_iter().filter(|name| is_set(name)).collect();
    let which = match named.as_slice() {
        [] => "this machine has".to_owned(),
        named => format!("{} names", named.join(" or ")),
    };
    let what = format!("the certificate authorities that {which} could not be read within {} s", longest.as_secs());
    Failure::new(FailureKind::Network, what)
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

    #[tokio::test]
    async fn authorities_that_never_come_are_given_up_and_their_variable_is_named() {
        let (held, never) = std::sync::mpsc::channel::<()>();
        let failure = in_time(Duration::from_millis(20), move || {
            // The thread waits until the test is over.
            let _ = never.recv();
            Err(Failure::new(FailureKind::Network, "too late"))
        });
        assert!(failure.await.expect_err("given up").what.contains("could not be read within"));
        drop(held);
        let failure = unread_authorities(Duration::from_secs(5), |name| name == "SSL_CERT_FILE");
        let words = "the certificate authorities that SSL_CERT_FILE names could not be read within 5 s";
        assert_eq!(failure.what, words);
    }
}
