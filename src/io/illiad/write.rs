//! Implements the port `IlliadWrite`. It is a type of its own, so that code with only an `IlliadClient` cannot write.
use super::answer::{IlliadAnswer, IlliadMessage, KeyUse, answer};
use super::client::{IlliadClient, misplaced};
use super::shapes;
use crate::engine::observed::Transaction;
use crate::engine::probe::{NewTransaction, Ours};
use crate::failure::{Failure, FailureKind};
use crate::io::http::{HttpReply, HttpRequest, ReplyVerdict, RequestPurpose, not_executed, secret_header, send};
use crate::ports::{IlliadWrite, WriteFailure};
use crate::recipe::KeySlot;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

/// Next step after a write whose outcome is unknown.
const READ_FIRST: &str = "last-resort reads the test patron's requests before it sends anything else";

/// Writes to ILLiad's Web Platform with the key of an [`IlliadClient`].
#[derive(Clone)]
pub struct IlliadWriter(IlliadClient);

impl IlliadClient {
    /// Makes a writer with this client's key and deadline.
    pub fn writer(&self) -> IlliadWriter {
        IlliadWriter(self.clone())
    }
}

impl IlliadWriter {
    /// Sends a write once and parses the answer. `Ok` means HTTP 2xx.
    async fn send(
        &self,
        method: Method,
        segments: &[&str],
        body: &Value,
    ) -> Result<(HttpRequest, IlliadMessage), WriteFailure> {
        let link = &self.0.link;
        let ask = HttpRequest::new(method, link.base.join(segments), &link.campus, RequestPurpose::Write)
            .header("accept", HeaderValue::from_static("application/json; version=1"))
            .header("content-type", HeaderValue::from_static("application/json"))
            .body(body.to_string().into());
        let Some(key) = &link.key else {
            let what = ask.words("not sent: no ILLiad key is set");
            let failure = Failure::new(FailureKind::Key, what)
                .in_short(Some("No ILLiad key is set.".to_owned()))
                .hint("set it: last-resort keys set --slot illiad");
            return Err(Executed::No.not_written(failure));
        };
        if let Err(why) = misplaced(&ask, key, KeySlot::Illiad) {
            return Err(Executed::No.not_written(not_executed(why)));
        }
        let ask = ask.header("apikey", secret_header("", key));
        let sent = send(&self.0.http, &ask, None, judge).await;
        let executed = match &sent.outcome {
            Err(fault) if fault.never_left() => Executed::No,
            // A request was seen to be created although its POST was answered with 400, 401 or 404.
            Ok(_) | Err(_) => Executed::Perhaps,
        };
        match answer(&ask, sent, KeyUse::With(KeySlot::Illiad), &self.0.secrets()) {
            Ok(IlliadAnswer::Got(said)) => Ok((ask, said)),
            Ok(IlliadAnswer::NotThere) => {
                let what = ask.words("HTTP 404: ILLiad did not find something that the request names");
                let short = Some("ILLiad did not find something that the request names.".to_owned());
                Err(executed.not_written(Failure::new(FailureKind::Refused, what).in_short(short)))
            }
            Err(unread) => Err(executed.not_written(not_executed(unread))),
        }
    }
}

/// Whether a write without a success may have been carried out. Only what was never sent certainly was not: no refusal is
/// documented to come before anything is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Executed {
    No,
    Perhaps,
}

impl Executed {
    fn not_written(self, failure: Failure) -> WriteFailure {
        match self {
            Self::No => WriteFailure::Refused { said: failure.what.clone(), failure, codes: Vec::new() },
            Self::Perhaps => WriteFailure::Unknown(failure.hint(READ_FIRST)),
        }
    }
}

fn judge(reply: &HttpReply) -> ReplyVerdict {
    // What a 429 from the Web Platform, or from a server in front of it, means for a write is not documented.
    if reply.status >= 500 { ReplyVerdict::Passing } else { ReplyVerdict::Final }
}

impl IlliadWrite for IlliadWriter {
    async fn create(&self, request: &NewTransaction) -> Result<Transaction, WriteFailure> {
        let body = json!({
            "Username": request.username, "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": request.title,
            "LoanAuthor": request.author, "CitedIn": request.cited_in
        });
        let (ask, said) = self.send(Method::POST, &["Transaction"], &body).await?;
        let made = match &said {
            IlliadMessage::Value(value) => shapes::transaction(value),
            IlliadMessage::Text(text) => Err(format!("the answer is the text \"{text}\"")),
        };
        let another = |why: &str| {
            let what = ask.words(&crate::io::text::server_text(why, &self.0.secrets()));
            let short = Some("ILLiad's answer is not about the request that was sent.".to_owned());
            WriteFailure::Unknown(Failure::new(FailureKind::Network, what).in_short(short).hint(READ_FIRST))
        };
        let made = made.map_err(|why| another(&why))?;
        if made.cited_in.as_deref() != Some(&request.cited_in) {
            return Err(another("the answer is for another request than the one sent"));
        }
        Ok(made)
    }

    async fn route(&self, request: &Ours<Transaction>, status: &str) -> Result<(), WriteFailure> {
        let path = ["Transaction", &request.found().number.to_string(), "route"];
        self.send(Method::PUT, &path, &json!({"Status": status})).await.map(drop)
    }

    async fn note(&self, request: &Ours<Transaction>, note: &str) -> Result<(), WriteFailure> {
        let path = ["Transaction", &request.found().number.to_string(), "notes"];
        self.send(Method::POST, &path, &json!({"Note": note, "NoteType": "Staff"})).await.map(drop)
    }
}
