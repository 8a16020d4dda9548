//! Tests the built binary against the contract (commands, JSON, exit codes, writing, keys) on embedded worlds.
mod apply;
mod check;
mod elsewhere;
mod evidence;
mod export_key;
mod forecast;
mod golive;
mod honest;
mod own_word;
mod prove;
mod report;
mod rotate;
mod secrets;
mod trust;
mod usage;
