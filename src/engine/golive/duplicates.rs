//! The gate on duplicate accounts: what the forecasts in the journal found, and whether it was put right since.
use super::gate::{GateAnswer, GateStatus, day, shut};
use crate::engine::journal::{ForecastRun, age_in_days};
use crate::engine::judge::{Snapshot, StepState};
use crate::site::Site;

/// Whether anybody would become a duplicate account, as far as recent forecasts show. Who was found to need attention
/// keeps the gate shut until a later forecast finds that person to be right.
pub(super) fn duplicates(site: &Site, snapshot: &Snapshot) -> GateAnswer {
    let fresh = |run: &&ForecastRun| age_in_days(run.at, snapshot.at) <= site.evidence_days;
    let runs: Vec<ForecastRun> = snapshot.journal.milestones.forecasts.iter().filter(fresh).cloned().collect();
    let open = runs.iter().enumerate().map(|(place, run)| (run, run.still_bad(&runs[place + 1..])));
    // `max_by_key` returns the last of several equal items, which is the newest.
    if let Some((run, left)) = open.filter(|(_, left)| *left > 0).max_by_key(|(_, left)| *left) {
        return (shut(StepState::Differs, found(run, left)), Some(with_file(site)));
    }
    // A newer forecast about a few people says little about all.
    match runs.iter().max_by_key(|run| run.people) {
        None => (GateStatus::Unguarded("no recent forecast".to_owned()), Some(again(site))),
        Some(run) => nobody_found(site, run),
    }
}

fn again(site: &Site) -> String {
    site.command("patrons")
}

fn with_file(site: &Site) -> String {
    site.command("patrons --file FILE")
}

/// Says what a forecast found, and how many of those people nobody has found to be right since.
fn found(run: &ForecastRun, left: usize) -> String {
    let ForecastRun { people, doubled, troubled, .. } = run;
    let day = day(run.at);
    if left < run.bad() {
        return format!(
            "{left} of the {} people who needed attention in the forecast of {day} are not shown to be right since",
            run.bad()
        );
    }
    match doubled {
        0 => format!("{troubled} of {people} people have an ILLiad account that needs attention (forecast of {day})"),
        _ => format!("{doubled} of {people} people would get duplicate ILLiad accounts (forecast of {day})"),
    }
}

/// The answer where nobody needs attention any more: it holds for the people who could be matched.
fn nobody_found(site: &Site, run: &ForecastRun) -> GateAnswer {
    let ForecastRun { people, unread, unknown, unseen, missing, .. } = run;
    let (people, unread, unknown, unseen, missing) = (*people, *unread, *unknown, *unseen, *missing);
    let day = day(run.at);
    if unread > 0 {
        let why = format!("{unread} of {people} people could not be looked up on {day}");
        return (shut(StepState::Unread, why), Some(again(site)));
    }
    if unknown >= people {
        let why = format!("Alma knew none of the {people} people in the forecast of {day}");
        return (shut(StepState::Unread, why), Some(again(site)));
    }
    let beside = [
        (unknown, "unknown to Alma"),
        (unseen, "not in ILLiad, with no old username to look for"),
        (missing, "not in ILLiad under either name"),
    ];
    let beside: String =
        beside.into_iter().filter(|(count, _)| *count > 0).map(|(count, words)| format!("; {count} {words}")).collect();
    match people.saturating_sub(unknown + unseen + missing) {
        0 => {
            let why = format!(
                "nobody in the forecast of {day} could be matched{beside}: an older account under another name would not be seen"
            );
            (GateStatus::Question(why), Some(with_file(site)))
        }
        matched if matched == people => {
            (GateStatus::Holds(format!("none of the {people} people in the forecast of {day}")), None)
        }
        1 => (GateStatus::Holds(format!("not the 1 person matched in the forecast of {day}{beside}")), None),
        matched => {
            (GateStatus::Holds(format!("none of the {matched} people matched in the forecast of {day}{beside}")), None)
        }
    }
}
