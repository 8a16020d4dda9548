//! Why a verdict is what it is, whole and in plain sentences.
use super::verdict::Verdict;
use crate::engine::observed::UnreadReason;

impl Verdict {
    /// Why it could not be read, if that is the verdict.
    pub fn unread(&self) -> Option<&UnreadReason> {
        match self {
            Self::Unread(unread) => Some(unread),
            _ => None,
        }
    }

    /// The reason, for verdicts that need one, with the request and the codes.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Unread(unread) => Some(unread.what.clone()),
            Self::Waiting(why) if !why.is_empty() => Some(why.clone()),
            _ => None,
        }
    }

    /// The reason in plain sentences, for verdicts that need one.
    pub fn plain_reason(&self) -> Option<String> {
        match self {
            Self::Unread(unread) => Some(unread.plain().to_owned()),
            other => other.reason(),
        }
    }
}
