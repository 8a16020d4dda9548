//! Properties of plan, merge and undo, held against records that nobody thought of: unknown members at any depth, nulls, odd
//! types, several profiles, contact information, any order.
mod alma;
mod once;
mod planned;
mod records;
mod undone;
mod unlike;
