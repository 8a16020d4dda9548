//! Cancels test requests of this run or an interrupted one. A request counts as cancelled only once it was read again
//! as cancelled.
use super::prover::{LATE, Prover, could_not};
use crate::engine::journal::{JournalEvent, ProbeEnd, ProbeRecord, System};
use crate::engine::observed::UnreadReason;
use crate::engine::plan::Consent;
use crate::engine::probe::{BorrowingRequest, CANCELLED, LOOKS, NOTE, is_cancelled};
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
    /// Why some may still exist. `None` when none do.
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
        let (left, mut ended): (Vec<ProbeRecord>, Vec<ProbeRecord>) =
            self.made(&tokens)?.into_iter().partition(may_exist);
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
                self.cancel(one, &Request::Alma(self.alma()?, &id)).await?;
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
            Some(number) => self.cancel(one, &Request::Illiad(number)).await,
            None if looked_for_before => Ok(()),
            None => {
                self.say(one.kind, "it is not in ILLiad");
                self.ended(&one.token, System::Illiad, ProbeEnd::NotFound);
                Ok(())
            }
        }
    }

    /// Cancels a request in one system, and reads it again to confirm.
    async fn cancel(&self, one: &ProbeRecord, request: &Request<'_, R>) -> Result<(), Failure> {
        let mut why_not = None;
        for round in 0..=ROUNDS {
            match self.end_of(one, request).await {
                Ok(Some((words, end))) => {
                    self.say(one.kind, words);
                    self.ended(&one.token, request.system(), end);
                    return Ok(());
                }
                Ok(None) => {}
                Err(why) => {
                    why_not = Some(could_not("It could not be read", &why));
                    // The result of the last try is unknown, so nothing more is sent until the request can be read.
                    if round > 0 {
                        self.wait().await;
                        continue;
                    }
                }
            }
            match round {
                ROUNDS => break,
                0 => {}
                _ => self.wait().await,
            }
            if let Err(WriteFailure::Refused { failure, .. } | WriteFailure::Unknown(failure)) =
                self.ask_to_cancel(one, request, round).await
            {
                why_not = Some(failure);
            }
        }
        let campus = &self.ops.site.institution;
        let why = why_not.map_or_else(|| "its status stays as it is".to_owned(), |failure| failure.what);
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

    /// Reads a request, and says how it ended. `None` while it is not cancelled.
    async fn end_of(
        &self,
        one: &ProbeRecord,
        request: &Request<'_, R>,
    ) -> Result<Option<(String, ProbeEnd)>, UnreadReason> {
        Ok(match request {
            Request::Illiad(number) => match self.ops.clients.illiad.transaction(*number).await? {
                None => Some((format!("{number} is not in ILLiad any more"), ProbeEnd::Gone)),
                Some(now) => is_cancelled(&now.status).then(|| {
                    let status = crate::text::clean(&now.status, 80);
                    let words = format!("{number} is cancelled, read again: \"{status}\"");
                    (words, ProbeEnd::Cancelled(now.status))
                }),
            },
            Request::Alma(alma, id) => match alma.read(&one.patron, id).await? {
                None => Some((format!("{id} is not in Alma any more"), ProbeEnd::Gone)),
                Some(now) => {
                    self.tagged(one, &now);
                    let words = format!("{id} is cancelled in Alma, read again: {}", now.words());
                    now.is_over().then(|| (words, ProbeEnd::Cancelled(now.words())))
                }
            },
        })
    }

    async fn ask_to_cancel(
        &self,
        one: &ProbeRecord,
        request: &Request<'_, R>,
        round: usize,
    ) -> Result<(), WriteFailure> {
        match request {
            Request::Illiad(number) => {
                if round == 0 {
                    // The note is a courtesy. The request is cancelled even if it fails.
                    drop(self.hands.illiad.note(*number, NOTE).await);
                }
                self.hands.illiad.route(*number, CANCELLED).await
            }
            Request::Alma(alma, id) => alma.cancel(&one.patron, id).await,
        }
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
            if age >= LATE {
                self.say(one.kind, "it was never made in Alma".to_owned());
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

    /// The client for borrowing requests in Alma.
    pub(super) fn alma(&self) -> Result<&R, Failure> {
        self.hands.alma.as_ref().map_err(|why| could_not("Alma cannot be asked", why))
    }
}

/// A test request that is being cancelled.
enum Request<'a, R> {
    /// Its number in ILLiad.
    Illiad(i64),
    /// Its id in Alma, and the client to ask.
    Alma(&'a R, &'a str),
}

impl<R> Request<'_, R> {
    fn system(&self) -> System {
        match self {
            Self::Illiad(_) => System::Illiad,
            Self::Alma(..) => System::Alma,
        }
    }
}

/// Whether a test request may still exist somewhere.
pub(super) fn may_exist(one: &ProbeRecord) -> bool {
    one.is_open(System::Alma) || one.is_open(System::Illiad)
}

fn count(number: usize) -> String {
    if number == 1 { "1 request".to_owned() } else { format!("{number} requests") }
}
