//! What became of a plan.

/// What became of one change, as read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteResult {
    /// Alma has it.
    Written,
    /// Alma kept something else.
    Kept,
    /// Alma refused it, or it was not sent.
    Refused,
    /// It was not written for the sake of another value, or of one that Alma does not name.
    HeldUp,
    /// It could not be read back.
    Unknown,
    /// A person must.
    ByHand,
}

impl WriteResult {
    /// The contract's word; `unknown` is none of its words, and is said in lines for people only.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Kept => "kept",
            Self::Refused | Self::HeldUp => "refused",
            Self::Unknown => "unknown",
            Self::ByHand => "by_hand",
        }
    }

    /// As people say it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::HeldUp => "not set",
            Self::ByHand => "by hand",
            other => other.as_str(),
        }
    }
}
