//! What the procedure wants of a value, before a campus is known.
use super::key::FieldKey;
use crate::site::Stance;
use std::collections::BTreeMap;

/// A code table in Alma (`GET /conf/code-tables/{name}`, facts/alma.md §7).
/// A closed list, so that the recipe cannot ask for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
pub enum CodeTable {
    /// The system types a partner can have.
    PartnerSystemTypes,
    /// User identifier types. The primary identifier may be a special value outside the table.
    UserIdentifierTypes,
    ItemPolicy,
}

impl CodeTable {
    /// All code tables that are used.
    pub const ALL: [Self; 3] = [Self::PartnerSystemTypes, Self::UserIdentifierTypes, Self::ItemPolicy];

    /// Alma's name for the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::PartnerSystemTypes => "PartnerSystemTypes",
            Self::UserIdentifierTypes => "UserIdentifierTypes",
            Self::ItemPolicy => "ItemPolicy",
        }
    }
}

/// A value that comes from the campus file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampusValue {
    /// The Resource Sharing Library as owner, by its code.
    Library,
    /// The same library as pickup library, by an identifier of its own (facts/alma.md §5).
    PickupLibrary,
    /// The circulation desk, by name or code.
    ReceiveDesk,
    Nvtgc,
}

/// The place of an API key in the key store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeySlot {
    /// Alma's API key for the institution zone.
    Alma,
    /// The ILLiad Web Platform key that this program uses.
    Illiad,
    /// The key with which Alma calls ILLiad: the partner parameter "API Key". If empty, the `Illiad` key is used.
    Export,
}

impl KeySlot {
    /// All slots of the key store.
    pub const ALL: [Self; 3] = [Self::Alma, Self::Illiad, Self::Export];

    /// The word used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alma => "alma",
            Self::Illiad => "illiad",
            Self::Export => "export",
        }
    }
}

/// Whether Alma may have more than the entries known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceExtent {
    Closed,
    /// Such as workflows, which a zone or its network zone makes for itself.
    Open,
}

/// One entry of a list in Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The code that Alma stores.
    pub code: String,
    /// The label on the screen and in the procedure.
    pub label: String,
    /// Labels by code, for all known codes, the wanted one included.
    pub all: BTreeMap<String, String>,
    pub extent: ChoiceExtent,
}

/// Whether a text that was agreed on is the code itself, which Alma takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeStatus {
    Code,
    /// It may be a name, whose code nothing shows.
    MaybeName,
}

/// What the procedure wants of a value. `[blank]` means that the field must be empty, not that any value will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// Exactly this text, character by character.
    Text(String),
    Number(i64),
    /// A checkbox, on or off.
    Checked(bool),
    /// One entry of a closed list.
    Choice(Choice),
    /// A row of a code table, by its description.
    Coded {
        table: CodeTable,
        /// The description of the row.
        label: String,
        /// Codes documented to mean this, whether or not the table has them.
        also: Vec<String>,
    },
    /// A location of the Resource Sharing Library, by its name.
    Location(String),
    /// The field must be empty.
    Blank,
    /// The value in the campus file.
    FromSite(CampusValue),
    /// A library, desk or NVTGC that was agreed on instead of the campus file's.
    Instead(CampusValue, String),
    /// A code or name that was agreed on, for which no list is known here.
    Unlisted(String, CodeStatus),
    /// The key in this slot.
    Secret(KeySlot),
    /// A text that contains `{illiad_url}` or `{prefix}`.
    Template(String),
    /// The same value that another field wants.
    SameAs(FieldKey),
    /// Depends on whether the rule is set up ahead of time or live.
    ByStance {
        ahead: String,
        live: String,
    },
}

impl Expectation {
    /// The text wanted under `stance`. `None` if the expectation does not depend on it.
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
