//! Implements the port `IlliadRead`.
use super::answer::{IlliadAnswer, IlliadMessage, KeyUse, answer};
use super::shapes;
use crate::engine::forecast::NameMatch;
use crate::engine::observed::{
    IlliadUser, ListExtent, NumberedRequest, RowList, Transaction, UnreadKind, UnreadReason,
};
use crate::io::http::{BEHIND_SIGN_IN, Http, HttpReply, HttpRequest, ReplyVerdict, campus_words, secret_header, send};
use crate::io::text;
use crate::ports::IlliadRead;
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{ServiceUrl, Site, is_almas_host};
use reqwest::header::HeaderValue;
use std::sync::Arc;
use std::time::Instant;
use url::Url;

/// How many of a patron's requests are asked for at a time.
const PAGE: usize = 100;

/// Upper limit of a patron's requests that are read.
const MOST: usize = 2000;

/// Reads a campus's Web Platform. Without a key, it can only ask for the version.
#[derive(Clone)]
pub struct IlliadClient {
    pub(super) http: Http,
    pub(super) link: Arc<IlliadLink>,
}

pub(super) struct IlliadLink {
    pub(super) base: ServiceUrl,
    pub(super) campus: String,
    pub(super) key: Option<ApiKey>,
}

impl IlliadClient {
    /// Makes a client for the campus's Web Platform.
    pub fn new(http: &Http, site: &Site, key: Option<ApiKey>) -> Self {
        let link = IlliadLink { base: site.illiad_url.clone(), campus: campus_words(site), key };
        Self { http: http.clone(), link: Arc::new(link) }
    }

    /// The same client with another deadline, for the next command of a long session.
    #[must_use]
    pub fn until(&self, deadline: Instant) -> Self {
        Self { http: self.http.until(deadline), link: Arc::clone(&self.link) }
    }

    /// The keys that no message may repeat.
    pub(super) fn secrets(&self) -> Vec<&ApiKey> {
        self.http.hidden().chain(&self.link.key).collect()
    }

    fn ask(&self, url: Url) -> HttpRequest {
        // The version of the API, which changes only when the API breaks (facts/illiad.md §1.2).
        HttpRequest::get(url, &self.link.campus)
            .header("accept", HeaderValue::from_static("application/json; version=1"))
    }

    /// Sends a request with this client's key.
    async fn keyed(&self, ask: HttpRequest) -> Result<(HttpRequest, IlliadAnswer), UnreadReason> {
        let Some(key) = &self.link.key else {
            let what = ask.words("not sent: no ILLiad key is set");
            return Err(UnreadReason::new(
                UnreadKind::NoKey(KeySlot::Illiad),
                what,
                "set it: last-resort keys set --slot illiad",
            )
            .in_short("No ILLiad key is set."));
        };
        self.with_key(ask, key, KeySlot::Illiad).await
    }

    /// Sends a request with `key`, which belongs to this slot.
    async fn with_key(
        &self,
        ask: HttpRequest,
        key: &ApiKey,
        slot: KeySlot,
    ) -> Result<(HttpRequest, IlliadAnswer), UnreadReason> {
        misplaced(&ask, key, slot)?;
        let ask = ask.header("apikey", secret_header("", key));
        let sent = send(&self.http, &ask, None, judge).await;
        let secrets: Vec<&ApiKey> = self.secrets().into_iter().chain([key]).collect();
        let answer = answer(&ask, sent, KeyUse::With(slot), &secrets)?;
        Ok((ask, answer))
    }

    /// A request that only succeeds with an accepted key, and reads no data.
    fn secure_version(&self) -> HttpRequest {
        self.ask(self.link.base.join(&["SystemInfo", "SecurePlatformVersion"]))
    }

    async fn found_user(&self, segments: &[&str], hidden_after: &str) -> Result<Option<IlliadUser>, UnreadReason> {
        let name = segments.last().copied().unwrap_or_default();
        let ask = self.ask(self.link.base.join(segments)).hidden_after(hidden_after).about(name);
        match self.keyed(ask).await? {
            (_, IlliadAnswer::NotThere) => Ok(None),
            (ask, IlliadAnswer::Got(said)) => self.shaped(&ask, &said, shapes::user).map(Some),
        }
    }

