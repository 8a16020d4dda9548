//! The connection to one campus's Alma: its key, its pace, and what every request has in common.
use super::answer::{AlmaAnswer, OddAnswer, RecordAnswer};
use super::refusal;
use super::refusal::{AlmaLimit, AlmaRefusal, limit};
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::io::http::{
    BEHIND_SIGN_IN, CallingCampus, Http, HttpReply, HttpRequest, Pace, ReplyVerdict, RequestPurpose, SendResult,
    secret_header, send,
};
use crate::io::text::without_keys;
use crate::secret::ApiKey;
use crate::site::{ServiceUrl, Site};
use reqwest::Method;
use reqwest::header::HeaderValue;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Alma, read with one key. Clones share key, pace and the memory of the daily limit.
#[derive(Clone)]
pub struct AlmaClient {
    pub(super) http: Http,
    link: Arc<Link>,
    /// Set once Alma says that the day's calls are used up: nothing more is sent then.
    spent: Arc<AtomicBool>,
}

struct Link {
    base: ServiceUrl,
    campus: CallingCampus,
    key: ApiKey,
    header: HeaderValue,
    key_pointer: String,
    pace: Arc<Pace>,
}

/// What came of asking.
pub(super) enum RecordReply {
    /// A record.
    Got(RecordAnswer),
    /// Alma said no, in its own words.
    No(AlmaRefusal),
}

impl AlmaClient {
    /// A client of the campus's Alma. `key_pointer` is the JSON pointer of the export key in a partner record.
    #[must_use]
    pub fn new(http: &Http, site: &Site, key: ApiKey, key_pointer: &str) -> Self {
        let link = Link {
            base: site.alma_url.clone(),
            campus: CallingCampus::of(site),
            header: secret_header("apikey ", &key),
            key,
            key_pointer: key_pointer.to_owned(),
            pace: http.pace(&site.institution),
        };
        Self { http: http.clone(), link: Arc::new(link), spent: Arc::default() }
    }

    /// The same client for the next command of a long session: another deadline, and the daily limit asked about anew.
    #[must_use]
    pub fn until(&self, deadline: Instant) -> Self {
        Self { http: self.http.until(deadline), link: Arc::clone(&self.link), spent: Arc::default() }
    }

    /// Where the export key stands in a partner record.
    pub(super) fn key_pointer(&self) -> &str {
        &self.link.key_pointer
    }

    /// Keys that no message may repeat.
    pub(super) fn secrets(&self) -> Vec<&ApiKey> {
        self.http.hidden().chain([&self.link.key]).collect()
    }

    /// A read below `/almaws/v1`.
    pub(super) fn get(&self, segments: &[&str]) -> HttpRequest {
        self.ask(Method::GET, segments, RequestPurpose::Read)
    }

    /// Any request below `/almaws/v1`.
    pub(super) fn ask(&self, method: Method, segments: &[&str], purpose: RequestPurpose) -> HttpRequest {
        let path: Vec<&str> = ["almaws", "v1"].iter().chain(segments).copied().collect();
        let sends = method != Method::GET && method != Method::DELETE;
        let ask = HttpRequest::new(method, self.link.base.join(&path), &self.link.campus, purpose)
            .query("format", "json")
            .header("accept", HeaderValue::from_static("application/json"))
            .header("authorization", self.link.header.clone());
        // Without it, a POST goes out without a length, which gateways refuse.
        if sends { ask.body(Vec::new()) } else { ask }
    }

    /// Sends it, at the pace, and again where that is due.
    pub(super) async fn send(&self, ask: &HttpRequest) -> Result<SendResult, UnreadReason> {
        if self.spent.load(Ordering::Relaxed) {
            let what = ask.words("not sent, since Alma said earlier in this run that the day's calls are used up");
            return Err(UnreadReason::new(UnreadKind::Limit, what, refusal::DAILY_NEXT));
        }
        let sent = send(&self.http, ask, Some(&self.link.pace), |reply| self.judge(reply, ask.purpose())).await;
        Ok(sent)
    }

    fn judge(&self, reply: &HttpReply, purpose: RequestPurpose) -> ReplyVerdict {
        match limit(reply) {
            Some(AlmaLimit::Daily) => {
                self.spent.store(true, Ordering::Relaxed);
                ReplyVerdict::Final
            }
            Some(AlmaLimit::PerSecond) => ReplyVerdict::TooFast,
            // No code that says "not carried out": a read may go again, a write may not.
            Some(AlmaLimit::Unnamed) if purpose == RequestPurpose::Read => ReplyVerdict::TooFast,
            Some(AlmaLimit::Unnamed) => ReplyVerdict::Final,
            None if reply.is_server_fault() => ReplyVerdict::Passing,
            None => ReplyVerdict::Final,
        }
    }

    /// Sends a read, and takes the answer apart.
    pub(super) async fn read(&self, ask: &HttpRequest) -> Result<RecordReply, UnreadReason> {
        let (reply, tries) = self.reply(ask).await?;
        match AlmaAnswer::of(&reply, &self.secrets()) {
            AlmaAnswer::Record(mut record) => {
                // A partner's record goes back whole, its export key too; what is shown of it is looked at there.
                if record.value.get("partner_details").is_none() {
                    without_keys(&mut record.value, &self.secrets());
                }
                Ok(RecordReply::Got(record))
            }
            AlmaAnswer::Refused(refusal) => Ok(RecordReply::No(refusal)),
            AlmaAnswer::Unclear(unclear) => Err(unclear.unread(ask, &reply, tries)),
        }
    }

    /// Sends a permission test, where a yes may come without any words. Gives the no, if it is one.
    pub(super) async fn test(&self, ask: &HttpRequest) -> Result<Option<AlmaRefusal>, UnreadReason> {
        let (reply, tries) = self.reply(ask).await?;
        match AlmaAnswer::of(&reply, &self.secrets()) {
            AlmaAnswer::Record(record) if record.value.is_object() => Ok(None),
            AlmaAnswer::Record(_) => Err(self.another_shape(ask, "neither empty nor an object")),
            AlmaAnswer::Refused(refusal) => Ok(Some(refusal)),
            AlmaAnswer::Unclear(unclear) if reply.is_success() && unclear.kind == OddAnswer::Bare => Ok(None),
            AlmaAnswer::Unclear(unclear) => Err(unclear.unread(ask, &reply, tries)),
        }
    }

    async fn reply(&self, ask: &HttpRequest) -> Result<(HttpReply, u32), UnreadReason> {
        let SendResult { outcome, tries } = self.send(ask).await?;
        outcome.map(|reply| (reply, tries)).map_err(|fault| fault.unread(ask, tries))
    }

    /// Sends a read whose refusals all mean the same: it could not be read.
    pub(super) async fn record(&self, ask: &HttpRequest) -> Result<RecordAnswer, UnreadReason> {
        match self.read(ask).await? {
            RecordReply::Got(record) => Ok(record),
            RecordReply::No(refusal) => Err(refusal.unread(ask)),
        }
    }

    /// An answer that is no record of the kind that was asked for.
    pub(super) fn another_shape(&self, ask: &HttpRequest, why: &str) -> UnreadReason {
        let why = crate::io::text::server_text(why, &self.secrets());
        UnreadReason::new(UnreadKind::Nonsense, ask.words(&why), BEHIND_SIGN_IN)
    }
}
