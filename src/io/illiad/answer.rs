//! An answer of the Web Platform's, by status first: bodies may be empty, HTML or of another shape (facts/illiad.md §1.6).
use crate::engine::observed::{Unread, WhyUnread};
use crate::io::http::{Ask, BEHIND_SIGN_IN, Body, Coded, Fault, Reply, Sent, Wiped, decode};
use crate::io::text;
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use serde::Deserialize;

/// The likely causes of a 401, which the Web Platform gives without a word.
const CAUSES: &str = "the likely causes: a wrong key, a key deleted in ILLiad (Customization Manager > System > Integration > WebPlatformConfig), a key of another site, or Web Platform services not restarted since the key was made";

/// A body that the Web Platform may well send.
pub(super) enum Said {
    /// JSON, or XML as the JSON it stands for.
    Value(Wiped),
    /// A plain text.
    Text(String),
}

/// An answer taken apart.
pub(super) enum Answer {
    /// HTTP 200.
    Got(Said),
    /// HTTP 404 with ILLiad's own Message.
    NotThere,
}

/// Whether a key was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyed {
    /// One of this slot.
    With(KeySlot),
    /// None was needed.
    No,
}

impl Keyed {
    /// What to do where the key is not accepted.
    fn next(self) -> String {
        let slot = match self {
            Self::With(slot) => slot,
            Self::No => KeySlot::Illiad,
        };
        format!("{CAUSES}; set it again: last-resort keys set --slot {}", slot.as_str())
    }
}

/// Takes an answer apart; no message repeats one of `secrets`.
pub(super) fn answer(ask: &Ask, sent: Sent, keyed: Keyed, secrets: &[&ApiKey]) -> Result<Answer, Unread> {
    let Sent { outcome, tries } = sent;
    let reply = outcome.map_err(|fault: Fault| fault.unread(ask, tries))?;
    let unread = |why, words: &str, next: &str| {
        Err(Unread::new(why, ask.words(&format!("{}{words}", reply.words(tries))), next))
    };
    let said = match decode(&reply) {
        _ if reply.is_server_fault() => {
            return unread(WhyUnread::Down, "", "the Web Platform is down or under maintenance; check again later");
        }
        _ if reply.is_redirect() => return unread(WhyUnread::Nonsense, ", instead of an answer", SIGN_IN_NEXT),
        Body::Html => return unread(WhyUnread::Nonsense, ", and a web page instead of an answer", SIGN_IN_NEXT),
        _ if reply.status == 429 => return unread(WhyUnread::Limit, "", "wait a minute and check again"),
        _ if reply.status == 401 && keyed == Keyed::No => {
            return unread(WhyUnread::Nonsense, ", though this needs no key", SIGN_IN_NEXT);
        }
        Body::Empty if reply.status == 401 => {
            return unread(WhyUnread::KeyRefused, ", with an empty answer", &keyed.next());
        }
        Body::Empty => return unread(WhyUnread::Nonsense, ", with an empty answer", BEHIND_SIGN_IN),
        Body::Garbled(why) => return unread(WhyUnread::Nonsense, &format!(", {why}"), BEHIND_SIGN_IN),
        Body::Json(mut value) | Body::Xml(mut value) => {
            text::without_keys(&mut value, secrets);
            Said::Value(value)
        }
        Body::Text(text) => Said::Text(text),
    };
    if reply.is_success() {
        return Ok(Answer::Got(said));
    }
    refused(ask, &reply, &said, tries, keyed, secrets)
}

/// What to do where the Web Platform is not what answers.
const SIGN_IN_NEXT: &str = "compare the address you were given with the Web Platform's own: this is the wrong host or path, or the Web Platform is behind RemoteAuth or another sign-in, which it must not be";

#[derive(Deserialize)]
struct WireMessage {
    #[serde(default, rename = "Message")]
    message: Coded,
}

fn refused(
    ask: &Ask,
    reply: &Reply,
    said: &Said,
    tries: u32,
    keyed: Keyed,
    secrets: &[&ApiKey],
) -> Result<Answer, Unread> {
    let message = match said {
        Said::Value(value) => WireMessage::deserialize(&**value).map(|wire| wire.message.value).unwrap_or_default(),
        Said::Text(text) => text.clone(),
    };
    let told = text::told(&message, secrets);
    let quoted = if told.is_empty() { ", without a message".to_owned() } else { format!(", \"{told}\"") };
    // The web server's own 404 has a Message too, and means that the path is not the Web Platform's.
    let no_route = told.contains("No HTTP resource was found") || told.contains("No type was found");
    let (why, next) = match reply.status {
        404 if !told.is_empty() && !no_route && matches!(said, Said::Value(_)) => return Ok(Answer::NotThere),
        401 => (WhyUnread::KeyRefused, keyed.next()),
        403 => (
            WhyUnread::NotAllowed,
            "ask who runs ILLiad's host whether this machine's address may reach the Web Platform".to_owned(),
        ),
        _ => (WhyUnread::Nonsense, BEHIND_SIGN_IN.to_owned()),
    };
    Err(Unread::new(why, ask.words(&format!("{}{quoted}", reply.words(tries))), next))
}
