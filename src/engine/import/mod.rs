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

pub use header::{Recognised, Sheet, Unknown, recognise};
pub use list::{Explained, Others, Ours, Told};
pub use read::told;
