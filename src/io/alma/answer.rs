//! Parses Alma's answers: a record, a refusal in Alma's own words, or something unclear.
use super::refusal::{AlmaRefusal, KEY_NEXT, plain};
use crate::engine::observed::{UnreadKind, UnreadReason, WireFormat};
use crate::io::http::{BEHIND_SIGN_IN, Body, HttpReply, HttpRequest, decode};
use crate::io::text;
use crate::secret::ApiKey;
use serde_json::Value;

/// A successful answer from Alma.
pub(super) struct RecordAnswer {
    pub(super) value: Value,
    /// The format Alma sent it in.
    pub(super) wire: WireFormat,
}

/// An answer from Alma, parsed.
pub(super) enum AlmaAnswer {
    /// HTTP 2xx with JSON or XML and no error flag in it.
    Record(RecordAnswer),
    /// Alma reported errors. The status can be anything; some errors come with HTTP 200.
    Refused(AlmaRefusal),
    /// Neither a record nor a refusal.
    Unclear(UnclearAnswer),
}

/// An answer that did not come from Alma, or is incomplete.
pub(super) struct UnclearAnswer {
    pub(super) kind: OddAnswer,
    pub(super) words: String,
    /// The whole text that came, if one did.
    whole: Option<String>,
}

/// The kinds of unclear answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OddAnswer {
    /// A web page or a redirect.
    Page,
    /// An empty body or plain text.
    Bare,
    Garbled,
    /// JSON or XML that contains no error, under a status other than 2xx.
    Unexplained,
}

impl AlmaAnswer {
    /// Parses a reply. No message it makes repeats any of `secrets`.
    pub(super) fn of(reply: &HttpReply, secrets: &[&ApiKey]) -> Self {
        let (value, wire) = match decode(reply) {
            Body::Json(value) => (value, WireFormat::Json),
            Body::Xml(value) => (value, WireFormat::Xml),
            Body::Html(said) | Body::Text(said) if reply.is_redirect() => {
                return Self::page("instead of an answer", &text::whole_text(&said, secrets));
            }
            _ if reply.is_redirect() => return Self::unclear(OddAnswer::Page, "instead of an answer"),
            Body::Html(said) => {
                return Self::page("and a web page instead of an answer", &text::whole_text(&said, secrets));
            }
            Body::Empty => return Self::unclear(OddAnswer::Bare, "with an empty answer"),
            Body::Garbled(why) => return Self::unclear(OddAnswer::Garbled, &why),
            Body::Text(said) => {
                return Self::unclear_text(OddAnswer::Bare, "with the text", &text::whole_text(&said, secrets));
            }
        };
        if let Some(refusal) = AlmaRefusal::in_answer(reply.status, &value, secrets) {
            return Self::Refused(refusal);
        }
        if reply.is_success() {
            return Self::Record(RecordAnswer { value, wire });
        }
        match message_in(&value) {
            Some(said) => {
                let said = text::whole_text(&said, secrets);
                Self::unclear_text(
                    OddAnswer::Unexplained,
                    "without one of Alma's error codes, but with the text",
                    &said,
                )
            }
            None => Self::unclear(OddAnswer::Unexplained, "without an error code in the answer"),
        }
    }

    fn unclear(kind: OddAnswer, words: &str) -> Self {
        Self::Unclear(UnclearAnswer { kind, words: words.to_owned(), whole: None })
    }

    /// A page of whatever answers in front of Alma. Messages say only that it is one; the log has its words.
    fn page(words: &str, said: &str) -> Self {
        Self::Unclear(UnclearAnswer { kind: OddAnswer::Page, words: words.to_owned(), whole: Some(said.to_owned()) })
    }

    fn unclear_text(kind: OddAnswer, words: &str, said: &str) -> Self {
        let words = format!("{words} \"{}\"", text::shown_text(said));
        Self::Unclear(UnclearAnswer { kind, words, whole: Some(said.to_owned()) })
    }
}

/// The text of an error in another shape than Alma's, such as a gateway's own.
fn message_in(value: &Value) -> Option<String> {
    let names = ["message", "Message", "errorMessage", "error_description", "error", "detail", "title"];
    let text = |name: &&str| value.get(*name).and_then(Value::as_str).map(str::to_owned);
    names.iter().find_map(text).filter(|text| !text.trim().is_empty())
}

impl UnclearAnswer {
    /// Logs the whole text that came, if one did.
    pub(super) fn log(&self, ask: &HttpRequest) {
        match (&self.whole, self.kind) {
            (Some(words), OddAnswer::Page) => ask.log_page(words),
            (Some(whole), _) => ask.log_reason(whole),
            (None, _) => {}
        }
    }

    /// This answer as the reason why a read failed.
    pub(super) fn unread(&self, ask: &HttpRequest, reply: &HttpReply, tries: u32) -> UnreadReason {
        self.log(ask);
        let what = ask.words(&format!("{}, {}", reply.words(tries), self.words));
        let page = self.kind == OddAnswer::Page;
        let (why, next) = match reply.status {
            500.. => (UnreadKind::Down, "wait a little and check again; Alma's status page lists outages"),
            429 => (UnreadKind::Limit, "wait a minute and check again"),
            401 | 403 if !page => (UnreadKind::KeyRefused, KEY_NEXT),
            _ => (UnreadKind::Nonsense, BEHIND_SIGN_IN),
        };
        let short = match (why, page) {
            (UnreadKind::Nonsense, true) => "A web page answers at Alma's address.",
            (UnreadKind::Nonsense, false) => "What answers at Alma's address is not Alma.",
            (UnreadKind::KeyRefused, _) => {
                "What answers at Alma's address refuses this key, but not in Alma's words. Check the address first."
            }
            _ => plain(why, next),
        };
        UnreadReason::new(why, what, next).in_short(short)
    }
}
