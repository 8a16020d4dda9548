//! Reads lists that a person gives: a workbook or a text with separators becomes rows of text.
//!
//! Limits are checked before a file is trusted: its bytes, packed and unpacked, its rows, and the memory of its cells.
mod csv;
mod fault;
mod kind;
mod read;
mod room;
mod text;
mod workbook;

pub use fault::TableFault;
pub use read::{ExportedFile, read_exported, read_sheets, sheets_in};
