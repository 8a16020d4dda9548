//! The procedure as data: `assets/recipe.toml`, parsed strictly. It is the only list of fields.
//!
//! Everything else is derived from it: guide, form, check, plan, apply, report, sidebar, help and tab order. To add a
//! field, add a row there. Rust changes only for a new kind of expectation, a new resource or a new comparison.
mod channel;
mod embedded;
mod key;
mod parse;
mod step;
mod tie;
mod types;
mod want;

pub use channel::{Channel, MenuPath, Pointer, Resource};
pub use key::FieldKey;
pub use parse::RecipeError;
pub use step::StepId;
pub use tie::{Tie, TieKind};
pub use types::{Field, Group, Owner, Recipe, Step};
pub use want::{BLANK, CampusValue, Choice, CodeTable, Expectation, KeySlot};
