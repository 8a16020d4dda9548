//! What stands beside the table of commands in help and man pages: descriptions, examples, exit codes, environment, files.
mod around;
mod man;
mod pages;
mod surface;

pub(super) use man::{all as all_pages, page as man_page};
pub(super) use surface::for_shells;
pub use surface::surface;
