//! What people paste wrong, and what is said about it: values, MatchStrings, whole forms, whole tables.
mod forms;
mod match_strings;
mod properties;
mod tables;
mod told;
mod values;
