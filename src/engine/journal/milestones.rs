//! When the journal says that something was done for the first or the last time: for gates, and for who is waited for.
use super::entry::{JournalEntry, JournalEvent, WriteOutcome};
use super::stance::went_live;
use crate::recipe::{FieldKey, StepId};
use crate::site::{Environment, Stance};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Something a person did, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// When it was done.
    pub at: Timestamp,
    /// The user's name.
    pub by: String,
}

/// A forecast that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastRun {
    /// When it ended.
    pub at: Timestamp,
    /// How many people it was about.
    pub people: usize,
    /// How many of them would become duplicate accounts.
    pub doubled: usize,
    /// How many could not be looked up.
    pub unread: usize,
}

/// Whether the sandbox was gone through before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Rehearsal {
    /// No sandbox was ever set up from here.
    #[default]
    None,
    /// The sandbox was written to from here, and never went live.
    Begun,
    /// The sandbox went live.
    Live(Milestone),
}

/// Everything of this kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Milestones {
    /// When work on the campus began.
    pub begun: Option<Timestamp>,
    /// When the record of a step was first laid: our write of the partner, or a person's sign-off or list.
    pub laid: BTreeMap<StepId, Timestamp>,
    /// When a sign-off on a step was last taken back.
    pub taken_back: BTreeMap<StepId, Timestamp>,
    /// Forecasts in this environment, oldest first.
    pub forecasts: Vec<ForecastRun>,
    /// Whether the sandbox was gone through before.
    pub rehearsal: Rehearsal,
    /// When this environment last went live; none where it was taken back since.
    pub live: Option<Milestone>,
}

/// What the journal holds of it for an environment.
pub(crate) fn milestones(lines: &[JournalEntry], here: Environment) -> Milestones {
    let mut all = Milestones {
        begun: lines.first().map(|line| line.at),
        rehearsal: rehearsal(lines),
        live: went_live(lines, here).map(milestone),
        ..Milestones::default()
    };
    for line in lines {
        for step in lays(&line.entry) {
            all.laid.entry(step).or_insert(line.at);
        }
        match &line.entry {
            JournalEvent::Revoked { fields, .. } => {
                for step in fields.iter().filter_map(FieldKey::step) {
                    let last = all.taken_back.entry(step).or_insert(line.at);
                    *last = line.at.max(*last);
                }
            }
            JournalEvent::Foreseen { environment, people, doubled, unread } if *environment == here => {
                all.forecasts.push(ForecastRun { at: line.at, people: *people, doubled: *doubled, unread: *unread });
            }
            _ => {}
        }
    }
    all
}

fn milestone(line: &JournalEntry) -> Milestone {
    Milestone { at: line.at, by: line.by.clone() }
}

fn rehearsal(lines: &[JournalEntry]) -> Rehearsal {
    let live = |line: &&JournalEntry| {
        matches!(line.entry, JournalEvent::StanceSet { to: Stance::Live, environment: Environment::Sandbox, .. })
    };
    let written =
        |line: &JournalEntry| matches!(line.entry, JournalEvent::WriteBegun { environment: Environment::Sandbox, .. });
    match lines.iter().rfind(live) {
        Some(line) => Rehearsal::Live(milestone(line)),
        None if lines.iter().any(written) => Rehearsal::Begun,
        None => Rehearsal::None,
    }
}

/// The steps whose record this entry lays.
fn lays(entry: &JournalEvent) -> Vec<StepId> {
    match entry {
        JournalEvent::WriteEnded { outcome: WriteOutcome::Done(Some(_)), .. } => {
            vec![StepId::Partner, StepId::Parameters]
        }
        JournalEvent::Attested { fields, .. } | JournalEvent::Shown { fields, .. } => {
            fields.keys().filter_map(FieldKey::step).collect()
        }
        _ => Vec::new(),
    }
}
