//! What Alma answered.
use super::outcome::{Observation, UnreadReason};
use crate::recipe::CodeTable;
use crate::secret::ApiKey;
use crate::site::Environment;
use serde_json::Value;
use std::collections::BTreeMap;

/// `GET /conf/general` (rest_general.xsd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct General {
    /// Institution code, `01CUNY_QC`.
    pub institution: String,
    /// Its name, where Alma tells it.
    pub name: Option<String>,
    /// `None` where `environment_type` says neither `production` nor `sandbox`.
    pub environment: Option<Environment>,
}

/// A library of the zone (rest_library.xsd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its internal numeric id, where Alma tells it.
    pub id: Option<String>,
    /// Its `path`, where Alma tells it.
    pub path: Option<String>,
    /// Whether it is flagged as a resource sharing library; `None` where Alma does not say.
    pub resource_sharing: Option<bool>,
}

/// A location of a library (rest_location.xsd), which has no numeric id there (facts/alma.md §5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// An internal id, should Alma tell one.
    pub id: Option<String>,
}

/// A circulation desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A row of a code table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeRow {
    /// Its code.
    pub code: String,
    /// Its description.
    pub description: String,
    /// Whether it may be chosen.
    pub enabled: bool,
}

/// How an answer was written; a record read as XML is compared but never written back, since JSON may lose some of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WireFormat {
    /// JSON, as asked for.
    Json,
    /// XML, though JSON was asked for.
    Xml,
}

/// What the record says of the export key. The key itself never stays in the record's JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportKey {
    /// In clear.
    Clear(ApiKey),
    /// Stars or the like in its place.
    Masked,
    /// Null, empty, or left out: no saying whether one is set.
    Hidden,
}

/// A partner record as Alma sent it, with the export key taken out (`null` in its place, so that the order is kept).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerRecord {
    /// The record, unknown fields and all.
    pub body: Value,
    /// The key that was taken out.
    pub key: ExportKey,
    /// How it came.
    pub wire: WireFormat,
}

impl PartnerRecord {
    /// The code the record carries, which may differ in case from the code asked for.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.body.pointer("/partner_details/code").and_then(Value::as_str)
    }
}

/// Whether a key may write partners (`POST /partners/operation/test`, which touches no data).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteAccess {
    /// Reads and writes.
    ReadWrite,
    /// Reads only.
    ReadOnly,
}

/// A patron in Alma (rest_user.xsd).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmaUser {
    /// The primary identifier, which must be the EMPLID.
    pub primary_id: String,
    /// Codes of the resource sharing libraries the patron is affiliated with.
    pub rs_libraries: Vec<String>,
}

/// What Alma said in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmaObservations {
    /// Institution and environment behind the key.
    pub general: Observation<General>,
    /// All libraries of the zone.
    pub libraries: Observation<Vec<Library>>,
    /// The locations of the Resource Sharing Library.
    pub locations: Observation<Vec<Location>>,
    /// Its desks.
    pub desks: Observation<Vec<Desk>>,
    /// Code tables.
    pub tables: BTreeMap<CodeTable, Observation<Vec<CodeRow>>>,
    /// The partner `ILLiad`.
    pub partner: Observation<PartnerRecord>,
    /// The zone's other NCIP partners, from which identifiers can be learned.
    pub others: Observation<Vec<PartnerRecord>>,
    /// Whether the key may write partners.
    pub may_write: Observation<WriteAccess>,
}

impl Default for AlmaObservations {
    fn default() -> Self {
        Self {
            general: Observation::Unread(UnreadReason::not_asked()),
            libraries: Observation::Unread(UnreadReason::not_asked()),
            locations: Observation::Unread(UnreadReason::not_asked()),
            desks: Observation::Unread(UnreadReason::not_asked()),
            tables: CodeTable::ALL.map(|table| (table, Observation::Unread(UnreadReason::not_asked()))).into(),
            partner: Observation::Unread(UnreadReason::not_asked()),
            others: Observation::Unread(UnreadReason::not_asked()),
            may_write: Observation::Unread(UnreadReason::not_asked()),
        }
    }
}
