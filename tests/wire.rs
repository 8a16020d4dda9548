//! The two clients on the wire, against the embedded Alma and ILLiad: faults times requests, worlds, pace.
#[path = "wire/bench.rs"]
mod bench;
#[path = "wire/habits.rs"]
mod habits;
#[path = "wire/pace.rs"]
mod pace;
#[path = "wire/reads.rs"]
mod reads;
#[path = "wire/worlds.rs"]
mod worlds;
#[path = "wire/writes.rs"]
mod writes;
