//! Writes JSON objects as the XML they stand for (facts/alma.md §3.1, in reverse).
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::Value;

/// Lists that are bare in JSON and wrapped in XML: the item's name and the wrapper's name.
const WRAPPERS: [(&str, &str); 22] = [
    ("address", "addresses"),
    ("phone", "phones"),
    ("email", "emails"),
    ("address_type", "address_types"),
    ("phone_type", "phone_types"),
    ("email_type", "email_types"),
    ("note", "notes"),
    ("row", "rows"),
    ("user_identifier", "user_identifiers"),
    ("user_role", "user_roles"),
    ("user_block", "user_blocks"),
    ("user_note", "user_notes"),
    ("user_statistic", "user_statistics"),
    ("proxy_for_user", "proxy_for_users"),
    ("rs_library", "rs_libraries"),
    ("parameter", "parameters"),
    ("rs_note", "rs_notes"),
    ("service", "keywords_service"),
    ("delivery", "keywords_delivery"),
    ("queries", "keywords_queries"),
    ("customer_id", "customer_ids"),
    ("library_notice", "library_notices"),
];

/// Fields that are attributes in XML.
const ATTRIBUTES: [&str; 6] =
    ["link", "total_record_count", "preferred", "preferredSMS", "preferred_sms", "segment_type"];

/// The XML namespace of errors.
const ERRORS: &str = "http://com/exlibris/urm/general/xmlbeans";

/// Writes an object as an XML document with this root element.
pub(in crate::sim) fn written(root: &str, value: &Value) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let declaration = BytesDecl::new("1.0", Some("UTF-8"), Some("yes"));
    let done = writer.write_event(Event::Decl(declaration)).and_then(|()| element(&mut writer, root, value));
    debug_assert!(done.is_ok(), "writing to memory does not fail");
    writer.into_inner()
}

type Written = std::io::Result<()>;

fn element(writer: &mut Writer<Vec<u8>>, name: &str, value: &Value) -> Written {
    let mut start = BytesStart::new(name);
    if name == "web_service_result" {
        start.push_attribute(("xmlns", ERRORS));
    }
    let Value::Object(fields) = value else {
        writer.write_event(Event::Start(start))?;
        writer.write_event(Event::Text(BytesText::new(&plain(value))))?;
        return writer.write_event(Event::End(BytesEnd::new(name)));
    };
    let coded = fields.contains_key("value") && fields.keys().all(|k| matches!(k.as_str(), "value" | "desc" | "link"));
    for (key, field) in fields {
        let attribute = ATTRIBUTES.contains(&key.as_str()) || (coded && key == "desc");
        if attribute && !field.is_null() {
            start.push_attribute((key.as_str(), plain(field).as_str()));
        }
    }
    writer.write_event(Event::Start(start))?;
    if coded {
        writer.write_event(Event::Text(BytesText::new(&plain(&fields["value"]))))?;
    } else {
        for (key, field) in fields.iter().filter(|(key, _)| !ATTRIBUTES.contains(&key.as_str())) {
            child(writer, name, key, field)?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

fn child(writer: &mut Writer<Vec<u8>>, parent: &str, key: &str, field: &Value) -> Written {
    let Value::Array(items) = field else {
        return if field.is_null() { Ok(()) } else { element(writer, key, field) };
    };
    let wrapper = WRAPPERS.iter().find(|(item, _)| *item == key).map(|(_, wrapper)| *wrapper);
    let wrapper = wrapper.filter(|wrapper| *wrapper != parent);
    if let Some(wrapper) = wrapper {
        writer.write_event(Event::Start(BytesStart::new(wrapper)))?;
    }
    for item in items {
        element(writer, key, item)?;
    }
    match wrapper {
        Some(wrapper) => writer.write_event(Event::End(BytesEnd::new(wrapper))),
        None => Ok(()),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use serde_json::json;

    #[test]
    fn wrappers_and_attributes_come_back() {
        let partner = json!({
            "link": null,
            "partner_details": {"code": "A&B", "system_type": {"value": "X", "desc": "Ex"}, "currency": null},
            "contact_info": {"address": [{"line1": "1 <Main>", "preferred": true, "address_type": ["order"]}]},
            "note": []
        });
        let xml = String::from_utf8(written("partner", &partner)).expect("UTF-8");
        assert_eq!(
            xml,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><partner><partner_details><code>A&amp;B</code>\
             <system_type desc=\"Ex\">X</system_type></partner_details><contact_info><addresses><address preferred=\"true\">\
             <line1>1 &lt;Main&gt;</line1><address_types><address_type>order</address_type></address_types></address></addresses>\
             </contact_info><notes></notes></partner>"
        );
    }
}
