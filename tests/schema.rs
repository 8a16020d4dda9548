//! The simulator's answers against Ex Libris's own schemas (`tests/spec/*.xsd`), converted to JSON as facts/alma.md §3.1 says.

#[path = "schema/answers.rs"]
mod answers;
#[path = "schema/convert.rs"]
mod convert;
#[path = "schema/planted.rs"]
mod planted;
#[path = "schema/shape.rs"]
mod shape;
#[path = "schema/tree.rs"]
mod tree;
