//! A value in a condition.

/// A value in SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SqlValue {
    Null,
    Text(String),
    Number(i64),
}
