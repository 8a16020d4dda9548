//! Two values that must agree although the procedure never says so.
use super::key::FieldKey;

/// How the two values of a tie must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// The same, character by character.
    Equal,
    /// `a` is a column name, and `b` a MatchString that uses this column of `t`.
    ColumnIn,
}

/// A tie between two fields whose values must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    pub kind: TieKind,
    pub a: FieldKey,
    pub b: FieldKey,
    /// What breaks if they disagree.
    pub why: String,
}

impl Tie {
    /// Whether two values satisfy the tie. We assume that column names ignore case and that queue names do not.
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
