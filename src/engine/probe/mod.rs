//! Test requests in ILLiad, and the whole chain from Alma: how they ended and what that shows.
mod chain;
mod ending;
mod request;
mod result;

pub use chain::{Arrival, BorrowingRequest, ChainEnding, NewBorrowing, Rota, chain_judged};
pub use ending::{CANCELLED, Ending, LOOKS, NOTE, NegativeEnding, Sight, Watch, is_cancelled};
pub use request::{NewTransaction, Progress};
pub use result::{judged, side_effects};
