//! Makes a plan, merges it into the record, and judges the record after it is read back.
mod consent;
mod export_key;
mod key_rotation;
mod make;
mod merge;
mod preflight;
mod rejected;
mod types;
mod write_result;

pub use consent::Consent;
pub use key_rotation::plan_key;
pub use make::plan;
pub use merge::{beyond, called, digest, digest_of, holds, unlike};
pub use preflight::objections;
pub use rejected::refusal_reason;
pub use types::{Action, Basis, Change, Confirmed, Draft, KEY_ELSEWHERE, Plan};
pub use write_result::WriteResult;
