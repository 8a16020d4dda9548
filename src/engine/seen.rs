//! What was seen of the two systems, and what could not be: "could not look" is never "missing".
use crate::recipe::{CodeTable, FieldKey, KeySlot};
use crate::secret::{ApiKey, Fingerprint};
use crate::site::Environment;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;

/// Why something could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyUnread {
    /// No key is set here.
    NoKey,
    /// The server does not accept the key (HTTP 401, 403, `UNAUTHORIZED`).
    KeyRefused,
    /// The key works, but lacks the area or the right.
    NotAllowed,
    /// The key belongs to another campus or environment.
    WrongCampus,
    /// Not reached, no answer in time, connection broken.
    Network,
    /// It answers that something went wrong there (5xx).
    Down,
    /// The daily threshold of calls is used up, or the per-second one stayed.
    Limit,
    /// An answer came that cannot be understood (HTML, redirect, cut off, another shape).
    Nonsense,
    /// It was not asked for.
    NotAsked,
}

/// A read that gave nothing: why, in words with host and what came back, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Which kind.
    pub why: WhyUnread,
    /// What was asked of which host and what came back; free of control characters and of keys.
    pub what: String,
    /// The next thing to do.
    pub next: String,
}

impl Unread {
    /// An unread with its words.
    pub fn new(why: WhyUnread, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { why, what: what.into(), next: next.into() }
    }

    /// Nobody asked for it in this run.
    #[must_use]
    pub fn not_asked() -> Self {
        Self::new(WhyUnread::NotAsked, "not asked for in this run", "check this step")
    }
}

/// The outcome of reading one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen<T> {
    /// It is there.
    Got(T),
    /// The server said that it is not there.
    NotThere,
    /// Could not look.
    Unread(Unread),
}

impl<T> Seen<T> {
    /// The value, if it was read.
    pub fn got(&self) -> Option<&T> {
        match self {
            Self::Got(value) => Some(value),
            _ => None,
        }
    }

    /// Why it was not read, if so.
    pub fn unread(&self) -> Option<&Unread> {
        match self {
            Self::Unread(why) => Some(why),
            _ => None,
        }
    }
}

impl<T> From<Result<T, Unread>> for Seen<T> {
    fn from(result: Result<T, Unread>) -> Self {
        match result {
            Ok(value) => Self::Got(value),
            Err(why) => Self::Unread(why),
        }
    }
}

impl<T> From<Result<Option<T>, Unread>> for Seen<T> {
    fn from(result: Result<Option<T>, Unread>) -> Self {
        match result {
            Ok(Some(value)) => Self::Got(value),
            Ok(None) => Self::NotThere,
            Err(why) => Self::Unread(why),
        }
    }
}

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
pub enum Wire {
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
    pub wire: Wire,
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
pub enum MayWrite {
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

/// A user in ILLiad (facts/illiad.md §1.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadUser {
    /// `UserName`.
    pub user_name: String,
    /// `Cleared`.
    pub cleared: Option<String>,
    /// `NVTGC`.
    pub nvtgc: Option<String>,
    /// `Status`; "Created via Alma" where Alma made the account.
    pub status: Option<String>,
}

/// A request in ILLiad, as far as it is needed (facts/illiad.md §1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// `TransactionNumber`.
    pub number: i64,
    /// `TransactionStatus`.
    pub status: String,
    /// `CitedIn`.
    pub cited_in: Option<String>,
    /// `LoanTitle`.
    pub title: Option<String>,
    /// `ProcessType`.
    pub process_type: Option<String>,
}

/// What Alma said in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlmaSeen {
    /// Institution and environment behind the key.
    pub general: Seen<General>,
    /// All libraries of the zone.
    pub libraries: Seen<Vec<Library>>,
    /// The locations of the Resource Sharing Library.
    pub locations: Seen<Vec<Location>>,
    /// Its desks.
    pub desks: Seen<Vec<Desk>>,
    /// Code tables.
    pub tables: BTreeMap<CodeTable, Seen<Vec<CodeRow>>>,
    /// The partner `ILLiad`.
    pub partner: Seen<PartnerRecord>,
    /// The zone's other NCIP partners, from which identifiers can be learned.
    pub others: Seen<Vec<PartnerRecord>>,
    /// Whether the key may write partners.
    pub may_write: Seen<MayWrite>,
}

