//! Proves the whole chain: watches a borrowing request in Alma go through its rota and export into ILLiad's queue, and
//! cancels it on both sides.
use super::prover::{Live, Prover, could_not};
use crate::engine;
use crate::engine::journal::{ProbeEnd, ProbeKind, ProbeRecord, ProbeToken, RequestByHand, System, TITLE};
use crate::engine::judge::Route;
use crate::engine::observed::{ExportKey, Observation};
use crate::engine::plan::Consent;
use crate::engine::probe::{
    Arrival, BorrowingRequest, ChainEnding, LOOKS, NewBorrowing, Ours, ProbeEnding, RequestView, RotaProgress,
    WatchState, listed_as_ours,
};
use crate::engine::results::{Conclusion, ProofRun};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite, RequestBlocks, WriteFailure};
use crate::secret::{ApiKey, Fingerprint};
use std::time::Duration;

/// Alma's error code when the library owns the title itself. Alma accepts the request if told to override this
/// (facts/alma.md §7).
const SELF_OWNERSHIP: &str = "401604";

/// How many more looks to take after the first three minutes, one a minute. A rota was seen to take eleven minutes
/// (facts/alma.md §6).
const MORE_LOOKS: usize = 12;

/// How often a creation is sent again after a per-second limit.
const SENT_AGAIN: usize = 3;

/// How many looks to take once Alma has given the request to ILLiad, before concluding that nothing arrives.
const PATIENCE: usize = 5;

/// The request in ILLiad that Alma made.
enum ExportedRequest {
    /// It was read by its number. Holds its `CitedIn`.
    Read(Box<Live>, Option<String>),
    /// Only the list shows it, under this number.
    Listed(i64),
}

