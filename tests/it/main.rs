//! All tests that need more than a single function: one folder per behaviour, and one shared harness. `tests/README.md`
//! says where a test belongs.
mod consortium;
mod contract;
mod files;
mod harness;
mod house;
#[cfg(target_os = "linux")]
mod keyring;
mod line;
mod lint;
mod lists;
mod package;
mod picture;
mod plan_props;
mod prove;
mod recipe;
mod schema;
mod screen;
mod sim;
mod ssh;
mod terminal;
mod verify;
mod wire;
