//! The engine's judgement as a table: every field of the recipe, right and wrong in every way; and the folds over verdicts.
mod campus;
mod export_key;
mod folds;
mod patrons;
mod right;
mod table;
mod ties;
mod unread;
mod wrong;
