//! Imports exported lists: recognises them by their header, finds our own row, and judges the others.
mod cells;
mod columns;
mod illiad;
mod language;
mod list;
mod list_state;
mod read;
mod recognise;
mod rota;
mod rules;

pub use list::{ListReading, OtherRows, OwnRow, ValueReading};
pub use read::read_list;
pub use recognise::{KnownList, UnknownList, recognise_list};
