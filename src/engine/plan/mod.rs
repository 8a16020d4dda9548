//! Makes a plan, merges it into the record, and judges the record after it is read back.
mod consent;
mod export_key;
mod make;
mod merge;
mod preflight;
mod rejected;
mod types;

pub use consent::Consent;
pub use export_key::plan_key;
pub use make::plan;
pub use merge::{
    contains_sent, differences, digest, digest_of, display_name, is_digest_of, is_only_described_otherwise, masked,
    unexpected_changes, values_digest,
};
pub use preflight::objections;
pub use rejected::refusal_reason;
pub use types::{Action, Basis, Change, Confirmed, ConsentGap, Draft, KEY_ELSEWHERE, Plan, WriteResult};
