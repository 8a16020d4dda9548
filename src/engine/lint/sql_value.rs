//! Values in an SQL condition.

/// An SQL value of one of the supported types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SqlValue {
    Null,
    Text(String),
    Number(i64),
}
