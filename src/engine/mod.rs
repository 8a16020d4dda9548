//! Pure judgement: what was seen, held against the recipe for a campus. No I/O, no clock, no environment.
mod became;
mod broken_off;
mod chain;
mod clean;
mod compare;
mod connect;
mod earlier;
mod evidence;
mod exhibits;
mod forecast;
mod forecast_file;
mod forecast_report;
mod gate;
mod golive;
mod guide;
pub mod handoff;
mod history;
mod identify;
mod key_change;
pub mod lint;
mod made;
mod merge;
mod objection;
mod others;
mod patrons;
mod plan;
mod probe;
mod proof;
mod proved;
mod refused;
mod report;
mod rotation;
mod seen;
pub mod table;
mod tale;
mod trace;
mod undoable;
mod verdict;
mod verify;
mod wanted;

pub use became::WriteResult;
pub use broken_off::{BrokenOff, Unsent, Unwatched, broken_off};
pub use chain::{Arrival, BorrowingRequest, ChainEnding, NewBorrowing, Rota, chain_judged};
pub use clean::clean;
pub use compare::{Comparison, compare};
pub use connect::OLDEST_ILLIAD;
pub use evidence::{List, Shown, ShownList, ShownValue, Source, age_in_days, may_be_shown, shown};
pub use exhibits::{ExhibitsJson, exhibit_lines, exhibits_json};
pub use forecast::{Account, Facts, Foreseen, InAlma, Known, KnownBy, Names, Outlook, Person, Salt, still_counts};
pub use forecast_file::{Listed, NotAList, listed, named};
pub use forecast_report::{Counts, Forecast, ForecastJson, Identifiers, forecast_json, forecast_lines};
pub use gate::{Gate, Judged, Pass, gates, gates_exit_code, went_live};
pub use golive::{
    GoLiveJson, Passage, SwitchCard, back_out_card, enable_card, gate_lines, golive_json, missing, none_shut, switch,
};
pub use guide::{Card, CardGroup, CardScope, CardTie, CardValue, broken_ties, card};
pub use history::{
    Entry, Line, Outcome, Purpose, Target, Verb, hangs_on_the_record, key_written, not_seen, said, unfinished, voided,
};
pub use identify::Identified;
pub use made::{Made, ProbeEnd, Side, System, left_over, made, perhaps_late};
pub use merge::{beyond, called, digest, digest_of, holds, unlike};
pub use objection::objections;
pub use plan::{Action, Basis, Change, Confirmed, Draft, KEY_ELSEWHERE, Plan, plan};
pub use probe::{
    CANCELLED, Ending, LOOKS, NOTE, NegativeEnding, NewTransaction, ProbeKind, Progress, Route, Sight, TITLE, Watch,
    cited_in, is_cancelled,
};
pub use proof::{real_traffic, since_live_key};
pub use proved::{Half, Proof, Showed, Shows, judged, proofs, side_effects};
pub use refused::refused;
pub use report::{CheckJson, PlanJson, StepJson, applied_json, change_lines, check_json, plan_json, report_lines};
pub use rotation::{KeyShown, OldKey, Stopped, StoppedAt, plan_key, removal_lines, replaced, shown_lines, stopped};
pub use seen::{
    AlmaSeen, AlmaUser, CodeRow, Desk, ExportKey, General, IlliadSeen, IlliadUser, KeyWritten, Library, Location,
    MayWrite, PartnerRecord, PatronSeen, Said, Seen, Snapshot, Transaction, Unread, Voided, WhyUnread, Wire,
};
pub use table::Sheet;
pub use tale::{ProveJson, Tale, prove_json, prove_lines};
pub use trace::Trace;
pub use undoable::{KeyThen, LastApply, Undoable, Written, ends_with_the_record, key_then, last_apply};
pub use verdict::{Evidence, Finding, Ground, Place, Report, Rests, State, StepReport, Verdict, Weight};
pub use verify::{belongs_elsewhere, holds_a_key, readable, verify, wrong_campus};
pub use wanted::{BLANK, Named, Shape, Wanted, wanted, wanted_words};
