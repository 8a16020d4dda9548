//! Parses Alma's refusals (facts/alma.md §8): JSON `errorList`, XML `web_service_result`, gateway codes and rule
//! numbers.
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::io::http::{Body, CodedValue, HttpReply, HttpRequest, Many, decode};
use crate::io::text;
use crate::secret::ApiKey;
use serde::Deserialize;
use serde_json::Value;

/// Next step when Alma does not accept the key.
pub(super) const KEY_NEXT: &str = "compare the key with the one in Ex Libris's Developer Network (keys expire after a year without use), and set it again: last-resort keys set --slot alma";

/// Next step when the key lacks a right.
const AREA_NEXT: &str = "in Ex Libris's Developer Network, see that the key is of this institution and environment (sandbox and production have keys of their own), and give it the area: Partners (read/write to apply), Configuration (read), Users (read)";

/// Next step when Alma does not admit this machine's address.
const ADDRESS_NEXT: &str = "in Ex Libris's Developer Network, see whether the key is bound to IP addresses that this machine has not; run this from a machine that has one";

/// Next step once the day's calls are used up.
pub(super) const DAILY_NEXT: &str = "wait until midnight GMT, when Alma's daily threshold begins anew, or ask the Alma administrator what uses the calls up";

/// One error from Alma, with its texts cleaned for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AlmaError {
    /// For example `402118` or `UNAUTHORIZED`. Alma's codes are texts.
    pub(super) code: String,
    message: String,
    tracking: Option<String>,
}

#[derive(Deserialize)]
struct WireError {
    #[serde(default, rename = "errorCode")]
    code: CodedValue,
    #[serde(default, rename = "errorMessage")]
    message: CodedValue,
    #[serde(default, rename = "trackingId")]
    tracking: Option<CodedValue>,
}

#[derive(Deserialize)]
struct WireErrors {
    #[serde(default)]
    error: Many<WireError>,
}

/// The errors in an answer; empty if it reports none. An error flag without a list counts as one error.
pub(super) fn errors(answer: &Value, secrets: &[&ApiKey]) -> Vec<AlmaError> {
    let answer = answer.get("web_service_result").unwrap_or(answer);
    let flagged = match answer.get("errorsExist") {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(flag)) => flag.trim().eq_ignore_ascii_case("true"),
        _ => false,
    };
    let listed = answer.get("errorList").and_then(|list| list.get("error").map(|_| list).or(Some(list)));
    let listed =
        listed.and_then(|list| WireErrors::deserialize(list).ok()).map(|list| list.error.0).unwrap_or_default();
    let told: Vec<AlmaError> = listed.into_iter().map(|error| AlmaError::from_wire(error, secrets)).collect();
    if told.is_empty() && flagged {
        let message = "an error that Alma does not name".to_owned();
        return vec![AlmaError { code: String::new(), message, tracking: None }];
    }
    told
}

impl AlmaError {
    fn from_wire(error: WireError, secrets: &[&ApiKey]) -> Self {
        let message = text::server_text(&error.message.value, secrets);
        // In the older form, the tracking id is inside the message.
        let (message, older) = match message.split_once("(Tracking ID:") {
            Some((message, id)) => (message.trim().to_owned(), Some(id.trim().trim_end_matches(')').trim().to_owned())),
            None => (message, None),
        };
        let tracking =
            error.tracking.and_then(CodedValue::filled).map(|id| text::cut(&text::server_text(&id, secrets), 60));
        let code = text::cut(&text::server_text(&error.code.value, secrets), 60);
        Self { code, message, tracking: tracking.or(older) }
    }

    fn words(&self) -> String {
        let code = if self.code.is_empty() { "without code" } else { &self.code };
        let tracking = self.tracking.as_ref().map(|id| format!(" (tracking id {id})")).unwrap_or_default();
        format!("{code} \"{}\"{tracking}", self.message)
    }
}

/// A refusal by Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AlmaRefusal {
    /// The HTTP status. It is 200 if the error came in an answer that claims success.
    pub(super) status: u16,
    errors: Vec<AlmaError>,
}

