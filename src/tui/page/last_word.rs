//! What is said on the normal screen after somebody left: how a write ended that was in flight then, since they saw no screen that
//! says so; and what became of what was typed and not sent.
use super::about;
use super::outcome::tally;
use crate::engine::plan::WriteResult;
use crate::failure::FailureKind;
use crate::site::CampusField;
use crate::tui::model::{AtGates, Campus, Ended, GoLiveScreen, Job, Model, Outcome, Screen, Way, Write};
use crate::tui::msg::Proved;
use crate::tui::text::count;

/// How the write that was waited for ended; where nobody had to wait, what became of what was typed. None where there is nothing to say.
#[must_use]
pub fn last_word(model: &Model) -> Option<String> {
    if model.leaving.is_none() {
        return of_unsent(model);
    }
    let campus = model.campus.as_ref();
    match &model.screen {
        Screen::Outcome(outcome) => Some(of_write(outcome, campus?)),
        Screen::Proved(proved) => Some(match &proved.ended {
            Ok(proved) => of_proof(proved),
            Err(failure) => failure.what.clone(),
        }),
        Screen::SignOff(screen) => not_recorded(&screen.job),
        Screen::PasteBack(screen) => not_recorded(&screen.job),
        Screen::Setup => match &model.setup.as_ref()?.saving {
            Job::Failed { failure, .. } => Some(format!("The campus was not stored: {}", failure.what)),
            Job::Got { .. } => Some("The campus was stored.".to_owned()),
            Job::Idle | Job::Asked { .. } => None,
        },
        // Signed off or recorded: the word about it was the last one.
        Screen::Steps => model.status.clone(),
        Screen::GoLive(screen) => of_stance(screen),
        Screen::Plan(_)
        | Screen::HandOff(_)
        | Screen::Forecast(_)
        | Screen::Foretelling(_)
        | Screen::Foretold(_)
        | Screen::Writing(_)
        | Screen::Undo(_)
        | Screen::Prove(_)
        | Screen::Proving(_)
        | Screen::Summary(_) => None,
    }
}

/// What became of what was typed on the screen that was left.
fn of_unsent(model: &Model) -> Option<String> {
    let words = match &model.screen {
        Screen::SignOff(screen) if screen.note.is_empty() && screen.yes.is_empty() => return None,
        Screen::SignOff(screen) => match screen.way {
            Way::Sign => "Nothing was signed off.",
            Way::TakeBack => "Nothing was taken back.",
        },
        Screen::PasteBack(screen) if screen.typed.is_empty() && screen.form.is_none() => return None,
        Screen::PasteBack(_) => "Nothing was recorded.",
        Screen::Setup if model.practice.is_some() => return None,
        Screen::Setup => {
            let setup = model.setup.as_ref()?;
            match (&model.campus, &setup.kept) {
                (None, Some(_)) => "The answers so far are kept for the next time; keys are not.",
                (None, None) if setup.draft.get(CampusField::Institution).is_empty() => return None,
                (Some(campus), _) if !setup.changes(&campus.site) => return None,
                (None, None) | (Some(_), _) => "Nothing of this set-up was stored.",
            }
        }
        _ => return None,
    };
    Some(words.to_owned())
}

fn of_write(outcome: &Outcome, campus: &Campus) -> String {
    let place = about::environment(campus);
    let unknown = |why: &str| {
        format!("How the write to {place} ended is not known; the next start reads the record again. {why}")
            .trim_end()
            .to_owned()
    };
    match &outcome.ended {
        Ended::Applied(applied) => {
            let why = applied.failure.as_ref().map_or("", |failure| failure.what.as_str());
            if applied.results.iter().any(|(_, result)| *result == WriteResult::Unknown) {
                return unknown(why);
            }
            format!("The write to {place} was finished and read back: {} {why}", tally(applied)).trim_end().to_owned()
        }
        Ended::Undone(words) => format!("The undo in {place} was finished. {words}"),
        Ended::Failed(failure) if failure.kind == FailureKind::Network => unknown(&failure.what),
        Ended::Failed(failure) => match outcome.write {
            Write::Apply(..) => format!("Not written to {place}: {}", failure.what),
            Write::Undo => format!("Not put back in {place}: {}", failure.what),
        },
    }
}

fn of_proof(proved: &Proved) -> String {
    let why = proved.failure.as_ref().map_or(String::new(), |failure| format!(" {}", failure.what));
    match (proved.made.len(), proved.left.len()) {
        (0, 0) => format!("The proof ended; nothing was made.{why}"),
        (made, 0) => format!("The proof ended; {} made, and nothing is left of that.{why}", were(made)),
        (_, left) => {
            format!("The proof ended; {} not seen cancelled. The next proof looks again.{why}", were(left))
        }
    }
}

fn were(requests: usize) -> String {
    format!("{} {}", count(requests, "test request"), if requests == 1 { "was" } else { "were" })
}

fn of_stance(screen: &GoLiveScreen) -> Option<String> {
    match (screen.doing, &screen.job) {
        (AtGates::Setting(_), Job::Got { value, .. }) => {
            Some(format!("The campus file says {} now.", value.site.stance.as_str()))
        }
        (AtGates::Setting(_), Job::Failed { failure, .. }) => {
            Some(format!("The campus file was not changed: {}", failure.what))
        }
        (AtGates::Setting(_), Job::Idle | Job::Asked { .. }) | (AtGates::Looking, _) => None,
    }
}

fn not_recorded(job: &Job<()>) -> Option<String> {
    match job {
        Job::Failed { failure, .. } => Some(format!("Nothing was recorded: {}", failure.what)),
        Job::Idle | Job::Asked { .. } | Job::Got { .. } => None,
    }
}
