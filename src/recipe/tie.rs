//! Two values that must agree though the procedure never says so.
use super::key::FieldKey;

/// How the two must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Letter by letter.
    Equal,
    /// The first names a column; the second is a MatchString that looks into that column of `t`.
    ColumnIn,
}

/// A tie between two fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// How they must agree.
    pub kind: TieKind,
    /// The one.
    pub a: FieldKey,
    /// The other.
    pub b: FieldKey,
    /// What breaks when they do not.
    pub why: String,
}

impl Tie {
    /// Whether two values satisfy it. Alma and ILLiad compare column names without regard to case, names of queues not.
    #[must_use]
    pub fn holds(&self, a: &str, b: &str) -> bool {
        match self.kind {
            TieKind::Equal => a == b,
            TieKind::ColumnIn => {
                let column = format!("t.{a}").to_ascii_lowercase();
                b.to_ascii_lowercase()
                    .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'))
                    .any(|word| word == column)
            }
        }
    }
}
