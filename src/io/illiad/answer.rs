//! Parses the Web Platform's answers, by status first: bodies may be empty, HTML or of another shape
//! (facts/illiad.md §1.6).
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::io::http::{BEHIND_SIGN_IN, Body, HttpFault, HttpReply, HttpRequest, Many, RawText, SendResult, decode};
use crate::io::text;
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

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
        Err(UnreadReason::new(why, ask.words(&format!("{}{words}", reply.words(tries))), next)
            .in_short(plain(why, next, keyed)))
    };
    let body = decode(&reply);
    log_page(ask, &reply, &body, secrets);
    let said = match body {
        body if reply.is_server_fault() => {
            let said = match body {
                Body::Json(value) | Body::Xml(value) => {
                    quoted(ask, &WireMessage::of(&IlliadMessage::Value(value)), secrets)
                }
                _ => None,
            };
            let said = said.map(|said| format!(", {said}")).unwrap_or_default();
            return unread(UnreadKind::Down, &said, "the Web Platform is down or under maintenance; check again later");
        }
        _ if reply.is_redirect() => return unread(UnreadKind::Nonsense, ", instead of an answer", SIGN_IN_NEXT),
        Body::Html(_) => return unread(UnreadKind::Nonsense, ", and a web page instead of an answer", SIGN_IN_NEXT),
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
        Body::Text(text) => IlliadMessage::Text(text::without(&text, secrets)),
    };
    if reply.is_success() {
        return Ok(IlliadAnswer::Got(said));
    }
    refused(ask, &reply, &said, tries, keyed, secrets)
}

/// Logs the words of an answer that is no answer of the Web Platform's. Messages say only that there was one.
fn log_page(ask: &HttpRequest, reply: &HttpReply, body: &Body, secrets: &[&ApiKey]) {
    match body {
        Body::Html(said) => ask.log_page(&text::whole_text(said, secrets)),
        Body::Text(said) if reply.is_server_fault() || reply.is_redirect() => {
            ask.log_page(&text::whole_text(said, secrets));
        }
        _ => {}
    }
}

/// Next step when something other than the Web Platform answers.
const SIGN_IN_NEXT: &str = "compare the address with the Web Platform's own: it is the wrong host or path, or the Web Platform is behind RemoteAuth or another sign-in, which must be switched off for it";

#[derive(Default, Deserialize)]
struct WireMessage {
    #[serde(default, rename = "Message")]
    message: RawText,
    /// Only the web server adds this, when no path of the Web Platform fits.
    #[serde(default, rename = "MessageDetail")]
    detail: RawText,
    /// What went wrong inside the server, if it says so.
    #[serde(default, rename = "ExceptionMessage")]
    exception: RawText,
    /// What is wrong with the fields that were sent.
    #[serde(default, rename = "ModelState")]
    model: BTreeMap<String, Many<RawText>>,
}

impl WireMessage {
    fn of(said: &IlliadMessage) -> Self {
        match said {
            IlliadMessage::Value(Value::String(text)) | IlliadMessage::Text(text) => {
                Self { message: RawText(text.clone()), ..Self::default() }
            }
            IlliadMessage::Value(value) => Self::deserialize(value).unwrap_or_default(),
        }
    }

    /// Everything that it says.
    fn whole(&self) -> String {
        let model = self.model.iter().map(|(field, wrong)| {
            let wrong: Vec<&str> = wrong.0.iter().map(|text| text.0.as_str()).collect();
            format!("{field}: {}", wrong.join(" "))
        });
        let own = [&self.message, &self.detail, &self.exception].map(|text| text.0.clone());
        let parts = own.into_iter().chain(model);
        parts.filter(|part| !part.trim().is_empty()).collect::<Vec<String>>().join(" ")
    }

    /// Whether ILLiad says that it has no such record. Its words for a user are recorded ("User X was not found."),
    /// those for a request are not (facts/illiad.md §1.6), but they must name one. The web server says of a path that it was
    /// not found; that is no answer of the Web Platform's, nor is a key or a service that was not found.
    fn says_not_there(&self) -> bool {
        let said = self.message.0.to_lowercase();
        let by_web_server = said.contains("no http resource was found") || said.contains("no type was found");
        let missing =
            ["not found", "not be found", "does not exist", "no such"].iter().any(|words| said.contains(words));
        let has = |one_of: &[&str]| said.split(|c: char| !c.is_alphanumeric()).any(|word| one_of.contains(&word));
        let named = has(&["user", "username", "transaction", "request"]) && !has(&["key", "apikey"]);
        missing && named && !by_web_server && self.detail.0.is_empty() && self.model.is_empty()
    }
}

