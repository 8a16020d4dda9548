//! A campus on the board: how each step stands, who is waited for and since when, and what changed.
use super::handoff::waiting_since;
use super::journal::{KnownVerdict, VerdictChange};
use super::judge::{Finding, Report, Snapshot, StepReport, StepState, Verdict};
use super::results::CheckResult;
use crate::recipe::{Owner, StepId};
use crate::site::Site;
use jiff::Timestamp;

/// What a check says about a campus, in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// When the campus was read.
    pub at: Timestamp,
    pub state: StepState,
    /// All steps that were read, in the procedure's order.
    pub steps: Vec<BoardStep>,
    /// The values whose verdict changed since the last look.
    pub changed: Vec<VerdictChange>,
}

/// A step of a campus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardStep {
    pub id: StepId,
    pub title: String,
    pub owner: Owner,
    pub state: StepState,
    /// How many sign-offs evidence contradicts.
    pub contradicted: usize,
    /// Why it could not be read, or the values that differ.
    pub about: Vec<String>,
    /// `None` if nobody is waited for: it is done, blocked by another step, or could not be read.
    pub wait: Option<BoardWait>,
}

/// The owner of a step is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoardWait {
    /// `None` if the journal does not say, as after a first check.
    pub since: Option<Timestamp>,
}

impl BoardStep {
    /// Whether something is wrong or unknown, other than that a person is still to act.
    pub fn has_problem(&self) -> bool {
        matches!(self.state, StepState::Unread | StepState::Differs) || self.contradicted > 0
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        matches!(self.state, StepState::Attested | StepState::Verified) && self.contradicted == 0
    }
}

impl BoardRow {
    /// The row of a campus that was checked.
    pub fn of(site: &Site, checked: &CheckResult) -> Self {
        let CheckResult { snapshot, report, changed, .. } = checked;
        let steps = report.steps.iter().map(|step| board_step(site, snapshot, report, step)).collect();
        Self { at: report.at, state: report.state(), steps, changed: changed.clone() }
    }

    /// Whether something is wrong or unknown.
    pub fn has_problem(&self) -> bool {
        matches!(self.state, StepState::Blocked | StepState::Unread | StepState::Differs)
            || self.steps.iter().any(BoardStep::has_problem)
    }

    /// The step to look at first: the first one with a problem, else the first that is not done, else the first.
    pub fn first_step(&self) -> StepId {
        let problem = self.steps.iter().find(|step| step.has_problem());
        let first = problem.or_else(|| self.steps.iter().find(|step| !step.is_done()));
        first.map_or(StepId::Connect, |step| step.id)
    }

    /// Who has something to do now, each once.
    pub fn waits_for(&self) -> Vec<Owner> {
        let waits = |owner: &Owner| self.steps.iter().any(|step| step.owner == *owner && step.wait.is_some());
        Owner::ALL.into_iter().filter(waits).collect()
    }

    /// Since when somebody is waited for: the longest wait. `None` if nobody is, or if it is not known.
    pub fn waits_since(&self) -> Option<Timestamp> {
        self.steps.iter().filter_map(|step| step.wait?.since).min()
    }

    /// The row after one more look. What changed before that look stays in it, unless it has changed back.
    pub fn after(self, before: &Self) -> Self {
        let mut changed: Vec<VerdictChange> = before.changed.clone();
        for change in self.changed {
            match changed.iter_mut().find(|earlier| earlier.key == change.key) {
                Some(earlier) => earlier.to = change.to,
                None => changed.push(change),
            }
        }
        changed.retain(|change| change.from.verdict != change.to.verdict);
        Self { changed, ..self }
    }
}

