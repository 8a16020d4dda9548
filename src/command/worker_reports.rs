//! Work of the wizard's worker that ends in a report: the go-live gates, the hand-off, the forecast.
use super::session::CampusSession;
use super::worker::WizardWorker;
use super::{patrons, stance};
use crate::drive::Stop;
use crate::engine;
use crate::engine::golive::GatePassage;
use crate::engine::handoff::{self, Systems};
use crate::engine::plan::Consent;
use crate::failure::{Failure, FailureKind};
use crate::recipe::{Recipe, StepId};
use crate::site::{Site, Stance};
use crate::tui::msg::{ForecastResult, GateRun, HandOffResult};
use std::path::PathBuf;

impl WizardWorker {
    /// Reads everything and judges every go-live gate.
    pub(super) async fn gates(&self) -> Result<Box<GateRun>, Failure> {
        let session = self.session()?;
        let judged = stance::judge(&session).await?;
        Ok(self.gates_reply(session.ops.site.clone(), judged))
    }

    fn gates_reply(&self, site: Site, judged: stance::Judgement) -> Box<GateRun> {
        let stance::Judgement { checked, gates, passage, remarks } = judged;
        let cards = match passage {
            GatePassage::Through => stance::cards(&site, &checked.snapshot),
            GatePassage::Before => Vec::new(),
        };
        self.remember(&site, checked.snapshot);
        Box::new(GateRun { site, passage, gates, cards, remarks, report: Some(checked.report) })
    }

    /// Goes live if every gate still holds, or goes back to set up ahead.
    pub(super) async fn set_stance(&self, to: Stance, consent: &Consent) -> Result<Box<GateRun>, Failure> {
        tokio::task::block_in_place(|| self.deferred.settle());
        let session = self.session()?;
        let gated = match to {
            Stance::Live => self.go_live(&session, consent).await?,
            Stance::Ahead => go_back(&session, consent)?,
        };
        self.replace_site(gated.site.clone());
        Ok(gated)
    }

    async fn go_live(&self, session: &CampusSession, consent: &Consent) -> Result<Box<GateRun>, Failure> {
        let mut judged = stance::judge(session).await?;
        if engine::golive::gates_exit_code(&judged.gates) != 0 {
            return Err(stance::refusal(&session.ops.site, &judged.gates));
        }
        let site = tokio::task::block_in_place(|| stance::set_stance(session, consent, Stance::Live, &judged.gates))?;
        judged.passage = GatePassage::Through;
        judged.remarks.push(stance::went_live_words(&site));
        let mut gated = self.gates_reply(site, judged);
        // The report was judged against the stance before going live.
        gated.report = None;
        Ok(gated)
    }

    /// Reads everything and builds the hand-off document.
    pub(super) async fn hand_off(&self) -> Result<Box<HandOffResult>, Failure> {
        let session = self.session()?;
        let checked = session.ops.check(&StepId::ALL).await?;
        let (recipe, site) = (Recipe::embedded(), &session.ops.site);
        let systems = match self.screen_entry.world_of(&site.institution) {
            Some(_) => Systems::Practice,
            None => Systems::Campus,
        };
        let (snapshot, report) = (checked.snapshot, checked.report);
        let document = handoff::build(recipe, site, &snapshot, &report, &checked.remarks, systems, None);
        self.remember(site, snapshot);
        Ok(Box::new(HandOffResult { document, report }))
    }

    /// Forecasts duplicate accounts for the people in a file, or for the campus file's sample if no file is named.
    pub(super) async fn forecast(
        &self,
        file: &str,
        stop: &Stop,
        tell: impl FnMut(usize, usize),
    ) -> Result<Box<ForecastResult>, Failure> {
        let session = self.session_until(patrons::FORECAST_TIME)?;
        let query = patrons::PatronQuery::from_file(typed_path(file));
        let (listed, remark) = patrons::people_to_ask(&session, &query)?;
        let forecast = tokio::select! {
            forecast = patrons::forecast(&session, &query, listed, tell) => forecast?,
            () = stop.heard() => {
                return Err(Failure::new(FailureKind::Interrupted, "Stopped. Results so far are kept for a day.")
                    .hint("run the same list again to continue"));
            }
        };
        Ok(Box::new(ForecastResult { forecast, remark }))
    }
}

fn go_back(session: &CampusSession, consent: &Consent) -> Result<Box<GateRun>, Failure> {
    let (site, words) = tokio::task::block_in_place(|| stance::go_back(session, consent))?;
    let card = engine::golive::back_out_card(Recipe::embedded(), &site, &session.ops.snapshot_without_reads()?);
    Ok(Box::new(GateRun {
        site,
        passage: GatePassage::Before,
        gates: Vec::new(),
        cards: card.into_iter().collect(),
        remarks: vec![words],
        report: None,
    }))
}

/// Reads a typed path as a shell would: `~/` is the home folder, and surrounding quotes are dropped. `None` if nothing was typed.
fn typed_path(typed: &str) -> Option<PathBuf> {
    let bare = typed.trim();
    let quoted = |quote| bare.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(bare);
    match (bare.is_empty(), bare.strip_prefix("~/"), std::env::var_os("HOME")) {
        (true, ..) => None,
        (false, Some(rest), Some(home)) => Some(PathBuf::from(home).join(rest)),
        (false, ..) => Some(PathBuf::from(bare)),
    }
}