fn refused(
    ask: &HttpRequest,
    reply: &HttpReply,
    said: &IlliadMessage,
    tries: u32,
    keyed: KeyUse,
    secrets: &[&ApiKey],
) -> Result<IlliadAnswer, UnreadReason> {
    let message = WireMessage::of(said);
    let (why, next) = match reply.status {
        404 if matches!(said, IlliadMessage::Value(Value::Object(_))) && message.says_not_there() => {
            return Ok(IlliadAnswer::NotThere);
        }
        401 => (UnreadKind::KeyRefused, keyed.next()),
        403 => (
            UnreadKind::NotAllowed,
            "ask those who run ILLiad's host whether this machine's address may reach the Web Platform".to_owned(),
        ),
        _ => (UnreadKind::Nonsense, BEHIND_SIGN_IN.to_owned()),
    };
    let told = quoted(ask, &message, secrets).unwrap_or_else(|| "without a message".to_owned());
    let short = plain(why, &next, keyed);
    Err(UnreadReason::new(why, ask.words(&format!("{}, {told}", reply.words(tries))), next).in_short(short))
}

/// What an answer without a record means, in one plain sentence.
fn plain(why: UnreadKind, next: &str, keyed: KeyUse) -> &'static str {
    match why {
        UnreadKind::Down => "ILLiad is down or under maintenance. Only its host can fix that.",
        UnreadKind::Limit => "ILLiad's host is getting too many calls right now.",
        UnreadKind::KeyRefused if keyed == KeyUse::With(KeySlot::Export) => {
            "ILLiad does not accept the key for Alma's export."
        }
        UnreadKind::KeyRefused => "ILLiad does not accept this key.",
        UnreadKind::NotAllowed => "ILLiad's host does not let this machine in.",
        _ if next == SIGN_IN_NEXT => "A web page or a sign-in answers at ILLiad's address.",
        _ => "What answers at ILLiad's address is not its Web Platform.",
    }
}

/// What ILLiad says, in quotation marks, if it says anything. The log gets it whole.
fn quoted(ask: &HttpRequest, message: &WireMessage, secrets: &[&ApiKey]) -> Option<String> {
    let whole = text::whole_text(&message.whole(), secrets);
    if whole.is_empty() {
        return None;
    }
    ask.log_reason(&whole);
    Some(format!("\"{}\"", text::shown_text(&whole)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case(json!({"Message": "User 10000001 was not found."}), true)]
    #[case(json!({"Message": "Transaction 7 does not exist."}), true)]
    #[case(json!({"Message": "An error has occurred."}), false)]
    #[case(json!({"Message": ""}), false)]
    #[case(json!({"Message": ["User 1 was not found."]}), false)]
    #[case(json!({"Message": "The requested resource was not found."}), false)]
    #[case(json!({"Message": "The API key of this user was not found."}), false)]
    #[case(json!({"Message": "Not Found"}), false)]
    #[case(json!({"Message": "Username X could not be found."}), true)]
    #[case(json!({"Message": "No HTTP resource was found that matches the request URI."}), false)]
    #[case(json!({"Message": "The page was not found.", "MessageDetail": "No action was found"}), false)]
    fn only_the_documented_message_means_absent(#[case] said: Value, #[case] absent: bool) {
        assert_eq!(WireMessage::of(&IlliadMessage::Value(said)).says_not_there(), absent);
    }

    #[test]
    fn everything_that_a_message_says_is_kept() {
        let said = json!({"Message": "The request is invalid.",
            "ModelState": {"model.UserName": ["Username X already exists.", "Too long."]}});
        let whole = WireMessage::of(&IlliadMessage::Value(said)).whole();
        assert_eq!(whole, "The request is invalid. model.UserName: Username X already exists. Too long.");
    }
}
