//! Implements the port `AlmaRequests`: a patron's borrowing requests (facts/alma.md §6). It is a type of its own, so
//! that code with only an `AlmaClient` cannot write.
use super::answer::AlmaAnswer;
use super::client::AlmaClient;
use super::lists::once_each;
use super::shapes::{WireBorrowing, WireUserRequest};
use super::write::{NO_CONTENT, no_answer, not_done, refused, unknown};
use crate::engine::observed::{ListExtent, RowList, UnreadKind, UnreadReason};
use crate::engine::probe::{BorrowingRequest, NewBorrowing, Ours};
use crate::failure::{Failure, FailureKind};
use crate::io::http::{HttpReply, HttpRequest, RequestPurpose, SendResult, not_executed, shaped};
use crate::ports::{AlmaRequests, RequestBlocks, WriteFailure};
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

/// Alma's codes for "no result found" and "request identifier not found". The general error 401652 proves nothing.
const NO_REQUEST: &[&str] = &["40166450", "401694"];

/// Upper limit of requests read.
const MOST: usize = 1000;

/// Reads and writes borrowing requests with the key of an [`AlmaClient`].
#[derive(Clone)]
pub struct AlmaRequester(AlmaClient);

impl AlmaClient {
    /// Makes a requester with this client's key, pace and deadline.
    pub fn requester(&self) -> AlmaRequester {
        AlmaRequester(self.clone())
    }
}

impl AlmaRequester {
    fn path<'a>(patron: &'a str, more: &[&'a str]) -> Result<Vec<&'a str>, Failure> {
        let path: Vec<&str> = ["users", patron].iter().chain(more).copied().collect();
        match path.iter().find(|segment| matches!(**segment, "" | "." | "..")) {
            None => Ok(path),
            Some(bad) => Err(Failure::new(FailureKind::Usage, format!("Alma cannot be asked about \"{bad}\""))),
        }
    }

    fn read_of(patron: &str, id: &str, client: &AlmaClient) -> Result<HttpRequest, UnreadReason> {
        let path = Self::path(patron, &["resource-sharing-requests", id])
            .map_err(|why| UnreadReason::new(UnreadKind::NotAsked, why.what, "give the id that Alma shows"))?;
        Ok(client.get(&path).hidden_after("/users/"))
    }

    async fn write(&self, ask: &HttpRequest) -> Result<(HttpReply, u32), WriteFailure> {
        let SendResult { outcome, tries } = self.0.send(ask).await.map_err(|unread| refused(not_executed(unread)))?;
        outcome.map(|reply| (reply, tries)).map_err(|fault| no_answer(ask, &fault))
    }
}

/// The body Alma requires (facts/alma.md §7). The pickup location is the library itself.
fn body(request: &NewBorrowing) -> Value {
    json!({
        "citation_type": {"value": "BK"}, "format": {"value": "PHYSICAL"}, "owner": request.library,
        "pickup_location": {"value": request.library}, "title": request.title, "author": request.author,
        "agree_to_copyright_terms": true
    })
}

impl AlmaRequests for AlmaRequester {
    async fn create(
        &self,
        patron: &str,
        request: &NewBorrowing,
        blocks: RequestBlocks,
    ) -> Result<BorrowingRequest, WriteFailure> {
        let path = Self::path(patron, &["resource-sharing-requests"]).map_err(refused)?;
        let overridden = match blocks {
            RequestBlocks::Kept => "false",
            RequestBlocks::Overridden => "true",
        };
        let ask = self
            .0
            .ask(Method::POST, &path, RequestPurpose::Write)
            .hidden_after("/users/")
            .query("override_blocks", overridden)
            .header("content-type", HeaderValue::from_static("application/json"))
            .body(body(request).to_string().into());
        let (reply, tries) = self.write(&ask).await?;
        match AlmaAnswer::of(&reply, &self.0.secrets()) {
            AlmaAnswer::Record(record) => shaped::<WireBorrowing>(&record.value)
                .map(BorrowingRequest::from)
                .map_err(|why| unknown(&ask, &reply, tries, &why, "Alma's answer is not the expected request.")),
            other => Err(match not_done(&ask, &reply, tries, other) {
                // Only the per-second limit is known to create nothing; whether any other HTTP 429 does is not.
                failed @ WriteFailure::Refused { .. } if reply.status == 429 && !failed.came_too_fast() => {
                    WriteFailure::Unknown(failed.failure().clone())
                }
                // Nor does a refusal without a code of Alma's say so. Without codes is only what was never sent.
                WriteFailure::Refused { failure, codes, .. } if codes.is_empty() => WriteFailure::Unknown(failure),
                failed => failed,
            }),
        }
    }

    async fn read(&self, patron: &str, id: &str) -> Result<Option<BorrowingRequest>, UnreadReason> {
        let ask = Self::read_of(patron, id, &self.0)?;
        let Some(record) = self.0.found(&ask, NO_REQUEST).await? else { return Ok(None) };
        let wire: WireBorrowing = shaped(&record.value).map_err(|why| self.0.another_shape(&ask, &why))?;
        let found = BorrowingRequest::from(wire);
        if found.id != id {
            return Err(self.0.another_shape(&ask, "the answer is for another request"));
        }
        Ok(Some(found))
    }

    async fn all(&self, patron: &str) -> Result<RowList<BorrowingRequest>, UnreadReason> {
        let path = Self::path(patron, &["requests"])
            .map_err(|why| UnreadReason::new(UnreadKind::NotAsked, why.what, "correct it in the campus file"))?;
        let ask = self.0.get(&path).hidden_after("/users/");
        let all = self.0.pages::<WireUserRequest>(&ask, "user_request", MOST).await?;
        // Such a row would pass for one that is not ours.
        let extent = match all.rows.iter().any(WireUserRequest::is_bare) {
            true => ListExtent::Cut("a row of it does not say what it is".to_owned()),
            false => all.extent,
        };
        let rows: Vec<BorrowingRequest> = all.rows.into_iter().filter_map(WireUserRequest::borrowing).collect();
        let extent = once_each(rows.iter().map(|row| row.id.as_str()), extent);
        Ok(RowList { rows, extent })
    }

    async fn cancel(&self, request: &Ours<BorrowingRequest>) -> Result<(), WriteFailure> {
        let id = request.found().id.as_str();
        let path = Self::path(request.patron(), &["resource-sharing-requests", id]).map_err(refused)?;
        let ask = self
            .0
            .ask(Method::DELETE, &path, RequestPurpose::Write)
            .hidden_after("/users/")
            .query("notify_user", "false")
            .query("note", crate::engine::probe::NOTE);
        let (reply, tries) = self.write(&ask).await?;
        match AlmaAnswer::of(&reply, &self.0.secrets()) {
            AlmaAnswer::Unclear(_) if reply.status == NO_CONTENT => Ok(()),
            // The request is read again afterwards in any case, and that read decides.
            AlmaAnswer::Record(_) => Ok(()),
            other => Err(not_done(&ask, &reply, tries, other)),
        }
    }
}
