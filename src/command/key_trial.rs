//! Tries a new key for Alma on a test request: the probe and its twin are made with that key.
use super::output::{failure_words, say};
use super::prove;
use super::session::{CampusSession, PROOF_TIME};
use crate::drive::{InFlight, Prover, RotationOptions, Stop, TrafficResult};
use crate::engine::journal::{ProbeKind, ProofScope};
use crate::engine::judge::Route;
use crate::engine::plan::Consent;
use crate::engine::probe::{ProofProgress, side_effects};
use crate::engine::render::KeyTrial;
use crate::failure::{Failure, FailureKind};
use crate::io::{Http, prompt};
use crate::ports::Keys;
use crate::recipe::{KeySlot, Recipe};
use crate::secret::ApiKey;
use crate::site::Site;
use std::sync::Arc;
use std::time::Instant;

/// Whether to try the new key on a test request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TrialDecision {
    /// The command line asked for it.
    Wanted,
    /// Ask the person at the terminal.
    Ask,
    /// Nobody is at the terminal to be asked.
    Skip,
}

impl TrialDecision {
    /// Decides by the flag on the command line and by whether there is a terminal.
    pub(super) fn from_flag(wanted: bool) -> Self {
        match (wanted, prompt::at_a_terminal()) {
            (true, _) => Self::Wanted,
            (false, true) => Self::Ask,
            (false, false) => Self::Skip,
        }
    }

    /// Prints the side effects of a probe, asks the person if necessary, and returns the consent; `None` means the key is not tried, as
    /// when the person stops the command instead of answering.
    pub(super) async fn consent(self, site: &Site, given: &Consent, stop: &Stop) -> Result<Option<Consent>, Failure> {
        if self == Self::Skip || stop.asked() {
            return Ok(None);
        }
        let route = Route::of_procedure(Recipe::embedded(), site);
        say("You can try the new key on a request, as Alma will use it:");
        side_effects(ProofScope::Illiad, &route).iter().for_each(|effect| say(&format!("  {effect}")));
        if self == Self::Wanted {
            return Ok(Some(given.clone()));
        }
        let label =
            format!("Type {} again to try it in {}, or Enter to skip: ", site.institution, site.environment.as_str());
        let asked = tokio::task::spawn_blocking(move || prompt::line(&label));
        let typed = tokio::select! {
            biased;
            () = stop.heard() => return Ok(None),
            typed = asked => {
                typed.map_err(|error| Failure::new(FailureKind::Terminal, format!("The prompt failed: {error}")))??
            }
        };
        let consent = Consent::answered(&typed, &site.institution);
        if !typed.is_empty() && consent.is_none() {
            say(&format!("That is not {}. No request was created.", site.institution));
        }
        Ok(consent)
    }
}

/// The result of a trial, and the exit code it leads to.
pub(super) struct TrialOutcome {
    pub(super) trial: KeyTrial,
    pub(super) exit_code: u8,
}

impl TrialOutcome {
    /// A trial that failed. Says why, since the keys are already in place.
    pub(super) fn failed(failure: &Failure) -> Self {
        say(&format!("last-resort: {}", failure_words(failure)));
        Self { trial: KeyTrial::Not(failure.plain().to_owned()), exit_code: failure.kind.exit_code() }
    }
}

/// Makes the probe and its twin with the new key, watches them and cancels them. A failure is printed and becomes part of the outcome.
pub(super) async fn try_on_request(
    session: &CampusSession,
    http: &Http,
    keys: Arc<dyn Keys>,
    new: &ApiKey,
    consent: &Consent,
    stop: &Stop,
    json: bool,
) -> TrialOutcome {
    // ILLiad has only one kind of key. With the new key in the slot of our own ILLiad key, the request is made as Alma would make it.
    let with_new_key = Arc::new(RotationOptions { stored: keys, slot: KeySlot::Illiad, key: new.clone() });
    let http = http.until(Instant::now() + PROOF_TIME);
    let in_flight = Arc::clone(&session.ops.in_flight);
    let (site, folders) = (session.ops.site.clone(), session.folders.clone());
    let session = match CampusSession::with(site, folders, with_new_key, &http, in_flight) {
        Ok(session) => session,
        Err(failure) => return TrialOutcome::failed(&failure),
    };
    let tried = session.ops.unless_left(stop, Box::pin(probe(&session, consent, stop, json))).await;
    tried.unwrap_or_else(|failure| match stop.is_leaving() {
        true => TrialOutcome { trial: KeyTrial::BrokenOff(failure.to_string()), exit_code: failure.kind.exit_code() },
        false => TrialOutcome::failed(&failure),
    })
}

async fn probe(session: &CampusSession, consent: &Consent, stop: &Stop, json: bool) -> Result<TrialOutcome, Failure> {
    let (hands, _lock) = tokio::task::block_in_place(|| session.hands())?;
    let tell = |progress: ProofProgress| say(&prove::progress_line(&progress));
    let prover = Prover { ops: &session.ops, hands, tell: &tell, stop, held: InFlight::default() };
    // Earlier real traffic proves nothing about a new key.
    let run = prover.prove(consent, TrafficResult::ProveAnyway).await?;
    let form = if json { prove::ReportForm::Remarks } else { prove::ReportForm::Lines };
    let exit_code = prove::report_proof(session, ProofScope::Illiad, &run, form).await?;
    let number = run.made.iter().find(|one| one.kind == ProbeKind::Probe).and_then(|one| one.illiad.number.clone());
    let trial = match (number, run.failure) {
        (Some(number), _) => KeyTrial::Took(number),
        (None, Some(failure)) => KeyTrial::Not(failure.plain().to_owned()),
        (None, None) => KeyTrial::Not("it was stopped before that".to_owned()),
    };
    Ok(TrialOutcome { trial, exit_code })
}
