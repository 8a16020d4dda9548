//! Pure judgement in rooms: what was observed, held against the recipe for a campus. No I/O, no clock, no environment.
//!
//! A room knows only the rooms that stand before it in this list; `tests/it/house` holds them to it.
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
