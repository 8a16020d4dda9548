//! The longer work of the wizard's worker: the gates, the hand-off, the forecast.
use super::screen_entry::ScreenEntry;
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
    /// How every gate stands.
    pub(super) async fn gates(&self) -> Result<Box<GateRun>, Failure> {
        let session = self.session()?;
        let judged = stance::judge(&session).await?;
        Ok(self.gated(session.ops.site.clone(), judged))
    }

    fn gated(&self, site: Site, judged: stance::Judgement) -> Box<GateRun> {
        let stance::Judgement { looked, gates, passage, remarks } = judged;
        let cards = match passage {
            GatePassage::Through => stance::cards(&site, &looked.snapshot),
            GatePassage::Before => Vec::new(),
        };
        self.remember(looked.snapshot);
        Box::new(GateRun { site, passage, gates, cards, remarks, report: Some(looked.report) })
    }

    /// Live, if every gate holds still, or back.
    pub(super) async fn set_stance(&self, to: Stance, consent: &Consent) -> Result<Box<GateRun>, Failure> {
        tokio::task::block_in_place(|| self.deferred.settle());
        let session = self.session()?;
        let gated = match to {
            Stance::Live => self.to_live(&session, consent).await?,
            Stance::Ahead => to_ahead(&session, consent)?,
        };
        self.now_on(gated.site.clone());
        Ok(gated)
    }

    async fn to_live(&self, session: &CampusSession, consent: &Consent) -> Result<Box<GateRun>, Failure> {
        let mut judged = stance::judge(session).await?;
        if engine::golive::gates_exit_code(&judged.gates) != 0 {
            return Err(stance::refused(&session.ops.site, &judged.gates));
        }
        let site = tokio::task::block_in_place(|| stance::set(session, consent, Stance::Live, &judged.gates))?;
        judged.passage = GatePassage::Through;
        judged.remarks.push(stance::set_live(&site));
        let mut gated = self.gated(site, judged);
        // It was judged by what was wanted before.
        gated.report = None;
        Ok(gated)
    }

    /// The hand-off, written down.
    pub(super) async fn hand_off(&self) -> Result<Box<HandOffResult>, Failure> {
        let session = self.session()?;
        let looked = session.ops.check(&StepId::ALL).await?;
        let (recipe, site) = (Recipe::embedded(), &session.ops.site);
        let systems = match &self.screen_entry {
            ScreenEntry::Practice(_) => Systems::Practice,
            ScreenEntry::Theirs => Systems::Campus,
        };
        let (snapshot, report) = (looked.snapshot, looked.report);
        let document = handoff::build(recipe, site, &snapshot, &report, &looked.remarks, systems);
        self.remember(snapshot);
        Ok(Box::new(HandOffResult { document, report }))
    }

    /// Foresees those of a list, or the sample.
    pub(super) async fn foretell(
        &self,
        file: &str,
        stop: &Stop,
        tell: impl FnMut(usize, usize),
    ) -> Result<Box<ForecastResult>, Failure> {
        let session = self.session_until(patrons::LONGEST)?;
        let ask = patrons::Ask::list(path(file));
        let (listed, remark) = patrons::listed(&session, &ask)?;
        let forecast = tokio::select! {
            forecast = patrons::foresee(&session, &ask, listed, tell) => forecast?,
            () = stop.heard() => {
                return Err(Failure::new(FailureKind::Interrupted, "Stopped. What was read is kept for a day, and is not asked again.")
                    .hint("the same list again goes on from there"));
            }
        };
        Ok(Box::new(ForecastResult { forecast, remark }))
    }
}

fn to_ahead(session: &CampusSession, consent: &Consent) -> Result<Box<GateRun>, Failure> {
    let (site, words) = tokio::task::block_in_place(|| stance::back(session, consent))?;
    let card = engine::golive::back_out_card(Recipe::embedded(), &site, &session.ops.unseen()?);
    Ok(Box::new(GateRun {
        site,
        passage: GatePassage::Before,
        gates: Vec::new(),
        cards: card.into_iter().collect(),
        remarks: vec![words],
        report: None,
    }))
}

/// As a shell would read it: `~/` is the person's own folder, and quotes around it are not part of it.
fn path(typed: &str) -> Option<PathBuf> {
    let bare = typed.trim();
    let quoted = |quote| bare.strip_prefix(quote).and_then(|rest: &str| rest.strip_suffix(quote));
    let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(bare);
    match (bare.is_empty(), bare.strip_prefix("~/"), std::env::var_os("HOME")) {
        (true, ..) => None,
        (false, Some(rest), Some(home)) => Some(PathBuf::from(home).join(rest)),
        (false, ..) => Some(PathBuf::from(bare)),
    }
}
