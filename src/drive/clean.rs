//! Cancels test requests of this run or an interrupted one. A request counts as cancelled only once it was read again
//! as cancelled.
use super::prover::{LATE, Prover, could_not, known_place, known_whole, not_ours};
use crate::engine::journal::{JournalEvent, ProbeEnd, ProbePlace, ProbeRecord, System, TITLE, unreadable_count};
use crate::engine::judge::belongs_elsewhere;
use crate::engine::observed::{RowList, Transaction, UnreadKind, UnreadReason};
use crate::engine::plan::Consent;
use crate::engine::probe::{BorrowingRequest, CANCELLED, EndStatus, LOOKS, NOTE, Ours};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite, WriteFailure};

/// How often to try cancelling. Each retry comes only after reading that the request is still not cancelled.
const ROUNDS: usize = 3;

/// The result of cleaning up test requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanResult {
    /// The requests of which nothing is left.
    pub ended: Vec<ProbeRecord>,
    /// The requests that may still exist.
    pub left: Vec<ProbeRecord>,
    /// Why some may still exist, or why that is not known. `None` when none do.
    pub failure: Option<Failure>,
}

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
    /// Cancels everything that an earlier run left behind, according to the journal.
    ///
    /// # Errors
    /// Fails when the journal cannot be read. Requests that cannot be cancelled are reported in [`CleanResult`].
    pub async fn clean(&self, consent: &Consent) -> Result<CleanResult, Failure> {
        self.ops.consented(consent)?;
        self.cancel_left().await
    }

    pub(super) async fn cancel_left(&self) -> Result<CleanResult, Failure> {
        let read = self.ops.journal.read()?;
        let unreadable = unreadable_count(&read.unreadable).map(|damage| unknown_leftovers(&damage));
        if let Some(failure) = &unreadable {
            self.say(None, failure.what.clone());
        }
        let journal = self.ops.facts_in(&read);
        let mut due = journal.leftover_probes();
        due.extend(journal.late_probes(self.ops.clock.now()).into_iter().filter(|one| !may_exist(one)));
        if due.is_empty() {
            return Ok(CleanResult { failure: unreadable, ..CleanResult::default() });
        }
        // Those that can be cancelled come first, so that the first failure is about one of them.
        due.sort_by_key(ProbeRecord::is_left_elsewhere);
        self.hold().await;
        self.say(None, format!("cleaning up {} from an earlier run", count(due.len())));
        let tokens: Vec<String> = due.iter().map(|one| one.token.clone()).collect();
        let failure = self.clean_all(due).await.err().or(unreadable).or(self.not_noted());
        let (left, mut ended): (Vec<ProbeRecord>, Vec<ProbeRecord>) =
            self.made(&tokens)?.into_iter().partition(may_exist);
        ended.retain(|one| one.illiad.number.is_some() || one.alma.number.is_some());
        Ok(CleanResult { ended, left, failure })
    }

    /// Cancels all of these requests, even if one of them fails. Returns the first failure.
    pub(super) async fn clean_all(&self, due: Vec<ProbeRecord>) -> Result<(), Failure> {
        let mut failure = None;
        if !due.is_empty() {
            let rounds = due.len() * ROUNDS;
            let then = "What cannot be cancelled by then is named, for someone to cancel by hand.";
            self.say_wait("cancelling the test requests", vec![LOOKS[0]; rounds], then);
        }
        for one in due {
            if let Err(why) = self.clean_one(&one).await {
                self.say(one.kind, why.what.clone());
                failure.get_or_insert(why);
            }
        }
        failure.map_or(Ok(()), Err)
    }

    async fn clean_one(&self, one: &ProbeRecord) -> Result<(), Failure> {
        let in_alma = self.clean_in_alma(one).await;
        // While Alma's side stands, a request without a number may still come to ILLiad.
        if in_alma.is_err() && one.illiad.number.is_none() {
            return in_alma;
        }
        in_alma.and(self.clean_in_illiad(&self.known(&one.token)?).await)
    }

    async fn clean_in_alma(&self, one: &ProbeRecord) -> Result<(), Failure> {
        let looked_for_before = one.alma.end == Some(ProbeEnd::NotFound);
        if !one.is_open(System::Alma) && !looked_for_before {
            return Ok(());
        }
        self.left_alone(one, System::Alma)?;
        let alma = self.alma_of_this_zone().await?;
        let by_number = match &one.alma.number {
            Some(id) => self.still_ours(self.read_borrowing(one, id).await).then(|| id.clone()),
            None => None,
        };
        let id = match by_number {
            Some(id) => Some(id),
            None => self.search_borrowing(one).await?.map(|ours| ours.found().id.clone()),
        };
        match id {
            Some(id) => self.cancel_in_alma(one, alma, id).await,
            None => Ok(()),
        }
    }

    async fn clean_in_illiad(&self, one: &ProbeRecord) -> Result<(), Failure> {
        let looked_for_before = one.illiad.end == Some(ProbeEnd::NotFound);
        if !one.is_open(System::Illiad) && !looked_for_before {
            return Ok(());
        }
        self.left_alone(one, System::Illiad)?;
        let by_number = match one.illiad.number.as_ref().and_then(|number| number.parse().ok()) {
            Some(number) => self.still_ours(self.read_ours(one, number).await).then_some(number),
            None => None,
        };
        let number = match by_number {
            Some(number) => Some(number),
            // Alma may only now have given the request the id that finds it in ILLiad.
            None => self.search(one).await?.map(|ours| self.numbered(one, &ours).number),
        };
        match number {
            Some(number) => self.cancel_in_illiad(one, number).await,
            None if looked_for_before => Ok(()),
            None => {
                self.say(one.kind, "it is not in ILLiad");
                self.ended(&one.token, System::Illiad, ProbeEnd::NotFound);
                Ok(())
            }
        }
    }

    /// Whether the number that the journal has may be of our request. Where another request was read under it, it is not.
    fn still_ours<T>(&self, read: Result<T, UnreadReason>) -> bool {
        match read {
            Err(why) if why.why == UnreadKind::Nonsense => {
                self.say(None, why.what);
                false
            }
            Ok(_) | Err(_) => true,
        }
    }

    /// Refuses to touch what was made where the campus file does not lead any more.
    fn left_alone(&self, one: &ProbeRecord, system: System) -> Result<(), Failure> {
        let ProbePlace::Elsewhere(place) = &one.side(system).place else { return Ok(()) };
        let number = one.side(system).number.as_deref().unwrap_or("without a number yet");
        let place = crate::text::clean(place, 200);
        let what = format!(
            "{} {number} (token {}) was created in {} at {place}. The campus file no longer points there, so it was not touched",
            one.kind.title(),
            one.token,
            system.as_str()
        );
        Err(Failure::new(FailureKind::Refused, what).hint(
            "cancel it there by hand, or put that address back into the campus file and run prove --clean".to_owned(),
        ))
    }

    /// Cancels a request in one system, and reads it again to confirm. It is read as ours before anything is sent.
    pub(super) async fn cancel(&self, one: &ProbeRecord, request: &Request<'_, R>) -> Result<ProbeEnd, Failure> {
        let (mut why_not, mut seen) = (None, None);
        for round in 0..=ROUNDS {
            let ours = match self.standing(one, request).await {
                Ok(Standing::Over(words, end)) => {
                    self.say(one.kind, words);
                    return Ok(end);
                }
                Ok(Standing::Open(ours)) => ours,
                Err(why) => {
                    why_not = Some(could_not("it could not be read", &why));
                    if round < ROUNDS {
                        self.wait().await;
                    }
                    continue;
                }
            };
            match round {
                ROUNDS => break,
                0 => {}
                _ => self.wait().await,
            }
            seen = Some(ours.status());
            if let Err(failed) = self.ask_to_cancel(&ours, round).await {
                why_not = Some(failed.failure().clone());
            }
        }
        let campus = &self.ops.site.institution;
        let why = why_not.map_or_else(|| "its status has not changed".to_owned(), |failure| failure.what);
        let why = seen.map_or(why.clone(), |seen| format!("{why} (it was in \"{seen}\")"));
        let (what, by_hand) = match request {
            Request::Illiad(number) => (
                format!("{} {number} in ILLiad", one.kind.title()),
                format!("or route it to \"{CANCELLED}\" in the ILLiad client"),
            ),
            Request::Alma(_, id) => (
                format!("The borrowing request {id} in Alma"),
                "or cancel it in Alma: Fulfillment > Resource Sharing > Borrowing Requests".to_owned(),
            ),
        };
        Err(Failure::new(FailureKind::Refused, format!("{what} is not cancelled: {why}."))
            .hint(format!("try again later: last-resort prove --clean --campus {campus} --confirm {campus}"))
            .hint(by_hand))
    }

    /// Reads a request of ours, and says whether it has ended.
    async fn standing<'a>(&self, one: &ProbeRecord, request: &Request<'a, R>) -> Result<Standing<'a, R>, UnreadReason> {
        match request {
            Request::Illiad(number) => {
                let Some(ours) = self.read_ours(one, *number).await? else {
                    known_place(one, System::Illiad).map_err(|failure| not_ours(&failure.what))?;
                    return Ok(Standing::Over(format!("{number} is no longer in ILLiad"), ProbeEnd::Gone));
                };
                let now = ours.found();
                let status = crate::text::clean(&now.status, 80);
                let (words, end) = match EndStatus::of(&now.status) {
                    None => return Ok(Standing::Open(OpenRequest::Illiad(ours))),
                    Some(EndStatus::Cancelled) => {
                        let words = format!("{number} is confirmed cancelled: \"{status}\"");
                        (words, ProbeEnd::Cancelled(now.status.clone()))
                    }
                    Some(EndStatus::Finished) => {
                        let words = format!("{number} was not cancelled: it is already in \"{status}\"");
                        (words, ProbeEnd::Finished(now.status.clone()))
                    }
                };
                Ok(Standing::Over(words, end))
            }
            Request::Alma(alma, id) => {
                let Some(ours) = self.read_borrowing(one, id).await? else {
                    known_place(one, System::Alma).map_err(|failure| not_ours(&failure.what))?;
                    return Ok(Standing::Over(format!("{id} is no longer in Alma"), ProbeEnd::Gone));
                };
                let now = ours.found();
                self.tagged(one, now);
                if !now.is_over() {
                    return Ok(Standing::Open(OpenRequest::Alma(alma, ours)));
                }
                let words = format!("{id} is confirmed cancelled in Alma: {}", now.words());
                Ok(Standing::Over(words, ProbeEnd::Cancelled(now.words())))
            }
        }
    }

    async fn ask_to_cancel(&self, request: &OpenRequest<'_, R>, round: usize) -> Result<(), WriteFailure> {
        match request {
            OpenRequest::Illiad(ours) => {
                if round == 0 {
                    // The note is a courtesy. The request is cancelled even if it fails.
                    drop(self.hands.illiad.note(ours, NOTE).await);
                }
                self.hands.illiad.route(ours, CANCELLED).await
            }
            OpenRequest::Alma(alma, ours) => alma.cancel(ours).await,
        }
    }

    /// Reads a borrowing request in Alma. `None` when Alma has no such request. One that is not ours is unread.
    pub(super) async fn read_borrowing(
        &self,
        one: &ProbeRecord,
        id: &str,
    ) -> Result<Option<Ours<BorrowingRequest>>, UnreadReason> {
        let alma = self.hands.alma.as_ref().map_err(Clone::clone)?;
        match alma.read(&one.patron, id).await? {
            None => self.missing_in_alma(alma, one, id).await.map(|()| None),
            Some(found) => Ours::in_alma(one, id, found).map(Some).map_err(|why| not_ours(&why)),
        }
    }

    /// Looks for a borrowing request of unknown outcome by the token in its title, because Alma discards ids of ours.
    /// `None` only when the whole list of the zone where it was made does not hold it.
    pub(super) async fn search_borrowing(&self, one: &ProbeRecord) -> Result<Option<Ours<BorrowingRequest>>, Failure> {
        let alma = self.alma()?;
        let mut age = self.age(one.begun);
        loop {
            let all = alma.all(&one.patron).await;
            let RowList { rows, extent } = all.map_err(|why| {
                could_not("Could not read the list in Alma, so the test request may still be there", &why)
            })?;
            let ours = |found: BorrowingRequest| {
                let id = found.id.clone();
                Ours::in_alma(one, &id, found).ok().filter(|_| !id.is_empty())
            };
            if let Some(ours) = rows.into_iter().find_map(ours) {
                self.borrowing_numbered(&one.token, ours.found());
                return Ok(Some(ours));
            }
            if age >= LATE {
                known_whole(&extent, "The list of the test patron's requests in Alma")?;
                known_place(one, System::Alma)?;
                self.say(one.kind, "it is not in Alma".to_owned());
                self.ended(&one.token, System::Alma, ProbeEnd::NotFound);
                return Ok(None);
            }
            self.wait().await;
            age += LOOKS[0];
        }
    }

    /// Journals the external id, which Alma may assign some time after it creates the request.
    fn tagged(&self, one: &ProbeRecord, now: &BorrowingRequest) {
        if now.external_id.is_some() && now.external_id != one.tag {
            self.borrowing_numbered(&one.token, now);
        }
    }

    /// Journals the ids of a borrowing request, before anything else is done.
    pub(super) fn borrowing_numbered(&self, token: &str, found: &BorrowingRequest) {
        self.note_down(JournalEvent::ProbeNumbered {
            token: token.to_owned(),
            system: System::Alma,
            number: found.id.clone(),
            tag: found.external_id.clone(),
        });
        self.borrowing_seen(token, found);
    }

    pub(super) fn borrowing_seen(&self, token: &str, found: &BorrowingRequest) {
        self.note_down(JournalEvent::ProbeSeen {
            token: token.to_owned(),
            system: System::Alma,
            status: found.words(),
        });
    }

    /// The client for borrowing requests in Alma, after reading that its key belongs to this zone and environment.
    async fn alma_of_this_zone(&self) -> Result<&R, Failure> {
        let client = self.ops.clients.alma.as_ref().map_err(|why| could_not("Cannot use Alma", why))?;
        let general = client
            .general()
            .await
            .map_err(|why| could_not("Could not determine which campus the Alma key belongs to", &why))?;
        match belongs_elsewhere(&self.ops.site, &general) {
            Some(why) => Err(could_not("Nothing was changed in Alma", &why)),
            None => self.alma(),
        }
    }

    /// The client for borrowing requests in Alma.
    pub(super) fn alma(&self) -> Result<&R, Failure> {
        self.hands.alma.as_ref().map_err(|why| could_not("Cannot use Alma", why))
    }
}

