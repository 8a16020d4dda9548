//! The simulator's answers against Ex Libris's own schemas (`tests/spec/*.xsd`), converted to JSON as facts/alma.md §3.1 says.

mod answers;
mod convert;
mod planted;
mod shape;
mod tree;
