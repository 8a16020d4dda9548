//! `prove` on served worlds, with the real adapters and pauses a thousand times shorter: every outcome with its
//! verdict, every fault, and no test request left uncancelled.
mod bench;
mod by_number;
mod chain;
mod faults;
mod findings;
mod leftovers;
mod ours;
mod outcomes;
mod refused;
mod tokens;
