//! What the two systems answered. "Could not look" is a result of its own and never counts as "missing".
use crate::recipe::CodeTable;
use crate::secret::ApiKey;
use crate::site::Environment;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Why something could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadKind {
    /// No API key is stored.
    NoKey,
    /// The server does not accept the key (HTTP 401, 403, `UNAUTHORIZED`).
    KeyRefused,
    /// The key works, but has no permission for this area or operation.
    NotAllowed,
    /// The key belongs to another campus or environment.
    WrongCampus,
    /// The host was not reached, did not answer in time, or the connection broke.
    Network,
    /// The server reports an error of its own (5xx).
    Down,
    /// The daily limit of API calls is used up, or the per-second limit did not clear after waiting.
    Limit,
    /// The answer cannot be understood: HTML, a redirect, cut off, or an unexpected structure.
    Nonsense,
    /// It cannot be asked about this one name. It can be about others.
    Unaskable,
    /// This run did not ask for it.
    NotAsked,
}

/// Why a read failed and what to do about it, in words for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadReason {
    pub why: UnreadKind,
    /// What was asked of which host, and what came back. Holds no control characters and no keys.
    pub what: String,
    /// What the user should do next.
    pub next: String,
}

impl UnreadReason {
    /// Makes a reason from its kind, what happened, and what to do next.
    pub fn new(why: UnreadKind, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { why, what: what.into(), next: next.into() }
    }

    /// The reason for everything that this run did not ask for.
    pub fn not_asked() -> Self {
        Self::new(UnreadKind::NotAsked, "not asked for in this run", "check this step")
    }
}

/// The result of reading one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation<T> {
    Got(T),
    /// The server said that it does not exist.
    NotThere,
    /// We could not look, so it may or may not exist.
    Unread(UnreadReason),
}

impl<T> Observation<T> {
    /// The value, if it was read.
    pub fn got(&self) -> Option<&T> {
        match self {
            Self::Got(value) => Some(value),
            _ => None,
        }
    }

    /// The same result with another value.
    pub(crate) fn map<U>(&self, other: impl FnOnce(&T) -> U) -> Observation<U> {
        match self {
            Self::Got(value) => Observation::Got(other(value)),
            Self::NotThere => Observation::NotThere,
            Self::Unread(why) => Observation::Unread(why.clone()),
        }
    }

    /// The reason, if it could not be read.
    pub fn unread(&self) -> Option<&UnreadReason> {
        match self {
            Self::Unread(why) => Some(why),
            _ => None,
        }
    }
}

impl<T> Observation<Vec<T>> {
    /// The rows that were read, none otherwise.
    pub(crate) fn rows(&self) -> &[T] {
        self.got().map(Vec::as_slice).unwrap_or_default()
    }
}

impl<T> Default for Observation<T> {
    /// Not asked for in this run.
    fn default() -> Self {
        Self::Unread(UnreadReason::not_asked())
    }
}

impl<T> From<Result<T, UnreadReason>> for Observation<T> {
    fn from(result: Result<T, UnreadReason>) -> Self {
        match result {
            Ok(value) => Self::Got(value),
            Err(why) => Self::Unread(why),
        }
    }
}

impl<T> From<Result<Option<T>, UnreadReason>> for Observation<T> {
    fn from(result: Result<Option<T>, UnreadReason>) -> Self {
        match result {
            Ok(Some(value)) => Self::Got(value),
            Ok(None) => Self::NotThere,
            Err(why) => Self::Unread(why),
        }
    }
}

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
    Masked,
    /// Null, empty or missing, so we cannot tell whether a key is set.
    Hidden,
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

/// Whether a list was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListEnd {
    Reached,
    /// There are more rows, which were not looked at.
    NotReached,
}

/// The zone's partners, as far as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerList {
    pub rows: Vec<PartnerEntry>,
    pub end: ListEnd,
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
    pub partners: Observation<PartnerList>,
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

/// A user in ILLiad (facts/illiad.md §1.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadUser {
    pub user_name: String,
    pub cleared: Option<String>,
    pub nvtgc: Option<String>,
    /// "Created via Alma" when Alma created the account.
    pub status: Option<String>,
    pub fill: AccountFill,
}

