//! Proves ILLiad's half: makes the probe and its twin, watches them, cancels them, and confirms that.
use super::clean::{CleanResult, may_exist};
use super::gather::read_by_number;
use super::prover::{Live, Prover, could_not};
use crate::engine;
use crate::engine::journal::{ProbeEnd, ProbeKind, ProbeRecord, ProbeToken, ProofResult, System};
use crate::engine::judge::{CandidateSight, Route, TrafficRule, Verdict};
use crate::engine::observed::{Observation, PatronRequests, RowList, Transaction, UnreadKind};
use crate::engine::plan::Consent;
use crate::engine::probe::{NewTransaction, ProbeEnding, TwinEnding, WatchState};
use crate::engine::results::{Conclusion, ProofRun};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite, WriteFailure};
use crate::recipe::{FieldKey, Recipe, StepId};

/// Whether real requests that prove the rule are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrafficResult {
    /// Real requests are enough; make no probe if there is one.
    Suffices,
    /// Make a probe in any case.
    ProveAnyway,
}

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
    /// Proves ILLiad's half of the chain, by real requests or by a probe and its twin.
    ///
    /// # Errors
    /// Fails before anything is made: no test patron, no key, a leftover request that cannot be cancelled, or ILLiad
    /// not reached.
    pub async fn prove(&self, consent: &Consent, traffic: TrafficResult) -> Result<ProofRun, Failure> {
        self.ops.consented(consent)?;
        let patron = self.ready().await?;
        let route = self.route()?;
        let list = self.requests_of(&patron).await?;
        if traffic == TrafficResult::Suffices
            && let Some(number) = self.real_traffic(&route, list).await?
        {
            let words = format!(
                "Request {number} of the test patron came from Alma and is in \"{}\". Real traffic proves the rule, so no test request was created.",
                route.queue
            );
            return Ok(ProofRun::real_traffic(words));
        }
        self.hold().await;
        if self.stop.asked() {
            return Err(Failure::new(FailureKind::Interrupted, "No request was created."));
        }
        self.illiad_half(&patron, &route).await
    }

    /// The number of the real request that proves the rule, if there is one. It is read by that number first.
    async fn real_traffic(&self, route: &Route, list: RowList<Transaction>) -> Result<Option<i64>, Failure> {
        let rule = TrafficRule::new(route, &self.ops.site, self.ops.clock.now());
        let by_number = read_by_number(&self.ops.clients.illiad, &rule, &list.rows).await;
        let requests = PatronRequests { list, by_number };
        let proven_by = rule.proven_by(&requests).map(|request| request.number);
        match rule.routed(&requests) {
            Some(CandidateSight::Contradicted(why)) => self.say(None, why),
            Some(CandidateSight::Unread(why)) => self.say(None, why.what),
            Some(CandidateSight::Confirmed(_)) | None => {}
        }
        Ok(if self.is_newest(requests)? { proven_by } else { None })
    }

    /// Whether no probe has failed since the real request, and none is due since going live or since a change, by the verdicts of
    /// the step itself.
    fn is_newest(&self, requests: PatronRequests) -> Result<bool, Failure> {
        let mut snapshot = self.ops.snapshot_without_reads()?;
        snapshot.illiad.requests = Observation::Got(requests);
        let report = engine::judge::verify(Recipe::embedded(), &self.ops.site, &snapshot, &[StepId::Prove]);
        let routing = FieldKey::new(StepId::Prove, "routing");
        let due = report
            .findings()
            .any(|one| [engine::judge::since_live_key(), engine::judge::since_change_key()].contains(&one.key));
        Ok(!due && report.findings().any(|one| one.key == routing && matches!(one.verdict, Verdict::Same(_))))
    }

    /// Returns the test patron, after cancelling what earlier runs left and checking that ILLiad knows the patron.
    pub(super) async fn ready(&self) -> Result<String, Failure> {
        let campus = &self.ops.site.institution;
        let patron = self.ops.site.sample.first().cloned().ok_or_else(|| {
            Failure::new(
                FailureKind::CampusFile,
                format!("No test patron is set up for {campus}, so no request was created."),
            )
            .hint(format!("add the EMPLID of a staff member who agreed: {}", self.ops.site.sample_command()))
        })?;
        if let Err(why) = &self.ops.clients.illiad_key {
            return Err(could_not("No request was created", why));
        }
        let CleanResult { left, failure, .. } = self.cancel_left().await?;
        // What was made elsewhere was named, and does not stand in the way here.
        if let (Some(one), failure) = (left.iter().find(|one| one.is_left_here()), failure) {
            let why = failure.as_ref().map_or_else(|| format!("{} is not cancelled", one.name()), |f| f.what.clone());
            let mut failed = Failure::new(
                failure.as_ref().map_or(FailureKind::Refused, |f| f.kind),
                format!("No new request was created, because an earlier run left one behind: {why}"),
            );
            failed.hints = failure.map(|f| f.hints).unwrap_or_default();
            return Err(failed);
        }
        match self.ops.clients.illiad.user(&patron).await {
            Ok(Some(_)) => Ok(patron),
            Ok(None) => Err(Failure::new(
                FailureKind::Refused,
                format!("ILLiad has no user with the test patron's EMPLID at {campus}; no request was created."),
            )
            .hint(self.ops.site.command("check patrons"))),
            Err(why) => Err(could_not("The test patron could not be read in ILLiad, so no request was created", &why)),
        }
    }

    /// Makes, watches and cancels the probe and its twin. The caller must hold the lock for writing.
    pub(super) async fn illiad_half(&self, patron: &str, route: &Route) -> Result<ProofRun, Failure> {
        let mut tokens = Vec::new();
        let probe = self.make(ProbeKind::Probe, patron, &mut tokens).await;
        let twin = match &probe {
            Ok(_) if !self.stop.asked() => Some(self.make(ProbeKind::Negative, patron, &mut tokens).await),
            _ => None,
        };
        let (mut failure, mut judged) = (None, None);
        match (probe, twin) {
            (Err(why), _) => failure = Some(why),
            (Ok(mut probe), twin) => {
                let mut twin = match twin {
                    Some(Ok(twin)) => Some(twin),
                    Some(Err(why)) => {
                        self.say(ProbeKind::Negative, why.plain());
                        failure = Some(why);
                        None
                    }
                    None => None,
                };
                let watch = self.watch(route, &mut probe, twin.as_mut()).await;
                judged = Some(self.judged(route, &probe, twin.as_ref(), watch));
            }
        }
        let cleaned = self.clean_all(self.open(&tokens)?).await;
        failure = failure.or(cleaned.err());
        let conclusion = match judged {
            Some((showed, outcome)) => {
                let showed = showed.after_cancelling(&self.made(&tokens)?);
                self.note_proof(showed.clone());
                Conclusion::Watched(showed, outcome)
            }
            None => Conclusion::Nothing,
        };
        let failure = failure.or(self.not_noted());
        Ok(ProofRun { conclusion, made: self.made(&tokens)?, left: self.open(&tokens)?, failure })
    }

    fn judged(
        &self,
        route: &Route,
        probe: &Live,
        twin: Option<&Live>,
        watch: WatchState,
    ) -> (ProofResult, &'static str) {
        let ending = ProbeEnding::read(route, probe.sight.as_ref(), watch);
        let negative = TwinEnding::read(route, twin.and_then(|twin| twin.sight.as_ref()), watch);
        let showed = engine::probe::judge_probe(&self.ops.site, route, Some(probe.number), &ending, &negative);
        let outcome = match (&ending, &negative) {
            (ProbeEnding::Routed, TwinEnding::Caught(_)) => "catches_everything",
            _ => ending.as_str(),
        };
        (showed, outcome)
    }

    /// Those of these test requests that may still exist.
    pub(super) fn open(&self, tokens: &[ProbeToken]) -> Result<Vec<ProbeRecord>, Failure> {
        let mut made = self.made(tokens)?;
        made.retain(may_exist);
        Ok(made)
    }

    /// Makes one test request. Its token is on disk before the first byte is sent. It counts as made once it was read
    /// again as ours. If the outcome is unknown, it is looked for before anything else.
    async fn make(&self, kind: ProbeKind, patron: &str, tokens: &mut Vec<ProbeToken>) -> Result<Live, Failure> {
        let one = self.begin(kind, patron, None)?;
        tokens.push(one.token.clone());
        let request = NewTransaction::of(&self.ops.site, patron, kind, &one.token);
        self.say(kind, format!("creating it in ILLiad, with CitedIn {}", request.cited_in));
        let failure = match self.hands.illiad.create(&request).await {
            Ok(made) => match self.read_ours(&one, made.number).await {
                Ok(Some(ours)) => return Ok(self.numbered(&one, &ours)),
                Ok(None) => return self.made_and_gone(&one, made.number).await,
                Err(why) => {
                    could_not(&format!("ILLiad reported request {}, but it could not be read", made.number), &why)
                }
            },
            // It was never sent.
            Err(WriteFailure::Refused { failure, .. }) => {
                self.ended(&one.token, System::Illiad, ProbeEnd::Refused(failure.plain().to_owned()));
                return Err(failure);
            }
            Err(WriteFailure::Unknown(failure) | WriteFailure::Taken(failure)) => failure,
        };
        self.say(kind, format!("{}; looking for it by its token", failure.plain().trim_end_matches('.')));
        match self.search(&one).await.map_err(|why| why.after(failure.plain()))? {
            Some(number) => self.confirmed(&one, number).await,
            None => {
                self.ended(&one.token, System::Illiad, ProbeEnd::NotFound);
                Err(failure.hint("a search did not find it in ILLiad; prove again"))
            }
        }
    }

    /// A request that was found in a list. Until it was read by its number, it proves nothing.
    async fn confirmed(&self, one: &ProbeRecord, number: i64) -> Result<Live, Failure> {
        match self.read_ours(one, number).await {
            Ok(Some(ours)) => Ok(self.numbered(one, &ours)),
            Ok(None) => Ok(self.gone(one, number)),
            Err(why) => {
                let live = self.with_number(one, number);
                if why.why == UnreadKind::Nonsense {
                    return Err(could_not(&format!("{number} is in the list, but could not be read"), &why));
                }
                self.say(one.kind, why.plain());
                Ok(live)
            }
        }
    }

    /// A request that ILLiad numbered and then does not have under that number. Looks for it by its token.
    async fn made_and_gone(&self, one: &ProbeRecord, number: i64) -> Result<Live, Failure> {
        self.say(one.kind, format!("{number} is not in ILLiad; looking for it by its token"));
        match self.search(one).await? {
            Some(number) => self.confirmed(one, number).await,
            None => Ok(self.gone(one, number)),
        }
    }
}
