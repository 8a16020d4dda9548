//! The result of each change after a plan was applied.

/// The result of one change, as read back from Alma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WriteResult {
    /// Alma now has the new value.
    Written,
    /// Alma kept or stored another value.
    Kept,
    /// Alma refused it, or it was not sent.
    Refused,
    /// Not written because Alma refused the record for another value, which it may not name.
    HeldUp,
    /// The record could not be read back.
    Unknown,
    /// A person must enter it.
    ByHand,
}

impl WriteResult {
    /// JSON value. `unknown` never appears in JSON, only in human output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Kept => "kept",
            Self::Refused | Self::HeldUp => "refused",
            Self::Unknown => "unknown",
            Self::ByHand => "by_hand",
        }
    }

    /// The result in words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::HeldUp => "not set",
            Self::ByHand => "by hand",
            other => other.as_str(),
        }
    }
}
