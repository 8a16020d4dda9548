//! Implements the port `AlmaWrite`. It is a type of its own, so that code with only an `AlmaClient` cannot write.
use super::answer::{AlmaAnswer, OddAnswer};
use super::client::AlmaClient;
use super::key;
use crate::failure::{Failure, FailureKind};
use crate::io::http::{BEHIND_SIGN_IN, HttpFault, HttpReply, HttpRequest, RequestPurpose, SendResult, not_executed};
use crate::ports::{AlmaWrite, OutgoingRecord, WriteFailure};
use crate::secret::ApiKey;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::Value;

/// Next step after a write whose outcome is unknown.
const READ_FIRST: &str =
    "last-resort reads the record before it sends anything else; if that fails too, check again before the next apply";

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
    async fn create(&self, record: &OutgoingRecord) -> Result<Value, WriteFailure> {
        let ask = self.0.ask(Method::POST, &["partners"], RequestPurpose::Write);
        self.put_in(ask, record).await
    }

    async fn replace(&self, code: &str, record: &OutgoingRecord) -> Result<Value, WriteFailure> {
        let ask = self.0.ask(Method::PUT, &["partners", named(code)?], RequestPurpose::Write);
        self.put_in(ask, record).await
    }

    async fn delete(&self, code: &str) -> Result<(), WriteFailure> {
        let ask = self.0.ask(Method::DELETE, &["partners", named(code)?], RequestPurpose::Write);
        self.write(&ask, &[], Expected::Nothing).await.map(drop)
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
    async fn put_in(&self, ask: HttpRequest, record: &OutgoingRecord) -> Result<Value, WriteFailure> {
        let body = key::filled(&record.body, self.0.key_pointer(), record.key.as_ref(), &self.0.secrets())
            .map_err(|why| refused(Failure::new(FailureKind::Refused, ask.words(&format!("not sent, {why}")))))?;
        let ask = ask.header("content-type", HeaderValue::from_static("application/json")).body(body);
        let secrets: Vec<&ApiKey> = record.key.iter().collect();
        let mut answered = self.write(&ask, &secrets, Expected::Partner).await?;
        drop(key::take(&mut answered, self.0.key_pointer()));
        Ok(answered)
    }

    /// Returns the record in the answer, or null.
    async fn write(&self, ask: &HttpRequest, secrets: &[&ApiKey], expected: Expected) -> Result<Value, WriteFailure> {
        let secrets: Vec<&ApiKey> = secrets.iter().copied().chain(self.0.secrets()).collect();
        let SendResult { outcome, tries } = self.0.send(ask).await.map_err(|unread| refused(not_executed(unread)))?;
        match outcome {
            Err(fault) => Err(no_answer(ask, &fault)),
            Ok(reply) => judged(ask, &reply, tries, AlmaAnswer::of(&reply, &secrets), expected),
        }
    }
}

pub(super) fn no_answer(ask: &HttpRequest, fault: &HttpFault) -> WriteFailure {
    let failure = Failure::new(FailureKind::Network, ask.words(&fault.words())).in_short(Some(fault.plain(ask)));
    if fault.never_left() {
        return refused(failure.hint(fault.next()));
    }
    let failure = failure.hint(READ_FIRST).hint(fault.next());
    if fault.began_well() { WriteFailure::Taken(failure) } else { WriteFailure::Unknown(failure) }
}

fn judged(
    ask: &HttpRequest,
    reply: &HttpReply,
    tries: u32,
    answer: AlmaAnswer,
    expected: Expected,
) -> Result<Value, WriteFailure> {
    match answer {
        AlmaAnswer::Record(record)
            if expected == Expected::Partner && record.value.get("partner_details").is_some() =>
        {
            Ok(record.value)
        }
        AlmaAnswer::Unclear(_) if expected == Expected::Nothing && reply.status == NO_CONTENT => Ok(Value::Null),
        AlmaAnswer::Refused(refusal) if !refusal.says_not_carried_out() => {
            ask.log_reason(&refusal.in_full());
            let failure = Failure::new(FailureKind::Network, ask.words(&refusal.words()));
            Err(WriteFailure::Unknown(failure.in_short(Some(refusal.plain())).hint(READ_FIRST)))
        }
        other => Err(not_done(ask, reply, tries, other)),
    }
}

/// The failure for an answer that a write did not expect.
pub(super) fn not_done(ask: &HttpRequest, reply: &HttpReply, tries: u32, answer: AlmaAnswer) -> WriteFailure {
    match answer {
        AlmaAnswer::Refused(refusal) if refusal.says_not_carried_out() => {
            let (codes, said) = (refusal.codes(), refusal.in_full());
            WriteFailure::Refused { failure: not_executed(refusal.unread(ask)), codes, said }
        }
        AlmaAnswer::Refused(refusal) => {
            ask.log_reason(&refusal.in_full());
            unknown(ask, reply, tries, &refusal.words(), &refusal.plain())
        }
        // We assume that the gateway sends these before it carries anything out. facts/alma.md §8 says so only for the
        // per-second threshold.
        AlmaAnswer::Unclear(unclear) if matches!(reply.status, 401 | 403) => {
            refused(not_executed(unclear.unread(ask, reply, tries)))
        }
        AlmaAnswer::Unclear(unclear) => {
            let short = unclear.unread(ask, reply, tries).short.unwrap_or_default();
            let failure = unknown(ask, reply, tries, &unclear.words, &short);
            // A web page comes from something in front of Alma, which may have passed on nothing.
            if unclear.kind == OddAnswer::Page { failure } else { perhaps_taken(reply, failure) }
        }
        AlmaAnswer::Record(_) => {
            let short = "Alma's answer is not the expected record.";
            perhaps_taken(reply, unknown(ask, reply, tries, "and not the expected record", short))
        }
    }
}

/// The failure, where the answer was a success that says nothing.
fn perhaps_taken(reply: &HttpReply, failure: WriteFailure) -> WriteFailure {
    match failure {
        WriteFailure::Unknown(failure) if reply.is_success() => WriteFailure::Taken(failure),
        failure => failure,
    }
}

pub(super) fn unknown(ask: &HttpRequest, reply: &HttpReply, tries: u32, words: &str, short: &str) -> WriteFailure {
    let failure = Failure::new(FailureKind::Network, ask.words(&format!("{}, {words}", reply.words(tries))))
        .in_short(Some(short.to_owned()))
        .hint(READ_FIRST);
    WriteFailure::Unknown(if reply.is_server_fault() { failure } else { failure.hint(BEHIND_SIGN_IN) })
}

/// The failure of a write that was certainly not carried out, and to which Alma gave no code.
pub(super) fn refused(failure: Failure) -> WriteFailure {
    let said = failure.what.clone();
    WriteFailure::Refused { failure, codes: Vec::new(), said }
}

/// Checks that a code can be a path segment.
fn named(code: &str) -> Result<&str, WriteFailure> {
    if matches!(code, "" | "." | "..") {
        let what = format!("Alma cannot be asked about the partner code \"{code}\"; nothing was sent");
        return Err(refused(Failure::new(FailureKind::Refused, what)));
    }
    Ok(code)
}
