//! What Alma answered.
use super::observation::{Observation, RowList, UnreadReason};
use crate::recipe::CodeTable;
use crate::secret::{ApiKey, KeyMask};
use crate::site::Environment;
use serde_json::Value;
use std::collections::BTreeMap;

/// General settings of the institution, from `GET /conf/general` (rest_general.xsd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct General {
    /// The institution code, for example `01CUNY_QC`.
    pub institution: String,
    pub name: Option<String>,
    /// `None` when `environment_type` is neither `production` nor `sandbox`.
    pub environment: Option<Environment>,
}

/// A library of the institution zone (rest_library.xsd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    pub code: String,
    pub name: String,
    /// The internal numeric id. `None` when Alma leaves it out.
    pub id: Option<String>,
    pub path: Option<String>,
    /// Whether the library is flagged as a resource sharing library. `None` when Alma does not say.
    pub resource_sharing: Option<bool>,
}

/// A location of a library (rest_location.xsd). The schema gives it no numeric id (facts/alma.md §5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    pub code: String,
    pub name: String,
    /// An internal id, in case Alma sends one although the schema has none.
    pub id: Option<String>,
}

/// A circulation desk of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    pub code: String,
    pub name: String,
}

/// One row of an Alma code table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    pub code: String,
    pub description: String,
    /// Whether the row may be chosen in Alma.
    pub enabled: bool,
}

/// The format in which Alma sent a record. A record read as XML is compared but never written back, because the
/// conversion to JSON may lose part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireFormat {
    /// JSON, the format we ask for.
    Json,
    /// XML, although we asked for JSON.
    Xml,
}

/// What the partner record shows of the export key. The key itself never stays in the record's JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportKey {
    /// The whole key, readable.
    Clear(ApiKey),
    /// Asterisks or a similar mask instead of the key.
    Masked(KeyMask),
    /// Null, empty or missing, so we cannot tell whether a key is set.
    Hidden,
}

impl ExportKey {
    /// Whether this key may be the one in Alma: it is, or what a mask leaves visible is not against it.
    pub fn may_be(&self, key: &ApiKey) -> bool {
        match self {
            Self::Clear(there) => there.same_as(key),
            Self::Masked(mask) => mask.may_hide(key),
            Self::Hidden => true,
        }
    }
}

/// A partner record as Alma sent it, with the export key taken out. A `null` takes its place, which keeps the order of
/// the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerRecord {
    /// The whole record, including fields we do not know.
    pub body: Value,
    /// The export key that was taken out of `body`.
    pub key: ExportKey,
    pub wire: WireFormat,
}

impl PartnerRecord {
    /// The partner code in the record. It may differ in case from the code we asked for.
    pub fn code(&self) -> Option<&str> {
        self.body.pointer("/partner_details/code").and_then(Value::as_str)
    }
}

/// Whether an API key may write partners, learned from `POST /partners/operation/test`, which changes no data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteAccess {
    ReadWrite,
    ReadOnly,
}

/// A patron's account in Alma (rest_user.xsd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmaUser {
    /// The primary identifier, which must be the EMPLID.
    pub primary_id: String,
    /// Codes of the resource sharing libraries that the patron is affiliated with.
    pub rs_libraries: Vec<String>,
}

/// A partner as the list of partners shows it (`GET /partners`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerEntry {
    pub code: String,
    pub name: String,
    /// `ACTIVE` or `INACTIVE`. `None` when the list does not tell.
    pub status: Option<String>,
    /// The code and the description of the system behind the partner, as far as the list tells.
    pub system_type: Vec<String>,
    /// For example `NCIP`. `None` when the list does not tell.
    pub profile: Option<String>,
}

/// Everything read from Alma in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmaObservations {
    /// The institution and environment that the API key belongs to.
    pub general: Observation<General>,
    /// All libraries of the zone.
    pub libraries: Observation<Vec<Library>>,
    /// The locations of the Resource Sharing Library.
    pub locations: Observation<Vec<Location>>,
    /// The circulation desks of the Resource Sharing Library.
    pub desks: Observation<Vec<Desk>>,
    pub tables: BTreeMap<CodeTable, Observation<Vec<CodeRow>>>,
    /// The partner with the code `ILLiad`.
    pub partner: Observation<PartnerRecord>,
    /// The list of the zone's partners.
    pub partners: Observation<RowList<PartnerEntry>>,
    /// The zone's other NCIP partners that were read, from which we can learn identifiers.
    pub others: Observation<Vec<PartnerRecord>>,
    /// Why one or more of the other partners could not be read. They may show what the rest does not.
    pub others_gap: Option<UnreadReason>,
    /// Whether the API key may write partners.
    pub may_write: Observation<WriteAccess>,
}

impl Default for AlmaObservations {
    fn default() -> Self {
        Self {
            general: Observation::default(),
            libraries: Observation::default(),
            locations: Observation::default(),
            desks: Observation::default(),
            tables: CodeTable::ALL.map(|table| (table, Observation::default())).into(),
            partner: Observation::default(),
            partners: Observation::default(),
            others: Observation::default(),
            others_gap: None,
            may_write: Observation::default(),
        }
    }
}
