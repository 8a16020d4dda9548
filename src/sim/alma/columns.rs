//! The fields of a partner record, one line each: the shape, whether Alma requires it, and the value stored if it was
//! not sent (rest_partner.xsd 2022; what is mandatory: its texts, facts/alma.md §3.2 and §3.4).
use serde_json::{Value, json};

/// The kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnShape {
    Text,
    Number,
    Flag,
    /// One of these fixed words.
    Word(&'static [&'static str]),
    /// An object of `value` and `desc`; the description comes from this source.
    Coded(ColumnSource),
    Block,
}

/// The source of a code's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnSource {
    Table(&'static str),
    UserIdentifier,
    Library,
    PickupLibrary,
    Location,
    /// Nothing in the zone describes it.
    Nothing,
}

/// One field of a partner record.
#[derive(Debug)]
pub(super) struct RecordColumn {
    pub(super) name: &'static str,
    pub(super) shape: ColumnShape,
    /// Whether Alma requires the field.
    pub(super) mandatory: bool,
}

impl RecordColumn {
    /// The value that a full replacement stores if the field was not sent.
    pub(super) fn default(&self) -> Value {
        match (self.name, self.shape) {
            ("avg_supply_time" | "delivery_delay", _) => json!(0),
            ("borrowing_workflow", _) => json!("DEFAULT_BOR_WF"),
            ("lending_workflow", _) => json!("DEFAULT_LEND_WF"),
            (name, ColumnShape::Flag) if !name.starts_with("auto_") => json!(false),
            _ => Value::Null,
        }
    }
}

const fn must(name: &'static str, shape: ColumnShape) -> RecordColumn {
    RecordColumn { name, shape, mandatory: true }
}

const fn may(name: &'static str, shape: ColumnShape) -> RecordColumn {
    RecordColumn { name, shape, mandatory: false }
}

const YES_NO_TEXT: ColumnShape = ColumnShape::Word(&["true", "false"]);
const DELIVERY: ColumnShape = ColumnShape::Word(&["HOLD_FOR_PICKUP", "MAIL_TO_ADDRESS"]);

/// The fields of `partner_details`.
pub(super) const PARTNER: [RecordColumn; 20] = [
    must("code", ColumnShape::Text),
    must("name", ColumnShape::Text),
    must("profile_details", ColumnShape::Block),
    must("status", ColumnShape::Word(&["ACTIVE", "INACTIVE"])),
    must("system_type", ColumnShape::Coded(ColumnSource::Table("PartnerSystemTypes"))),
    may("avg_supply_time", ColumnShape::Number),
    may("delivery_delay", ColumnShape::Number),
    may("currency", ColumnShape::Text),
    must("borrowing_supported", ColumnShape::Flag),
    may("borrowing_workflow", ColumnShape::Text),
    must("lending_supported", ColumnShape::Flag),
    may("lending_workflow", ColumnShape::Text),
    may("auto_cancel_supported", ColumnShape::Flag),
    may("auto_cancel_reason", ColumnShape::Text),
    may("auto_cancel_time", ColumnShape::Number),
    may("auto_claim_supported", ColumnShape::Flag),
    may("auto_claim_time", ColumnShape::Number),
    may("locate_profile", ColumnShape::Coded(ColumnSource::Nothing)),
    may("institution_code", ColumnShape::Text),
    may("holding_code", ColumnShape::Text),
];

/// The fields of `ncip_details`.
pub(super) const NCIP: [RecordColumn; 37] = [
    must("general_user_id_type", ColumnShape::Coded(ColumnSource::UserIdentifier)),
    may("general_loan_period", ColumnShape::Text),
    must("general_pushing_method", ColumnShape::Word(&["openURL", "Link"])),
    may("generalURL_template", ColumnShape::Text),
    may("general_broker_systemURL", ColumnShape::Text),
    must("general_library_owner", ColumnShape::Coded(ColumnSource::Library)),
    may("general_enable_service_without_login", YES_NO_TEXT),
    may("request_item_bib_type", ColumnShape::Word(&["OCLC", "MMS_ID", "LCCN", "ISBN_ISSN", "TAKEN_FROM_MESSAGE"])),
    may("request_item_support_borrowing", ColumnShape::Flag),
    may("request_item_pickup_library", ColumnShape::Coded(ColumnSource::PickupLibrary)),
    may("request_item_location", ColumnShape::Coded(ColumnSource::Location)),
    must("check_out_location", ColumnShape::Coded(ColumnSource::Location)),
    must("check_out_item_policy", ColumnShape::Coded(ColumnSource::Table("ItemPolicy"))),
    must("accept_item_location", ColumnShape::Coded(ColumnSource::Location)),
    may("accept_item_pickup_library", ColumnShape::Coded(ColumnSource::PickupLibrary)),
    may("accept_item_automatic_receive", ColumnShape::Flag),
    may("accept_item_receive_desk", ColumnShape::Text),
    may("look_up_user_authentication", YES_NO_TEXT),
    may("export_to_third_party", ColumnShape::Word(&["NO", "USING_EMAIL", "USING_API"])),
    may("export_email_address", ColumnShape::Text),
    may("export_url", ColumnShape::Text),
    may("export_api_key", ColumnShape::Text),
    may("export_request_id_name_tag", ColumnShape::Text),
    may("close_request_on_export", ColumnShape::Flag),
    may("create_user_on_export", ColumnShape::Flag),
    must("export_user_identifier", ColumnShape::Coded(ColumnSource::UserIdentifier)),
    may("NVTGC", ColumnShape::Text),
    may("status", ColumnShape::Text),
    may("notification_preferences", ColumnShape::Text),
    may("notification_method", ColumnShape::Word(&["ELECTRONIC", "PHONE", "MAIL"])),
    may("delivery_method", DELIVERY),
    may("loan_delivery_method", DELIVERY),
    may("electronic_delivery", ColumnShape::Word(&["YES", "NO"])),
    may("auth_type", ColumnShape::Word(&["DEFAULT", "ILLIAD"])),
    may("request_agency_id", ColumnShape::Text),
    may("transfer_server", ColumnShape::Text),
    may("ncip_send_requester_info", ColumnShape::Flag),
];

/// The profile types, each with the name of its block. Two have no block in the schema.
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