    /// A page of a patron's requests, after so many. `None` when there is no such user.
    async fn requests_from(&self, username: &str, skip: usize) -> Result<Option<Vec<Transaction>>, UnreadReason> {
        let url = self.link.base.join(&["Transaction", "UserRequests", named(username)?]);
        let mut ask = self.ask(url).query("$orderby", "TransactionNumber desc").query("$top", &PAGE.to_string());
        if skip > 0 {
            ask = ask.query("$skip", &skip.to_string());
        }
        let (ask, page) = match self.keyed(ask.hidden_after("/UserRequests/").about(username)).await? {
            (_, IlliadAnswer::NotThere) => return Ok(None),
            (ask, IlliadAnswer::Got(said)) => {
                let page = self.shaped(&ask, &said, shapes::transactions)?;
                (ask, page)
            }
        };
        let of_another = |one: &&Transaction| {
            one.username.as_ref().is_some_and(|name| !name.trim().eq_ignore_ascii_case(username.trim()))
        };
        let of_nobody = |one: &&Transaction| one.username.is_none();
        match (page.iter().find(of_another), page.iter().find(of_nobody)) {
            (Some(other), _) => {
                Err(self.nonsense(&ask, &format!("request {} in the answer belongs to another patron", other.number)))
            }
            (None, Some(one)) => {
                Err(self.nonsense(&ask, &format!("request {} in the answer does not say whose it is", one.number)))
            }
            (None, None) => Ok(Some(page)),
        }
    }

    fn shaped<T>(
        &self,
        ask: &HttpRequest,
        said: &IlliadMessage,
        read: fn(&serde_json::Value) -> Result<T, String>,
    ) -> Result<T, UnreadReason> {
        let shaped = match said {
            IlliadMessage::Value(value) => read(value),
            IlliadMessage::Text(text) => Err(format!("the answer is the text \"{text}\"")),
        };
        shaped.map_err(|why| self.nonsense(ask, &why))
    }

    fn nonsense(&self, ask: &HttpRequest, why: &str) -> UnreadReason {
        UnreadReason::new(UnreadKind::Nonsense, ask.words(&text::server_text(why, &self.secrets())), BEHIND_SIGN_IN)
    }

    fn version_of(&self, ask: &HttpRequest, answer: &IlliadAnswer) -> Result<String, UnreadReason> {
        match answer {
            IlliadAnswer::Got(said) => shapes::version(said).map_err(|why| self.nonsense(ask, &why)),
            IlliadAnswer::NotThere => Err(self.nonsense(ask, "HTTP 404, the Web Platform has no such page")),
        }
    }
}

fn judge(reply: &HttpReply) -> ReplyVerdict {
    match reply.status {
        429 => ReplyVerdict::TooFast,
        500.. => ReplyVerdict::Passing,
        _ => ReplyVerdict::Final,
    }
}

/// Refuses a key that has the shape of another system's, before it is sent.
pub(super) fn misplaced(ask: &HttpRequest, key: &ApiKey, slot: KeySlot) -> Result<(), UnreadReason> {
    if ask.url().host_str().is_some_and(is_almas_host) {
        let what = ask.words("the ILLiad key was not sent: this is an address of Alma");
        return Err(UnreadReason::new(UnreadKind::Nonsense, what, "correct illiad.url in the campus file")
            .in_short("ILLiad's address is one of Alma, so no ILLiad key was sent."));
    }
    let Some(why) = key.not_of_illiad() else { return Ok(()) };
    let what = ask.words(&format!("the key in the slot {} was not sent: {why}", slot.as_str()));
    let next = format!("set it again: last-resort keys set --slot {}", slot.as_str());
    let short = match slot {
        KeySlot::Export => "The key for Alma's export looks like one of Alma, so it was not sent.",
        KeySlot::Alma | KeySlot::Illiad => "The key for ILLiad looks like one of Alma, so it was not sent.",
    };
    Err(UnreadReason::new(UnreadKind::KeyUnfit, what, next).in_short(short))
}

