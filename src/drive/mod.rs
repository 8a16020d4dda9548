//! The verbs: gather, check, plan, apply, undo, attest, prove, clean, forecast. Generic over the ports; they know nothing of HTTP, files
//! or screens.
mod apply;
mod attest;
mod bench;
mod chain;
mod clean;
mod forecast;
mod gather;
mod prove;
mod prover;
mod rotate;
mod settle;
mod stop;
mod undo;

pub use apply::Applied;
pub use attest::{Attestable, attestable};
pub use bench::{Bench, Looked};
pub use chain::Source;
pub use clean::Cleaned;
pub use forecast::Progress;
pub use gather::{Client, Clients, PARTNER, Scope};
pub use prove::{Proven, Traffic};
pub use prover::{Hands, Prover, Ran};
pub use rotate::{InAlma, With};
pub use stop::Stop;