/// A test request that is being cancelled.
pub(super) enum Request<'a, R> {
    /// Its number in ILLiad.
    Illiad(i64),
    /// Its id in Alma, and the client to ask.
    Alma(&'a R, &'a str),
}

/// A request of ours that is not cancelled yet.
enum OpenRequest<'a, R> {
    Illiad(Ours<Transaction>),
    /// With the client to ask.
    Alma(&'a R, Ours<BorrowingRequest>),
}

/// What reading a request of ours showed.
enum Standing<'a, R> {
    /// It has ended, in words.
    Over(String, ProbeEnd),
    Open(OpenRequest<'a, R>),
}

impl<R> OpenRequest<'_, R> {
    /// The status that it was read with.
    fn status(&self) -> String {
        match self {
            Self::Illiad(ours) => crate::text::clean(&ours.found().status, 80),
            Self::Alma(_, ours) => ours.found().words(),
        }
    }
}

/// Whether a test request may still exist somewhere.
pub(super) fn may_exist(one: &ProbeRecord) -> bool {
    one.is_open(System::Alma) || one.is_open(System::Illiad)
}

/// What a damaged journal means for what earlier runs left.
fn unknown_leftovers(damage: &str) -> Failure {
    let what = format!("{damage}. If a test request was in it, it may still be there");
    Failure::new(FailureKind::Files, what).hint(format!(
        "look for requests of the test patron titled \"{TITLE}\" in Alma and ILLiad, and cancel them by hand"
    ))
}

fn count(number: usize) -> String {
    if number == 1 { "1 request".to_owned() } else { format!("{number} requests") }
}
