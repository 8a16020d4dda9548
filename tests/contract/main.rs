//! The contract (commands, JSON, exit codes, writing, keys), held against the built binary on embedded worlds.
mod apply;
mod check;
mod common;
mod golive;
mod report;
mod rotate;
mod secrets;
mod trust;
mod usage;
