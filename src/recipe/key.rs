//! The eight steps, and the identity of a value.
use serde::{Deserialize, Serialize};
use std::fmt;

/// A step of the set-up. The five in the middle are the procedure's. `connect` and `patrons` check what must hold
/// first; `prove` comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepId {
    /// Keys, campus, environment and the names the procedure uses.
    Connect,
    /// The EMPLID in Alma equals the username in ILLiad.
    Patrons,
    /// The partner record's General Information tab.
    Partner,
    /// The partner record's Parameters tab.
    Parameters,
    Rota,
    /// The rota assignment rule in Alma.
    Rule,
    /// ILLiad's routing rule and queue.
    Illiad,
    /// Proofs that the set-up works.
    Prove,
}

impl StepId {
    /// All steps, in the order of the procedure. The recipe must have exactly these.
    pub const ALL: [Self; 8] = [
        Self::Connect,
        Self::Patrons,
        Self::Partner,
        Self::Parameters,
        Self::Rota,
        Self::Rule,
        Self::Illiad,
        Self::Prove,
    ];

    /// The word used on the command line, in keys and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Patrons => "patrons",
            Self::Partner => "partner",
            Self::Parameters => "parameters",
            Self::Rota => "rota",
            Self::Rule => "rule",
            Self::Illiad => "illiad",
            Self::Prove => "prove",
        }
    }

    /// The step with this word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == word)
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

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
