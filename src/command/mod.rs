//! The commands: real adapters put together, verbs called, results printed. The only place that knows everybody.
mod answer;
mod apply;
mod attest;
mod campuses;
mod check;
mod dispatch;
mod docs;
mod explore;
mod keys;
mod patrons;
mod plan;
mod practice;
mod session;
mod simulate;
mod wizard;
mod worker;

pub use dispatch::run;
