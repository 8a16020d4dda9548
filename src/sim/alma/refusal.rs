//! Why Alma says no: rule errors by number, and the gateway's by word (facts/alma.md §8).

use serde_json::{Value, json};

use crate::sim::http::{Format, SimAnswer};

/// A refusal, before it is put into an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ErrorReply {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) origin: ErrorOrigin,
}

/// Who refuses: it decides about the tracking id, and about the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorOrigin {
    /// A business rule, in the format asked for, with a tracking id.
    Rule,
    /// The gateway in front, without a tracking id.
    Gateway,
    /// The gateway's answers that are XML whatever was asked for.
    GatewayXmlOnly,
}

impl ErrorReply {
    /// A business rule's refusal: HTTP 400 and a number.
    pub(super) fn rule(code: &'static str, message: impl Into<String>) -> Self {
        Self { status: 400, code, message: message.into(), origin: ErrorOrigin::Rule }
    }

    pub(super) fn gateway(status: u16, code: &'static str, message: &str) -> Self {
        Self { status, code, message: message.to_owned(), origin: ErrorOrigin::Gateway }
    }

    /// The key has no right to this area, or not to write in it.
    pub(super) fn unauthorized() -> Self {
        Self {
            status: 400,
            code: "UNAUTHORIZED",
            message: "API-key not defined or not configured to allow this API.".to_owned(),
            origin: ErrorOrigin::GatewayXmlOnly,
        }
    }

    /// What Alma's JSON reader says of a shape it cannot take (3P).
    pub(super) fn cannot_construct(class: &str, why: &str) -> Self {
        let message = format!("Cannot construct instance of `com.exlibris.alma.sdk.{class}`: {why}");
        Self { status: 400, code: "BAD_REQUEST", message, origin: ErrorOrigin::Rule }
    }

    pub(super) fn missing(field: &str) -> Self {
        Self::rule("401664", format!("Mandatory field is missing: {field}."))
    }

    /// The refusal as an answer; `number` makes its tracking id.
    pub(super) fn answer(self, number: u64) -> SimAnswer {
        let mut error = json!({"errorCode": self.code, "errorMessage": self.message});
        if self.origin == ErrorOrigin::Rule {
            error["trackingId"] =
                Value::String(format!("E01-{:010}-{:05X}-AWAE{}", 2_311_200_000 + number, number * 7919, number));
        }
        let body = json!({"errorsExist": true, "errorList": {"error": [error]}, "result": null});
        let mut answer = SimAnswer::tree(self.status, "web_service_result", body);
        if self.origin == ErrorOrigin::GatewayXmlOnly {
            answer.format = Format::Xml;
        }
        answer
    }
}
