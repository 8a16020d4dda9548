//! What the procedure wants of a value, before a campus is known.
use super::key::FieldKey;
use crate::site::Stance;
use std::collections::BTreeMap;

/// A code table of Alma's (`GET /conf/code-tables/{name}`, facts/alma.md §7). Closed, so that data cannot ask for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
pub enum CodeTable {
    /// Which systems a partner may be.
    PartnerSystemTypes,
    /// User identifier types; the primary identifier may be a special value outside the table.
    UserIdentifierTypes,
    /// Item policies.
    ItemPolicy,
}

impl CodeTable {
    /// All that are used.
    pub const ALL: [Self; 3] = [Self::PartnerSystemTypes, Self::UserIdentifierTypes, Self::ItemPolicy];

    /// Alma's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PartnerSystemTypes => "PartnerSystemTypes",
            Self::UserIdentifierTypes => "UserIdentifierTypes",
            Self::ItemPolicy => "ItemPolicy",
        }
    }
}

/// A value that the campus file gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampusValue {
    /// The Resource Sharing Library, as owner: by its code.
    Library,
    /// The same library, as pickup library: by an identifier of its own (facts/alma.md §5).
    PickupLibrary,
    /// The desk, by name or code.
    ReceiveDesk,
    /// ILLiad's NVTGC.
    Nvtgc,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySlot {
    /// Alma's API key of the institution zone.
    Alma,
    /// ILLiad's Web Platform key that this program uses.
    Illiad,
    /// The key Alma uses towards ILLiad: partner parameter "API Key". Where unset, `Illiad` serves.
    Export,
}

impl KeySlot {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Alma, Self::Illiad, Self::Export];

    /// The word on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alma => "alma",
            Self::Illiad => "illiad",
            Self::Export => "export",
        }
    }
}

/// One of a closed list of Alma's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The code Alma keeps.
    pub code: String,
    /// The label the screen shows and the procedure names.
    pub label: String,
    /// All codes known and their labels, the wanted one among them.
    pub all: BTreeMap<String, String>,
}

/// What is wanted. `[blank]` is a demand, not "no opinion".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// This text, letter by letter.
    Text(String),
    /// This number.
    Number(i64),
    /// A checkbox.
    Checked(bool),
    /// One of a closed list.
    Choice(Choice),
    /// A row of a code table, by its description.
    Coded {
        /// Which table.
        table: CodeTable,
        /// The description wanted.
        label: String,
    },
    /// A location of the Resource Sharing Library, by its name.
    Location(String),
    /// Nothing may stand there.
    Blank,
    /// What the campus file says.
    FromSite(CampusValue),
    /// A key.
    Secret(KeySlot),
    /// Text with `{illiad_url}` in it.
    Template(String),
    /// What another field wants.
    SameAs(FieldKey),
    /// By whether the rule is set up ahead of time or live.
    ByStance {
        /// While ahead.
        ahead: String,
        /// Once live.
        live: String,
    },
}

impl Expectation {
    /// The text wanted under `stance`, where the expectation depends on it.
    #[must_use]
    pub fn by_stance(&self, stance: Stance) -> Option<&str> {
        match self {
            Self::ByStance { ahead, live } => Some(match stance {
                Stance::Ahead => ahead,
                Stance::Live => live,
            }),
            _ => None,
        }
    }
}

/// The procedure's word for an empty field.
pub const BLANK: &str = "[blank]";
