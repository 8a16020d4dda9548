//! The ports: what the verbs in `drive` need of the outside, a trait each. `io` has one real adapter for each.
//!
//! A read's `Err` is an [`UnreadReason`], an observation and not an exception: "down" is a verdict. `Ok(None)` means the server said
//! that it is not there. Writers are separate traits: a read-only session owns no writer, so no write can happen.
use crate::engine::forecast::{PersonFacts, Salt};
use crate::engine::observed::{
    AlmaUser, CodeRow, Desk, General, IlliadUser, Library, Location, PartnerRecord, Transaction, UnreadReason,
    WriteAccess,
};
use crate::engine::probe::{BorrowingRequest, NewBorrowing, NewTransaction};
use crate::failure::Failure;
use crate::recipe::{CodeTable, KeySlot};
use crate::secret::ApiKey;
use jiff::Timestamp;
use serde_json::Value;
use std::future::Future;
use std::time::Duration;

/// Reads of Alma (facts/alma.md §2, §7). Reads repeat by themselves on passing faults; see `io::http`.
pub trait AlmaRead: Send + Sync {
    /// `GET /conf/general`.
    fn general(&self) -> impl Future<Output = Result<General, UnreadReason>> + Send;
    /// `GET /conf/libraries`.
    fn libraries(&self) -> impl Future<Output = Result<Vec<Library>, UnreadReason>> + Send;
    /// `GET /conf/libraries/{library}/locations`; `None`: no such library.
    fn locations(&self, library: &str) -> impl Future<Output = Result<Option<Vec<Location>>, UnreadReason>> + Send;
    /// `GET /conf/libraries/{library}/circ-desks/`; `None`: no such library.
    fn desks(&self, library: &str) -> impl Future<Output = Result<Option<Vec<Desk>>, UnreadReason>> + Send;
    /// `GET /conf/code-tables/{table}`.
    fn code_table(&self, table: CodeTable) -> impl Future<Output = Result<Vec<CodeRow>, UnreadReason>> + Send;
    /// `GET /partners/{code}`; `None`: HTTP 400 with 402118.
    fn partner(&self, code: &str) -> impl Future<Output = Result<Option<PartnerRecord>, UnreadReason>> + Send;
    /// `GET /partners`, every page: the codes of partners whose profile is NCIP (of all, where the list does not tell profiles).
    fn ncip_partners(&self) -> impl Future<Output = Result<Vec<String>, UnreadReason>> + Send;
    /// `POST /partners/operation/test`: touches no data.
    fn may_write(&self) -> impl Future<Output = Result<WriteAccess, UnreadReason>> + Send;
    /// `GET /users/{id}`; `None`: 401861 or 401890. Compare `primary_id`: a barcode matches too.
    fn user(&self, id: &str) -> impl Future<Output = Result<Option<AlmaUser>, UnreadReason>> + Send;
}

/// What a write of unknown or refused outcome says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteFailure {
    /// Certainly not executed: the server refused it, or it never left. `codes` are Alma's error codes.
    Refused {
        /// In words.
        failure: Failure,
        /// Alma's error codes, such as `401664`.
        codes: Vec<String>,
    },
    /// Perhaps executed: time-out, 5xx, broken connection, an answer that cannot be understood. Read before anything else is sent.
    Unknown(Failure),
}

/// A record on its way to Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingRecord {
    /// The whole record; `null` where the export key belongs.
    pub body: Value,
    /// The export key to put there; `None` sends the `null` as it stands.
    pub key: Option<ApiKey>,
}

/// Writes of Alma's partner record. Never repeats by itself, but for HTTP 429 per second, which is documented as not executed.
pub trait AlmaWrite: Send + Sync {
    /// `POST /partners`.
    fn create(&self, record: &OutgoingRecord) -> impl Future<Output = Result<(), WriteFailure>> + Send;
    /// `PUT /partners/{code}`: swaps the whole record.
    fn replace(&self, code: &str, record: &OutgoingRecord) -> impl Future<Output = Result<(), WriteFailure>> + Send;
    /// `DELETE /partners/{code}`.
    fn delete(&self, code: &str) -> impl Future<Output = Result<(), WriteFailure>> + Send;
}

/// Reads of ILLiad's Web Platform (facts/illiad.md §1.3).
pub trait IlliadRead: Send + Sync {
    /// `GET SystemInfo/PlatformVersion`, without a key: `9.2.2.0`.
    fn version(&self) -> impl Future<Output = Result<String, UnreadReason>> + Send;
    /// `GET SystemInfo/SecurePlatformVersion`: tests the key and nothing else.
    fn key_accepted(&self) -> impl Future<Output = Result<(), UnreadReason>> + Send;
    /// The same with the key that Alma is to use, on the same host.
    fn export_key_accepted(&self, key: &ApiKey) -> impl Future<Output = Result<(), UnreadReason>> + Send;
    /// `GET Users/{username}`; `None`: 404.
    fn user(&self, username: &str) -> impl Future<Output = Result<Option<IlliadUser>, UnreadReason>> + Send;
    /// `GET Users/ExternalUserId/{id}`; `None`: 404.
    fn user_by_external_id(&self, id: &str) -> impl Future<Output = Result<Option<IlliadUser>, UnreadReason>> + Send;
    /// `GET Transaction/UserRequests/{username}`, the newest first; `None`: no such user.
    fn user_requests(
        &self,
        username: &str,
    ) -> impl Future<Output = Result<Option<Vec<Transaction>>, UnreadReason>> + Send;
    /// `GET Transaction/{number}`; `None`: 404.
    fn transaction(&self, number: i64) -> impl Future<Output = Result<Option<Transaction>, UnreadReason>> + Send;
}

