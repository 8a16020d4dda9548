//! Where keys are kept, as far as a screen tells it.

/// Where keys are kept, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum KeyStore {
    /// Not known yet; and in practice, where there is nothing to keep.
    #[default]
    Untold,
    /// In this one.
    Keeps(String),
    /// In none, for this reason: what is typed serves until the program is left.
    Nowhere(String),
}

impl KeyStore {
    /// Its line beside the keys.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        match self {
            Self::Untold => None,
            Self::Keeps(words) => Some(format!("kept in: {words}")),
            Self::Nowhere(words) => Some(format!("kept nowhere, so keys typed here serve until you leave: {words}")),
        }
    }
}
