//! The two clients on the wire, against the embedded Alma and ILLiad: faults times requests, worlds, pace.
mod bench;
mod habits;
mod pace;
mod reads;
mod worlds;
mod writes;
