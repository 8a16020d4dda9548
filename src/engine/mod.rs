//! Pure judgement: what was seen, held against the recipe for a campus. No I/O, no clock, no environment.
mod clean;
mod compare;
mod connect;
mod earlier;
mod evidence;
mod gate;
mod golive;
mod guide;
pub mod handoff;
mod history;
mod identify;
mod merge;
mod objection;
mod others;
mod patrons;
mod plan;
mod proof;
mod report;
mod rotation;
mod seen;
mod verdict;
mod verify;
mod wanted;

pub use clean::clean;
pub use compare::{Comparison, compare};
pub use connect::OLDEST_ILLIAD;
pub use evidence::{List, Shown, ShownList, ShownValue, Source, age_in_days, shown};
pub use gate::{Gate, Judged, Pass, gates, gates_exit_code, went_live};
pub use golive::{GoLiveJson, SwitchCard, back_out_card, enable_card, gate_lines, golive_json, missing, switch};
pub use guide::{Card, CardGroup, CardScope, CardValue, broken_ties, card};
pub use history::{Entry, Line, Outcome, Purpose, Verb, key_written, said, unfinished};
pub use identify::Identified;
pub use merge::{digest, digest_of, holds, unlike};
pub use objection::objections;
pub use plan::{Action, Basis, Change, Confirmed, Draft, Plan, plan};
pub use report::{CheckJson, PlanJson, StepJson, applied_json, change_lines, check_json, plan_json, report_lines};
pub use rotation::{Stopped, StoppedAt, plan_key, removal_lines, stopped};
pub use seen::{
    AlmaSeen, AlmaUser, CodeRow, Desk, ExportKey, General, IlliadSeen, IlliadUser, KeyWritten, Library, Location,
    MayWrite, PartnerRecord, PatronSeen, Said, Seen, Snapshot, Transaction, Unread, WhyUnread, Wire,
};
pub use verdict::{Evidence, Finding, Ground, Place, Report, State, StepReport, Verdict, Weight};
pub use verify::{readable, verify, wrong_campus};
pub use wanted::{Named, Shape, Wanted, wanted, wanted_words};
