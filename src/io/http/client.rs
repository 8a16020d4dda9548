//! The HTTP client: sends one request, within its time limit, size limit and pace.
use super::fault::HttpFault;
use super::limits::HttpLimits;
use super::pace::{Pace, PaceSlot, Paces};
use super::reply::HttpReply;
use super::request::HttpRequest;
use super::tls;
use crate::failure::Failure;
use crate::secret::ApiKey;
use crate::site::CampusCode;
use reqwest::header::HeaderMap;
use reqwest::{Request, Response};
use std::sync::Arc;
use std::time::Instant;
use tokio::time::timeout_at;
use url::Url;

/// The shared client: connections, time-outs, and each campus's pace. Clones share all of them.
#[derive(Clone)]
pub struct Http {
    clients: Arc<tls::HttpClients>,
    pub(super) limits: HttpLimits,
    /// No request starts or runs past this time.
    pub(super) deadline: Instant,
    paces: Arc<Paces>,
    hidden: Arc<[ApiKey]>,
}

impl Http {
    /// Makes a client whose requests neither start nor run past `deadline`.
    pub fn new(deadline: Instant) -> Result<Self, Failure> {
        Self::with_limits(deadline, HttpLimits::default())
    }

    /// Makes a client with other limits than the default ones.
    pub fn with_limits(deadline: Instant, limits: HttpLimits) -> Result<Self, Failure> {
        Ok(Self {
            clients: Arc::new(tls::HttpClients::new(&limits)?),
            limits,
            deadline,
            paces: Arc::default(),
            hidden: Arc::default(),
        })
    }

    /// The same client with another deadline, for the next command of a long session. It shares the connections and
    /// paces.
    #[must_use]
    pub fn until(&self, deadline: Instant) -> Self {
        Self { deadline, ..self.clone() }
    }

    /// The same client with more keys to keep out of messages, whichever system repeats them. This does not send the
    /// keys.
    #[must_use]
    pub fn hiding(&self, keys: impl IntoIterator<Item = ApiKey>) -> Self {
        Self { hidden: self.hidden().cloned().chain(keys).collect(), ..self.clone() }
    }

    /// The keys that no message may repeat.
    pub(in crate::io) fn hidden(&self) -> impl Iterator<Item = &ApiKey> {
        self.hidden.iter()
    }

    /// The pace of a campus, shared by all clients made from this one.
    pub(in crate::io) fn pace(&self, campus: &CampusCode) -> Arc<Pace> {
        self.paces.of(campus)
    }

    /// Whether there is time to send a write and, usually, to see its outcome: half of the time a request may take.
    pub(super) fn has_time_for_a_write(&self) -> bool {
        self.deadline.saturating_duration_since(Instant::now()) >= self.limits.total / 2
    }

    /// Sends the request once, without repeating it.
    pub(super) async fn once(&self, ask: &HttpRequest, pace: Option<&Pace>) -> Result<HttpReply, HttpFault> {
        let slot = self.slot(pace).await?;
        let started = Instant::now();
        let outcome = self.exchange(ask, slot, started).await;
        let ms = started.elapsed().as_millis();
        let (method, host, path) = (&ask.method, &ask.host, &ask.shown);
        if let Some(proxy) = self.through(&ask.url) {
            tracing::info!(%method, host, proxy, "sent through the proxy that HTTPS_PROXY names");
        }
        match &outcome {
            Ok(reply) => tracing::debug!(%method, host, path, status = reply.status, ms, "answered"),
            Err(fault) => tracing::info!(%method, host, path, fault = fault.words(), ms, "not answered"),
        }
        outcome
    }

    async fn slot(&self, pace: Option<&Pace>) -> Result<Option<PaceSlot>, HttpFault> {
        let entered = match pace {
            Some(pace) => {
                timeout_at(self.deadline.into(), pace.enter()).await.map(Some).map_err(|_| HttpFault::NoTime)?
            }
            None => None,
        };
        if Instant::now() >= self.deadline { Err(HttpFault::NoTime) } else { Ok(entered) }
    }

    async fn exchange(
        &self,
        ask: &HttpRequest,
        slot: Option<PaceSlot>,
        started: Instant,
    ) -> Result<HttpReply, HttpFault> {
        let end = (started + self.limits.total).min(self.deadline);
        let late = || HttpFault::TimedOut(started.elapsed());
        let client = self.clients.of(&ask.url, &self.limits).await;
        let client = client.map_err(|failure| HttpFault::NotSent(failure.what))?;
        let sent = timeout_at(end.into(), client.execute(request(ask))).await;
        // Whatever the outcome, the server has the request by now, so its place in the pace starts to cool down.
        drop(slot);
        let response = sent.map_err(|_| late())?.map_err(|error| self.not_answered(&error, &ask.url))?;
        match timeout_at(end.into(), self.read(response, &ask.headers)).await {
            Ok(read) => read,
            Err(_) => Err(late()),
        }
    }

    /// The host and port of the proxy through which a URL is reached, if there is one.
    pub(in crate::io) fn through(&self, url: &Url) -> Option<String> {
        self.clients.through(url)
    }

    fn not_answered(&self, error: &reqwest::Error, url: &Url) -> HttpFault {
        let unsent = error.is_connect() || error.is_builder();
        match (unsent, error.is_timeout(), self.through(url)) {
            (true, true, None) => HttpFault::NoConnection(self.limits.connect),
            (true, false, None) => HttpFault::NotSent(tls::words(error)),
            (true, true, Some(proxy)) => HttpFault::NoTunnel { proxy, why: "no answer in time".to_owned() },
            (true, false, Some(proxy)) => HttpFault::NoTunnel { proxy, why: tls::words(error) },
            (false, ..) => HttpFault::Broken(tls::words(error)),
        }
    }

    async fn read(&self, mut response: Response, sent: &HeaderMap) -> Result<HttpReply, HttpFault> {
        let mut reply = HttpReply::head(&response, sent, &self.hidden);
        let status = reply.status;
        let cut_off = |error: reqwest::Error| HttpFault::CutOff { status, why: tls::words(&error) };
        while let Some(chunk) = response.chunk().await.map_err(cut_off)? {
            if reply.body.len() + chunk.len() > self.limits.body {
                return Err(HttpFault::TooLong(self.limits.body));
            }
            reply.body.extend_from_slice(&chunk);
        }
        Ok(reply)
    }
}

fn request(ask: &HttpRequest) -> Request {
    let mut request = Request::new(ask.method.clone(), ask.url.clone());
    *request.headers_mut() = ask.headers.clone();
    *request.body_mut() = ask.body.clone().map(Into::into);
    request
}
