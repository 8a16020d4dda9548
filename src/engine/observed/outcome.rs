//! The result of reading one thing: found, not there, or could not look.

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

    /// The reason, if it could not be read.
    pub fn unread(&self) -> Option<&UnreadReason> {
        match self {
            Self::Unread(why) => Some(why),
            _ => None,
        }
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
