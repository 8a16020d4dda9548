//! The line printed after the full screen closes if the user left while a write ran, and so never saw its outcome.
use super::page::tally;
use super::state::{OutcomeScreen, WriteEnd};
use crate::engine::plan::WriteResult;
use crate::failure::FailureKind;
use crate::tui::model::Campus;
use crate::tui::parts::judgement::environment;
use crate::tui::screen::writing::Write;

/// How the write ended, in one line.
pub(super) fn last_word(outcome: &OutcomeScreen, campus: &Campus) -> String {
    let place = environment(campus);
    let unknown = |why: &str| {
        format!("How the write to {place} ended is not known; the next start reads the record again. {why}")
            .trim_end()
            .to_owned()
    };
    match &outcome.ended {
        WriteEnd::Applied(applied) => {
            let why = applied.failure.as_ref().map_or("", |failure| failure.what.as_str());
            if applied.results.iter().any(|(_, result)| *result == WriteResult::Unknown) {
                return unknown(why);
            }
            format!("The write to {place} was finished and read back: {} {why}", tally(applied)).trim_end().to_owned()
        }
        WriteEnd::Undone(words) => format!("The undo in {place} was finished. {words}"),
        WriteEnd::Failed(failure) if failure.kind == FailureKind::Network => unknown(&failure.what),
        WriteEnd::Failed(failure) => match outcome.write {
            Write::Apply(..) => format!("Not written to {place}: {}", failure.what),
            Write::Undo => format!("Not put back in {place}: {}", failure.what),
        },
    }
}
