//! What the two systems were last asked with.
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::CampusField;

/// The answers that name a host.
pub(super) const ADDRESSES: [CampusField; 2] = [CampusField::AlmaUrl, CampusField::IlliadUrl];

/// The values that the two systems were last asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemsQuery {
    /// Alma's address, ILLiad's address, the library.
    pub texts: [String; 3],
    /// The campus and its environment, which decide whose stored keys are used.
    pub whose: [String; 2],
    /// The keys that were typed.
    pub keys: Vec<(KeySlot, ApiKey)>,
}

impl SystemsQuery {
    /// Returns whether the system at this address was asked.
    pub fn asks(&self, address: CampusField) -> bool {
        ADDRESSES.iter().position(|slot| *slot == address).is_some_and(|at| !self.texts[at].is_empty())
    }

    pub(super) fn key(&self, slot: KeySlot) -> Option<&ApiKey> {
        self.keys.iter().find(|(of, _)| *of == slot).map(|(_, key)| key)
    }
}
