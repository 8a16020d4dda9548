//! The fields of a partner record, one line each: shape, whether Alma insists on it, and what stands there when nothing was
//! sent (rest_partner.xsd 2022; what is mandatory: its texts, facts/alma.md §3.2 and §3.4).

use serde_json::{Value, json};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Number,
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object of `value` and `desc`; the description comes from here.
    Coded(Source),
    /// An object of its own.
    Block,
}

/// Where the description of a code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Table(&'static str),
    UserIdentifier,
    Library,
    PickupLibrary,
    Location,
    /// Nothing in the zone describes it.
    Nothing,
}

/// Whether Alma insists on a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Mandatory,
    Optional,
}

/// One field.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) need: Need,
}

impl Column {
    /// What a swap-all write leaves where the field was not sent.
    pub(super) fn default(&self) -> Value {
        match (self.name, self.shape) {
            ("avg_supply_time" | "delivery_delay", _) => json!(0),
            ("borrowing_workflow", _) => json!("DEFAULT_BOR_WF"),
            ("lending_workflow", _) => json!("DEFAULT_LEND_WF"),
            (name, Shape::Flag) if !name.starts_with("auto_") => json!(false),
            _ => Value::Null,
        }
    }
}

const fn must(name: &'static str, shape: Shape) -> Column {
    Column {
        name,
        shape,
        need: Need::Mandatory,
    }
}

const fn may(name: &'static str, shape: Shape) -> Column {
    Column {
        name,
        shape,
        need: Need::Optional,
    }
}

const YES_NO_TEXT: Shape = Shape::Word(&["true", "false"]);
const DELIVERY: Shape = Shape::Word(&["HOLD_FOR_PICKUP", "MAIL_TO_ADDRESS"]);

/// `partner_details`.
pub(super) const PARTNER: [Column; 20] = [
    must("code", Shape::Text),
    must("name", Shape::Text),
    must("profile_details", Shape::Block),
    must("status", Shape::Word(&["ACTIVE", "INACTIVE"])),
    must(
        "system_type",
        Shape::Coded(Source::Table("PartnerSystemTypes")),
    ),
    may("avg_supply_time", Shape::Number),
    may("delivery_delay", Shape::Number),
    may("currency", Shape::Text),
    must("borrowing_supported", Shape::Flag),
    may("borrowing_workflow", Shape::Text),
    must("lending_supported", Shape::Flag),
    may("lending_workflow", Shape::Text),
    may("auto_cancel_supported", Shape::Flag),
    may("auto_cancel_reason", Shape::Text),
    may("auto_cancel_time", Shape::Number),
    may("auto_claim_supported", Shape::Flag),
    may("auto_claim_time", Shape::Number),
    may("locate_profile", Shape::Coded(Source::Nothing)),
    may("institution_code", Shape::Text),
    may("holding_code", Shape::Text),
];

/// `ncip_details`.
pub(super) const NCIP: [Column; 37] = [
    must("general_user_id_type", Shape::Coded(Source::UserIdentifier)),
    may("general_loan_period", Shape::Text),
    must("general_pushing_method", Shape::Word(&["openURL", "Link"])),
    may("generalURL_template", Shape::Text),
    may("general_broker_systemURL", Shape::Text),
    must("general_library_owner", Shape::Coded(Source::Library)),
    may("general_enable_service_without_login", YES_NO_TEXT),
    may(
        "request_item_bib_type",
        Shape::Word(&["OCLC", "MMS_ID", "LCCN", "ISBN_ISSN", "TAKEN_FROM_MESSAGE"]),
    ),
    may("request_item_support_borrowing", Shape::Flag),
    may(
        "request_item_pickup_library",
        Shape::Coded(Source::PickupLibrary),
    ),
    may("request_item_location", Shape::Coded(Source::Location)),
    must("check_out_location", Shape::Coded(Source::Location)),
    must(
        "check_out_item_policy",
        Shape::Coded(Source::Table("ItemPolicy")),
    ),
    must("accept_item_location", Shape::Coded(Source::Location)),
    may(
        "accept_item_pickup_library",
        Shape::Coded(Source::PickupLibrary),
    ),
    may("accept_item_automatic_receive", Shape::Flag),
    may("accept_item_receive_desk", Shape::Text),
    may("look_up_user_authentication", YES_NO_TEXT),
    may(
        "export_to_third_party",
        Shape::Word(&["NO", "USING_EMAIL", "USING_API"]),
    ),
    may("export_email_address", Shape::Text),
    may("export_url", Shape::Text),
    may("export_api_key", Shape::Text),
    may("export_request_id_name_tag", Shape::Text),
    may("close_request_on_export", Shape::Flag),
    may("create_user_on_export", Shape::Flag),
    must(
        "export_user_identifier",
        Shape::Coded(Source::UserIdentifier),
    ),
    may("NVTGC", Shape::Text),
    may("status", Shape::Text),
    may("notification_preferences", Shape::Text),
    may(
        "notification_method",
        Shape::Word(&["ELECTRONIC", "PHONE", "MAIL"]),
    ),
    may("delivery_method", DELIVERY),
    may("loan_delivery_method", DELIVERY),
    may("electronic_delivery", Shape::Word(&["YES", "NO"])),
    may("auth_type", Shape::Word(&["DEFAULT", "ILLIAD"])),
    may("request_agency_id", Shape::Text),
    may("transfer_server", Shape::Text),
    may("ncip_send_requester_info", Shape::Flag),
];

/// Profile types, each with the name of its block; two have none in the schema.
pub(super) const PROFILES: [(&str, Option<&str>); 12] = [
    ("ART_EMAIL", Some("art_email_details")),
    ("NCIP", Some("ncip_details")),
    ("ISO", Some("iso_details")),
    ("ISO_18626", Some("iso_18626_details")),
    ("EMAIL", Some("email_details")),
    ("NCIP_P2P", Some("ncip_p2p_details")),
    ("SLNP", None),
    ("EXTERNAL_SYSTEM", None),
    ("BLDSS", Some("bldss_details")),
    ("FULFILLMENT_NETWORK", Some("fulfillment_network_details")),
    ("RAPID", Some("rapid_details")),
    ("INNREACH", Some("innreach_details")),
];
