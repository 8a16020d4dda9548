//! Tests the schema check itself: it finds planted mistakes and says where each one is.

use serde_json::{Value, json};

use crate::schema::convert::Schema;
use crate::schema::shape::Shape;

fn partner() -> Shape {
    Schema::of(&["rest_contact_info", "rest_notes", "rest_partner"]).root("partner")
}

fn right() -> Value {
    json!({
        "partner_details": {
            "code": "ILLiad", "status": "ACTIVE", "system_type": {"value": "ILLIAD", "desc": "ILLiad"}, "avg_supply_time": 0, "currency": null,
            "borrowing_supported": true,
            "profile_details": {"profile_type": "NCIP", "ncip_details": {"export_to_third_party": "USING_API", "NVTGC": null}}
        },
        "contact_info": {"address": [{"line1": "x", "preferred": true, "address_type": ["claimMail"], "start_date": "2022-01-18Z"}], "email": []},
        "note": [{"content": "x", "creation_date": "2022-01-18Z"}], "link": null
    })
}

#[test]
fn a_right_record_has_no_faults() {
    // The record spells the address type as real answers do, which differs from the schema.
    assert_eq!(partner().faults(&right(), &[]), Vec::<String>::new());
}

#[test]
fn planted_mistakes_are_found_where_they_are() {
    for (at, value) in [
        ("/partner_details/colour", json!("blue")),
        ("/partner_details/avg_supply_time", json!("0")),
        ("/partner_details/avg_supply_time", json!(1.5)),
        ("/partner_details/borrowing_supported", json!("true")),
        ("/partner_details/status", json!("Active")),
        ("/partner_details/system_type", json!("ILLIAD")),
        ("/partner_details/system_type/label", json!("x")),
        ("/partner_details/profile_details/profile_type", json!("ILLIAD")),
        ("/partner_details/profile_details/ncip_details/export_to_third_party", json!("API")),
        ("/partner_details/profile_details/ncip_details/exportUrl", json!("x")),
        ("/contact_info/addresses", json!({"address": []})),
        ("/contact_info/address/0/start_date", json!("18.1.2022")),
        ("/note", json!({"note": []})),
        ("/notes", json!([])),
    ] {
        let mut record = right();
        assert!(partner().faults(&record, &[]).is_empty());
        let (parent, name) = at.rsplit_once('/').expect("a pointer");
        record.pointer_mut(parent).expect("a parent")[name] = value;
        let faults = partner().faults(&record, &[]);
        assert!(faults.len() == 1 && faults[0].starts_with(&format!("{at}:")), "{at}: {faults:?}");
        let allowed = partner().faults(&record, &[at]);
        assert_eq!(
            allowed.is_empty(),
            faults[0].ends_with("unknown field"),
            "only unknown fields can be allowed: {at}"
        );
    }
}

#[test]
fn enumerations_come_from_the_schema_and_from_its_words() {
    let Shape::Object(root) = partner() else { panic!("an object") };
    let Shape::Object(details) = &root["partner_details"] else { panic!("an object") };
    assert_eq!(details["status"], Shape::Words(vec!["INACTIVE".into(), "ACTIVE".into()]));
    let Shape::Object(profiles) = &details["profile_details"] else { panic!("an object") };
    let Shape::Object(ncip) = &profiles["ncip_details"] else { panic!("an object") };
    assert_eq!(ncip["delivery_method"], Shape::Words(vec!["HOLD_FOR_PICKUP".into(), "MAIL_TO_ADDRESS".into()]));
    assert_eq!(
        ncip["request_item_bib_type"],
        Shape::Words(["OCLC", "MMS_ID", "LCCN", "ISBN_ISSN", "TAKEN_FROM_MESSAGE"].map(str::to_owned).to_vec())
    );
    assert_eq!((ncip.len(), &ncip["close_request_on_export"]), (37, &Shape::Flag));
}
