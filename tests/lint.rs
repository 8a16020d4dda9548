//! What people paste wrong, and what is said about it: values, MatchStrings, whole forms, whole tables.
#[path = "lint/forms.rs"]
mod forms;
#[path = "lint/match_strings.rs"]
mod match_strings;
#[path = "lint/properties.rs"]
mod properties;
#[path = "lint/tables.rs"]
mod tables;
#[path = "lint/told.rs"]
mod told;
#[path = "lint/values.rs"]
mod values;
