//! Parses the Web Platform's answers, by status first: bodies may be empty, HTML or of another shape
//! (facts/illiad.md §1.6).
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::io::http::{BEHIND_SIGN_IN, Body, CodedValue, HttpFault, HttpReply, HttpRequest, SendResult, decode};
use crate::io::text;
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use serde::Deserialize;
use serde_json::Value;

/// The likely causes of a 401, for which the Web Platform gives no reason.
const CAUSES: &str = "the likely causes: a wrong key, a key deleted in ILLiad (Customization Manager > System > Integration > WebPlatformConfig), a key of another site, or Web Platform services not restarted since the key was made";

/// A body that may be the Web Platform's own.
pub(super) enum IlliadMessage {
    /// JSON, or XML converted to the JSON it stands for.
    Value(Value),
    Text(String),
}

/// An answer from ILLiad, parsed.
pub(super) enum IlliadAnswer {
    /// A success: HTTP 2xx.
    Got(IlliadMessage),
    /// HTTP 404 with a Message from ILLiad itself.
    NotThere,
}

/// Whether a request carried a key, and which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyUse {
    With(KeySlot),
    /// The request needed no key.
    No,
}

impl KeyUse {
    /// The next step when the key is not accepted.
    fn next(self) -> String {
        let slot = match self {
            Self::With(slot) => slot,
            Self::No => KeySlot::Illiad,
        };
        format!("{CAUSES}; set it again: last-resort keys set --slot {}", slot.as_str())
    }
}

/// Parses an answer. No message it makes repeats any of `secrets`.
pub(super) fn answer(
    ask: &HttpRequest,
    sent: SendResult,
    keyed: KeyUse,
    secrets: &[&ApiKey],
) -> Result<IlliadAnswer, UnreadReason> {
    let status = sent.outcome.as_ref().ok().map(|reply| reply.status);
    match (parsed(ask, sent, keyed, secrets), ask.refusable) {
        // The name is the likely cause, not the address of the Web Platform.
        (Err(_), Some(sign)) if matches!(status, Some(400 | 404)) => Err(unaskable(sign)),
        (parsed, _) => parsed,
    }
}

fn unaskable(sign: char) -> UnreadReason {
    UnreadReason::new(
        UnreadKind::Unaskable,
        format!("this username has a character ({sign}) that ILLiad's web server refuses in an address"),
        "look it up by hand in the ILLiad client",
    )
}

fn parsed(
    ask: &HttpRequest,
    sent: SendResult,
    keyed: KeyUse,
    secrets: &[&ApiKey],
) -> Result<IlliadAnswer, UnreadReason> {
    let SendResult { outcome, tries } = sent;
    let reply = outcome.map_err(|fault: HttpFault| fault.unread(ask, tries))?;
    let unread = |why, words: &str, next: &str| {
        Err(UnreadReason::new(why, ask.words(&format!("{}{words}", reply.words(tries))), next))
    };
    let said = match decode(&reply) {
        _ if reply.is_server_fault() => {
            return unread(UnreadKind::Down, "", "the Web Platform is down or under maintenance; check again later");
        }
        _ if reply.is_redirect() => return unread(UnreadKind::Nonsense, ", instead of an answer", SIGN_IN_NEXT),
        Body::Html => return unread(UnreadKind::Nonsense, ", and a web page instead of an answer", SIGN_IN_NEXT),
        _ if reply.status == 429 => return unread(UnreadKind::Limit, "", "wait a minute and check again"),
        _ if reply.status == 401 && keyed == KeyUse::No => {
            return unread(UnreadKind::Nonsense, ", though this needs no key", SIGN_IN_NEXT);
        }
        Body::Empty if reply.status == 401 => {
            return unread(UnreadKind::KeyRefused, ", with an empty answer", &keyed.next());
        }
        Body::Empty => return unread(UnreadKind::Nonsense, ", with an empty answer", BEHIND_SIGN_IN),
        Body::Garbled(why) => return unread(UnreadKind::Nonsense, &format!(", {why}"), BEHIND_SIGN_IN),
        Body::Json(mut value) | Body::Xml(mut value) => {
            text::without_keys(&mut value, secrets);
            IlliadMessage::Value(value)
        }
        Body::Text(text) => IlliadMessage::Text(text),
    };
    if reply.is_success() {
        return Ok(IlliadAnswer::Got(said));
    }
    refused(ask, &reply, &said, tries, keyed, secrets)
}

/// Next step when something other than the Web Platform answers.
const SIGN_IN_NEXT: &str = "compare the address you were given with the Web Platform's own: this is the wrong host or path, or the Web Platform is behind RemoteAuth or another sign-in, which it must not be";

#[derive(Deserialize)]
struct WireMessage {
    #[serde(default, rename = "Message")]
    message: CodedValue,
}

fn refused(
    ask: &HttpRequest,
    reply: &HttpReply,
    said: &IlliadMessage,
    tries: u32,
    keyed: KeyUse,
    secrets: &[&ApiKey],
) -> Result<IlliadAnswer, UnreadReason> {
    let message = match said {
        IlliadMessage::Value(value) => {
            WireMessage::deserialize(value).map(|wire| wire.message.value).unwrap_or_default()
        }
        IlliadMessage::Text(text) => text.clone(),
    };
    let told = text::server_text(&message, secrets);
    let quoted = if told.is_empty() { ", without a message".to_owned() } else { format!(", \"{told}\"") };
    // The web server's own 404 has a Message too. It means that the path is not the Web Platform's.
    let no_route = told.contains("No HTTP resource was found") || told.contains("No type was found");
    let (why, next) = match reply.status {
        404 if !told.is_empty() && !no_route && matches!(said, IlliadMessage::Value(_)) => {
            return Ok(IlliadAnswer::NotThere);
        }
        401 => (UnreadKind::KeyRefused, keyed.next()),
        403 => (
            UnreadKind::NotAllowed,
            "ask who runs ILLiad's host whether this machine's address may reach the Web Platform".to_owned(),
        ),
        _ => (UnreadKind::Nonsense, BEHIND_SIGN_IN.to_owned()),
    };
    Err(UnreadReason::new(why, ask.words(&format!("{}{quoted}", reply.words(tries))), next))
}
