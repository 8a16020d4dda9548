//! The operations: gather, check, plan, apply, undo, attest, show, prove, clean, forecast. They are generic over the
//! ports and know nothing of HTTP, files or screens.
mod apply;
mod attempt;
mod attest;
mod borrowing;
mod campus_ops;
mod chain;
mod clean;
mod evidence;
mod forecast;
mod gather;
mod judged_write;
mod prove;
mod prover;
mod rotate;
mod settle;
mod stop;
mod undo;
mod whole_list;

pub use attest::{RequestKind, SignOffRequest, SignOffResult, attestable};
pub use campus_ops::CampusOps;
pub use chain::BorrowingSource;
pub use clean::CleanResult;
pub use evidence::NewEvidence;
pub use forecast::ForecastProgress;
pub use gather::{ClientResult, Clients};
pub use prove::TrafficResult;
pub use prover::{InFlight, ProofClients, Prover};
pub use rotate::{KeyInAlma, RotationOptions};
pub use stop::Stop;
