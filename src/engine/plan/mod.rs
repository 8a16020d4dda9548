//! What would be written: made, merged into the record, and judged after reading back.
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
