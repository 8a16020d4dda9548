//! Handles the result of a proof.
use super::state::ProofResultScreen;
use crate::engine::journal::ProbeRecord;
use crate::engine::results::ProofRun;
use crate::failure::Failure;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::scroll::scroll;
use crate::tui::row::Tone;
use crate::tui::screen::behaviour::{Behaviour, Meaning};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::script::Mark;
use crate::tui::text::count;

impl Behaviour for ProofResultScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::ProofResult(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Enter | Intent::Back => model.screen = Screen::Steps(StepsScreen),
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some("continue".to_owned())
    }

    fn messages<'a>(&'a self, _model: &'a Model) -> Vec<&'a str> {
        self.ended.as_ref().err().map(|failure| failure.what.as_str()).into_iter().collect()
    }

    fn folded<'a>(&'a self, _model: &'a Model) -> Option<&'a str> {
        match &self.ended {
            Ok(proved) => proved.failure.as_ref().and_then(Failure::folded),
            Err(failure) => failure.folded(),
        }
    }

    fn marks(&self) -> &'static [Meaning] {
        &[
            (Mark::Same, Tone::Good, "proved; test request: cancelled and read back, or gone"),
            (Mark::Differs, Tone::Bad, "not as wanted; test request: not cancelled"),
            (Mark::Unread, Tone::Warn, "inconclusive"),
            (Mark::Waiting, Tone::Warn, "not proved yet; test request: not created, or not found"),
        ]
    }

    fn last_word(&self, model: &Model) -> Option<String> {
        Some(match &self.ended {
            Ok(proved) => end_of_proof(proved),
            // No other command reaches what practice made.
            Err(failure) if model.practice.is_some() => failure.plain().to_owned(),
            Err(failure) => failure.to_string(),
        })
    }
}

/// How the proof ended, and how many test requests may be left.
fn end_of_proof(proved: &ProofRun) -> String {
    let why = proved.failure.as_ref().map_or(String::new(), |failure| format!(" {}", failure.plain()));
    match (proved.made.len(), proved.left.len()) {
        (0, 0) => format!("The proof ended without creating a test request.{why}"),
        (made, 0) => format!("The proof ended. {} created; none is left.{why}", were(made)),
        (_, left) => {
            let names: Vec<String> = proved.left.iter().map(ProbeRecord::name).collect();
            let names = names.join(" and ");
            format!(
                "The proof ended. {} not confirmed as cancelled: {names}. The next proof checks again.{why}",
                were(left)
            )
        }
    }
}

fn were(requests: usize) -> String {
    format!("{} {}", count(requests, "test request"), if requests == 1 { "was" } else { "were" })
}
