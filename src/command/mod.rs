//! The commands: real adapters put together, verbs called, results printed. The only place that knows everybody.
mod answer;
mod apply;
mod args;
mod attest;
mod campuses;
mod check;
mod dispatch;
mod docs;
mod evidence;
mod explore;
mod golive;
mod keys;
mod manual;
mod patrons;
mod plan;
mod practice;
mod prove;
mod report;
mod rotate;
mod session;
mod simulate;
mod wizard;
mod worker;

pub use args::parsed;
pub use dispatch::run;
pub use manual::surface;
