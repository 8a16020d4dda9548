//! Where evidence comes from: a paste, or one of four exported lists.
use crate::recipe::{FieldKey, StepId};
use crate::text::clean;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a person showed a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceSource {
    Pasted,
    /// Imported from a file. Holds the file name without its folders.
    File(String),
}

impl fmt::Display for EvidenceSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pasted => f.write_str("pasted"),
            Self::File(name) => write!(f, "from {}", clean(name, 100)),
        }
    }
}

/// What tells a file apart from every other, and how old it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// SHA-256 of the bytes, in hexadecimal digits.
    pub sha256: String,
    /// When the file was last changed, as its folder says. `None` for standard input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
}

/// Who showed a piece of evidence, when, and from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceOrigin {
    pub source: EvidenceSource,
    /// `None` for a paste, and for files imported before their stamps were kept.
    pub stamp: Option<FileStamp>,
    /// The person who showed it.
    pub who: String,
    /// When it was pasted or imported.
    pub when: Timestamp,
}

impl EvidenceOrigin {
    /// The time from which its age counts: the older of the import and the file's own time.
    pub fn since(&self) -> Timestamp {
        let modified = self.stamp.as_ref().and_then(|stamp| stamp.modified);
        modified.map_or(self.when, |modified| modified.min(self.when))
    }

    /// The origin as part of a sentence: `from rules.csv, imported by ada on 2026-11-29`.
    pub fn words(&self) -> String {
        let on = self.when.strftime("%Y-%m-%d");
        let by = match self.who.as_str() {
            // Nobody has recorded what a dry run shows.
            "" => String::new(),
            who => format!(" by {}", clean(who, 64)),
        };
        match &self.source {
            EvidenceSource::Pasted => format!("pasted{by} on {on}"),
            EvidenceSource::File(_) => format!("{}, imported{by} on {on}", self.source),
        }
    }
}

/// A list that can be exported whole, so that we see its other rows too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportedList {
    RotaTemplates,
    RotaRules,
    /// ILLiad's table of routing rules.
    Routing,
    /// ILLiad's table of queues.
    CustomQueues,
}

impl ExportedList {
    /// All lists, in the order of the procedure.
    pub const ALL: [Self; 4] = [Self::RotaTemplates, Self::RotaRules, Self::Routing, Self::CustomQueues];

    /// The list's name as users know it.
    pub fn title(self) -> &'static str {
        match self {
            Self::RotaTemplates => "Rota templates",
            Self::RotaRules => "Rota assignment rules",
            Self::Routing => "Routing",
            Self::CustomQueues => "CustomQueues",
        }
    }

    /// The step that the list belongs to.
    pub fn step(self) -> StepId {
        match self {
            Self::RotaTemplates => StepId::Rota,
            Self::RotaRules => StepId::Rule,
            Self::Routing | Self::CustomQueues => StepId::Illiad,
        }
    }

    /// Whether a row of the list holds the value of this field.
    pub fn covers(self, key: &FieldKey) -> bool {
        let part = match self {
            Self::RotaTemplates => "rota.",
            Self::RotaRules => "rule.",
            Self::Routing => "illiad.routing.",
            Self::CustomQueues => "illiad.queue.",
        };
        key.as_str().starts_with(part)
    }

    /// The key of the finding about the list's other rows.
    pub fn key(self) -> FieldKey {
        let name = match self {
            Self::RotaTemplates | Self::RotaRules => "other_rows",
            Self::Routing => "routing.other_rows",
            Self::CustomQueues => "queue.other_rows",
        };
        FieldKey::new(self.step(), name)
    }
}
