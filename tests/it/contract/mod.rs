//! Tests the built binary against the contract (commands, JSON, exit codes, writing, keys) on embedded worlds.
mod apply;
mod check;
mod evidence;
mod export_key;
mod forecast;
mod golive;
mod honest;
mod neighbours;
mod own_word;
mod plan_digest;
mod prove;
mod report;
mod rotate;
mod secrets;
mod seen;
mod trust;
mod usage;
