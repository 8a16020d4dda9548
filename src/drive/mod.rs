//! The verbs: gather, check, plan, apply, undo, attest. Generic over the ports; they know nothing of HTTP, files or screens.
mod apply;
mod attest;
mod bench;
mod gather;
mod rotate;
mod settle;
mod undo;

pub use apply::{Applied, WriteResult};
pub use attest::{Attestable, attestable};
pub use bench::{Bench, Looked};
pub use gather::{Client, Clients, PARTNER, Scope};
pub use rotate::{InAlma, With};
