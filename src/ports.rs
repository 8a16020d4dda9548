//! The ports: traits for everything outside that the operations in `drive` need. `io` has one real adapter for each.
//!
//! A read returns `Err` with an [`UnreadReason`], which is an observation and not an exception: a server that is down
//! leads to a verdict. `Ok(None)` means that the server said it does not exist. Writers are separate traits, so a
//! session without a writer cannot write.
use crate::engine::forecast::{PersonFacts, Salt};
use crate::engine::journal::{JournalEntry, JournalEvent, UnreadableLine};
use crate::engine::observed::{
    AlmaUser, CodeRow, Desk, General, IlliadUser, Library, Location, NumberedRequest, PartnerEntry, PartnerRecord,
    RowList, Transaction, UnreadReason, WriteAccess,
};
use crate::engine::probe::{BorrowingRequest, NewBorrowing, NewTransaction, Ours};
use crate::failure::{Failure, FailureKind};
use crate::recipe::{CodeTable, KeySlot};
use crate::secret::ApiKey;
use jiff::Timestamp;
use serde_json::Value;
use std::future::Future;

/// Reads Alma (facts/alma.md §2, §7). Reads are retried after passing faults; see `io::http`.
pub trait AlmaRead: Send + Sync {
    /// The host and port of the proxy between here and Alma, if there is one.
    fn proxy(&self) -> Option<String> {
        None
    }
    /// The institution and its environment: `GET /conf/general`.
    fn general(&self) -> impl Future<Output = Result<General, UnreadReason>> + Send;
    /// All libraries of the zone: `GET /conf/libraries`.
    fn libraries(&self) -> impl Future<Output = Result<Vec<Library>, UnreadReason>> + Send;
    /// `GET /conf/libraries/{library}/locations`. `None` when there is no such library.
    fn locations(&self, library: &str) -> impl Future<Output = Result<Option<Vec<Location>>, UnreadReason>> + Send;
    /// `GET /conf/libraries/{library}/circ-desks/`. `None` when there is no such library.
    fn desks(&self, library: &str) -> impl Future<Output = Result<Option<Vec<Desk>>, UnreadReason>> + Send;
    /// The rows of a code table: `GET /conf/code-tables/{table}`.
    fn code_table(&self, table: CodeTable) -> impl Future<Output = Result<Vec<CodeRow>, UnreadReason>> + Send;
    /// `GET /partners/{code}`. `None` when Alma answers HTTP 400 with code 402118.
    fn partner(&self, code: &str) -> impl Future<Output = Result<Option<PartnerRecord>, UnreadReason>> + Send;
    /// The pages of `GET /partners`, up to a limit.
    fn partners(&self) -> impl Future<Output = Result<RowList<PartnerEntry>, UnreadReason>> + Send;
    /// `POST /partners/operation/test`, which changes no data.
    fn may_write(&self) -> impl Future<Output = Result<WriteAccess, UnreadReason>> + Send;
    /// `GET /users/{id}`. `None` when Alma answers 401861 or 401890. Compare `primary_id`, because a barcode matches
    /// too.
    fn user(&self, id: &str) -> impl Future<Output = Result<Option<AlmaUser>, UnreadReason>> + Send;
}

/// The failure of what needed something that could not be read. Its hint is the reason's next step.
pub(crate) fn failed(kind: FailureKind, why: UnreadReason) -> Failure {
    Failure::new(kind, why.what).in_short(why.short).hint(why.next)
}

/// Why a write was not certainly executed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteFailure {
    /// The write was certainly not executed: the server refused it, or it was never sent.
    Refused {
        failure: Failure,
        /// Alma's error codes, such as `401664`.
        codes: Vec<String>,
        /// The whole refusal, of which the failure's words may leave out the middle. It shows which values are named.
        said: String,
    },
    /// The write may have been executed: a time-out, a 5xx, a broken connection, or an answer that cannot be
    /// understood. Read the record before sending anything else.
    Unknown(Failure),
    /// The server answered with a success, but said nothing that can be understood: an empty body, or one that is damaged or
    /// breaks off. It has probably taken the write, so that a record that does not show it yet is read again later.
    Taken(Failure),
}

impl WriteFailure {
    /// Whether Alma said that too many calls came in one second. The write was not executed, and may be made again.
    pub fn came_too_fast(&self) -> bool {
        let too_fast = |code: &String| code.eq_ignore_ascii_case("PER_SECOND_THRESHOLD");
        matches!(self, Self::Refused { codes, .. } if codes.iter().any(too_fast))
    }

