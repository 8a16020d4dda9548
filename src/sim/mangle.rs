//! Writes an answer as bytes, and corrupts it if a fault says so.
use super::alma::xml_of;
use super::fault::{BodyKind, FaultKind};
use super::http::{Content, Format, SimAnswer};
use super::json::each_string;
use super::request_log::LoggedServer;
use serde_json::Value;

/// The text that a fault plants: colour, a window title, a cursor jump in one C1 byte, a bell, a bidirectional
/// override.
pub(super) const ESCAPES: &str = "\u{1b}[31m\u{1b}]0;planted\u{7}\u{9b}2J\u{8}\r\u{202e}";

/// Fields that [`FaultKind::EscapeSequences`] does not touch: codes and names that a client compares.
const CODES: [&str; 14] = [
    "value",
    "code",
    "errorCode",
    "primary_id",
    "UserName",
    "Username",
    "status",
    "profile_type",
    "environment_type",
    "link",
    "alma_url",
    "external_id",
    "TransactionStatus",
    "ProcessType",
];

/// An answer written as bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bytes {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

/// The answer to send if a fault prevents the request from being carried out.
pub(super) fn instead(kind: &FaultKind, server: LoggedServer) -> Option<SimAnswer> {
    match kind {
        FaultKind::Status { code, body } => Some(bare(*code, *body, server)),
        FaultKind::TooManyPerSecond(_) => {
            Some(stated(429, "PER_SECOND_THRESHOLD", "HTTP requests are more than allowed per second.", server))
        }
        FaultKind::Html => Some(SimAnswer::html(200, "Welcome to the guest network")),
        FaultKind::Redirect(address) => Some(SimAnswer::html(302, "Object moved").with("Location", address)),
        FaultKind::Huge(bytes) => Some(SimAnswer::text(200, "application/json", huge(*bytes))),
        FaultKind::Empty => Some(SimAnswer::empty(200)),
        _ => None,
    }
}

/// A JSON object of about this many bytes.
fn huge(bytes: u64) -> String {
    let padding = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_sub(14);
    format!("{{\"padding\":\"{}\"}}", "x".repeat(padding))
}

fn bare(code: u16, body: BodyKind, server: LoggedServer) -> SimAnswer {
    let format = match body {
        BodyKind::Empty => return SimAnswer::empty(code),
        BodyKind::Html => return SimAnswer::html(code, "Service Unavailable"),
        BodyKind::Json => Format::Json,
        BodyKind::Xml => Format::Xml,
    };
    SimAnswer {
        format,
        ..stated(code, "INTERNAL_SERVER_ERROR", "An error has occurred while processing the request.", server)
    }
}

/// An error in the server's own shape.
fn stated(status: u16, code: &str, message: &str, server: LoggedServer) -> SimAnswer {
    match server {
        LoggedServer::Alma => {
            let error = serde_json::json!({"errorCode": code, "errorMessage": message});
            let body = serde_json::json!({"errorsExist": true, "errorList": {"error": [error]}, "result": null});
            SimAnswer::tree(status, "web_service_result", body)
        }
        LoggedServer::Illiad => SimAnswer::tree(status, "Error", serde_json::json!({"Message": message})),
    }
}

/// Applies a fault to an answer before it is written as bytes.
pub(super) fn spoiled(kind: &FaultKind, server: LoggedServer, mut answer: SimAnswer) -> SimAnswer {
    match kind {
        FaultKind::ServerErrorAfterWrite => bare(500, BodyKind::Json, server),
        FaultKind::EmptyAfterWrite => SimAnswer::empty(answer.status),
        FaultKind::TextAfterWrite => SimAnswer::text(answer.status, "text/plain", "OK".to_owned()),
        FaultKind::StatusAfterWrite(code) => stated(*code, "402119", "General error.", server),
        FaultKind::RefusalAfterWrite(code) => stated(*code, "401607", "The request is invalid.", server),
        FaultKind::Xml => SimAnswer { format: Format::Xml, ..answer },
        FaultKind::ErrorIn200 => SimAnswer { status: if answer.status >= 400 { 200 } else { answer.status }, ..answer },
        FaultKind::ErrorStatus(code) => {
            SimAnswer { status: if answer.status >= 400 { *code } else { answer.status }, ..answer }
        }
        FaultKind::EscapeSequences => {
            match &mut answer.content {
                Content::Tree(_, value) => plant(value),
                Content::Text(_, text) => text.push_str(ESCAPES),
                Content::Empty => {}
            }
            answer
        }
        FaultKind::AnotherValue { at, to } => {
            if let Content::Tree(_, value) = &mut answer.content
                && let Some(there) = value.pointer_mut(at)
            {
                there.clone_from(to);
            }
            answer
        }
        FaultKind::FirstRows(most) => {
            if let Content::Tree(_, value) = &mut answer.content
                && let Some(rows) = rows_of(value)
            {
                rows.truncate(*most);
            }
            answer
        }
        _ => answer,
    }
}

/// The rows of a list: the answer itself, or its first member that is one.
fn rows_of(value: &mut Value) -> Option<&mut Vec<Value>> {
    match value {
        Value::Array(rows) => Some(rows),
        Value::Object(members) => members.values_mut().find_map(Value::as_array_mut),
        _ => None,
    }
}

fn plant(value: &mut Value) {
    each_string(value, &mut |name, text| {
        if !CODES.contains(&name) {
            text.push_str(ESCAPES);
        }
    });
}

/// Writes an answer as bytes.
pub(super) fn written(answer: SimAnswer) -> Bytes {
    let SimAnswer { status, format, mut headers, content } = answer;
    let body = match content {
        Content::Empty => Vec::new(),
        Content::Text(kind, text) => {
            headers.push(("Content-Type", kind.to_owned()));
            text.into_bytes()
        }
        Content::Tree(root, value) => match format {
            Format::Json => {
                headers.push(("Content-Type", "application/json;charset=UTF-8".to_owned()));
                value.to_string().into_bytes()
            }
            Format::Xml => {
                headers.push(("Content-Type", "application/xml;charset=UTF-8".to_owned()));
                xml_of(root, &value)
            }
        },
    };
    Bytes { status, headers, body }
}

/// Applies a fault to an answer's bytes.
pub(super) fn corrupted(kind: &FaultKind, mut bytes: Bytes) -> Bytes {
    match kind {
        FaultKind::HalfBody => bytes.body.truncate(bytes.body.len() / 2),
        FaultKind::InvalidUtf8 => {
            // Insert inside the first quoted text or element, so that the outer shape stays whole.
            let at = bytes.body.len().min(3);
            bytes.body.splice(at..at, [0xff, 0xfe, 0xc3, 0x28]);
        }
        _ => {}
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{ESCAPES, huge, spoiled};
    use crate::sim::fault::FaultKind;
    use crate::sim::http::{Content, SimAnswer};
    use crate::sim::request_log::LoggedServer;
    use serde_json::json;

    #[test]
    fn escapes_go_into_texts_and_spare_codes() {
        let answer = SimAnswer::tree(200, "x", json!({"code": "A", "name": "B", "list": [{"desc": "C"}]}));
        let Content::Tree(_, value) = spoiled(&FaultKind::EscapeSequences, LoggedServer::Alma, answer).content else {
            panic!("a tree")
        };
        assert_eq!(value["code"], "A");
        assert_eq!(value["name"], format!("B{ESCAPES}"));
        assert_eq!(value["list"][0]["desc"], format!("C{ESCAPES}"));
    }

    #[test]
    fn a_huge_body_has_its_size() {
        assert_eq!(huge(5000).len(), 5000);
    }
}
