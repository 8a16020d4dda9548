//! An answer of Alma's, taken apart: a record, a refusal in Alma's words, or something else.
use super::refusal::{KEY_NEXT, Refusal, errors};
use crate::engine::observed::{Unread, WhyUnread, Wire};
use crate::io::http::{Ask, BEHIND_SIGN_IN, Body, Reply, Wiped, decode};
use crate::io::text;
use crate::secret::ApiKey;

/// What Alma sent where it said yes.
pub(super) struct Record {
    /// Its content.
    pub(super) value: Wiped,
    /// How it was written.
    pub(super) wire: Wire,
}

/// An answer taken apart.
pub(super) enum Answer {
    /// HTTP 2xx with JSON or XML and no error flag in it.
    Record(Record),
    /// Errors of Alma's, whatever the status: some come with HTTP 200.
    Refused(Refusal),
    /// Neither.
    Unclear(Unclear),
}

/// An answer that is not Alma's, or not whole.
pub(super) struct Unclear {
    /// What it is.
    pub(super) kind: Odd,
    /// In words.
    pub(super) words: String,
}

/// What an unclear answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Odd {
    /// A web page or a redirect.
    Page,
    /// Nothing, or a text.
    Bare,
    /// Cut off or garbled.
    Garbled,
    /// JSON or XML without an error in it, under a status that is none of success.
    Unexplained,
}

impl Answer {
    /// Takes a reply apart; no message repeats one of `secrets`.
    pub(super) fn of(reply: &Reply, secrets: &[&ApiKey]) -> Self {
        let (value, wire) = match decode(reply) {
            Body::Json(value) => (value, Wire::Json),
            Body::Xml(value) => (value, Wire::Xml),
            _ if reply.is_redirect() => return Self::unclear(Odd::Page, "instead of an answer"),
            Body::Html => return Self::unclear(Odd::Page, "and a web page instead of an answer"),
            Body::Empty => return Self::unclear(Odd::Bare, "with an empty answer"),
            Body::Garbled(why) => return Self::unclear(Odd::Garbled, &why),
            Body::Text(said) => {
                return Self::unclear(Odd::Bare, &format!("with the text \"{}\"", text::told(&said, secrets)));
            }
        };
        let errors = errors(&value, secrets);
        if !errors.is_empty() {
            return Self::Refused(Refusal::new(reply.status, errors));
        }
        if reply.is_success() {
            return Self::Record(Record { value, wire });
        }
        Self::unclear(Odd::Unexplained, "without an error code in the answer")
    }

    fn unclear(kind: Odd, words: &str) -> Self {
        Self::Unclear(Unclear { kind, words: words.to_owned() })
    }
}

impl Unclear {
    /// As the outcome of a read.
    pub(super) fn unread(&self, ask: &Ask, reply: &Reply, tries: u32) -> Unread {
        let what = ask.words(&format!("{}, {}", reply.words(tries), self.words));
        let page = self.kind == Odd::Page;
        match reply.status {
            500.. => {
                Unread::new(WhyUnread::Down, what, "wait a little and check again; Alma's status page tells of outages")
            }
            429 => Unread::new(WhyUnread::Limit, what, "wait a minute and check again"),
            401 | 403 if !page => Unread::new(WhyUnread::KeyRefused, what, KEY_NEXT),
            _ => Unread::new(WhyUnread::Nonsense, what, BEHIND_SIGN_IN),
        }
    }
}
