//! last-resort: makes ILLiad the resource-sharing partner of last resort in Alma.
pub mod cli;
pub mod command;
pub mod drive;
pub mod engine;
pub mod failure;
pub mod io;
pub mod line;
pub mod ports;
pub mod recipe;
pub mod secret;
pub mod sim;
pub mod site;
pub mod tui;
