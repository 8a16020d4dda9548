//! Pure judgement: compares what was observed with the recipe for a campus. No I/O, no clock, no environment.
//!
//! The `LAYERS` table in `tests/it/house` lists which of these modules may use which.
pub mod agreement;
pub mod board;
pub mod card;
pub mod forecast;
pub mod golive;
pub mod handoff;
pub mod import;
pub mod journal;
pub mod judge;
pub mod lint;
pub mod observed;
pub mod paste;
pub mod plan;
pub mod probe;
pub mod render;
pub mod results;
pub mod sheet;
pub mod time_limits;
pub mod whole_answer;
