//! A new key of Alma's tried on a request: the probe and its negative twin, made with that very key.
use super::answer::say;
use super::prove;
use super::session::{CampusSession, PROOF};
use crate::drive::{Prover, RotationOptions, Stop, TrafficResult};
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

/// Who decides whether it is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Probing {
    /// Decided: it is.
    Wanted,
    /// The person at the terminal.
    Asked,
    /// Nobody is there to ask.
    Left,
}

impl Probing {
    /// As the command line and the terminal have it.
    pub(super) fn of(wanted: bool) -> Self {
        match (wanted, prompt::at_a_terminal()) {
            (true, _) => Self::Wanted,
            (false, true) => Self::Asked,
            (false, false) => Self::Left,
        }
    }

    /// Says what a probe does beside, and asks where somebody is to be asked.
    pub(super) async fn agreed(self, site: &Site, given: &Consent) -> Result<Option<Consent>, Failure> {
        if self == Self::Left {
            return Ok(None);
        }
        let route = Route::of_procedure(Recipe::embedded(), site);
        say("The new key can be tried on a request, as Alma will use it:");
        side_effects(ProofScope::Illiad, &route).iter().for_each(|told| say(&format!("  {told}")));
        if self == Self::Wanted {
            return Ok(Some(given.clone()));
        }
        let label =
            format!("Type {} again to try it in {}, or Enter to skip: ", site.institution, site.environment.as_str());
        let typed = tokio::task::spawn_blocking(move || prompt::line(&label))
            .await
            .map_err(|error| Failure::new(FailureKind::Terminal, format!("The prompt broke off: {error}")))??;
        let consent = Consent::given(&typed, &site.institution);
        if !typed.is_empty() && consent.is_none() {
            say(&format!("That is not {}; nothing was made.", site.institution));
        }
        Ok(consent)
    }
}

/// What came of it, and the exit code it calls for.
pub(super) struct Tried {
    pub(super) shown: KeyTrial,
    pub(super) code: u8,
}

/// Makes both with the new key, watches and cancels them. Whatever fails is told: the keys are in their places already.
pub(super) async fn tried(
    session: &CampusSession,
    http: &Http,
    keys: Arc<dyn Keys>,
    new: &ApiKey,
    consent: &Consent,
    stop: &Stop,
) -> Tried {
    // ILLiad has one kind of key: with Alma's in our own one's place the request is made as Alma makes it.
    let with = Arc::new(RotationOptions { stored: keys, slot: KeySlot::Illiad, key: new.clone() });
    let http = http.until(Instant::now() + PROOF);
    let in_flight = Arc::clone(&session.ops.in_flight);
    let session = CampusSession::with(session.ops.site.clone(), session.folders.clone(), with, &http, in_flight);
    match probe(&session, consent, stop).await {
        Ok(tried) => tried,
        Err(failure) => {
            say(&format!("last-resort: {failure}"));
            Tried { shown: KeyTrial::Not(failure.what), code: failure.kind.exit_code() }
        }
    }
}

async fn probe(session: &CampusSession, consent: &Consent, stop: &Stop) -> Result<Tried, Failure> {
    let (hands, _lock) = tokio::task::block_in_place(|| session.hands())?;
    let tell = |progress: ProofProgress| say(&prove::told(&progress));
    let prover = Prover { ops: &session.ops, hands, tell: &tell, stop };
    // Traffic of before says nothing of a new key.
    let run = prover.prove(consent, TrafficResult::ProveAnyway).await?;
    let code = prove::after_running(session, ProofScope::Illiad, &run, false).await?;
    let number = run.made.iter().find(|one| one.kind == ProbeKind::Probe).and_then(|one| one.illiad.number.clone());
    let shown = match (number, run.failure) {
        (Some(number), _) => KeyTrial::Took(number),
        (None, Some(failure)) => KeyTrial::Not(failure.what),
        (None, None) => KeyTrial::Not("it was stopped before".to_owned()),
    };
    Ok(Tried { shown, code })
}
