//! An answer of Alma's, taken apart: a record, a refusal in Alma's words, or something else.
use super::refusal::{AlmaRefusal, KEY_NEXT, errors};
use crate::engine::observed::{UnreadKind, UnreadReason, WireFormat};
use crate::io::http::{BEHIND_SIGN_IN, Body, HttpReply, HttpRequest, decode};
use crate::io::text;
use crate::secret::ApiKey;
use serde_json::Value;

/// What Alma sent where it said yes.
pub(super) struct RecordAnswer {
    /// Its content.
    pub(super) value: Value,
    /// How it was written.
    pub(super) wire: WireFormat,
}

/// An answer taken apart.
pub(super) enum AlmaAnswer {
    /// HTTP 2xx with JSON or XML and no error flag in it.
    Record(RecordAnswer),
    /// Errors of Alma's, whatever the status: some come with HTTP 200.
    Refused(AlmaRefusal),
    /// Neither.
    Unclear(UnclearAnswer),
}

/// An answer that is not Alma's, or not whole.
pub(super) struct UnclearAnswer {
    /// What it is.
    pub(super) kind: OddAnswer,
    /// In words.
    pub(super) words: String,
}

/// What an unclear answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OddAnswer {
    /// A web page or a redirect.
    Page,
    /// Nothing, or a text.
    Bare,
    /// Cut off or garbled.
    Garbled,
    /// JSON or XML without an error in it, under a status that is none of success.
    Unexplained,
}

impl AlmaAnswer {
    /// Takes a reply apart; no message repeats one of `secrets`.
    pub(super) fn of(reply: &HttpReply, secrets: &[&ApiKey]) -> Self {
        let (value, wire) = match decode(reply) {
            Body::Json(value) => (value, WireFormat::Json),
            Body::Xml(value) => (value, WireFormat::Xml),
            _ if reply.is_redirect() => return Self::unclear(OddAnswer::Page, "instead of an answer"),
            Body::Html => return Self::unclear(OddAnswer::Page, "and a web page instead of an answer"),
            Body::Empty => return Self::unclear(OddAnswer::Bare, "with an empty answer"),
            Body::Garbled(why) => return Self::unclear(OddAnswer::Garbled, &why),
            Body::Text(said) => {
                return Self::unclear(
                    OddAnswer::Bare,
                    &format!("with the text \"{}\"", text::server_text(&said, secrets)),
                );
            }
        };
        let errors = errors(&value, secrets);
        if !errors.is_empty() {
            return Self::Refused(AlmaRefusal::new(reply.status, errors));
        }
        if reply.is_success() {
            return Self::Record(RecordAnswer { value, wire });
        }
        Self::unclear(OddAnswer::Unexplained, "without an error code in the answer")
    }

    fn unclear(kind: OddAnswer, words: &str) -> Self {
        Self::Unclear(UnclearAnswer { kind, words: words.to_owned() })
    }
}

impl UnclearAnswer {
    /// As the outcome of a read.
    pub(super) fn unread(&self, ask: &HttpRequest, reply: &HttpReply, tries: u32) -> UnreadReason {
        let what = ask.words(&format!("{}, {}", reply.words(tries), self.words));
        let page = self.kind == OddAnswer::Page;
        match reply.status {
            500.. => UnreadReason::new(
                UnreadKind::Down,
                what,
                "wait a little and check again; Alma's status page tells of outages",
            ),
            429 => UnreadReason::new(UnreadKind::Limit, what, "wait a minute and check again"),
            401 | 403 if !page => UnreadReason::new(UnreadKind::KeyRefused, what, KEY_NEXT),
            _ => UnreadReason::new(UnreadKind::Nonsense, what, BEHIND_SIGN_IN),
        }
    }
}