impl AlmaRefusal {
    pub(super) fn new(status: u16, errors: Vec<AlmaError>) -> Self {
        Self { status, errors }
    }

    /// Whether one of these codes is among the errors.
    pub(super) fn has(&self, codes: &[&str]) -> bool {
        self.errors.iter().any(|error| codes.iter().any(|code| error.code.eq_ignore_ascii_case(code)))
    }

    /// The codes that Alma gave. Errors without a code are left out.
    pub(super) fn codes(&self) -> Vec<String> {
        self.errors.iter().map(|error| error.code.clone()).filter(|code| !code.is_empty()).collect()
    }

    /// Whether the message says that a library does not exist.
    pub(super) fn names_a_missing_library(&self) -> bool {
        let missing = ["not found", "does not exist", "not exist", "no such", "unknown", "invalid"];
        matches!(self.status, 200 | 400 | 404)
            && self.errors.iter().any(|error| {
                let message = error.message.to_lowercase();
                message.contains("library") && missing.iter().any(|word| message.contains(word))
            })
    }

    /// Whether a write that got this refusal was certainly not carried out. If Alma failed half-way, it may have
    /// been. A 429 is certain only with the name of a threshold (facts/alma.md §8); a conflict, a time-out and a redirect
    /// say nothing.
    pub(super) fn says_not_carried_out(&self) -> bool {
        let certain = match self.status {
            429 => self.has(&["PER_SECOND_THRESHOLD", "DAILY_THRESHOLD"]),
            408 | 409 | 425 | 300..400 => false,
            status => status < 500,
        };
        certain && !self.has(&["INTERNAL_SERVER_ERROR", "GENERAL_ERROR", "402119", "401652"])
    }

    /// The refusal for a message: `HTTP 400, UNAUTHORIZED "API-key not defined …"`.
    pub(super) fn words(&self) -> String {
        let errors: Vec<String> = self.errors.iter().take(3).map(AlmaError::words).collect();
        format!("HTTP {}, {}", self.status, errors.join("; "))
    }

    /// The kind of unread reason this refusal leads to, and the next step.
    pub(super) fn verdict(&self) -> (UnreadKind, &'static str) {
        let names_key = || self.errors.iter().any(|error| error.message.to_lowercase().contains("api key"));
        if self.has(&["DAILY_THRESHOLD"]) {
            (UnreadKind::Limit, DAILY_NEXT)
        } else if self.status == 429 || self.has(&["PER_SECOND_THRESHOLD"]) {
            (UnreadKind::Limit, "wait a minute and check again; other programs use the same calls")
        } else if self.status == 401 {
            (UnreadKind::KeyRefused, KEY_NEXT)
        } else if self.has(&["UNAUTHORIZED"]) {
            (UnreadKind::NotAllowed, AREA_NEXT)
        } else if self.has(&["FORBIDDEN"]) {
            (UnreadKind::NotAllowed, ADDRESS_NEXT)
        } else if self.status == 403 || (self.has(&["INVALID_REQUEST"]) && names_key()) {
            (UnreadKind::KeyRefused, KEY_NEXT)
        } else if self.status >= 500 || self.has(&["INTERNAL_SERVER_ERROR", "GENERAL_ERROR", "ROUTING_ERROR", "402119"])
        {
            (
                UnreadKind::Down,
                "wait a little and check again; for Ex Libris support, note the tracking id if there is one",
            )
        } else {
            (
                UnreadKind::Nonsense,
                "read Alma's words above; for Ex Libris support, note the tracking id if there is one",
            )
        }
    }

    /// This refusal as the reason why a read failed.
    pub(super) fn unread(&self, ask: &HttpRequest) -> UnreadReason {
        let (why, next) = self.verdict();
        let also = match why {
            UnreadKind::NotAllowed if self.has(&["UNAUTHORIZED"]) => {
                ": the key lacks this area, or belongs to another institution or environment"
            }
            _ => "",
        };
        UnreadReason::new(why, format!("{}{also}", ask.words(&self.words())), next)
    }
}