/// Whether an account has more than a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AccountFill {
    #[default]
    Whole,
    /// The fields of the person are there, and empty.
    NameOnly,
}

/// What an ILLiad account can be used for, as its record shows (facts/illiad.md §1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Cleared, so it takes requests.
    Usable,
    /// New or not cleared yet, which does not stop requests.
    NotCleared,
    /// Merged into another account or replaced by one (`Cleared` DIS).
    Disavowed,
    /// Blocked by staff (`Cleared` begins with B).
    Blocked,
    /// A name and hardly anything else.
    HalfEmpty,
    /// `Cleared` has a value that we do not know.
    NotKnown,
}

impl IlliadUser {
    /// What the account can be used for.
    pub fn state(&self) -> AccountState {
        let cleared = self.cleared.as_deref().unwrap_or_default().trim().to_ascii_uppercase();
        match (cleared.as_str(), self.fill) {
            ("DIS", _) => AccountState::Disavowed,
            (word, _) if word.starts_with('B') => AccountState::Blocked,
            ("", _) | (_, AccountFill::NameOnly) => AccountState::HalfEmpty,
            ("YES", _) => AccountState::Usable,
            ("NO" | "NEW", _) => AccountState::NotCleared,
            _ => AccountState::NotKnown,
        }
    }
}

impl AccountState {
    /// What keeps the account from taking requests, in words. `None` if nothing does.
    pub fn trouble(self) -> Option<&'static str> {
        match self {
            Self::Usable | Self::NotCleared => None,
            Self::Disavowed => Some("is disavowed (Cleared is DIS: merged away or replaced), so it takes no requests"),
            Self::Blocked => Some("is blocked (Cleared begins with B), so it takes no requests"),
            Self::HalfEmpty => Some("has hardly more than a name, and whether it takes requests is not known"),
            Self::NotKnown => {
                Some("has a value of Cleared that is not known here, so whether it takes requests is not known")
            }
        }
    }
}

/// A request in ILLiad, with only the columns we need (facts/illiad.md §1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    pub number: i64,
    pub status: String,
    /// The username of the patron whose request it is.
    pub username: Option<String>,
    pub cited_in: Option<String>,
    /// From ILLiad's column `LoanTitle`.
    pub title: Option<String>,
    pub process_type: Option<String>,
    /// When it was made, by the clock of ILLiad's server. ILLiad does not say in which time zone (facts/illiad.md §1.4).
    pub created: Option<DateTime>,
}

/// Whether a list was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListExtent {
    Whole,
    /// Rows may be missing, so what is not in the list may still exist. Holds the reason.
    Cut(String),
}

/// What was read of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowList<T> {
    pub rows: Vec<T>,
    pub extent: ListExtent,
}

impl<T> From<Vec<T>> for RowList<T> {
    /// A list that was read to its end.
    fn from(rows: Vec<T>) -> Self {
        Self { rows, extent: ListExtent::Whole }
    }
}

/// Everything read from ILLiad in one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IlliadObservations {
    /// From `SystemInfo/PlatformVersion`, which needs no key, for example `9.2.2.0`.
    pub version: Observation<String>,
    /// From `SystemInfo/SecurePlatformVersion`: whether ILLiad accepts our API key.
    pub key: Observation<()>,
    /// Whether ILLiad accepts the export key that goes into Alma's partner. A key that ILLiad refuses is never written
    /// there.
    pub export_key: Observation<()>,
    /// Requests of the test patron.
    pub requests: Observation<RowList<Transaction>>,
}

/// The accounts of one EMPLID in Alma and ILLiad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronObservation {
    /// The EMPLID as written in the campus file.
    pub emplid: String,
    pub alma: Observation<AlmaUser>,
    /// The ILLiad user whose `UserName` is the EMPLID.
    pub illiad: Observation<IlliadUser>,
    /// The ILLiad user whose `ExternalUserId` is the EMPLID.
    pub by_external_id: Observation<IlliadUser>,
}
