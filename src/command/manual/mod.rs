//! What help and man pages add to the command line in `cli`: descriptions, examples, exit codes, environment variables and files.
mod man;
mod pages;
mod surface;
mod synopsis;
mod variables_and_files;

pub(super) use man::{all_pages, man_page};
pub(super) use surface::{for_shells, surface};