impl IlliadRead for IlliadClient {
    fn proxy(&self) -> Option<String> {
        self.http.through(self.secure_version().url())
    }

    async fn version(&self) -> Result<String, UnreadReason> {
        let ask = self.ask(self.link.base.join(&["SystemInfo", "PlatformVersion"]));
        let answer = answer(&ask, send(&self.http, &ask, None, judge).await, KeyUse::No, &self.secrets())?;
        self.version_of(&ask, &answer)
    }

    async fn key_accepted(&self) -> Result<(), UnreadReason> {
        let (ask, answer) = self.keyed(self.secure_version()).await?;
        // Parse the version too: a server that answers 200 to everybody proves nothing about the key.
        self.version_of(&ask, &answer).map(drop)
    }

    async fn export_key_accepted(&self, key: &ApiKey) -> Result<(), UnreadReason> {
        let (ask, answer) = self.with_key(self.secure_version(), key, KeySlot::Export).await?;
        self.version_of(&ask, &answer).map(drop)
    }

    async fn user(&self, username: &str) -> Result<Option<IlliadUser>, UnreadReason> {
        let found = self.found_user(&["Users", named(username)?], "/Users/").await?;
        match found.as_ref().map(|user| NameMatch::of(username, &user.user_name)) {
            Some(NameMatch::Another) => Err(UnreadReason::new(
                UnreadKind::Nonsense,
                "ILLiad returned a different user",
                "look the person up by hand in ILLiad",
            )),
            _ => Ok(found),
        }
    }

    async fn user_by_external_id(&self, id: &str) -> Result<Option<IlliadUser>, UnreadReason> {
        self.found_user(&["Users", "ExternalUserId", named(id)?], "/ExternalUserId/").await
    }

    async fn user_requests(&self, username: &str) -> Result<Option<RowList<Transaction>>, UnreadReason> {
        let mut rows: Vec<Transaction> = Vec::new();
        let extent = loop {
            let Some(page) = self.requests_from(username, rows.len()).await? else {
                if rows.is_empty() {
                    return Ok(None);
                }
                break ListExtent::Cut("it ended with \"no such user\"".to_owned());
            };
            let whole = ends_here(&page);
            let before = rows.len();
            for one in page {
                if !rows.iter().any(|there| there.number == one.number) {
                    rows.push(one);
                }
            }
            match (whole, rows.len()) {
                (true, _) => break ListExtent::Whole,
                (false, now) if now == before => {
                    break ListExtent::Cut("there may be more, and ILLiad gives the same ones again".to_owned());
                }
                (false, MOST..) => break ListExtent::Cut("it goes on".to_owned()),
                (false, _) => {}
            }
        };
        rows.sort_by_key(|one| std::cmp::Reverse(one.number));
        Ok(Some(RowList { rows, extent }))
    }

    async fn transaction(&self, number: i64) -> Result<Option<NumberedRequest>, UnreadReason> {
        let ask = self.ask(self.link.base.join(&["Transaction", &number.to_string()]));
        match self.keyed(ask).await? {
            (_, IlliadAnswer::NotThere) => Ok(None),
            (ask, IlliadAnswer::Got(said)) => {
                let found = self.shaped(&ask, &said, shapes::transaction)?;
                NumberedRequest::answering(number, found).map(Some).map_err(|why| self.nonsense(&ask, &why))
            }
        }
    }
}

/// Whether a page is the last one: it is empty, or neither full nor in another order than was asked for. A server that
/// ignores the order may ignore the length too.
fn ends_here(page: &[Transaction]) -> bool {
    let newest_first = page.is_sorted_by(|one, next| one.number > next.number);
    page.is_empty() || (page.len() < PAGE && newest_first)
}

/// Checks that a name can be a path segment.
fn named(name: &str) -> Result<&str, UnreadReason> {
    if matches!(name, "" | "." | "..") {
        let what = format!("ILLiad cannot be asked about the user name \"{name}\"");
        return Err(UnreadReason::new(UnreadKind::Unaskable, what, "correct it where it was given"));
    }
    Ok(name)
}
