//! The engine's judgement as a table: every field of the recipe, right and wrong in every way; and the folds over verdicts.
#[path = "verify/desk.rs"]
mod desk;
#[path = "verify/export_key.rs"]
mod export_key;
#[path = "verify/folds.rs"]
mod folds;
#[path = "verify/patrons.rs"]
mod patrons;
#[path = "verify/right.rs"]
mod right;
#[path = "sample/site.rs"]
mod site;
#[path = "verify/table.rs"]
mod table;
#[path = "verify/ties.rs"]
mod ties;
#[path = "sample/told.rs"]
mod told;
#[path = "verify/unread.rs"]
mod unread;
#[path = "verify/wrong.rs"]
mod wrong;