/// Writes of ILLiad's Web Platform, for proofs only. Never repeats by itself: a second POST would be a second request.
pub trait IlliadWrite: Send + Sync {
    /// `POST Transaction`, process type Borrowing, request type Loan, without a status; gives the request with its number.
    fn create(&self, request: &NewTransaction) -> impl Future<Output = Result<Transaction, WriteFailure>> + Send;
    /// `PUT Transaction/{number}/route`.
    fn route(&self, number: i64, status: &str) -> impl Future<Output = Result<(), WriteFailure>> + Send;
    /// `POST Transaction/{number}/notes`, for staff.
    fn note(&self, number: i64, note: &str) -> impl Future<Output = Result<(), WriteFailure>> + Send;
}

/// Whether Alma is asked to create a request though something speaks against it, such as 401604, that the library has the title itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestBlocks {
    /// Respected.
    Kept,
    /// Overridden.
    Overridden,
}

/// A patron's borrowing requests in Alma, for proofs only. Writes never repeat by themselves.
pub trait AlmaRequests: Send + Sync {
    /// `POST /users/{patron}/resource-sharing-requests`.
    fn create(
        &self,
        patron: &str,
        request: &NewBorrowing,
        blocks: RequestBlocks,
    ) -> impl Future<Output = Result<BorrowingRequest, WriteFailure>> + Send;
    /// `GET …/{id}`; `None`: Alma knows no such request.
    fn read(
        &self,
        patron: &str,
        id: &str,
    ) -> impl Future<Output = Result<Option<BorrowingRequest>, UnreadReason>> + Send;
    /// `GET /users/{patron}/requests`, every page: there is no list of borrowing requests alone.
    fn all(&self, patron: &str) -> impl Future<Output = Result<Vec<BorrowingRequest>, UnreadReason>> + Send;
    /// `DELETE …/{id}`, without a letter to the patron.
    fn cancel(&self, patron: &str, id: &str) -> impl Future<Output = Result<(), WriteFailure>> + Send;
}

/// Waiting between two looks.
pub trait Pause: Send + Sync {
    /// Waits that long.
    fn pause(&self, time: Duration) -> impl Future<Output = ()> + Send;
}

/// Where keys are kept for this run, and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreInUse {
    /// In words: `Secret Service "Login" (kept on disk)`, `kernel keyring (until reboot)`, `none: …why…`.
    pub words: String,
    /// Whether keys can be stored there.
    pub usable: bool,
    /// What to do for a better one, where there may be one.
    pub next: Option<String>,
}

impl StoreInUse {
    /// Its name, and what to do, in one sentence or two.
    #[must_use]
    pub fn in_full(&self) -> String {
        match &self.next {
            Some(next) => format!("{}. Next: {next}.", self.words),
            None => self.words.clone(),
        }
    }
}

/// Where a key came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOrigin {
    /// `LAST_RESORT_…_KEY`.
    Environment,
    /// The OS keyring.
    Keyring,
    /// Typed for this run only.
    ThisRun,
}

/// The keys of one campus and environment.
pub trait Keys: Send + Sync {
    /// The key in a slot. `Ok(None)`: the store works and has none.
    ///
    /// # Errors
    /// The store cannot be used; the failure names it and what to do.
    fn get(&self, slot: KeySlot) -> Result<Option<(ApiKey, KeyOrigin)>, Failure>;
    /// Keeps a key as long as it can be: stores it, or holds it for this run where no store can be used.
    ///
    /// # Errors
    /// There is a store, and it did not take the key; the failure names it and what to do.
    fn keep(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure>;
    /// Stores a key.
    ///
    /// # Errors
    /// As above.
    fn set(&self, slot: KeySlot, key: &ApiKey) -> Result<(), Failure>;
    /// Removes a key; `false` where there was none.
    ///
    /// # Errors
    /// As above.
    fn forget(&self, slot: KeySlot) -> Result<bool, Failure>;
    /// Which store serves.
    fn store(&self) -> StoreInUse;
}

/// What was done, seen and attested. Append-only; survives a kill at any byte.
pub trait Journal: Send + Sync {
    /// Appends an entry, on disk before this returns.
    ///
    /// # Errors
    /// The file cannot be written.
    fn append(&self, entry: crate::engine::journal::JournalEvent) -> Result<(), Failure>;
    /// All entries that are whole, oldest first.
    ///
    /// # Errors
    /// The file is there but cannot be read.
    fn read(&self) -> Result<Vec<crate::engine::journal::JournalEntry>, Failure>;
    /// How many of its lines are damaged, and so left out of what is read.
    ///
    /// # Errors
    /// The file is there but cannot be read.
    fn damaged(&self) -> Result<usize, Failure>;
    /// Keeps a record, its export key taken out, on disk before this returns; gives its name.
    ///
    /// # Errors
    /// The file cannot be written.
    fn keep_image(&self, image: &Value) -> Result<String, Failure>;
    /// A record kept before.
    ///
    /// # Errors
    /// It is not there, or not whole.
    fn image(&self, name: &str) -> Result<Value, Failure>;
    /// Whether another process is writing for this campus right now: then a write that nobody ended is still on its way.
    fn written_elsewhere(&self) -> bool;
}

/// What a forecast read before, under salted hashes and never under a name. Whatever was kept survives a kill.
pub trait ForecastMemory: Send {
    /// This machine's salt for the campus.
    fn salt(&self) -> &Salt;
    /// What was kept under this question, and when.
    fn recall(&self, question: &str) -> Option<(PersonFacts, Timestamp)>;
    /// Keeps it.
    ///
    /// # Errors
    /// The file cannot be written.
    fn keep(&mut self, question: &str, facts: PersonFacts, at: Timestamp) -> Result<(), Failure>;
}

/// The time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}