/// Whose borrowing request is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BorrowingSource {
    Ours,
    /// A request that a person placed. Holds its id.
    ByHand(String),
}

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
    /// Proves the whole chain, or says which half was proved.
    ///
    /// # Errors
    /// Fails before anything is made: for the reasons of [`Prover::prove`], because Alma's key belongs to another
    /// campus, or because there is no partner `ILLiad`.
    pub async fn prove_chain(&self, consent: &Consent, source: &BorrowingSource) -> Result<ProofRun, Failure> {
        self.ops.consented(consent)?;
        self.keyless(source)?;
        let patron = self.ready().await?;
        let route = self.route()?;
        let key = self.partner_key().await?;
        let by_hand = match source {
            BorrowingSource::Ours => None,
            BorrowingSource::ByHand(id) => Some(self.by_hand(&patron, id).await?),
        };
        self.hold().await;
        if self.stop.asked() {
            return Err(Failure::new(FailureKind::Interrupted, "No request was created."));
        }
        let placed = by_hand
            .as_ref()
            .map(|request| RequestByHand { id: request.id.clone(), title: request.title.clone().unwrap_or_default() });
        let one = self.begin(ProbeKind::Borrowing, &patron, placed)?;
        let (token, tokens) = (one.token.clone(), [one.token.clone()]);
        let request = match by_hand {
            Some(request) => Ok(request),
            None => self.make_borrowing(&one).await,
        };
        let (mut failure, mut ended) = (None, None);
        match request {
            Err(why) => failure = Some(why),
            Ok(request) => {
                self.borrowing_numbered(&token, &request);
                self.say(ProbeKind::Borrowing, format!("{} in Alma: {}", request.id, request.words()));
                ended = Some(self.follow(&patron, &route, &token, &request).await);
            }
        }
        failure = failure.or(self.clean_all(self.open(&tokens)?).await.err());
        let mut run = ProofRun { conclusion: Conclusion::Nothing, made: Vec::new(), left: Vec::new(), failure };
        if let Some(ended) = ended {
            self.conclude(&patron, &route, &ended, key, &mut run).await?;
        }
        run.made.splice(0..0, self.made(&tokens)?);
        run.left.extend(self.open(&tokens)?);
        run.failure = run.failure.take().or(self.not_noted());
        Ok(run)
    }

    /// Refuses a key that was given as the id of a request, before anything is asked.
    ///
    /// # Errors
    /// Fails with the words for it, which do not repeat the key.
    pub fn keyless(&self, source: &BorrowingSource) -> Result<(), Failure> {
        let BorrowingSource::ByHand(id) = source else { return Ok(()) };
        let Some(what) = self.ops.surely_key_in(id) else { return Ok(()) };
        let what = format!("The id of the request, [not repeated], is {what}. Nothing was sent.");
        Err(Failure::new(FailureKind::Usage, what).hint("give the id that Alma shows for the borrowing request"))
    }

    /// Proves ILLiad's half alone if the request did not reach ILLiad, then judges both halves together.
    async fn conclude(
        &self,
        patron: &str,
        route: &Route,
        ended: &ChainEnding,
        key: Option<Fingerprint>,
        run: &mut ProofRun,
    ) -> Result<(), Failure> {
        let mut alone = None;
        if !matches!(ended, ChainEnding::Arrived(_)) && !self.stop.asked() {
            let why = match ended {
                ChainEnding::Unread(_) => "it could not be read in ILLiad",
                _ if ended.reached_illiad() => "its CitedIn proves nothing",
                _ => "it was not seen in ILLiad",
            };
            self.say(None, format!("{why}; now testing ILLiad alone"));
            let half = self.illiad_half(patron, route).await?;
            run.made.extend(half.made);
            run.left.extend(half.left);
            run.failure = run.failure.take().or(half.failure);
            alone = match half.conclusion {
                Conclusion::Watched(showed, _) => Some(showed),
                Conclusion::Nothing | Conclusion::RealTraffic(_) => None,
            };
        }
        let showed = engine::probe::judge_chain(&self.ops.site, route, ended, alone.as_ref(), key);
        self.note_proof(showed.clone());
        run.conclusion = Conclusion::Watched(showed, ended.as_str());
        Ok(())
    }

    /// Checks that the API key belongs to this campus and that the partner exists. Returns the export key that the
    /// chain is proved with, if known.
    async fn partner_key(&self) -> Result<Option<Fingerprint>, Failure> {
        let alma = self.ops.clients.alma.as_ref().map_err(|why| could_not("No request was created", why))?;
        let mut snapshot = self.ops.snapshot_without_reads()?;
        let general = alma.general().await.map_err(|why| could_not("No request was created", &why))?;
        snapshot.alma.general = Observation::Got(general);
        let code = self.ops.partner_code();
        snapshot.alma.partner = Observation::from(alma.partner(&code).await);
        let record = engine::judge::readable(&self.ops.site, &snapshot)
            .map_err(|why| could_not("No request was created", &why))?;
        let campus = &self.ops.site.institution;
        let record = record.ok_or_else(|| {
            Failure::new(
                FailureKind::Refused,
                format!("There is no partner {code} in {campus} yet; no request was created."),
            )
            .hint(self.ops.site.confirmed("apply partner parameters"))
        })?;
        let stored = snapshot.keys.export_key.got().map(|(_, key)| key);
        let stored = stored.filter(|key| record.key.may_be(key)).map(ApiKey::fingerprint);
        Ok(match (&record.key, &snapshot.journal.key_write) {
            (ExportKey::Clear(key), _) => Some(key.fingerprint()),
            (_, Some(written)) if stored.as_ref() != Some(&written.fingerprint) => None,
            _ => stored,
        })
    }

    /// Reads a request that a person placed. Its title must say that it is a test, because the request will be
    /// cancelled.
    async fn by_hand(&self, patron: &str, id: &str) -> Result<BorrowingRequest, Failure> {
        let found = self.alma()?.read(patron, id).await;
        match found.map_err(|why| could_not("The request could not be read, so nothing was changed", &why))? {
            Some(found) if found.is_a_test() => Ok(found),
            Some(_) => Err(Failure::new(
                FailureKind::Refused,
                format!(
                    "The title of request {id} does not begin with \"{TITLE}\"; it may be a real request, so it was not touched."
                ),
            )
            .hint("place a request for the test patron with a title that begins with \"TEST please cancel\"")),
            None => Err(Failure::new(
                FailureKind::Refused,
                format!("The test patron has no borrowing request {id} in Alma; nothing was changed."),
            )
            .hint("give the request ID (not the external ID) of a request by the first patron in the sample")),
        }
    }

    /// Makes the borrowing request. It counts as made once it was read again as ours.
    async fn make_borrowing(&self, one: &ProbeRecord) -> Result<BorrowingRequest, Failure> {
        let kind = ProbeKind::Borrowing;
        let mut blocks = RequestBlocks::Kept;
        let mut outcome = self.create_borrowing(one, blocks).await?;
        // Alma said that nothing was created. It is asked again only once its whole list says so too.
        for _ in 0..SENT_AGAIN {
            let why = match &outcome {
                Err(failed) if failed.came_too_fast() => "too many calls in one second",
                Err(WriteFailure::Refused { codes, .. })
                    if blocks == RequestBlocks::Kept && codes.iter().any(|code| code == SELF_OWNERSHIP) =>
                {
                    blocks = RequestBlocks::Overridden;
                    "the library owns that title, so the next try overrides that block"
                }
                _ => break,
            };
            self.say(kind, format!("{why}; looking for it by its title before it is sent again"));
            match self.search_borrowing(one).await? {
                Some(id) => return self.listed_borrowing(one, &id).await,
                None => outcome = self.create_borrowing(one, blocks).await?,
            }
        }
        let failure = match outcome {
            Ok(made) => match self.read_borrowing(one, &made.id).await {
                Ok(Some(ours)) => return Ok(ours.found().clone()),
                Ok(None) => Failure::new(
                    FailureKind::Refused,
                    format!("Alma reported request {}, but has no such request", made.id),
                ),
                Err(why) => could_not(&format!("Alma reported request {}, but it could not be read", made.id), &why),
            },
            // It was never sent.
            Err(WriteFailure::Refused { failure, codes, .. }) if codes.is_empty() => {
                self.ended(&one.token, System::Alma, ProbeEnd::Refused(failure.plain().to_owned()));
                self.ended(&one.token, System::Illiad, ProbeEnd::Refused("not requested".to_owned()));
                return Err(failure);
            }
            // Even after a refusal: a request was seen to be created although its POST was refused.
            Err(
                WriteFailure::Refused { failure, .. } | WriteFailure::Unknown(failure) | WriteFailure::Taken(failure),
            ) => failure,
        };
        self.say(kind, format!("{}; looking for it by its title", failure.plain().trim_end_matches('.')));
        match self.search_borrowing(one).await.map_err(|why| why.after(failure.plain()))? {
            Some(id) => self.listed_borrowing(one, &id).await,
            None => {
                self.not_in_alma(one);
                Err(failure.hint("a search did not find it in Alma; prove again"))
            }
        }
    }

    /// Asks Alma to create the borrowing request.
    async fn create_borrowing(
        &self,
        one: &ProbeRecord,
        blocks: RequestBlocks,
    ) -> Result<Result<BorrowingRequest, WriteFailure>, Failure> {
        let new = NewBorrowing::of(&self.ops.site, &one.token);
        self.say(one.kind, format!("creating it in Alma, titled \"{}\"", new.title));
        Ok(self.alma()?.create(&one.patron, &new, blocks).await)
    }

    /// A request that was found in the list. Until it was read by its id, nothing is known of how it stands.
    async fn listed_borrowing(&self, one: &ProbeRecord, id: &str) -> Result<BorrowingRequest, Failure> {
        let listed = format!("{} is in Alma's list", crate::text::clean(id, 60));
        match self.read_borrowing(one, id).await {
            Ok(Some(ours)) => Ok(ours.found().clone()),
            Ok(None) => {
                Err(Failure::new(FailureKind::Refused, format!("{listed}, but Alma has no request with that id")))
            }
            Err(why) => Err(could_not(&format!("{listed}, but could not be read"), &why)),
        }
    }

    /// Watches the request go through its rota.
    async fn follow(&self, patron: &str, route: &Route, token: &ProbeToken, made: &BorrowingRequest) -> ChainEnding {
        let (code, mut now) = (self.ops.partner_code(), made.clone());
        let (mut at_illiad, mut unproved) = (0, None);
        let pauses = || LOOKS.into_iter().chain([Duration::from_secs(60); MORE_LOOKS]);
        let then =
            "If it is not in ILLiad by then, ILLiad is tested alone. Either way the test requests are cancelled.";
        self.say_wait("watching whether Alma sends it to ILLiad", pauses(), then);
        for pause in pauses() {
            match now.rota(&code) {
                RotaProgress::Working => {}
                RotaProgress::Elsewhere(partner) => return ChainEnding::OtherPartner(partner),
                RotaProgress::Ended => return ChainEnding::Over(now.words()),
                RotaProgress::AtIlliad | RotaProgress::Exported => {
                    at_illiad += 1;
                    match (self.exported(patron, token, &now).await, &now.external_id) {
                        (None, _) => {}
                        (Some(ExportedRequest::Listed(number)), _) => unproved = Some(ChainEnding::Unread(number)),
                        (Some(ExportedRequest::Read(live, _)), None) => {
                            unproved = Some(ChainEnding::NoExternalId(live.number));
                        }
                        (Some(ExportedRequest::Read(live, cited_in)), id) if *id == cited_in => {
                            return ChainEnding::Arrived(self.watch_arrival(route, *live).await);
                        }
                        (Some(ExportedRequest::Read(live, _)), Some(_)) => return ChainEnding::Untagged(live.number),
                    }
                }
            }
            if self.stop.asked() || at_illiad >= PATIENCE {
                break;
            }
            self.pause(pause).await;
            match self.read_again(token, &made.id).await {
                Ok(Some(ours)) => now = self.moved(token, now, ours.found().clone()),
                Ok(None) => return ChainEnding::Over("no longer in Alma".to_owned()),
                Err(why) => self.say(ProbeKind::Borrowing, why),
            }
        }
        unproved.unwrap_or_else(|| self.not_arrived(&now))
    }

    /// How the watch of a request ended that was not seen in ILLiad.
    fn not_arrived(&self, now: &BorrowingRequest) -> ChainEnding {
        // Who was stopped has not waited long enough to say that something did not happen.
        if self.stop.asked() {
            return ChainEnding::Stopped(now.words());
        }
        match now.rota(&self.ops.partner_code()) {
            RotaProgress::Exported => ChainEnding::NotFound,
            RotaProgress::AtIlliad => ChainEnding::NotExported(now.words()),
            RotaProgress::Elsewhere(partner) => ChainEnding::OtherPartner(partner),
            RotaProgress::Ended => ChainEnding::Over(now.words()),
            RotaProgress::Working => ChainEnding::StillLocating(now.words()),
        }
    }

    /// Reads the borrowing request again, or says why it could not be read.
    async fn read_again(&self, token: &ProbeToken, id: &str) -> Result<Option<Ours<BorrowingRequest>>, String> {
        let one = self.known(token).map_err(|failure| failure.plain().to_owned())?;
        self.read_borrowing(&one, id).await.map_err(|why| why.plain().to_owned())
    }

    fn moved(&self, token: &ProbeToken, before: BorrowingRequest, now: BorrowingRequest) -> BorrowingRequest {
        // Alma may assign the external id some time after it creates the request.
        if now.external_id.is_some() && now.external_id != before.external_id {
            self.borrowing_numbered(token, &now);
        }
        if now.words() != before.words() {
            self.borrowing_seen(token, &now);
            self.say(ProbeKind::Borrowing, format!("{} in Alma: {}", now.id, now.words()));
        }
        now
    }

    /// Finds the request in ILLiad that Alma made.
    async fn exported(&self, patron: &str, token: &ProbeToken, request: &BorrowingRequest) -> Option<ExportedRequest> {
        let mut one = self.known(token).ok()?;
        one.tag = request.external_id.clone().or(one.tag);
        match self.requests_of(patron).await {
            Ok(requests) => {
                let mut listed = None;
                for number in listed_as_ours(&self.ops.site, &one, &requests.rows) {
                    match self.read_ours(&one, number).await {
                        Ok(Some(ours)) => {
                            let cited_in = ours.found().cited_in.clone();
                            return Some(ExportedRequest::Read(Box::new(self.numbered(&one, &ours)), cited_in));
                        }
                        Ok(None) => {}
                        Err(why) => self.say(ProbeKind::Borrowing, why.plain()),
                    }
                    listed = Some(ExportedRequest::Listed(number));
                }
                listed
            }
            Err(why) => {
                self.say(ProbeKind::Borrowing, why.plain());
                None
            }
        }
    }

    async fn watch_arrival(&self, route: &Route, mut live: Live) -> Arrival {
        let settled = |live: &Live| matches!(&live.sight, Some(RequestView::Status(status)) if !route.awaits(status));
        let watch = if settled(&live) { WatchState::ToTheEnd } else { self.watch(route, &mut live, None).await };
        Arrival { number: live.number, ending: ProbeEnding::read(route, live.sight.as_ref(), watch) }
    }
}
