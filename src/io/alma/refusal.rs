//! Parses Alma's refusals (facts/alma.md §8): JSON `errorList`, XML `web_service_result`, gateway codes and rule
//! numbers.
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::io::http::{Body, CodedValue, HttpReply, HttpRequest, Many, RawText, decode};
use crate::io::text;
use crate::secret::ApiKey;
use serde::Deserialize;
use serde_json::Value;

/// Next step when Alma does not accept the key.
pub(super) const KEY_NEXT: &str = "compare the key with the one in Ex Libris's Developer Network (keys expire after a year without use), and set it again: last-resort keys set --slot alma";

/// Next step when the key lacks a right.
const AREA_NEXT: &str = "in Ex Libris's Developer Network, check that the key belongs to this institution and environment (sandbox and production have separate keys), and give it these areas: Partners (read/write to apply), Configuration (read), Users (read)";

/// Next step when Alma does not admit this machine's address.
const ADDRESS_NEXT: &str = "in Ex Libris's Developer Network, check whether the key is restricted to other IP addresses; if so, run this on a machine with one of them";

/// Next step once the day's calls are used up.
pub(super) const DAILY_NEXT: &str =
    "wait until midnight GMT, when Alma's daily limit is reset, or ask the Alma administrator what uses up the calls";

/// One error from Alma, with its texts cleaned for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
struct AlmaError {
    /// For example `402118` or `UNAUTHORIZED`. Alma's codes are texts.
    code: String,
    /// The message at its full length.
    message: String,
    tracking: Option<String>,
}

#[derive(Deserialize)]
struct WireError {
    #[serde(default, rename = "errorCode")]
    code: CodedValue,
    #[serde(default, rename = "errorMessage")]
    message: RawText,
    #[serde(default, rename = "trackingId")]
    tracking: Option<CodedValue>,
}

#[derive(Deserialize)]
struct WireErrors {
    #[serde(default)]
    error: Many<WireError>,
}

impl AlmaError {
    fn from_wire(error: WireError, secrets: &[&ApiKey]) -> Self {
        let message = text::whole_text(&error.message.0, secrets);
        // In the older form, the tracking id is inside the message.
        let (message, older) = match message.split_once("(Tracking ID:") {
            Some((message, id)) => (message.trim().to_owned(), Some(id.trim().trim_end_matches(')').trim().to_owned())),
            None => (message, None),
        };
        let tracking =
            error.tracking.and_then(CodedValue::filled).map(|id| text::cut(&text::server_text(&id, secrets), 60));
        let code = text::cut(&text::server_text(&error.code.value, secrets), 60);
        Self { code, message, tracking: tracking.or(older.map(|id| text::cut(&id, 60))) }
    }

    fn words(&self, message: &str) -> String {
        let code = if self.code.is_empty() { "without code" } else { &self.code };
        let tracking = self.tracking.as_ref().map(|id| format!(" (tracking id {id})")).unwrap_or_default();
        format!("{code} \"{message}\"{tracking}")
    }

    /// The message, with the number by which Alma's documentation names this error.
    fn plain(&self) -> String {
        let is_number = !self.code.is_empty() && self.code.bytes().all(|c| c.is_ascii_digit());
        let number = if is_number { format!("{} ", self.code) } else { String::new() };
        format!("{number}\"{}\"", text::shown_text(self.message.trim()))
    }

    /// Whether the message mentions an API key, in whatever spelling.
    fn mentions_a_key(&self) -> bool {
        let letters: String = self.message.chars().filter(char::is_ascii_alphanumeric).collect();
        letters.to_ascii_lowercase().contains("apikey")
    }

    /// Whether the message says that the key lacks a right.
    fn names_a_right(&self) -> bool {
        self.message.to_ascii_lowercase().contains("configured to allow")
    }

    /// Whether the message mentions an IP address.
    fn mentions_an_address(&self) -> bool {
        self.message.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.eq_ignore_ascii_case("ip"))
    }
}

/// A refusal by Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AlmaRefusal {
    /// The HTTP status. It is 200 if the error came in an answer that claims success.
    status: u16,
    errors: Vec<AlmaError>,
}

