//! The procedure as data: `assets/recipe.toml`, parsed strictly. It is the only list of fields.
//!
//! Everything else is derived from it: guide, form, check, plan, apply, report, sidebar, help and tab order. To add a
//! field, add a row there. Rust changes only for a new kind of expectation, a new resource or a new comparison.
mod agreed;
mod key;
mod parse;
mod types;
mod want;

pub use key::{FieldKey, StepId};
pub use parse::RecipeError;
pub use types::{Channel, Field, Group, MenuPath, Owner, Pointer, Recipe, Resource, Step, Tie, TieKind};
pub use want::{BLANK, CampusValue, Choice, ChoiceExtent, CodeStatus, CodeTable, Expectation, KeySlot};
