//! When things were first or last done according to the journal, for the gates and for the waiting times in the
//! hand-off; and whether anybody has worked on the campus at all.
use super::entry::{JournalEntry, JournalEvent, WriteOutcome};
use super::target::Target;
use crate::recipe::{FieldKey, StepId};
use crate::site::{Environment, Stance};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Something a person did, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    pub at: Timestamp,
    /// The name of the account that did it.
    pub by: String,
}

/// The counts of a finished forecast, and who needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastRun {
    pub at: Timestamp,
    /// How many people it was about.
    pub people: usize,
    /// How many of them would become duplicate accounts.
    pub doubled: usize,
    /// How many could not be looked up.
    pub unread: usize,
    /// How many have an account that takes no requests, or may take none.
    pub troubled: usize,
    /// How many are unknown to Alma.
    pub unknown: usize,
    /// How many are not in ILLiad and came without an old username to look for.
    pub unseen: usize,
    /// How many are not in ILLiad, neither by EMPLID nor by old username.
    pub missing: usize,
    /// The people who are doubled or troubled, as salted hashes, with the number of old usernames looked for. Empty if
    /// the journal does not name them.
    pub affected: BTreeMap<String, usize>,
    /// People from earlier forecasts who were found to be right.
    pub cleared: Vec<String>,
}

impl ForecastRun {
    /// How many of its people needed attention.
    pub fn bad(&self) -> usize {
        self.doubled + self.troubled
    }

    /// How many of them were not found to be right in any of these later forecasts. Where the journal does not name
    /// them, only a forecast of at least as many people with nothing wrong shows that.
    pub fn still_bad(&self, later: &[Self]) -> usize {
        if self.affected.is_empty() {
            let settles = |run: &Self| run.bad() + run.unread == 0 && run.people >= self.people;
            return if later.iter().any(settles) { 0 } else { self.bad() };
        }
        self.affected.keys().filter(|who| !later.iter().any(|run| run.cleared.contains(who))).count()
    }
}

/// Whether the sandbox went live first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Rehearsal {
    /// The journal has no write to the sandbox.
    #[default]
    None,
    /// The sandbox was written to, but never went live.
    Begun,
    Live(Milestone),
}

/// When things were first or last done, according to the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Milestones {
    /// When work on the campus began.
    pub begun: Option<Timestamp>,
    /// When a step's values were first set: by our write of the partner, or by a person's sign-off or evidence.
    pub laid: BTreeMap<StepId, Timestamp>,
    /// When a sign-off on a step was last taken back.
    pub taken_back: BTreeMap<StepId, Timestamp>,
    /// Forecasts that asked these systems, oldest first.
    pub forecasts: Vec<ForecastRun>,
    pub rehearsal: Rehearsal,
    /// When this environment last went live. `None` when it was taken back since.
    pub live: Option<Milestone>,
    /// When this environment last went live or was taken back: what was asked of the rule changed then.
    pub switched: Option<Milestone>,
}

/// Folds the journal into the milestones of these systems.
pub(crate) fn milestones(lines: &[JournalEntry], now: &Target) -> Milestones {
    let here = now.environment;
    let mut all = Milestones {
        begun: lines.first().map(|line| line.at),
        rehearsal: rehearsal(lines),
        live: went_live(lines, here).map(milestone),
        switched: last_switch(lines, here).map(milestone),
        ..Milestones::default()
    };
    for line in lines {
        for step in steps_set_by(lines, &line.entry, now) {
            all.laid.entry(step).or_insert(line.at);
        }
        match &line.entry {
            JournalEvent::Revoked { target, fields, .. } => {
                let here = fields.iter().filter(|key| target.counts_for(key, now));
                for step in here.filter_map(FieldKey::step) {
                    let last = all.taken_back.entry(step).or_insert(line.at);
                    *last = line.at.max(*last);
                }
            }
            JournalEvent::Foreseen {
                target: Some(target),
                people,
                doubled,
                unread,
                troubled,
                unknown,
                unseen,
                missing,
                affected,
                cleared,
                ..
            } if target.is_same(now) => {
                all.forecasts.push(ForecastRun {
                    at: line.at,
                    people: *people,
                    doubled: *doubled,
                    unread: *unread,
                    troubled: *troubled,
                    unknown: *unknown,
                    unseen: *unseen,
                    missing: *missing,
                    affected: affected.clone(),
                    cleared: cleared.clone(),
                });
            }
            _ => {}
        }
    }
    all
}

