//! Decides what a body is by its content, whatever its label says: JSON, XML, a web page, text, nothing, or garbled.
use super::duplicate_fields::NoDuplicateFields;
use super::page;
use super::reply::HttpReply;
use super::xml;
use crate::io::text;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The parsed body of a reply.
pub(in crate::io) enum Body {
    Json(Value),
    /// XML, converted to the JSON it stands for (facts/alma.md §3.1).
    Xml(Value),
    /// A web page: its words, without its tags.
    Html(String),
    /// Text that is neither JSON nor XML nor a web page.
    Text(String),
    Empty,
    /// Not UTF-8, cut off, or otherwise broken. The text says how.
    Garbled(String),
}

/// Parses the body of a reply.
pub(in crate::io) fn decode(reply: &HttpReply) -> Body {
    let text = match std::str::from_utf8(&reply.body) {
        Ok(text) => text.trim_start_matches('\u{FEFF}').trim(),
        Err(error) => return Body::Garbled(format!("the answer is not UTF-8 from byte {} on", error.valid_up_to())),
    };
    if text.is_empty() {
        return Body::Empty;
    }
    // The label alone does not prove a web page: short texts and JSON are sometimes labelled as HTML too.
    if is_page(text) || (text.starts_with('<') && reply.content_type.contains("html")) {
        return Body::Html(page::words_of(text));
    }
    if text.starts_with('<') {
        return match xml::read(text) {
            Ok((root, _)) if root.eq_ignore_ascii_case("html") => Body::Html(page::words_of(text)),
            Ok((_, value)) => Body::Xml(value),
            Err(why) => Body::Garbled(format!("the answer is broken XML, {}", text::cut(&text::clean(&why), 120))),
        };
    }
    match serde_json::from_str::<Value>(text) {
        Ok(value) => match serde_json::from_str::<NoDuplicateFields>(text) {
            Ok(NoDuplicateFields) => Body::Json(value),
            Err(twice) => Body::Garbled(format!(
                "the answer names a field twice in one object, at line {}, column {}",
                twice.line(),
                twice.column()
            )),
        },
        // We do not pass on the parser's message, because some of its messages repeat the input.
        Err(error) if text.starts_with(['{', '[', '"']) => {
            let how = if error.is_eof() { "ends too early" } else { "is broken JSON" };
            Body::Garbled(format!("the answer {how} at line {}, column {}", error.line(), error.column()))
        }
        Err(_) => Body::Text(text.to_owned()),
    }
}

fn is_page(text: &str) -> bool {
    let begins = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    begins("<!doctype html") || begins("<html")
}

/// Deserializes a value into a type.
///
/// # Errors
/// A message with the path where the shape differs and how. It may repeat a server's text and is not cleaned.
pub(in crate::io) fn shaped<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { "at its root".to_owned() } else { format!("at {path}") };
        format!("the answer has an unexpected form {place}: {}", error.inner())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(content_type: &str, body: &[u8]) -> HttpReply {
        let body = body.to_vec();
        HttpReply {
            status: 200,
            content_type: content_type.to_owned(),
            redirect_host: None,
            retry_after: None,
            calls_left: None,
            body,
        }
    }

    fn kind(content_type: &str, body: &[u8]) -> String {
        match decode(&reply(content_type, body)) {
            Body::Json(value) => format!("json {value}"),
            Body::Xml(value) => format!("xml {value}"),
            Body::Html(_) => "html".into(),
            Body::Text(text) => format!("text {text}"),
            Body::Empty => "empty".into(),
            Body::Garbled(why) => why,
        }
    }

    #[test]
    fn bodies_are_known_by_what_they_are() {
        assert_eq!(kind("application/json", b"\xEF\xBB\xBF {\"a\":1}"), "json {\"a\":1}");
        assert_eq!(kind("application/json", b"<general><a>x</a></general>"), "xml {\"a\":\"x\"}");
        assert_eq!(kind("application/json", b"<!DOCTYPE HTML><p>"), "html");
        assert_eq!(kind("text/html", b"<p>Sign in&nbsp;here<br></p>"), "html");
        assert_eq!(kind("", b"<!-- x --><html><body/></html>"), "html");
        assert_eq!(kind("text/html", b"{\"a\":1}"), "json {\"a\":1}");
        assert_eq!(kind("text/plain", b"ILLiad Platform Version: 9.2.2.0"), "text ILLiad Platform Version: 9.2.2.0");
        assert_eq!(kind("application/json", b" \r\n"), "empty");
    }

    #[test]
    fn garbled_bodies_say_where() {
        assert_eq!(kind("application/json", b"{\"a\": [1,"), "the answer ends too early at line 1, column 9");
        assert_eq!(kind("application/json", b"{\"a\" 1}"), "the answer is broken JSON at line 1, column 6");
        assert_eq!(kind("application/json", b"{\"a\":\"\xff\"}"), "the answer is not UTF-8 from byte 6 on");
        assert!(kind("application/xml", b"<a><b></a>").starts_with("the answer is broken XML"));
    }

    #[test]
    fn a_field_named_twice_is_no_answer() {
        let twice = "the answer names a field twice in one object, at line 1, column ";
        for body in
            [&b"{\"a\":1,\"a\":2}"[..], b"[{\"b\":{\"a\":1.50,\"c\":null,\"a\":2}}]", b"{\"a\":1,\"\\u0061\":2}"]
        {
            assert!(kind("application/json", body).starts_with(twice), "{}", kind("application/json", body));
        }
        let large = b"{\"a\":[{\"b\":123456789012345678901234567890.50},{\"b\":-1}],\"b\":{\"a\":true}}";
        assert!(kind("application/json", large).starts_with("json "));
    }

    #[test]
    fn a_wrong_shape_names_its_path() {
        #[derive(Debug, serde::Deserialize)]
        struct CodeOnly {
            #[expect(dead_code, reason = "only its type matters")]
            code: String,
        }
        let value = serde_json::json!([{"code": "a"}, {"code": 7}]);
        let why = shaped::<Vec<CodeOnly>>(&value).expect_err("a number is no text");
        assert!(why.starts_with("the answer has an unexpected form at [1].code: "), "{why}");
    }
}
