//! A read of one of the two systems, or the reason why it failed.
use crate::recipe::KeySlot;

/// Why something could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadKind {
    /// No API key is stored in this slot.
    NoKey(KeySlot),
    /// The key store cannot be read, or the stored key has the shape of another system's.
    KeyUnfit,
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
    /// What is wrong, in one plain sentence without the request and the codes. `None` where `what` already is one.
    pub short: Option<String>,
}

impl UnreadReason {
    /// Makes a reason from its kind, what happened, and what to do next.
    pub fn new(why: UnreadKind, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { why, what: what.into(), next: next.into(), short: None }
    }

    /// Adds one plain sentence that says the same without the request and the codes.
    pub fn in_short(mut self, sentence: impl Into<String>) -> Self {
        self.short = Some(sentence.into());
        self
    }

    /// What is wrong, in one sentence for a screen.
    pub fn plain(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.what)
    }

    /// The request, status and code that the plain sentence leaves out. `None` if it leaves nothing out.
    pub fn folded(&self) -> Option<&str> {
        self.short.as_ref().map(|_| self.what.as_str())
    }

    /// The same reason within a longer sentence.
    pub fn within(&self, put: impl Fn(&str) -> String) -> Self {
        Self { why: self.why, what: put(&self.what), next: self.next.clone(), short: self.short.as_deref().map(put) }
    }

    /// What is wrong, and what to do about it, for a place in a sentence.
    pub(crate) fn with_next(&self) -> String {
        format!("{}; next: {}", self.plain().trim_end_matches('.'), self.next)
    }

    /// The reason for everything that this run did not ask for.
    pub fn not_asked() -> Self {
        Self::new(UnreadKind::NotAsked, "not part of this run", "check this step")
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