impl AlmaRefusal {
    /// The refusal in an answer; `None` if it reports no error. An error flag without a list counts as one error.
    pub(super) fn in_answer(status: u16, answer: &Value, secrets: &[&ApiKey]) -> Option<Self> {
        let answer = answer.get("web_service_result").unwrap_or(answer);
        let flagged = match answer.get("errorsExist") {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(flag)) => flag.trim().eq_ignore_ascii_case("true"),
            _ => false,
        };
        let listed = answer.get("errorList").and_then(|list| list.get("error").map(|_| list).or(Some(list)));
        let listed =
            listed.and_then(|list| WireErrors::deserialize(list).ok()).map(|list| list.error.0).unwrap_or_default();
        let mut errors: Vec<AlmaError> = listed.into_iter().map(|error| AlmaError::from_wire(error, secrets)).collect();
        if errors.is_empty() && flagged {
            let message = "an error without details".to_owned();
            errors.push(AlmaError { code: String::new(), message, tracking: None });
        }
        (!errors.is_empty()).then_some(Self { status, errors })
    }

    /// Whether one of these codes is among the errors.
    pub(super) fn has(&self, codes: &[&str]) -> bool {
        self.errors.iter().any(|error| codes.iter().any(|code| error.code.eq_ignore_ascii_case(code)))
    }

    /// The one rule for "there is no such record": Alma answers as its rules are documented to, and every error has one
    /// of these codes. The same code under another status proves nothing: the server may have failed, or refused the
    /// key, before it looked.
    pub(super) fn says_only(&self, codes: &[&str]) -> bool {
        self.is_by_rule() && self.errors.iter().all(|error| codes.contains(&error.code.as_str()))
    }

    /// Whether this is how Alma refuses by a rule (facts/alma.md §8): HTTP 400, and numbers as codes. Gateways use words. An
    /// error under HTTP 200 is an error, but nobody documents what it says.
    pub(super) fn is_by_rule(&self) -> bool {
        let numbered = |error: &AlmaError| !error.code.is_empty() && error.code.bytes().all(|c| c.is_ascii_digit());
        self.status == 400 && self.errors.iter().all(numbered)
    }

    /// The codes that Alma gave. Errors without a code are left out.
    pub(super) fn codes(&self) -> Vec<String> {
        self.errors.iter().map(|error| error.code.clone()).filter(|code| !code.is_empty()).collect()
    }

    /// Whether a write that got this refusal was certainly not carried out. If Alma failed half-way, it may have
    /// been. A 429 is certain only with the name of a threshold (facts/alma.md §8); a conflict, a time-out, a redirect and an
    /// error under a status of success say nothing.
    pub(super) fn says_not_carried_out(&self) -> bool {
        let certain = match self.status {
            429 => self.has(&["PER_SECOND_THRESHOLD", "DAILY_THRESHOLD"]),
            200..400 | 408 | 409 | 425 => false,
            status => status < 500,
        };
        certain && !self.has(&["INTERNAL_SERVER_ERROR", "GENERAL_ERROR", "402119", "401652"])
    }

    /// The refusal for a message: `HTTP 400, UNAUTHORIZED "API-key not defined …"`.
    pub(super) fn words(&self) -> String {
        let mut errors: Vec<String> =
            self.errors.iter().take(3).map(|error| error.words(&text::shown_text(&error.message))).collect();
        if let Some(more) = self.errors.len().checked_sub(3).filter(|more| *more > 0) {
            errors.push(format!("and {more} more"));
        }
        format!("HTTP {}, {}", self.status, errors.join("; "))
    }

    /// The refusal with every message whole, for the log.
    pub(super) fn in_full(&self) -> String {
        let errors: Vec<String> = self.errors.iter().map(|error| error.words(&error.message)).collect();
        format!("HTTP {}, {}", self.status, errors.join("; "))
    }

    /// Whether a gateway says that it got no key it knows.
    fn misses_a_key(&self) -> bool {
        const GATEWAY: [&str; 5] = ["GENERAL_ERROR", "INVALID_REQUEST", "UNAUTHORIZED", "FORBIDDEN", "ROUTING_ERROR"];
        let refused = matches!(self.status, 401 | 403);
        self.errors.iter().any(|error| {
            let by_gateway = GATEWAY.iter().any(|code| error.code.eq_ignore_ascii_case(code)) && !error.names_a_right();
            error.mentions_a_key() && (refused || by_gateway)
        })
    }

    /// The kind of unread reason this refusal leads to, and the next step. What the messages say counts more than the
    /// codes, because gateways use one code for several things.
    pub(super) fn verdict(&self) -> (UnreadKind, &'static str) {
        let about_address = matches!(self.status, 401 | 403) && self.errors.iter().any(AlmaError::mentions_an_address);
        if self.has(&["DAILY_THRESHOLD"]) {
            (UnreadKind::Limit, DAILY_NEXT)
        } else if self.status == 429 || self.has(&["PER_SECOND_THRESHOLD"]) {
            (UnreadKind::Limit, "wait a minute and check again; other programs share the same limit")
        } else if about_address {
            (UnreadKind::NotAllowed, ADDRESS_NEXT)
        } else if self.status == 401 || self.misses_a_key() {
            (UnreadKind::KeyRefused, KEY_NEXT)
        } else if self.has(&["UNAUTHORIZED"]) {
            (UnreadKind::NotAllowed, AREA_NEXT)
        } else if self.has(&["FORBIDDEN"]) {
            (UnreadKind::NotAllowed, ADDRESS_NEXT)
        } else if self.status == 403 {
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
                "read what Alma answered, in the details; Ex Libris support asks for the tracking id in it",
            )
        }
    }

    /// This refusal as the reason why a read failed. The log gets it whole.
    pub(super) fn unread(&self, ask: &HttpRequest) -> UnreadReason {
        ask.log_reason(&self.in_full());
        let (why, next) = self.verdict();
        let also = match why {
            UnreadKind::NotAllowed if self.has(&["UNAUTHORIZED"]) => {
                ": the key lacks this area, or belongs to another institution or environment"
            }
            _ => "",
        };
        UnreadReason::new(why, format!("{}{also}", ask.words(&self.words())), next).in_short(self.plain())
    }

    /// What it means, in one plain sentence. A refusal by a rule has Alma's own words, which name the value.
    pub(super) fn plain(&self) -> String {
        let (why, next) = self.verdict();
        let named = self.errors.iter().find(|error| !error.message.trim().is_empty());
        match named.filter(|_| why == UnreadKind::Nonsense) {
            Some(error) => format!("Alma refuses this request: {}.", error.plain()),
            None => plain(why, next).to_owned(),
        }
    }
}

