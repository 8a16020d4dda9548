//! Cancels test requests of this run or an interrupted one. A request counts as cancelled only once it was read again
//! as cancelled.
use super::prover::{Prover, could_not};
use crate::engine::journal::{JournalEvent, ProbeEnd, ProbeKind, ProbeRecord, System};
use crate::engine::plan::Consent;
use crate::engine::probe::{BorrowingRequest, CANCELLED, LOOKS, NOTE, is_cancelled};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite, Pause, WriteFailure};

/// How often to try cancelling. Each retry comes only after reading that the request is still not cancelled.
const ROUNDS: usize = 3;

/// The result of cleaning up test requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanResult {
    /// The requests of which nothing is left.
    pub ended: Vec<ProbeRecord>,
    /// The requests that may still exist.
    pub left: Vec<ProbeRecord>,
    /// Why some may still exist. `None` when none do.
    pub failure: Option<Failure>,
}

impl<A, I, W, R, P> Prover<'_, A, I, W, R, P>
where
    A: AlmaRead,
    I: IlliadRead,
    W: IlliadWrite,
    R: AlmaRequests,
    P: Pause,
{
    /// Cancels everything that an earlier run left behind, according to the journal.
    ///
    /// # Errors
    /// Fails when the journal cannot be read. Requests that cannot be cancelled are reported in [`CleanResult`].
    pub async fn clean(&self, consent: &Consent) -> Result<CleanResult, Failure> {
        self.ops.consented(consent)?;
        self.cancel_left().await
    }

    pub(super) async fn cancel_left(&self) -> Result<CleanResult, Failure> {
        let journal = self.ops.journal_facts()?;
        let mut due = journal.leftover_probes();
        due.extend(journal.late_probes(self.ops.clock.now()));
        if due.is_empty() {
            return Ok(CleanResult::default());
        }
        let _in_flight = self.ops.in_flight.lock().await;
        self.say(None, format!("looking after {} of an earlier run", count(due.len())));
        let tokens: Vec<String> = due.iter().map(|one| one.token.clone()).collect();
        let failure = self.clean_all(due).await.err();
        let (left, mut ended): (Vec<ProbeRecord>, Vec<ProbeRecord>) = self.made(&tokens)?.into_iter().partition(open);
        ended.retain(|one| one.illiad.number.is_some() || one.alma.number.is_some());
        Ok(CleanResult { ended, left, failure })
    }

    /// Cancels all of these requests, even if one of them fails. Returns the first failure.
    pub(super) async fn clean_all(&self, due: Vec<ProbeRecord>) -> Result<(), Failure> {
        let mut failure = None;
        for one in due {
            if let Err(why) = self.clean_one(&one).await {
                self.say(one.kind, why.what.clone());
                failure.get_or_insert(why);
            }
        }
        failure.map_or(Ok(()), Err)
    }

    async fn clean_one(&self, one: &ProbeRecord) -> Result<(), Failure> {
        if one.is_open(System::Alma) {
            let id = match &one.alma.number {
                Some(id) => Some(id.clone()),
                None => self.search_borrowing(one).await?.map(|found| found.id),
            };
            if let Some(id) = id {
                self.cancel_borrowing(one, &id).await?;
            }
        }
        let looked_for_before = matches!(one.illiad.end, Some(ProbeEnd::NotFound));
        if !one.is_open(System::Illiad) && !looked_for_before {
            return Ok(());
        }
        let number = match one.illiad.number.as_ref().and_then(|number| number.parse().ok()) {
            Some(number) => Some(number),
            // Alma may only now have given the request the id that finds it in ILLiad.
            None => {
                let found = self.search(&self.known(&one.token)?).await?;
                found.map(|found| self.numbered(&one.token, one.kind, &found).number)
            }
        };
        match number {
            Some(number) => self.cancel(one.kind, &one.token, number).await,
            None if looked_for_before => Ok(()),
            None => {
                self.say(one.kind, "it is not in ILLiad");
                self.ended(&one.token, System::Illiad, ProbeEnd::NotFound);
                Ok(())
            }
        }
    }

    /// Routes a request to the cancelled status, and reads it again to confirm.
    pub(super) async fn cancel(&self, kind: ProbeKind, token: &str, number: i64) -> Result<(), Failure> {
        let mut why_not = None;
        for round in 0..=ROUNDS {
            let now = self.ops.clients.illiad.transaction(number).await;
            match now {
                Ok(None) => {
                    self.say(kind, format!("{number} is not in ILLiad any more"));
                    self.ended(token, System::Illiad, ProbeEnd::Gone);
                    return Ok(());
                }
                Ok(Some(now)) if is_cancelled(&now.status) => {
                    self.say(
                        kind,
                        format!("{number} is cancelled, read again: \"{}\"", crate::text::clean(&now.status, 80)),
                    );
                    self.ended(token, System::Illiad, ProbeEnd::Cancelled(now.status));
                    return Ok(());
                }
                Ok(Some(_)) => {}
                Err(why) => {
                    why_not = Some(could_not("It could not be read", &why));
                    // The result of the last try is unknown, so nothing more is sent until the request can be read.
                    if round > 0 {
                        self.hands.wait.pause(LOOKS[0]).await;
                        continue;
                    }
                }
            }
            match round {
                ROUNDS => break,
                // The note is a courtesy. The request is cancelled even if it fails.
                0 => drop(self.hands.illiad.note(number, NOTE).await),
                _ => self.hands.wait.pause(LOOKS[0]).await,
            }
            if let Err(WriteFailure::Refused { failure, .. } | WriteFailure::Unknown(failure)) =
                self.hands.illiad.route(number, CANCELLED).await
            {
                why_not = Some(failure);
            }
        }
        let campus = &self.ops.site.institution;
        let why = why_not.map_or_else(|| "its status stays as it is".to_owned(), |failure| failure.what);
        Err(Failure::new(FailureKind::Refused, format!("{} {number} in ILLiad is not cancelled: {why}.", kind.title()))
            .hint(format!("try again later: last-resort prove --clean --campus {campus} --confirm {campus}"))
            .hint(format!("or route it to \"{CANCELLED}\" in the ILLiad client")))
    }

    /// Looks for a borrowing request of unknown outcome by the token in its title, because Alma discards ids of ours.
    pub(super) async fn search_borrowing(&self, one: &ProbeRecord) -> Result<Option<BorrowingRequest>, Failure> {
        let alma = self.alma()?;
        let mut age = self.age(one.begun);
        loop {
            let all = alma.all(&one.patron).await;
            let all = all.map_err(|why| could_not("The test patron's requests in Alma could not be read", &why))?;
            let found =
                all.into_iter().find(|found| found.title.as_ref().is_some_and(|title| title.contains(&one.token)));
            if let Some(found) = found {
                self.borrowing_numbered(&one.token, &found);
                return Ok(Some(found));
            }
            if !Self::may_come(age) {
                self.say(one.kind, "it was never made in Alma".to_owned());
                self.ended(&one.token, System::Alma, ProbeEnd::NotFound);
                return Ok(None);
            }
            self.hands.wait.pause(LOOKS[0]).await;
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

    /// Cancels a borrowing request in Alma, and reads it again to confirm.
    async fn cancel_borrowing(&self, one: &ProbeRecord, id: &str) -> Result<(), Failure> {
        let alma = self.alma()?;
        let mut why_not = None;
        for round in 0..=ROUNDS {
            match alma.read(&one.patron, id).await {
                Ok(None) => {
                    self.say(one.kind, format!("{id} is not in Alma any more"));
                    self.ended(&one.token, System::Alma, ProbeEnd::Gone);
                    return Ok(());
                }
                Ok(Some(now)) if now.is_over() => {
                    self.tagged(one, &now);
                    self.say(one.kind, format!("{id} is cancelled in Alma, read again: {}", now.words()));
                    self.ended(&one.token, System::Alma, ProbeEnd::Cancelled(now.words()));
                    return Ok(());
                }
                Ok(Some(now)) => self.tagged(one, &now),
                Err(why) => {
                    why_not = Some(could_not("It could not be read", &why));
                    if round > 0 {
                        self.hands.wait.pause(LOOKS[0]).await;
                        continue;
                    }
                }
            }
            match round {
                ROUNDS => break,
                0 => {}
                _ => self.hands.wait.pause(LOOKS[0]).await,
            }
            if let Err(WriteFailure::Refused { failure, .. } | WriteFailure::Unknown(failure)) =
                alma.cancel(&one.patron, id).await
            {
                why_not = Some(failure);
            }
        }
        let campus = &self.ops.site.institution;
        let why = why_not.map_or_else(|| "its status stays as it is".to_owned(), |failure| failure.what);
        Err(Failure::new(FailureKind::Refused, format!("The borrowing request {id} in Alma is not cancelled: {why}."))
            .hint(format!("try again later: last-resort prove --clean --campus {campus} --confirm {campus}"))
            .hint("or cancel it in Alma: Fulfillment > Resource Sharing > Borrowing Requests"))
    }

    /// The client for borrowing requests in Alma.
    pub(super) fn alma(&self) -> Result<&R, Failure> {
        self.hands.alma.as_ref().map_err(|why| could_not("Alma cannot be asked", why))
    }
}

fn open(one: &ProbeRecord) -> bool {
    one.is_open(System::Alma) || one.is_open(System::Illiad)
}

fn count(number: usize) -> String {
    if number == 1 { "1 request".to_owned() } else { format!("{number} requests") }
}