impl Milestones {
    /// The last going live or way back, where the campus file says something else since.
    pub fn undone_by_hand(&self, stance: Stance) -> Option<&Milestone> {
        let now = if self.live.is_some() { Stance::Live } else { Stance::Ahead };
        self.switched.as_ref().filter(|_| now != stance)
    }

    /// The people who were found to need attention and not to be right since, with the number of old usernames that
    /// showed it.
    pub fn affected_people(&self) -> BTreeMap<String, usize> {
        let mut open: BTreeMap<String, usize> = BTreeMap::new();
        for run in &self.forecasts {
            open.retain(|who, _| !run.cleared.contains(who));
            for (who, usernames) in &run.affected {
                let most = open.entry(who.clone()).or_default();
                *most = (*most).max(*usernames);
            }
        }
        open
    }
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

/// The steps whose values this entry sets or vouches for in these systems.
fn steps_set_by(lines: &[JournalEntry], entry: &JournalEvent, now: &Target) -> Vec<StepId> {
    match entry {
        JournalEvent::WriteEnded { id: ended, outcome: WriteOutcome::Done(Some(_)), .. } => {
            let here = |line: &JournalEntry| matches!(&line.entry, JournalEvent::WriteBegun { id, environment, .. } if id == ended && *environment == now.environment);
            if lines.iter().any(here) { vec![StepId::Partner, StepId::Parameters] } else { Vec::new() }
        }
        JournalEvent::Attested { target, fields, .. } | JournalEvent::Shown { target, fields, .. } => {
            fields.keys().filter(|key| target.counts_for(key, now)).filter_map(FieldKey::step).collect()
        }
        _ => Vec::new(),
    }
}

/// The entry in which this environment last went live. `None` when it was taken back since.
pub(crate) fn went_live(lines: &[JournalEntry], of: Environment) -> Option<&JournalEntry> {
    last_switch(lines, of).filter(|line| matches!(line.entry, JournalEvent::StanceSet { to: Stance::Live, .. }))
}

fn last_switch(lines: &[JournalEntry], of: Environment) -> Option<&JournalEntry> {
    let of =
        |line: &&JournalEntry| matches!(&line.entry, JournalEvent::StanceSet { environment, .. } if *environment == of);
    lines.iter().rfind(of)
}

/// Whether anybody has worked on a campus before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Activity {
    /// Nobody has done more than look.
    #[default]
    Untouched,
    /// Something was written, signed off, shown or tried.
    Begun,
}

impl Activity {
    /// Reads the journal for one environment.
    pub(crate) fn of(lines: &[JournalEntry], now: Environment) -> Self {
        let work = |line: &JournalEntry| match &line.entry {
            JournalEvent::WriteBegun { environment, .. }
            | JournalEvent::ProbeBegun { environment, .. }
            | JournalEvent::StanceSet { environment, .. } => *environment == now,
            JournalEvent::Attested { target, .. }
            | JournalEvent::Revoked { target, .. }
            | JournalEvent::Shown { target, .. }
            | JournalEvent::EvidenceForgotten { target, .. } => target.environment == now,
            // Checks and changes of keys are not work on a step. An event that follows another counts with the first one.
            JournalEvent::WriteEnded { .. }
            | JournalEvent::RotationBegun { .. }
            | JournalEvent::RotationEnded { .. }
            | JournalEvent::KeysForgotten { .. }
            | JournalEvent::Foreseen { .. }
            | JournalEvent::Checked { .. }
            | JournalEvent::BrokenOff { .. }
            | JournalEvent::ProbeNumbered { .. }
            | JournalEvent::ProbeSeen { .. }
            | JournalEvent::ProbeEnded { .. }
            | JournalEvent::Proved { .. } => false,
        };
        if lines.iter().any(work) { Self::Begun } else { Self::Untouched }
    }
}