fn board_step(site: &Site, snapshot: &Snapshot, report: &Report, step: &StepReport) -> BoardStep {
    let state = match step.state() {
        // As on the campus's own screens: the proof is to be made again, though it holds for what it proved.
        StepState::Verified | StepState::Attested if step.is_to_prove_again() => StepState::Waiting,
        state => state,
    };
    let about = match state {
        StepState::Unread => reasons(step),
        StepState::Differs => step
            .counted()
            .filter(|finding| matches!(finding.verdict, Verdict::Differs(_)))
            .map(|finding| finding.label.clone())
            .collect(),
        _ => Vec::new(),
    };
    let contradicted = step.contradicted().count();
    // A blocked step waits for another one, and what could not be read may be right.
    let waits = contradicted > 0
        || step.is_to_prove_again()
        || (step.counts() && matches!(state, StepState::Waiting | StepState::Differs));
    let wait = waits.then(|| BoardWait { since: since(site, snapshot, report, step) });
    BoardStep { id: step.id, title: step.title.clone(), owner: step.owner, state, contradicted, about, wait }
}

/// Why values could not be read, each reason once.
fn reasons(step: &StepReport) -> Vec<String> {
    let mut reasons = Vec::new();
    let unread = step.counted().filter(|finding| matches!(finding.verdict, Verdict::Unread(_)));
    for reason in unread.filter_map(|finding| finding.verdict.reason()) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons
}

/// Since when a step has been as it is: since its turn came, or since a check first found it so, whichever was later.
fn since(site: &Site, snapshot: &Snapshot, report: &Report, step: &StepReport) -> Option<Timestamp> {
    let first_found = |finding: &Finding| {
        let past = snapshot.journal.past.get(&finding.key)?;
        Some(if is_same(&past.known, finding) { past.since } else { report.at })
    };
    let found = step.counted().filter(|finding| finding.needs_someone()).filter_map(first_found).min();
    waiting_since(site, snapshot, report, step.id).into_iter().chain(found).max()
}

fn is_same(known: &KnownVerdict, finding: &Finding) -> bool {
    known.verdict == finding.verdict.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::FieldKey;

    fn change(key: &str, from: &str, to: &str) -> VerdictChange {
        let known = |verdict: &str| KnownVerdict { verdict: verdict.to_owned(), got: None };
        let key = FieldKey::new(StepId::Partner, key);
        VerdictChange { key, from: known(from), to: known(to), since: Timestamp::UNIX_EPOCH }
    }

    fn row(states: &[StepState], changed: Vec<VerdictChange>) -> BoardRow {
        let step = |(at, state): (usize, &StepState)| BoardStep {
            id: StepId::ALL[at],
            title: String::new(),
            owner: if at < 4 { Owner::Ols } else { Owner::Campus },
            state: *state,
            contradicted: 0,
            about: Vec::new(),
            wait: matches!(state, StepState::Waiting | StepState::Differs)
                .then(|| BoardWait { since: Timestamp::from_second(100 - i64::try_from(at).expect("a few")).ok() }),
        };
        let steps = states.iter().enumerate().map(step).collect();
        BoardRow { at: Timestamp::UNIX_EPOCH, state: StepState::fold(states.iter().copied()), steps, changed }
    }

    #[test]
    fn a_problem_comes_before_what_waits_for_a_person() {
        use StepState::{Blocked, Differs, Verified, Waiting};
        assert_eq!(row(&[Verified, Waiting, Differs, Waiting], Vec::new()).first_step(), StepId::Partner);
        assert_eq!(row(&[Verified, Waiting, Blocked], Vec::new()).first_step(), StepId::Patrons);
        assert_eq!(row(&[Verified; 8], Vec::new()).first_step(), StepId::Connect);
        assert!(!row(&[Verified, Waiting], Vec::new()).has_problem());
    }

    #[test]
    fn the_longest_wait_of_those_who_can_act_counts() {
        use StepState::{Blocked, Unread, Verified, Waiting};
        let row = row(&[Unread, Waiting, Verified, Blocked, Waiting, Blocked], Vec::new());
        assert_eq!(row.waits_for(), [Owner::Ols, Owner::Campus]);
        assert_eq!(row.waits_since(), Timestamp::from_second(96).ok());
    }

    #[test]
    fn news_stays_until_it_is_undone() {
        let first = row(&[], vec![change("code", "same", "differs"), change("name", "same", "differs")]);
        let second = row(&[], vec![change("name", "differs", "same"), change("status", "same", "absent")]);
        let changed = second.after(&first).changed;
        assert_eq!(changed, [change("code", "same", "differs"), change("status", "same", "absent")]);
    }
}
