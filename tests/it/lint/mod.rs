//! Common mistakes in pasted text, and what the program says about them: values, MatchStrings, whole forms, whole tables.
mod forms;
mod match_strings;
mod properties;
mod tables;
mod told;
mod values;
