//! The identity of a value.
use super::step::StepId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `<step>.<key>`, such as `parameters.export.url`. A label is never identity, because labels repeat with opposite
/// meaning ("Supports Borrowing" checked, "Support Borrowing" NOT checked).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldKey(String);

impl FieldKey {
    /// The key of the value `name` in `step`.
    pub fn new(step: StepId, name: &str) -> Self {
        Self(format!("{step}.{name}"))
    }

    /// The full key, with its step.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The step it belongs to, which is the word before the first dot.
    pub fn step(&self) -> Option<StepId> {
        self.0.split_once('.').and_then(|(step, _)| StepId::parse(step))
    }
}

impl fmt::Display for FieldKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for FieldKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}
