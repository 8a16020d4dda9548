//! The embedded Alma and ILLiad: two HTTP servers on loopback that behave like the real systems' APIs. They have
//! their own state, their own JSON and their own faults.
//!
//! This module uses no other part of the crate, so that client and simulator cannot share a mistake. What is
//! known of the real systems, and how well, is noted beside each behaviour (facts/alma.md, facts/illiad.md). What is
//! not known is a setting of a world (`assets/worlds/*.toml`).
mod alma;
mod crowd;
mod directory;
mod exchange;
mod fault;
mod fleet;
mod hand_entry;
mod http;
mod illiad;
mod json;
mod mangle;
mod request_log;
mod serve;
mod settings;
mod state;
mod wire;
mod world;

pub use fault::{BodyKind, Fault, FaultKind};
pub use fleet::{Fleet, FleetCampus, serve_fleet};
pub use hand_entry::{HandEntry, NoSuchField};
pub use request_log::{LoggedServer, RequestLog};
pub use serve::{Doors, Running, listen, serve};
pub use settings::{PracticeCampus, PracticeKeys};
pub use world::{World, WorldError, world_names};
