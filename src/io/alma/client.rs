//! The connection to one campus's Alma: its key, its pace, and what all requests share.
use super::answer::{AlmaAnswer, OddAnswer, RecordAnswer};
use super::lists::{ListFault, ListPage};
use super::refusal::{self, AlmaLimit, AlmaRefusal, limit};
use crate::engine::observed::{ListExtent, RowList, UnreadKind, UnreadReason};
use crate::io::http::{
    BEHIND_SIGN_IN, Http, HttpReply, HttpRequest, Pace, ReplyVerdict, RequestPurpose, SendResult, campus_words,
    secret_header, send,
};
use crate::io::text::{server_text, without_keys};
use crate::secret::ApiKey;
use crate::site::{ServiceUrl, Site};
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

/// Alma has not said how many calls are left.
const NEVER_SAID: u64 = u64::MAX;

/// Reads Alma with one key. Clones share the key, the pace and the flag for the daily limit.
#[derive(Clone)]
pub struct AlmaClient {
    pub(super) http: Http,
    link: Arc<Link>,
    /// Set once Alma says that the day's calls are used up. Nothing more is sent after that.
    spent: Arc<AtomicBool>,
    /// The fewest calls that Alma said are left today.
    calls_left: Arc<AtomicU64>,
}

struct Link {
    base: ServiceUrl,
    campus: String,
    key: ApiKey,
    header: HeaderValue,
    key_pointer: String,
    pace: Arc<Pace>,
}

impl AlmaClient {
    /// Makes a client for the campus's Alma. `key_pointer` is the JSON pointer to the export key in a partner record.
    pub fn new(http: &Http, site: &Site, key: ApiKey, key_pointer: &str) -> Self {
        let link = Link {
            base: site.alma_url.clone(),
            campus: campus_words(site),
            header: secret_header("apikey ", &key),
            key,
            key_pointer: key_pointer.to_owned(),
            pace: http.pace(&site.institution),
        };
        Self {
            http: http.clone(),
            link: Arc::new(link),
            spent: Arc::default(),
            calls_left: Arc::new(NEVER_SAID.into()),
        }
    }

    /// The same client with another deadline, for the next command of a long session. It forgets a daily limit it ran
    /// into.
    #[must_use]
    pub fn until(&self, deadline: Instant) -> Self {
        Self { http: self.http.until(deadline), link: Arc::clone(&self.link), spent: Arc::default(), ..self.clone() }
    }

    /// The JSON pointer to the export key in a partner record.
    pub(super) fn key_pointer(&self) -> &str {
        &self.link.key_pointer
    }

    /// The keys that no message may repeat.
    pub(super) fn secrets(&self) -> Vec<&ApiKey> {
        self.http.hidden().chain([&self.link.key]).collect()
    }

    /// A read of a path below `/almaws/v1`.
    pub(super) fn get(&self, segments: &[&str]) -> HttpRequest {
        self.ask(Method::GET, segments, RequestPurpose::Read)
    }

    /// A request with any method to a path below `/almaws/v1`.
    pub(super) fn ask(&self, method: Method, segments: &[&str], purpose: RequestPurpose) -> HttpRequest {
        let path: Vec<&str> = ["almaws", "v1"].iter().chain(segments).copied().collect();
        let sends = method != Method::GET && method != Method::DELETE;
        let ask = HttpRequest::new(method, self.link.base.join(&path), &self.link.campus, purpose)
            .query("format", "json")
            .header("accept", HeaderValue::from_static("application/json"))
            .header("authorization", self.link.header.clone());
        // Without an empty body, a POST carries no length, and gateways refuse it.
        if sends { ask.body(Vec::new()) } else { ask }
    }