/// The threshold of Alma's that was exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AlmaLimit {
    /// Too many calls in one second. The request was not carried out.
    PerSecond,
    Daily,
    /// HTTP 429 without one of Alma's codes.
    Unnamed,
}

/// The threshold that an answer reports, if any.
pub(super) fn limit(reply: &HttpReply) -> Option<AlmaLimit> {
    if reply.status != 429 && !(reply.body.len() < 4096 && contains(&reply.body, b"_THRESHOLD")) {
        return None;
    }
    let errors = match decode(reply) {
        Body::Json(value) | Body::Xml(value) => errors(&value, &[]),
        _ => Vec::new(),
    };
    let refusal = AlmaRefusal::new(reply.status, errors);
    if refusal.has(&["DAILY_THRESHOLD"]) {
        Some(AlmaLimit::Daily)
    } else if refusal.has(&["PER_SECOND_THRESHOLD"]) {
        Some(AlmaLimit::PerSecond)
    } else {
        (reply.status == 429).then_some(AlmaLimit::Unnamed)
    }
}

fn contains(body: &[u8], what: &[u8]) -> bool {
    body.windows(what.len()).any(|part| part == what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    fn refusal(status: u16, code: &str, message: &str) -> AlmaRefusal {
        let answer =
            json!({"errorsExist": true, "errorList": {"error": [{"errorCode": code, "errorMessage": message}]}});
        AlmaRefusal::new(status, errors(&answer, &[]))
    }

    #[rstest]
    #[case(400, "UNAUTHORIZED", "API-key not defined or not configured to allow this API.", UnreadKind::NotAllowed)]
    #[case(401, "UNAUTHORIZED", "expired", UnreadKind::KeyRefused)]
    #[case(403, "INVALID_REQUEST", "Invalid API Key", UnreadKind::KeyRefused)]
    #[case(400, "INVALID_REQUEST", "Invalid API Key", UnreadKind::KeyRefused)]
    #[case(403, "FORBIDDEN", "IP", UnreadKind::NotAllowed)]
    #[case(429, "PER_SECOND_THRESHOLD", "", UnreadKind::Limit)]
    #[case(429, "DAILY_THRESHOLD", "", UnreadKind::Limit)]
    #[case(200, "DAILY_THRESHOLD", "", UnreadKind::Limit)]
    #[case(500, "INTERNAL_SERVER_ERROR", "", UnreadKind::Down)]
    #[case(400, "40166411", "Param value is invalid.", UnreadKind::Nonsense)]
    fn a_code_means(#[case] status: u16, #[case] code: &str, #[case] message: &str, #[case] why: UnreadKind) {
        assert_eq!(refusal(status, code, message).verdict().0, why);
    }

    #[test]
    fn errors_come_in_several_forms() {
        let older = json!({"errorsExist": "true", "errorList": {"error":
            {"errorCode": 401861, "errorMessage": "User with identifier X was not found. (Tracking ID: E01-1)"}}});
        let told = errors(&older, &[]);
        assert_eq!(told[0].code, "401861");
        assert_eq!(told[0].words(), "401861 \"User with identifier X was not found.\" (tracking id E01-1)");
        assert_eq!(errors(&json!({"errorsExist": true, "errorList": null}), &[]).len(), 1, "the flag alone counts");
        assert_eq!(errors(&json!({"web_service_result": older}), &[]).len(), 1);
        assert!(errors(&json!({"errorsExist": false, "errorList": {"error": []}}), &[]).is_empty());
        assert!(errors(&json!({"partner_details": {}}), &[]).is_empty());
    }

    #[test]
    fn words_hold_no_key_and_no_escape() {
        let key = ApiKey::parse("l8xxsecretsecret".into()).expect("a key");
        let answer = json!({"errorList": {"error": [{"errorCode": "X\u{1b}[2J",
            "errorMessage": "Cannot construct from l8xxsecretsecret\u{7}", "trackingId": "l8xxsecretsecret"}]}});
        let words = AlmaRefusal::new(400, errors(&answer, &[&key])).words();
        assert!(!words.contains("secret") && !words.contains(char::is_control), "{words}");
    }
}
