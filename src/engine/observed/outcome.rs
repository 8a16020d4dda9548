//! The outcome of reading one thing: there, not there, or could not look.

/// Why something could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadKind {
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
pub struct UnreadReason {
    /// Which kind.
    pub why: UnreadKind,
    /// What was asked of which host and what came back; free of control characters and of keys.
    pub what: String,
    /// The next thing to do.
    pub next: String,
}

impl UnreadReason {
    /// An unread with its words.
    pub fn new(why: UnreadKind, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { why, what: what.into(), next: next.into() }
    }

    /// Nobody asked for it in this run.
    #[must_use]
    pub fn not_asked() -> Self {
        Self::new(UnreadKind::NotAsked, "not asked for in this run", "check this step")
    }
}

/// The outcome of reading one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observation<T> {
    /// It is there.
    Got(T),
    /// The server said that it is not there.
    NotThere,
    /// Could not look.
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

    /// Why it was not read, if so.
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
