//! Handles the result of a proof.
use super::keys::KEYS;
use super::last_word::of_proof;
use super::page::page;
use super::state::ProofResultScreen;
use crate::tui::keys::binding::KeyTable;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent};
use crate::tui::parts::area::Area;
use crate::tui::parts::scroll::scroll;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::Tone;
use crate::tui::screen::behaviour::{Behaviour, Meaning};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::script::Mark;

impl Behaviour for ProofResultScreen {
    fn key_tables() -> &'static [KeyTable] {
        KEYS
    }

    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Screen::ProofResult(screen) = &mut model.screen else { return Vec::new() };
        match intent {
            Intent::Enter | Intent::Back => model.screen = Screen::Steps(StepsScreen),
            _ => scroll(&mut screen.top, intent, screenful),
        }
        Vec::new()
    }

    fn page(&self, model: &Model, area: Area) -> Sheet {
        page(model, self, area)
    }

    fn name(&self) -> &'static str {
        "Result of the proof"
    }

    fn top(&mut self) -> Option<&mut usize> {
        Some(&mut self.top)
    }

    fn enter_words(&self, _model: &Model) -> Option<String> {
        Some("go on".to_owned())
    }

    fn marks(&self) -> &'static [Meaning] {
        &[
            (Mark::Same, Tone::Good, "seen to work; of a test request: cancelled and read again, or gone"),
            (Mark::Differs, Tone::Bad, "not as wanted; of a test request: not cancelled"),
            (Mark::Unread, Tone::Warn, "nothing was shown by it"),
            (Mark::Waiting, Tone::Warn, "not shown yet; of a test request: not made, or not there"),
        ]
    }

    fn last_word(&self, _model: &Model) -> Option<String> {
        Some(match &self.ended {
            Ok(proved) => of_proof(proved),
            Err(failure) => failure.what.clone(),
        })
    }
}
