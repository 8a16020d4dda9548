//! A served world, and clients for it.
use crate::harness::{simulator, site_of};
use last_resort::engine::observed::UnreadReason;
use last_resort::io::HttpLimits;
use last_resort::io::{AlmaClient, AlmaWriter, Http, IlliadClient};
use last_resort::ports::{AlmaRead, IlliadRead};
use last_resort::recipe::CodeTable;
use last_resort::secret::ApiKey;
use last_resort::sim::{Fault, FaultKind, LoggedServer, RequestLog, Running};
use last_resort::site::Site;
use std::fmt::Debug;
use std::time::{Duration, Instant};

/// JSON pointer to the export key in a partner record.
pub(crate) const KEY_POINTER: &str = "/partner_details/profile_details/ncip_details/export_api_key";

/// Short limits, for faults where the client waits in vain.
pub(crate) const SHORT: HttpLimits = HttpLimits {
    connect: Duration::from_secs(1),
    total: Duration::from_secs(1),
    body: 1 << 20,
    first_wait: Duration::from_millis(10),
};

/// Long limits for all other tests, so that a busy machine does not fail them.
pub(crate) const LONG: HttpLimits = HttpLimits {
    connect: Duration::from_secs(5),
    total: Duration::from_secs(8),
    body: 1 << 20,
    first_wait: Duration::from_millis(10),
};

pub(crate) struct Bench {
    pub(crate) running: Running,
    pub(crate) site: Site,
}

impl Bench {
    /// Serves an embedded world.
    pub(crate) async fn of(world: &str) -> Self {
        let running = simulator::serve(simulator::embedded(world)).await;
        let site = site_of(&running, "ahead");
        Self { running, site }
    }

    /// Serves the world `done` with a fault on every request.
    pub(crate) async fn with(kind: FaultKind) -> Self {
        let bench = Self::of("done").await;
        bench.running.set_fault(Fault::new(kind));
        bench
    }

    pub(crate) fn alma_key(&self) -> ApiKey {
        key(&self.running.keys().alma)
    }

    pub(crate) fn illiad_key(&self) -> ApiKey {
        key(&self.running.keys().illiad)
    }

    pub(crate) fn export_key(&self) -> ApiKey {
        key(&self.running.keys().export)
    }

    /// Makes an Alma client with its own rate limit.
    pub(crate) fn alma(&self, limits: HttpLimits) -> AlmaClient {
        self.alma_on(&http(limits))
    }

    pub(crate) fn alma_on(&self, http: &Http) -> AlmaClient {
        AlmaClient::new(http, &self.site, self.alma_key(), KEY_POINTER)
    }

    pub(crate) fn writer(&self, limits: HttpLimits) -> AlmaWriter {
        self.alma(limits).writer()
    }

    pub(crate) fn illiad(&self, limits: HttpLimits) -> IlliadClient {
        self.illiad_on(&http(limits))
    }

    pub(crate) fn illiad_on(&self, http: &Http) -> IlliadClient {
        IlliadClient::new(http, &self.site, Some(self.illiad_key()))
    }

    /// Returns the requests that one server has received.
    pub(crate) fn requests(&self, server: LoggedServer) -> Vec<RequestLog> {
        self.running.requests().into_iter().filter(|seen| seen.server == server).collect()
    }

    /// Fails unless a message names the host and the campus, and contains no key and no control character.
    pub(crate) fn assert_fit(&self, words: &str) {
        let alma = self.site.alma_url.host();
        let illiad = self.site.illiad_url.host();
        assert!(words.contains(&alma) || words.contains(&illiad), "no host: {words}");
        assert!(words.contains("01CUNY_QC (sandbox)"), "no campus: {words}");
        assert_clean(words);
        for key in [self.alma_key(), self.illiad_key(), self.export_key()] {
            assert!(!words.contains(key.expose()), "a key: {words}");
        }
    }
}

/// Fails if a text contains a control character or one that changes the reading direction.
pub(crate) fn assert_clean(words: &str) {
    assert!(!words.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{words:?}");
}

/// Makes an HTTP client with thirty seconds until its deadline, as a command has.
pub(crate) fn http(limits: HttpLimits) -> Http {
    Http::with_limits(Instant::now() + Duration::from_secs(30), limits).expect("a client")
}

fn key(text: &str) -> ApiKey {
    ApiKey::parse(text.to_owned()).expect("a key")
}

/// Every read that the clients offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    General,
    Libraries,
    Locations,
    Desks,
    Table,
    Partner,
    Partners,
    MayWrite,
    User,
    Version,
    KeyAccepted,
    ExportKey,
    IlliadUser,
    ByExternalId,
    Requests,
}

impl Read {
    pub(crate) const ALMA: [Self; 9] = [
        Self::General,
        Self::Libraries,
        Self::Locations,
        Self::Desks,
        Self::Table,
        Self::Partner,
        Self::Partners,
        Self::MayWrite,
        Self::User,
    ];
    pub(crate) const ILLIAD: [Self; 6] =
        [Self::Version, Self::KeyAccepted, Self::ExportKey, Self::IlliadUser, Self::ByExternalId, Self::Requests];

    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::ALMA.into_iter().chain(Self::ILLIAD)
    }

    pub(crate) fn is_alma(self) -> bool {
        Self::ALMA.contains(&self)
    }

    pub(crate) fn server(self) -> LoggedServer {
        if self.is_alma() { LoggedServer::Alma } else { LoggedServer::Illiad }
    }

    /// Reads with new clients, and returns the answer in its `Debug` form.
    pub(crate) async fn run(self, bench: &Bench, limits: HttpLimits) -> Result<String, UnreadReason> {
        self.run_on(bench, &http(limits)).await
    }

    /// Reads with an existing HTTP client.
    pub(crate) async fn run_on(self, bench: &Bench, http: &Http) -> Result<String, UnreadReason> {
        if self.is_alma() {
            self.run_alma(&bench.alma_on(http)).await
        } else {
            self.run_illiad(&bench.illiad_on(http), &bench.export_key()).await
        }
    }

    pub(crate) async fn run_alma(self, alma: &AlmaClient) -> Result<String, UnreadReason> {
        match self {
            Self::General => shown(alma.general().await),
            Self::Libraries => shown(alma.libraries().await),
            Self::Locations => shown(alma.locations("QCRS").await),
            Self::Desks => shown(alma.desks("QCRS").await),
            Self::Table => shown(alma.code_table(CodeTable::ItemPolicy).await),
            Self::Partner => shown(alma.partner("ILLiad").await),
            Self::Partners => shown(alma.partners().await),
            Self::MayWrite => shown(alma.may_write().await),
            Self::User => shown(AlmaRead::user(alma, "10000001").await),
            other => unreachable!("{other:?} is ILLiad's"),
        }
    }

    async fn run_illiad(self, illiad: &IlliadClient, export: &ApiKey) -> Result<String, UnreadReason> {
        match self {
            Self::Version => shown(illiad.version().await),
            Self::KeyAccepted => shown(illiad.key_accepted().await),
            Self::ExportKey => shown(illiad.export_key_accepted(export).await),
            Self::IlliadUser => shown(IlliadRead::user(illiad, "10000001").await),
            Self::ByExternalId => shown(illiad.user_by_external_id("10000001").await),
            Self::Requests => shown(illiad.user_requests("10000001").await),
            other => unreachable!("{other:?} is Alma's"),
        }
    }
}

fn shown<T: Debug>(read: Result<T, UnreadReason>) -> Result<String, UnreadReason> {
    read.map(|value| format!("{value:?}"))
}
