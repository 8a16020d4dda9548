//! One module per command. Each puts the real adapters together, calls the operations in `drive` and prints the result. This is the only part
//! that may use every other part. `dispatch` runs the command that was typed, `session` puts a campus together, `output` prints, and `worker`
//! does the wizard's work.
mod apply;
mod args;
mod attest;
mod board;
mod campus_file;
mod campuses;
mod check;
mod consortium;
mod deferred_write;
mod dispatch;
mod docs;
mod evidence;
mod explore;
mod golive;
mod history;
mod idle_options;
mod interruption;
mod key_source;
mod key_trial;
mod keys;
mod manual;
mod output;
mod patrons;
mod plan;
mod practice;
mod practice_campus;
mod practice_fleet;
mod prefer;
mod prove;
mod report;
mod rotate;
mod screen_entry;
mod session;
mod simulate;
mod simulate_console;
mod simulate_fleet;
mod stance;
mod wizard;
mod worker;
mod worker_reports;
mod write_in_flight;

pub use args::parse;
pub use dispatch::run;
pub use wizard::read_ahead;