    /// Sends a request at the campus's pace, and repeats it where that is safe.
    pub(super) async fn send(&self, ask: &HttpRequest) -> Result<SendResult, UnreadReason> {
        if self.spent.load(Ordering::Relaxed) {
            let what = ask.words("not sent: earlier in this run, Alma said that the calls for today are used up");
            return Err(UnreadReason::new(UnreadKind::Limit, what, refusal::DAILY_NEXT)
                .in_short(refusal::plain(UnreadKind::Limit, refusal::DAILY_NEXT)));
        }
        if let Some(why) = self.link.key.not_of_alma() {
            let what = ask.words(&format!("the key in the slot alma was not sent: {why}"));
            return Err(UnreadReason::new(
                UnreadKind::KeyUnfit,
                what,
                "set it again: last-resort keys set --slot alma",
            )
            .in_short("The key for Alma looks like one of ILLiad, so it was not sent."));
        }
        if self.link.base.is_like_illiads() {
            let what = ask.words("the Alma key was not sent: this is an address of ILLiad");
            return Err(UnreadReason::new(UnreadKind::Nonsense, what, "correct alma.url in the campus file")
                .in_short("Alma's address is one of ILLiad, so the Alma key was not sent."));
        }
        Ok(send(&self.http, ask, Some(&self.link.pace), |reply| self.judge(reply, ask.purpose)).await)
    }

    /// How many calls Alma still takes today. `None` if it did not say.
    pub fn calls_left(&self) -> Option<u64> {
        Some(self.calls_left.load(Ordering::Relaxed)).filter(|left| *left != NEVER_SAID)
    }

    fn judge(&self, reply: &HttpReply, purpose: RequestPurpose) -> ReplyVerdict {
        if let Some(left) = reply.calls_left {
            self.calls_left.fetch_min(left, Ordering::Relaxed);
        }
        match limit(reply) {
            Some(AlmaLimit::Daily) => {
                self.spent.store(true, Ordering::Relaxed);
                ReplyVerdict::Final
            }
            Some(AlmaLimit::PerSecond) => ReplyVerdict::TooFast,
            // Nothing in the answer says "not carried out", so a read may be repeated but a write may not.
            Some(AlmaLimit::Unnamed) if purpose == RequestPurpose::Read => ReplyVerdict::TooFast,
            Some(AlmaLimit::Unnamed) => ReplyVerdict::Final,
            None if reply.is_server_fault() => ReplyVerdict::Passing,
            None => ReplyVerdict::Final,
        }
    }

    /// Sends a read and parses what Alma answered: a record or a refusal.
    pub(super) async fn read(&self, ask: &HttpRequest) -> Result<Result<RecordAnswer, AlmaRefusal>, UnreadReason> {
        let (reply, tries) = self.reply(ask).await?;
        match AlmaAnswer::of(&reply, &self.secrets()) {
            AlmaAnswer::Record(mut record) => {
                // A partner record is sent back whole, export key included, so its keys stay. They are removed where
                // it is shown.
                if record.value.get("partner_details").is_none() {
                    without_keys(&mut record.value, &self.secrets());
                }
                Ok(Ok(record))
            }
            AlmaAnswer::Refused(refusal) => Ok(Err(refusal)),
            AlmaAnswer::Unclear(unclear) => Err(unclear.unread(ask, &reply, tries)),
        }
    }

    /// Sends a permission test and returns the refusal, if there is one. Success may come with an empty body.
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

    /// Sends a read for which any refusal means that the record could not be read.
    pub(super) async fn record(&self, ask: &HttpRequest) -> Result<RecordAnswer, UnreadReason> {
        self.read(ask).await?.map_err(|refusal| refusal.unread(ask))
    }

    /// Sends a read of a record. `None` if Alma answers as it is documented to for a record that does not exist.
    pub(super) async fn found(
        &self,
        ask: &HttpRequest,
        no_such: &[&str],
    ) -> Result<Option<RecordAnswer>, UnreadReason> {
        match self.read(ask).await? {
            Ok(record) => Ok(Some(record)),
            Err(refusal) if refusal.says_only(no_such) => Ok(None),
            Err(refusal) => Err(refusal.unread(ask)),
        }
    }