impl Default for AlmaSeen {
    fn default() -> Self {
        Self {
            general: Seen::Unread(Unread::not_asked()),
            libraries: Seen::Unread(Unread::not_asked()),
            locations: Seen::Unread(Unread::not_asked()),
            desks: Seen::Unread(Unread::not_asked()),
            tables: CodeTable::ALL.map(|table| (table, Seen::Unread(Unread::not_asked()))).into(),
            partner: Seen::Unread(Unread::not_asked()),
            others: Seen::Unread(Unread::not_asked()),
            may_write: Seen::Unread(Unread::not_asked()),
        }
    }
}

/// What ILLiad said in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IlliadSeen {
    /// `SystemInfo/PlatformVersion`, asked without a key: `9.2.2.0`.
    pub version: Seen<String>,
    /// `SystemInfo/SecurePlatformVersion`: whether the key is accepted.
    pub key: Seen<()>,
    /// The same of the key that belongs into Alma's partner: one that ILLiad does not take is never written there.
    pub export_key: Seen<()>,
    /// Requests of the test patron.
    pub requests: Seen<Vec<Transaction>>,
}

impl Default for IlliadSeen {
    fn default() -> Self {
        Self {
            version: Seen::Unread(Unread::not_asked()),
            key: Seen::Unread(Unread::not_asked()),
            export_key: Seen::Unread(Unread::not_asked()),
            requests: Seen::Unread(Unread::not_asked()),
        }
    }
}

/// One EMPLID in both systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatronSeen {
    /// As in the campus file.
    pub emplid: String,
    /// In Alma.
    pub alma: Seen<AlmaUser>,
    /// In ILLiad, under that username.
    pub illiad: Seen<IlliadUser>,
    /// In ILLiad, under that `ExternalUserId`.
    pub by_external_id: Seen<IlliadUser>,
}

/// A person's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Of which field.
    pub key: FieldKey,
    /// What the procedure wanted when it was said; a word given for another value does not count for this one.
    pub want: String,
    /// Who.
    pub who: String,
    /// When.
    pub when: Timestamp,
    /// A remark.
    pub note: Option<String>,
}

/// A person's word that no longer holds: the record it was about, or that the screen names, was deleted or made anew since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    /// Of which field.
    pub key: FieldKey,
    /// Who had said it.
    pub who: String,
    /// By which write.
    pub by: super::history::Verb,
}

/// Everything that was seen, to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// When the reading ended.
    pub at: Timestamp,
    /// Alma's side.
    pub alma: AlmaSeen,
    /// ILLiad's side.
    pub illiad: IlliadSeen,
    /// The sample.
    pub patrons: Vec<PatronSeen>,
    /// What people signed off, newest word per field.
    pub said: Vec<Said>,
    /// Words that no longer hold, because the partner's record went or came since.
    pub voided: Vec<Voided>,
    /// What people showed, newest per field and list.
    pub shown: super::evidence::Shown,
    /// The key that belongs into Alma's partner (slot `export`, else `illiad` where that slot is empty), and from which slot. A slot that
    /// could not be looked into is not an empty one.
    pub export_key: Seen<(KeySlot, ApiKey)>,
    /// The other keys known here, which no value may show either.
    pub other_keys: Vec<ApiKey>,
    /// The key that our own last journaled write set, and when and by whom.
    pub key_written: Option<KeyWritten>,
    /// What was proved, the newest of each half.
    pub proofs: Vec<super::proved::Proof>,
}

/// A journaled write of the export key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWritten {
    /// Of which key.
    pub fingerprint: Fingerprint,
    /// By whom.
    pub who: String,
    /// When.
    pub when: Timestamp,
}
