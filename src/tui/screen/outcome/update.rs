//! Handles the outcome of a write: back to the steps, an undo, or a new plan if the record had changed.
use super::page::tally;
use super::state::{OutcomeScreen, WriteEnd};
use crate::engine::plan::WriteResult;
use crate::failure::{Failure, FailureKind};
use crate::tui::model::{Campus, Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::judgement::environment;
use crate::tui::parts::scroll::scroll;
use crate::tui::parts::undo::UndoKind;
use crate::tui::row::Tone;
use crate::tui::screen::behaviour::{Behaviour, Meaning};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::screen::writing::Write;
use crate::tui::screen::{plan, undo};
use crate::tui::script::Mark;

impl Behaviour for OutcomeScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::Outcome(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Enter => {
                if let Some(steps) = screen.to_plan_again().cloned() {
                    return plan::open(model, steps);
                }
                model.screen = Screen::Steps(StepsScreen);
            }
            Intent::Back => model.screen = Screen::Steps(StepsScreen),
            Intent::Undo => {
                if let WriteEnd::Applied(applied) = &screen.ended {
                    let known = model.campus.as_ref().and_then(|campus| UndoKind::of(&campus.undoable));
                    let kind = known.unwrap_or_else(|| UndoKind::of_apply(applied));
                    undo::open(model, kind);
                }
            }
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some(if self.to_plan_again().is_some() { "see the new plan" } else { "continue" }.to_owned())
    }

    fn works(&self, _model: &Model, intent: Intent) -> bool {
        match intent {
            Intent::Undo => matches!(&self.ended, WriteEnd::Applied(applied) if applied.wrote()),
            _ => true,
        }
    }

    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        match &self.ended {
            WriteEnd::Applied(applied) => {
                let failure = applied.failure.iter().map(|failure| failure.what.as_str());
                failure.chain(applied.remarks.iter().map(String::as_str)).collect()
            }
            WriteEnd::Undone(_) => Vec::new(),
            WriteEnd::Failed(failure) => vec![&failure.what],
        }
    }

    fn folded<'a>(&'a self, _model: &'a Model) -> Option<&'a str> {
        match &self.ended {
            WriteEnd::Applied(applied) => applied.failure.as_ref().and_then(Failure::folded),
            WriteEnd::Undone(_) => None,
            WriteEnd::Failed(failure) => failure.folded(),
        }
    }

    fn marks(&self) -> &'static [Meaning] {
        &[
            (Mark::Same, Tone::Good, "written, restored or deleted, and read back"),
            (Mark::Differs, Tone::Bad, "refused, or stored differently by Alma"),
            (Mark::Unread, Tone::Warn, "unknown; the record is read again"),
            (Mark::Waiting, Tone::Warn, "not written: by hand, or held up"),
            (Mark::Advice, Tone::Warn, "worth a look"),
        ]
    }

    fn last_word(&self, model: &Model) -> Option<String> {
        Some(last_word(self, model.campus.as_ref()?))
    }
}

/// How the write ended, in one line.
fn last_word(outcome: &OutcomeScreen, campus: &Campus) -> String {
    let place = environment(campus);
    let unknown = |why: &str| {
        format!("The outcome of the write to {place} is unknown. The next run reads the record again. {why}")
            .trim_end()
            .to_owned()
    };
    match &outcome.ended {
        WriteEnd::Applied(applied) => {
            let why = applied.failure.as_ref().map_or("", Failure::plain);
            if applied.results.iter().any(|(_, result)| matches!(result, WriteResult::Unknown | WriteResult::NotShown))
            {
                return unknown(why);
            }
            format!("The write to {place} was finished and read back: {} {why}", tally(applied)).trim_end().to_owned()
        }
        WriteEnd::Undone(words) => format!("The undo in {place} is done. {words}"),
        WriteEnd::Failed(failure) if failure.kind == FailureKind::Network => unknown(failure.plain()),
        WriteEnd::Failed(failure) => match outcome.write {
            Write::Apply(..) => format!("Not written to {place}: {}", failure.plain()),
            Write::Undo(kind) => format!("{} in {place}: {}", kind.not_done(), failure.plain()),
        },
    }
}
