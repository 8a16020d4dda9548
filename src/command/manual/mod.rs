//! What stands beside the table of commands in help and man pages: descriptions, examples, exit codes, environment, files.
mod around;
mod pages;
mod roff;
mod surface;

pub(super) use roff::{all as all_pages, page as man_page};
pub(super) use surface::for_shells;
pub use surface::surface;
