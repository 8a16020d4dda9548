//! Checks the simulator's answers against Ex Libris's own schemas (`tests/spec/*.xsd`), converted to JSON as
//! described in facts/alma.md §3.1.

mod answers;
mod convert;
mod planted;
mod shape;
mod tree;
