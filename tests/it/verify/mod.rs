//! The engine's verdicts as a table: every field of the recipe with its right value and with every kind of wrong one.
//! Also how verdicts are folded.
mod campus;
mod export_key;
mod folds;
mod patrons;
mod right;
mod table;
mod ties;
mod unread;
mod wrong;