    /// The failure, whichever it is.
    pub fn failure(&self) -> &Failure {
        match self {
            Self::Refused { failure, .. } | Self::Unknown(failure) | Self::Taken(failure) => failure,
        }
    }
}

/// A record to be sent to Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingRecord {
    /// The whole record, with `null` where the export key belongs.
    pub body: Value,
    /// The export key to put there. `None` sends the `null`.
    pub key: Option<ApiKey>,
}

/// Writes Alma's partner record. A write is never retried. After the per-second HTTP 429, which is documented as not
/// executed, whoever made the write from a record reads that again first.
pub trait AlmaWrite: Send + Sync {
    /// Creates the partner: `POST /partners`. Returns the record that Alma answers with, without the export key.
    fn create(&self, record: &OutgoingRecord) -> impl Future<Output = Result<Value, WriteFailure>> + Send;
    /// Replaces the whole record: `PUT /partners/{code}`. Returns the record that Alma answers with, without the export
    /// key.
    fn replace(&self, code: &str, record: &OutgoingRecord) -> impl Future<Output = Result<Value, WriteFailure>> + Send;
    /// Deletes the partner: `DELETE /partners/{code}`.
    fn delete(&self, code: &str) -> impl Future<Output = Result<(), WriteFailure>> + Send;
}

/// Reads ILLiad's Web Platform (facts/illiad.md §1.3).
pub trait IlliadRead: Send + Sync {
    /// The host and port of the proxy between here and ILLiad, if there is one.
    fn proxy(&self) -> Option<String> {
        None
    }
    /// `GET SystemInfo/PlatformVersion`, which needs no key. Returns for example `9.2.2.0`.
    fn version(&self) -> impl Future<Output = Result<String, UnreadReason>> + Send;
    /// `GET SystemInfo/SecurePlatformVersion`, which only tests the key.
    fn key_accepted(&self) -> impl Future<Output = Result<(), UnreadReason>> + Send;
    /// Like [`IlliadRead::key_accepted`], but with the key that Alma is to use, on the same host.
    fn export_key_accepted(&self, key: &ApiKey) -> impl Future<Output = Result<(), UnreadReason>> + Send;
    /// `GET Users/{username}`. `None` when ILLiad answers 404. An account of another name is no answer, so it is unread.
    fn user(&self, username: &str) -> impl Future<Output = Result<Option<IlliadUser>, UnreadReason>> + Send;
    /// `GET Users/ExternalUserId/{id}`. `None` when ILLiad answers 404.
    fn user_by_external_id(&self, id: &str) -> impl Future<Output = Result<Option<IlliadUser>, UnreadReason>> + Send;
    /// Every page of `GET Transaction/UserRequests/{username}`, the newest first. `None` when there is no such user.
    fn user_requests(
        &self,
        username: &str,
    ) -> impl Future<Output = Result<Option<RowList<Transaction>>, UnreadReason>> + Send;
    /// `GET Transaction/{number}`. `None` when ILLiad answers 404. An answer with another number is unread.
    fn transaction(&self, number: i64) -> impl Future<Output = Result<Option<NumberedRequest>, UnreadReason>> + Send;
}

/// Writes to ILLiad's Web Platform, for proofs only. A write is never retried, because a second POST would make a
/// second request.
pub trait IlliadWrite: Send + Sync {
    /// `POST Transaction` with process type Borrowing and request type Loan, without a status. Returns the request with
    /// its number.
    fn create(&self, request: &NewTransaction) -> impl Future<Output = Result<Transaction, WriteFailure>> + Send;
    /// Moves a request of ours to a status: `PUT Transaction/{number}/route`.
    fn route(&self, request: &Ours<Transaction>, status: &str)
    -> impl Future<Output = Result<(), WriteFailure>> + Send;
    /// Adds a note for staff to a request of ours: `POST Transaction/{number}/notes`.
    fn note(&self, request: &Ours<Transaction>, note: &str) -> impl Future<Output = Result<(), WriteFailure>> + Send;
}

/// Whether Alma should create a request despite a block, such as 401604 (the library has the title itself).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestBlocks {
    /// Alma may refuse the request.
    Kept,
    /// Alma creates the request anyway.
    Overridden,
}

