//! Properties of plan, merge and undo on randomly changed records: unknown members at any depth, nulls, unexpected
//! types, several profiles, contact information, any order.
mod alma;
mod not_ours;
mod once;
mod planned;
mod records;
mod undone;
mod unlike;