/// What a refusal means, in one plain sentence.
pub(super) fn plain(why: UnreadKind, next: &str) -> &'static str {
    match why {
        UnreadKind::NotAllowed if next == ADDRESS_NEXT => "Alma does not accept this key from this machine's address.",
        UnreadKind::NotAllowed => "This key lacks a right in Alma, or belongs to another institution or environment.",
        UnreadKind::Limit if next == DAILY_NEXT => "Today's calls to Alma are used up.",
        UnreadKind::Limit => "Alma is getting too many calls right now.",
        UnreadKind::Down => "Alma answered with an internal error.",
        UnreadKind::Nonsense => "Alma refuses this request.",
        _ => "Alma does not accept this key.",
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
    let refusal = match decode(reply) {
        Body::Json(value) | Body::Xml(value) => AlmaRefusal::in_answer(reply.status, &value, &[]),
        _ => None,
    };
    let has = |code: &str| refusal.as_ref().is_some_and(|refusal| refusal.has(&[code]));
    if has("DAILY_THRESHOLD") {
        Some(AlmaLimit::Daily)
    } else if has("PER_SECOND_THRESHOLD") {
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

    fn told(status: u16, answer: &Value) -> AlmaRefusal {
        AlmaRefusal::in_answer(status, answer, &[]).expect("a refusal")
    }

    fn refusal(status: u16, code: &str, message: &str) -> AlmaRefusal {
        let error = json!([{"errorCode": code, "errorMessage": message}]);
        told(status, &json!({"errorsExist": true, "errorList": {"error": error}}))
    }

    #[rstest]
    #[case(400, "UNAUTHORIZED", "API-key not defined or not configured to allow this API.", UnreadKind::NotAllowed)]
    #[case(401, "UNAUTHORIZED", "expired", UnreadKind::KeyRefused)]
    #[case(403, "INVALID_REQUEST", "Invalid API Key", UnreadKind::KeyRefused)]
    #[case(400, "INVALID_REQUEST", "Invalid API Key", UnreadKind::KeyRefused)]
    #[case(403, "FORBIDDEN", "IP", UnreadKind::NotAllowed)]
    #[case(400, "GENERAL_ERROR", "Gateway: no usable apikey came with this call", UnreadKind::KeyRefused)]
    #[case(500, "GENERAL_ERROR", "The API-Key is missing", UnreadKind::KeyRefused)]
    #[case(403, "FORBIDDEN", "The api key is not known", UnreadKind::KeyRefused)]
    #[case(403, "UNAUTHORIZED", "API-key not defined or not configured to allow this API.", UnreadKind::KeyRefused)]
    #[case(403, "UNAUTHORIZED", "The API key may not be used from this IP address.", UnreadKind::NotAllowed)]
    #[case(400, "GENERAL_ERROR", "An error has occurred.", UnreadKind::Down)]
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
        let error = &told(400, &older).errors[0];
        assert_eq!(error.code, "401861");
        let words = error.words(&error.message);
        assert_eq!(words, "401861 \"User with identifier X was not found.\" (tracking id E01-1)");
        let errors = |answer: &Value| AlmaRefusal::in_answer(400, answer, &[]).map_or(0, |told| told.errors.len());
        assert_eq!(errors(&json!({"errorsExist": true, "errorList": null})), 1, "the flag alone counts");
        assert_eq!(errors(&json!({"web_service_result": older})), 1);
        assert_eq!(errors(&json!({"errorsExist": false, "errorList": {"error": []}})), 0);
        assert_eq!(errors(&json!({"partner_details": {}})), 0);
    }

    #[rstest]
    #[case(400, json!(["402118"]), true)]
    #[case(200, json!(["402118"]), false)]
    #[case(201, json!(["402118"]), false)]
    #[case(401, json!(["402118"]), false)]
    #[case(404, json!(["402118"]), false)]
    #[case(429, json!(["402118"]), false)]
    #[case(500, json!(["402118"]), false)]
    #[case(503, json!(["402118"]), false)]
    #[case(400, json!(["402118", "INTERNAL_SERVER_ERROR"]), false)]
    #[case(400, json!(["402119"]), false)]
    #[case(400, json!([""]), false)]
    fn only_the_documented_answer_means_absent(#[case] status: u16, #[case] codes: Value, #[case] absent: bool) {
        let codes = codes.as_array().expect("codes").iter();
        let errors: Vec<Value> =
            codes.map(|code| json!({"errorCode": code, "errorMessage": "Partner not found."})).collect();
        let answer = json!({"errorsExist": true, "errorList": {"error": errors}});
        assert_eq!(told(status, &answer).says_only(&["402118"]), absent);
    }

    #[test]
    fn an_error_list_without_the_flag_under_200_proves_nothing() {
        let answer = json!({"errorsExist": false, "errorList": {"error": [{"errorCode": "402118"}]}});
        assert!(!told(200, &answer).says_only(&["402118"]));
    }

    #[test]
    fn a_long_message_keeps_its_end_and_is_whole_in_the_log() {
        let message =
            format!("\nvalue not taken ({}->Address[\"start_date\"])\r\n", "through org.example.Kind".repeat(20));
        let refusal = refusal(400, "BAD_REQUEST", &message);
        let words = refusal.words();
        assert!(words.starts_with("HTTP 400, BAD_REQUEST \"value not taken (through"), "{words}");
        assert!(words.ends_with("Address[\"start_date\"])\"") && words.len() < 260, "{words}");
        assert!(refusal.in_full().contains(message.trim()), "{}", refusal.in_full());
    }

    #[test]
    fn no_error_is_left_out_in_silence() {
        let errors: Vec<Value> = (0..5).map(|n| json!({"errorCode": n, "errorMessage": "x"})).collect();
        let refusal = told(400, &json!({"errorList": {"error": errors}}));
        assert!(
            refusal.words().ends_with("; and 2 more") && refusal.in_full().contains("4 \"x\""),
            "{}",
            refusal.words()
        );
    }

    #[test]
    fn words_hold_no_key_and_no_escape() {
        let key = ApiKey::parse("l8xxsecretsecret".into()).expect("a key");
        let answer = json!({"errorList": {"error": [{"errorCode": "X\u{1b}[2J",
            "errorMessage": "Cannot construct from l8xxsecretsecret\u{7}", "trackingId": "l8xxsecretsecret"}]}});
        let words = AlmaRefusal::in_answer(400, &answer, &[&key]).expect("a refusal").words();
        assert!(!words.contains("secret") && !words.contains(char::is_control), "{words}");
    }
}
