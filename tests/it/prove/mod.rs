//! `prove` on served worlds, with the real adapters and pauses a thousand times shorter: each outcome with its verdict, each fault,
//! and nothing left uncancelled.
mod bench;
mod chain;
mod faults;
mod findings;
mod outcomes;
