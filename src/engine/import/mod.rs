//! Lists that were exported to files: recognised by their header, our own row found, the others judged.
mod cells;
mod columns;
mod header;
mod illiad;
mod list;
mod nearest;
mod read;
mod rota;
mod rules;

pub use header::{ExportedSheet, KnownList, UnknownList, recognise_list};
pub use list::{ListReading, OtherRows, OwnRow, ValueReading};
pub use read::read_list;
