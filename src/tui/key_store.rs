//! Where keys are kept, as a screen says it.

/// Where keys are kept, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum KeyStore {
    /// Not known yet. Also in practice, where there is nothing to keep.
    #[default]
    Untold,
    Keeps(String),
    /// In no store, for this reason. Typed keys are used until the program ends.
    Nowhere(String),
}

impl KeyStore {
    /// The line shown beside the keys.
    pub fn line(&self) -> Option<String> {
        match self {
            Self::Untold => None,
            Self::Keeps(words) => Some(format!("saved in: {words}")),
            Self::Nowhere(words) => {
                Some(format!("not saved, so keys typed here are used only until you quit: {words}"))
            }
        }
    }
}
