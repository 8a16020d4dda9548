//! What a person showed: a value pasted from a screen, a list exported to a file. It keeps its age.
use super::history::{Entry, Line, Target};
use crate::recipe::{FieldKey, StepId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Where something shown came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Pasted into the wizard.
    Pasted,
    /// A file, by its name without its folders.
    File(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pasted => f.write_str("pasted"),
            Self::File(name) => write!(f, "from {name}"),
        }
    }
}

/// A list that can be exported whole, so that its other rows are seen too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Alma's rota templates.
    RotaTemplates,
    /// Alma's rota assignment rules.
    RotaRules,
    /// ILLiad's table Routing.
    Routing,
    /// ILLiad's table CustomQueues.
    CustomQueues,
}

impl List {
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

/// A value that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownValue {
    /// Of which field.
    pub key: FieldKey,
    /// What stood there.
    pub got: String,
    /// Where it came from.
    pub source: Source,
    /// Who showed it.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

/// A list that was shown whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownList {
    /// Which.
    pub list: List,
    /// What gets in the way in its other rows; nothing where they do not.
    pub troubles: Vec<String>,
    /// Where it came from.
    pub source: Source,
    /// Who showed it.
    pub who: String,
    /// When.
    pub when: Timestamp,
}

/// All that was shown and stands, the newest of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Field by field.
    pub values: Vec<ShownValue>,
    /// List by list.
    pub lists: Vec<ShownList>,
}

impl Shown {
    /// The value shown for a field.
    #[must_use]
    pub fn value(&self, key: &FieldKey) -> Option<&ShownValue> {
        self.values.iter().find(|shown| shown.key == *key)
    }
}

/// What the journal holds of it for these systems. Showing a list replaces all that was shown of the fields it covers.
#[must_use]
pub fn shown(lines: &[Line], now: &Target) -> Shown {
    let mut values: BTreeMap<FieldKey, ShownValue> = BTreeMap::new();
    let mut lists: BTreeMap<List, ShownList> = BTreeMap::new();
    for line in lines {
        let Entry::Shown { target, source, fields, lists: told } = &line.entry else { continue };
        for (key, got) in fields.iter().filter(|(key, _)| target.counts_for(key, now)) {
            let value = ShownValue {
                key: key.clone(),
                got: got.clone(),
                source: source.clone(),
                who: line.by.clone(),
                when: line.at,
            };
            values.insert(key.clone(), value);
        }
        for (list, troubles) in told.iter().filter(|(list, _)| target.counts_for(&list.key(), now)) {
            let shown = ShownList {
                list: *list,
                troubles: troubles.clone(),
                source: source.clone(),
                who: line.by.clone(),
                when: line.at,
            };
            lists.insert(*list, shown);
        }
    }
    Shown { values: values.into_values().collect(), lists: lists.into_values().collect() }
}

/// Whole days between two times; none where the first is the later one.
#[must_use]
pub fn age_in_days(since: Timestamp, now: Timestamp) -> u32 {
    u32::try_from((now.as_second() - since.as_second()).max(0) / 86_400).unwrap_or(u32::MAX)
}