/// A patron's borrowing requests in Alma, for proofs only. Writes are never retried.
pub trait AlmaRequests: Send + Sync {
    /// Creates a borrowing request: `POST /users/{patron}/resource-sharing-requests`.
    fn create(
        &self,
        patron: &str,
        request: &NewBorrowing,
        blocks: RequestBlocks,
    ) -> impl Future<Output = Result<BorrowingRequest, WriteFailure>> + Send;
    /// `GET …/{id}`. `None` when Alma knows no such request. An answer with another id is unread.
    fn read(
        &self,
        patron: &str,
        id: &str,
    ) -> impl Future<Output = Result<Option<BorrowingRequest>, UnreadReason>> + Send;
    /// Every page of `GET /users/{patron}/requests`, because Alma has no list of borrowing requests alone.
    fn all(&self, patron: &str) -> impl Future<Output = Result<RowList<BorrowingRequest>, UnreadReason>> + Send;
    /// Cancels a request of ours: `DELETE …/{id}`, without a letter to the patron.
    fn cancel(&self, request: &Ours<BorrowingRequest>) -> impl Future<Output = Result<(), WriteFailure>> + Send;
}

/// Where keys are stored in this run, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreInUse {
    /// For example `Secret Service "Login" (kept on disk)`, `kernel keyring (until reboot)` or `none: …why…`.
    pub words: String,
    /// Whether keys can be stored there.
    pub usable: bool,
    /// How to get a better store, if there may be one.
    pub next: Option<String>,
}

impl StoreInUse {
    /// The store's name and what to do, in one or two sentences.
    pub fn in_full(&self) -> String {
        match &self.next {
            Some(next) => format!("{}. Next: {next}.", self.words),
            None => self.words.clone(),
        }
    }
}

/// Where a key was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOrigin {
    /// The environment variable `LAST_RESORT_…_KEY`.
    Environment,
    /// A file in the folder that `CREDENTIALS_DIRECTORY` names.
    Credential,
    /// A command or a file that the campus file names.
    CampusFile,
    /// The keyring of the operating system.
    Keyring,
    /// Typed by the user, and kept for this run only.
    ThisRun,
}

/// The keys of one campus and environment.
pub trait Keys: Send + Sync {
    /// The key in a slot. `Ok(None)` means that the store works but has no such key.
    fn get(&self, slot: KeySlot) -> Result<Option<(ApiKey, KeyOrigin)>, Failure>;
    /// Keeps a key as long as possible: stores it, or holds it for this run if no store can be used.
    ///
    /// # Errors
    /// Fails when there is a store and it did not take the key. The failure names the store and what to do.
    fn keep(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure> {
        self.set(slot, key)
    }
    /// Stores a key, replacing the one in the slot.
    ///
    /// # Errors
    /// Fails when the store cannot be used or did not take the key. The failure names the store and what to do.
    fn set(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure>;
    /// Removes a key. Returns `false` when there was none.
    fn forget(&self, slot: KeySlot) -> Result<bool, Failure>;
    /// The store that is in use.
    fn store(&self) -> StoreInUse;
}

/// What a read of the journal gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JournalReading {
    /// All whole entries, oldest first.
    pub lines: Vec<JournalEntry>,
    /// The lines that were torn, damaged, or written by a newer version.
    pub unreadable: Vec<UnreadableLine>,
}

/// The journal of what was done, seen and signed off. It is append-only and survives a kill at any byte.
pub trait Journal: Send + Sync {
    /// Appends an entry. It is on disk before this returns.
    fn append(&self, entry: JournalEvent) -> Result<(), Failure>;
    /// Appends several entries, all of them or none.
    fn append_all(&self, entries: Vec<JournalEvent>) -> Result<(), Failure>;
    /// Reads the whole journal; empty if there is no file yet.
    fn read(&self) -> Result<JournalReading, Failure>;
    /// Saves a record without its export key, and returns the name it is saved under. It is on disk before this
    /// returns.
    fn keep_image(&self, image: &Value) -> Result<String, Failure>;
    /// Reads a saved record.
    fn image(&self, name: &str) -> Result<Value, Failure>;
    /// Whether another process is writing for this campus now. An unfinished write in the journal may then still be
    /// running.
    fn written_elsewhere(&self) -> bool;
}

/// Remembers what earlier forecasts read, under salted hashes instead of names. What was kept survives a kill.
pub trait ForecastMemory: Send {
    /// This machine's salt for the campus.
    fn salt(&self) -> &Salt;
    /// The answer kept for a question, and when it was kept.
    fn recall(&self, question: &str) -> Option<(PersonFacts, Timestamp)>;
    /// Keeps the answer to a question.
    fn keep(&mut self, question: &str, facts: PersonFacts, at: Timestamp) -> Result<(), Failure>;
}

/// Tells the time. Tests use a fixed one.
pub trait Clock: Send + Sync {
    /// The current time in UTC.
    fn now(&self) -> Timestamp;
}