    /// Reads every page of a list until it ends or has `most` items.
    pub(super) async fn pages<T: DeserializeOwned>(
        &self,
        ask: &HttpRequest,
        item: &str,
        most: usize,
    ) -> Result<RowList<T>, UnreadReason> {
        let (mut all, mut counted) = (PagedList::default(), None);
        while all.rows.len() < most {
            let ask = page(ask.clone(), all.rows.len());
            let record = self.record(&ask).await?;
            match self.add_page(&ask, &record, item, &mut all)? {
                PageEnd::Last => return Ok(RowList { rows: all.rows, extent: ListExtent::Whole }),
                PageEnd::Unclear(why) => {
                    return Ok(RowList { rows: all.rows, extent: ListExtent::Cut(why.to_string()) });
                }
                PageEnd::More { total } => counted = total,
            }
        }
        let read = all.rows.len();
        let extent = ListExtent::Cut(match counted {
            Some(total) => format!("the list is cut off: {read} of {total}"),
            None => format!("the list is cut off after {read}"),
        });
        Ok(RowList { rows: all.rows, extent })
    }

    /// Adds a page to the items read so far.
    pub(super) fn add_page<T: DeserializeOwned>(
        &self,
        ask: &HttpRequest,
        record: &RecordAnswer,
        item: &str,
        all: &mut PagedList<T>,
    ) -> Result<PageEnd, UnreadReason> {
        let page = ListPage::of(&record.value, item).map_err(|why| self.no_list(ask, &why))?;
        let (on_page, total) = (page.items.len(), page.total);
        if on_page > 0 && all.last == record.value {
            return Ok(PageEnd::Unclear(ListFault::Repeated { came: all.rows.len() }));
        }
        all.last.clone_from(&record.value);
        all.rows.extend(page.items);
        match (all.rows.len(), total) {
            (came, Some(total)) if on_page == 0 && came < total => {
                Err(self.no_list(ask, &ListFault::CutOff { came, total }))
            }
            (came, Some(total)) if came > total => Ok(PageEnd::Unclear(ListFault::Miscounted { came, total })),
            (came, Some(total)) if came == total => Ok(PageEnd::Last),
            (came, None) if on_page < PAGE => Ok(PageEnd::Unclear(ListFault::Uncounted { came })),
            (_, total) => Ok(PageEnd::More { total }),
        }
    }

    /// The reason for an answer that is no whole list.
    pub(super) fn no_list(&self, ask: &HttpRequest, why: &ListFault) -> UnreadReason {
        let reason = self.another_shape(ask, &why.to_string());
        match why {
            ListFault::Shape(_) => reason,
            ListFault::CutOff { .. }
            | ListFault::Uncounted { .. }
            | ListFault::Miscounted { .. }
            | ListFault::Repeated { .. } => UnreadReason {
                next: "check again, and look it up in Alma if the list stays incomplete".to_owned(),
                ..reason
            },
        }
    }

    /// The reason for an answer that does not have the shape that was asked for.
    pub(super) fn another_shape(&self, ask: &HttpRequest, why: &str) -> UnreadReason {
        UnreadReason::new(UnreadKind::Nonsense, ask.words(&server_text(why, &self.secrets())), BEHIND_SIGN_IN)
    }
}

/// A list that is read page by page.
pub(super) struct PagedList<T> {
    pub(super) rows: Vec<T>,
    /// The whole page that was added last.
    last: Value,
}

impl<T> Default for PagedList<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), last: Value::Null }
    }
}

/// Whether a list ends with a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageEnd {
    Last,
    /// Nobody knows whether more would follow.
    Unclear(ListFault),
    More {
        /// How many items Alma counts, if it does.
        total: Option<usize>,
    },
}

/// Items per page: the most Alma gives.
const PAGE: usize = 100;

/// The request for the page of a list that begins after so many items.
pub(super) fn page(ask: HttpRequest, offset: usize) -> HttpRequest {
    ask.query("limit", &PAGE.to_string()).query("offset", &offset.to_string())
}
