//! Compares observations with the procedure: findings and verdicts.
mod access;
mod agreed;
mod compare;
mod completion;
mod connect;
mod drift;
mod field;
mod identify;
mod missing_keys;
mod other_rows;
mod overtaken;
mod partner_neighbours;
mod patrons;
mod proof;
mod route;
mod since_change;
mod snapshot;
mod traffic;
mod verdict;
mod verify;
mod wanted;
mod why;

pub(crate) use access::not_looked_up;
pub use access::{belongs_elsewhere, holds_a_key, readable, wrong_campus};
pub use agreed::AgreedDifference;
pub use compare::{Comparison, compare};
pub use completion::Completion;
pub use connect::OLDEST_ILLIAD;
pub use drift::{verdict_changes, verdict_news};
pub(crate) use field::{in_the_way, with_consent};
pub use identify::Identification;
pub use missing_keys::MissingKeys;
pub use other_rows::{NeighbourQuestion, neighbour_question};
pub use partner_neighbours::{NeighbourSign, PartnerNeighbour, already_ours, maybe_ours, neighbours};
pub(crate) use proof::proves_key;
pub use proof::since_live_key;
pub use route::Route;
pub use since_change::since_change_key;
pub use snapshot::{KnownKeys, Snapshot};
pub use traffic::{CandidateSight, TrafficRule};
pub use verdict::{
    Contradiction, Evidence, FieldPlace, Finding, Prerequisite, Report, StateBasis, StepReport, StepState, Verdict,
    Weight,
};
pub use verify::{overtaken, verify};
pub use wanted::{CodeShape, NameQuestion, NamedValue, WantedValue, partner_code, wanted, wanted_words};
pub(crate) use wanted::{agreed_difference, unagreed};
