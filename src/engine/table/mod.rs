//! Lists that were exported to files: recognised by their header, our own row found, the others judged.
mod cells;
mod columns;
mod header;
mod illiad;
mod lines;
mod nearest;
mod rota;
mod rules;
mod told;

pub use header::{Recognised, Sheet, Unknown, recognise};
pub use lines::{ImportJson, Imported, import_json, import_lines};
pub use told::{Explained, Others, Ours, Told, told};
