//! Alma's refusals: rule errors with a number, and the gateway's errors with a word (facts/alma.md §8).
use crate::sim::http::{Format, SimAnswer};
use serde_json::{Value, json};

/// A refusal that is not yet an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ErrorReply {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) origin: ErrorOrigin,
}

/// Who refuses. It decides whether there is a tracking id, and the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorOrigin {
    /// A business rule: the format asked for, with a tracking id.
    Rule,
    /// The gateway in front: without a tracking id.
    Gateway,
    /// The gateway, for answers that are always XML.
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

    /// The refusal for a key without the right to this area, or to write in it.
    pub(super) fn unauthorized() -> Self {
        Self {
            status: 400,
            code: "UNAUTHORIZED",
            message: "API-key not defined or not configured to allow this API.".to_owned(),
            origin: ErrorOrigin::GatewayXmlOnly,
        }
    }

    /// The message of Alma's JSON parser for a shape it cannot read (reported by third parties).
    pub(super) fn cannot_construct(class: &str, why: &str) -> Self {
        let message = format!("Cannot construct instance of `com.exlibris.alma.sdk.{class}`: {why}");
        Self { status: 400, code: "BAD_REQUEST", message, origin: ErrorOrigin::Rule }
    }

    pub(super) fn missing(field: &str) -> Self {
        Self::rule("401664", format!("Mandatory field is missing: {field}."))
    }

    /// Makes the answer for this refusal. `number` becomes its tracking id.
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
