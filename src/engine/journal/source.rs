//! Where evidence comes from: a paste, or one of four lists.
use crate::recipe::{FieldKey, StepId};
use crate::text::clean;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where something shown came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceSource {
    /// Pasted into the wizard.
    Pasted,
    /// A file, by its name without its folders.
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

/// A list that can be exported whole, so that its other rows are seen too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportedList {
    /// Alma's rota templates.
    RotaTemplates,
    /// Alma's rota assignment rules.
    RotaRules,
    /// ILLiad's table Routing.
    Routing,
    /// ILLiad's table CustomQueues.
    CustomQueues,
}

impl ExportedList {
    /// All of them, in the procedure's order.
    pub const ALL: [Self; 4] = [Self::RotaTemplates, Self::RotaRules, Self::Routing, Self::CustomQueues];

    /// As people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::RotaTemplates => "Rota templates",
            Self::RotaRules => "Rota assignment rules",
            Self::Routing => "Routing",
            Self::CustomQueues => "CustomQueues",
        }
    }

    /// The step it belongs to.
    #[must_use]
    pub fn step(self) -> StepId {
        match self {
            Self::RotaTemplates => StepId::Rota,
            Self::RotaRules => StepId::Rule,
            Self::Routing | Self::CustomQueues => StepId::Illiad,
        }
    }

    /// Whether a row of it holds the value of this field.
    #[must_use]
    pub fn covers(self, key: &FieldKey) -> bool {
        let part = match self {
            Self::RotaTemplates => "rota.",
            Self::RotaRules => "rule.",
            Self::Routing => "illiad.routing.",
            Self::CustomQueues => "illiad.queue.",
        };
        key.as_str().starts_with(part)
    }

    /// The key of what is to be said of its other rows.
    #[must_use]
    pub fn key(self) -> FieldKey {
        let name = match self {
            Self::RotaTemplates | Self::RotaRules => "other_rows",
            Self::Routing => "routing.other_rows",
            Self::CustomQueues => "queue.other_rows",
        };
        FieldKey::new(self.step(), name)
    }
}
