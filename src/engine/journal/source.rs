//! Where evidence comes from: a paste, or one of four exported lists.
use crate::recipe::{FieldKey, StepId};
use crate::text::clean;
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
