//! Implements the port `AlmaWrite`. It is a type of its own, so that code with only an `AlmaClient` cannot write.
use super::answer::AlmaAnswer;
use super::client::AlmaClient;
use super::key;
use super::refusal::AlmaRefusal;
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::failure::{Failure, FailureKind};
use crate::io::http::{BEHIND_SIGN_IN, HttpFault, HttpReply, HttpRequest, RequestPurpose, SendResult};
use crate::ports::{AlmaWrite, OutgoingRecord, WriteFailure};
use crate::secret::ApiKey;
use reqwest::Method;
use reqwest::header::HeaderValue;

/// Next step after a write whose outcome is unknown.
pub(super) const READ_FIRST: &str =
    "the record is read before anything else is sent; if that fails too, check again before the next apply";

/// The HTTP status "No Content".
pub(super) const NO_CONTENT: u16 = 204;

/// Writes to Alma with the key of an [`AlmaClient`].
#[derive(Clone)]
pub struct AlmaWriter(AlmaClient);

impl AlmaClient {
    /// Makes a writer with this client's key, pace and deadline.
    pub fn writer(&self) -> AlmaWriter {
        AlmaWriter(self.clone())
    }
}

impl AlmaWrite for AlmaWriter {
    async fn create(&self, record: &OutgoingRecord) -> Result<(), WriteFailure> {
        let ask = self.0.ask(Method::POST, &["partners"], RequestPurpose::Write);
        self.put_in(ask, record).await
    }

    async fn replace(&self, code: &str, record: &OutgoingRecord) -> Result<(), WriteFailure> {
        let ask = self.0.ask(Method::PUT, &["partners", named(code)?], RequestPurpose::Write);
        self.put_in(ask, record).await
    }

    async fn delete(&self, code: &str) -> Result<(), WriteFailure> {
        let ask = self.0.ask(Method::DELETE, &["partners", named(code)?], RequestPurpose::Write);
        self.write(&ask, &[], Expected::Nothing).await
    }
}

/// The answer that means success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// The partner record as it is after the write.
    Partner,
    /// HTTP 204, the only documented success of a deletion.
    Nothing,
}

impl AlmaWriter {
    async fn put_in(&self, ask: HttpRequest, record: &OutgoingRecord) -> Result<(), WriteFailure> {
        let body = key::filled(&record.body, self.0.key_pointer(), record.key.as_ref()).map_err(|why| {
            refused(Failure::new(FailureKind::Refused, ask.words(&format!("not sent, {why}"))), Vec::new())
        })?;
        let ask = ask.header("content-type", HeaderValue::from_static("application/json")).body(body);
        let secrets: Vec<&ApiKey> = record.key.iter().collect();
        self.write(&ask, &secrets, Expected::Partner).await
    }

    async fn write(&self, ask: &HttpRequest, secrets: &[&ApiKey], expected: Expected) -> Result<(), WriteFailure> {
        let secrets: Vec<&ApiKey> = secrets.iter().copied().chain(self.0.secrets()).collect();
        let SendResult { outcome, tries } =
            self.0.send(ask).await.map_err(|unread| refused(failure(&unread), Vec::new()))?;
        match outcome {
            Err(fault) => Err(no_answer(ask, &fault)),
            Ok(reply) => judged(ask, &reply, tries, AlmaAnswer::of(&reply, &secrets), expected),
        }
    }
}

pub(super) fn no_answer(ask: &HttpRequest, fault: &HttpFault) -> WriteFailure {
    let failure = Failure::new(FailureKind::Network, ask.words(&fault.words()));
    if fault.never_left() {
        refused(failure.hint(fault.next()), Vec::new())
    } else {
        WriteFailure::Unknown(failure.hint(READ_FIRST).hint(fault.next()))
    }
}

fn judged(
    ask: &HttpRequest,
    reply: &HttpReply,
    tries: u32,
    answer: AlmaAnswer,
    expected: Expected,
) -> Result<(), WriteFailure> {
    match answer {
        AlmaAnswer::Record(record)
            if expected == Expected::Partner && record.value.get("partner_details").is_some() =>
        {
            Ok(())
        }
        AlmaAnswer::Record(_) => Err(unknown(ask, reply, tries, "and another record than was expected")),
        AlmaAnswer::Refused(refusal) if refusal.says_not_carried_out() => Err(said_no(ask, &refusal)),
        AlmaAnswer::Refused(refusal) => {
            let failure = Failure::new(FailureKind::Network, ask.words(&refusal.words()));
            Err(WriteFailure::Unknown(failure.hint(READ_FIRST)))
        }
        AlmaAnswer::Unclear(_) if expected == Expected::Nothing && reply.status == NO_CONTENT => Ok(()),
        // We assume that the gateway sends these before it carries anything out. facts/alma.md §8 says so only for the
        // per-second threshold.
        AlmaAnswer::Unclear(unclear) if matches!(reply.status, 401 | 403 | 429) => {
            Err(refused(failure(&unclear.unread(ask, reply, tries)), Vec::new()))
        }
        AlmaAnswer::Unclear(unclear) => Err(unknown(ask, reply, tries, &unclear.words)),
    }
}

pub(super) fn unknown(ask: &HttpRequest, reply: &HttpReply, tries: u32, words: &str) -> WriteFailure {
    let failure =
        Failure::new(FailureKind::Network, ask.words(&format!("{}, {words}", reply.words(tries)))).hint(READ_FIRST);
    WriteFailure::Unknown(if reply.is_server_fault() { failure } else { failure.hint(BEHIND_SIGN_IN) })
}

pub(super) fn said_no(ask: &HttpRequest, refusal: &AlmaRefusal) -> WriteFailure {
    refused(failure(&refusal.unread(ask)), refusal.codes())
}

/// The reason of an unread as the failure of a write that was not carried out.
pub(super) fn failure(unread: &UnreadReason) -> Failure {
    let kind = match unread.why {
        UnreadKind::NoKey | UnreadKind::KeyRefused | UnreadKind::NotAllowed | UnreadKind::WrongCampus => {
            FailureKind::Key
        }
        UnreadKind::Network | UnreadKind::Down => FailureKind::Network,
        UnreadKind::Limit | UnreadKind::Nonsense | UnreadKind::NotAsked => FailureKind::Refused,
    };
    Failure::new(kind, unread.what.clone()).hint(unread.next.clone())
}

pub(super) fn refused(failure: Failure, codes: Vec<String>) -> WriteFailure {
    WriteFailure::Refused { failure, codes }
}

/// Checks that a code can be a path segment.
fn named(code: &str) -> Result<&str, WriteFailure> {
    if matches!(code, "" | "." | "..") {
        let what = format!("\"{code}\" is no partner code that Alma can be asked about; nothing was sent");
        return Err(refused(Failure::new(FailureKind::Refused, what), Vec::new()));
    }
    Ok(code)
}
