//! Test requests in ILLiad and the whole chain from Alma: how they ended, and what that proves.
mod chain;
mod ending;
mod ours;
mod request;
mod result;

pub use chain::{Arrival, BorrowingRequest, ChainEnding, NewBorrowing, RotaProgress, judge_chain};
pub use ending::{CANCELLED, EndStatus, LOOKS, NOTE, ProbeEnding, RequestView, TwinEnding, WatchState, is_cancelled};
pub use ours::{Ours, borrowings_listed_as_ours, listed_as_ours};
pub use request::{NewTransaction, ProofProgress, ProofWait};
pub use result::{judge_probe, side_effects, side_effects_of_placed};
