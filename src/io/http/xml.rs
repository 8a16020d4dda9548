//! Converts XML answers to the JSON they stand for (facts/alma.md §3.1). Wrapper lists disappear, an element with
//! `desc` becomes `{value, desc}`, and attributes stand beside the children. Texts stay texts; code that compares
//! them does so leniently.
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

/// The deepest nesting of elements. JSON has the same limit.
const DEEPEST: usize = 100;

/// An element that has not been closed yet.
struct OpenElement {
    name: String,
    attributes: Map<String, Value>,
    children: Vec<(String, Value)>,
    text: String,
}

/// Reads a document and returns the root element's name and content.
///
/// # Errors
/// A message that is not cleaned.
pub(super) fn read(text: &str) -> Result<(String, Value), String> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<OpenElement> = Vec::new();
    let mut root = None;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(_) | Event::Empty(_) if root.is_some() => return Err("a second root element".into()),
            Event::Start(_) if open.len() >= DEEPEST => return Err("too many nested elements".into()),
            Event::Start(start) => open.push(opened(&start)?),
            Event::Empty(start) => root = close(opened(&start)?, &mut open),
            Event::End(_) => {
                let done = open.pop().ok_or("an end tag without a start tag")?;
                root = close(done, &mut open);
            }
            Event::Text(text) => push(&mut open, &text.xml10_content()),
            Event::CData(text) => push(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => push(&mut open, &referred(&reference)?),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    if !open.is_empty() {
        return Err("it ends too early".into());
    }
    root.ok_or_else(|| "no root element".into())
}

fn opened(start: &BytesStart<'_>) -> Result<OpenElement, String> {
    let mut attributes = Map::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let full = attribute.key.as_ref();
        if full == "xmlns" || full.starts_with("xmlns:") || full.starts_with("xsi:") {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.insert(attribute.key.local_name().as_ref().to_owned(), Value::String(value.into_owned()));
    }
    let name = start.local_name().as_ref().to_owned();
    Ok(OpenElement { name, attributes, children: Vec::new(), text: String::new() })
}

fn push(open: &mut [OpenElement], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// Resolves a character number or one of XML's five predefined entities. Others would need a document type, which no
/// answer has.
fn referred(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(c) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(c.to_string());
    }
    resolve_predefined_entity(reference).map(str::to_owned).ok_or_else(|| "an unknown entity".into())
}

/// Closes an element: adds it to its parent, or returns it if it is the root.
fn close(done: OpenElement, open: &mut [OpenElement]) -> Option<(String, Value)> {
    let name = done.name.clone();
    let Some(parent) = open.last_mut() else { return Some((name, root_value(done))) };
    if let Some(item) = wrapped(&done).map(str::to_owned) {
        let items = done.children.into_iter().map(|(_, value)| value).collect();
        parent.children.push((item, Value::Array(items)));
    } else {
        parent.children.push((name, value(done)));
    }
    None
}

/// The name of the items, if this element only wraps a list: `<rows><row/><row/></rows>`.
fn wrapped(element: &OpenElement) -> Option<&str> {
    let (first, _) = element.children.first()?;
    let same = element.children.iter().all(|(name, _)| name == first);
    (same && is_plural(&element.name, first)).then_some(first)
}

fn is_plural(many: &str, one: &str) -> bool {
    let ending = |stem: &str, end: &str| many.strip_prefix(stem) == Some(end);
    ending(one, "s") || ending(one, "es") || one.strip_suffix('y').is_some_and(|stem| ending(stem, "ies"))
}

/// A list at the root keeps its items under their name: `<libraries><library/></libraries>` is `{"library": […]}`.
fn root_value(element: OpenElement) -> Value {
    match wrapped(&element).map(str::to_owned) {
        None => value(element),
        Some(item) => {
            let mut fields = element.attributes;
            fields.insert(item, Value::Array(element.children.into_iter().map(|(_, value)| value).collect()));
            Value::Object(fields)
        }
    }
}

fn value(element: OpenElement) -> Value {
    let OpenElement { mut attributes, children, text, .. } = element;
    if !children.is_empty() {
        for (name, child) in children {
            add(&mut attributes, name, child);
        }
        return Value::Object(attributes);
    }
    // Blanks with a line end are layout. Blanks without one may be a value.
    let layout = text.trim().is_empty() && text.contains('\n');
    let text = if text.is_empty() || layout { Value::Null } else { Value::String(text) };
    if attributes.is_empty() {
        return text;
    }
    // An empty list has attributes but no value.
    if !text.is_null() || attributes.contains_key("desc") {
        attributes.insert("value".into(), text);
    }
    Value::Object(attributes)
}

/// Adds a child. A second child of the same name turns the value into a list.
fn add(fields: &mut Map<String, Value>, name: String, child: Value) {
    match fields.get_mut(&name) {
        None => {
            fields.insert(name, child);
        }
        Some(Value::Array(items)) => match child {
            Value::Array(more) => items.extend(more),
            other => items.push(other),
        },
        Some(first) => {
            let first_taken = first.take();
            *first = Value::Array(vec![first_taken, child]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read_ok(text: &str) -> (String, Value) {
        let (root, value) = read(text).expect("XML");
        (root, value)
    }

    #[test]
    fn a_partner_becomes_the_json_it_stands_for() {
        let xml = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<partner link="https://x/ILLiad"><partner_details><code>ILL&#105;ad</code><name>A &amp; B <![CDATA[<C>]]></name><currency/>
<system_type desc="ILLiad">ILLIAD</system_type></partner_details>
<contact_info><addresses><address preferred="true"><line1>1 Main</line1><address_types><address_type>order</address_type></address_types></address></addresses></contact_info>
<notes><note><content>x</content></note><note><content>y</content></note></notes></partner>"#;
        let (root, value) = read_ok(xml);
        assert_eq!(root, "partner");
        assert_eq!(
            value,
            json!({
                "link": "https://x/ILLiad",
                "partner_details": {"code": "ILLiad", "name": "A & B <C>", "currency": null,
                    "system_type": {"desc": "ILLiad", "value": "ILLIAD"}},
                "contact_info": {"address": [{"preferred": "true", "line1": "1 Main", "address_type": ["order"]}]},
                "note": [{"content": "x"}, {"content": "y"}],
            })
        );
    }

    #[test]
    fn lists_at_the_root_keep_their_items() {
        let (_, one) = read_ok("<libraries total_record_count=\"1\"><library><code>Q</code></library></libraries>");
        assert_eq!(one, json!({"total_record_count": "1", "library": [{"code": "Q"}]}));
        let (_, none) = read_ok("<libraries total_record_count=\"0\"/>");
        assert_eq!(none, json!({"total_record_count": "0"}));
    }

    #[test]
    fn errors_are_read_whatever_their_namespace() {
        let xml = "<ns:web_service_result xmlns:ns=\"http://com/exlibris/urm/general/xmlbeans\"><ns:errorsExist>true\
            </ns:errorsExist><ns:errorList><ns:error><ns:errorCode>UNAUTHORIZED</ns:errorCode></ns:error></ns:errorList>\
            </ns:web_service_result>";
        let (root, value) = read_ok(xml);
        assert_eq!(root, "web_service_result");
        assert_eq!(value, json!({"errorsExist": "true", "errorList": {"error": {"errorCode": "UNAUTHORIZED"}}}));
    }

    #[test]
    fn broken_and_hostile_documents_are_refused() {
        for bad in ["<a>", "<a></b>", "<a/><b/>", "just text", "<a>&lol;</a>", &"<a>".repeat(5000)] {
            assert!(read(bad).is_err(), "{bad:.20}");
        }
    }
}
