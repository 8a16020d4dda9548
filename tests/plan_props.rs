//! Properties of plan, merge and undo, held against records that nobody thought of: unknown members at any depth, nulls, odd
//! types, several profiles, contact information, any order.
#[path = "plan_props/alma.rs"]
mod alma;
#[path = "plan_props/planned.rs"]
mod planned;
#[path = "plan_props/records.rs"]
mod records;
#[path = "sample/site.rs"]
mod site;
#[path = "sample/told.rs"]
mod told;
#[path = "plan_props/undone.rs"]
mod undone;
#[path = "plan_props/unlike.rs"]
mod unlike;
