//! Cancels test requests of this run or an interrupted one. A request counts as cancelled only once it was read again
//! as cancelled.
use super::prover::{Prover, could_not, known_place, not_ours};
use crate::engine::journal::{
    JournalEntry, JournalEvent, ProbeEnd, ProbePlace, ProbeRecord, ProbeToken, System, TITLE, probes_without_beginning,
    unreadable_count,
};
use crate::engine::observed::{Transaction, UnreadKind, UnreadReason};
use crate::engine::plan::Consent;
use crate::engine::probe::{BorrowingRequest, CANCELLED, EndStatus, NOTE, Ours};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite, WriteFailure};
use std::time::{Duration, Instant};

/// How often to try cancelling. Each retry comes only after reading that the request is still not cancelled.
const ROUNDS: usize = 3;

/// No further round begins later than this after the first one. A round that begins later could break [`CANCELLING`].
const ENOUGH: Duration = Duration::from_secs(30);

/// How long it takes at most to cancel one request: the rounds, a last call, and a look at the patron's list.
const CANCELLING: Duration = Duration::from_secs(90);

/// How long after it was sent a request that was not found is said to be perhaps on its way.
const IN_FLIGHT: Duration = Duration::from_secs(5 * 60);

/// The result of cleaning up test requests.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CleanResult {
    /// The requests of which nothing is left.
    pub ended: Vec<ProbeRecord>,
    /// The requests that may still exist.
    pub left: Vec<ProbeRecord>,
    /// The requests that were created, if at all, a moment ago. They were not found, and may still arrive.
    pub late: Vec<ProbeRecord>,
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
        let unreadable = unreadable_count(&read.unreadable).or_else(|| lost_beginnings(&read.lines));
        let unreadable = unreadable.map(|damage| unknown_leftovers(&damage));
        if let Some(failure) = &unreadable {
            self.say(None, failure.plain());
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
        let tokens: Vec<ProbeToken> = due.iter().map(|one| one.token.clone()).collect();
        let failure = self.clean_all(due).await.err().or(unreadable).or(self.not_noted());
        let (left, mut ended): (Vec<ProbeRecord>, Vec<ProbeRecord>) =
            self.made(&tokens)?.into_iter().partition(may_exist);
        let is_numbered = |one: &ProbeRecord| one.illiad.number.is_some() || one.alma.number.is_some();
        let late = ended.iter().filter(|one| !is_numbered(one) && self.may_arrive(one)).cloned().collect();
        ended.retain(is_numbered);
        Ok(CleanResult { ended, left, late, failure })
    }

    /// Whether a request that was not found was sent so recently that its system may still be at it.
    fn may_arrive(&self, one: &ProbeRecord) -> bool {
        let not_found = |system| one.side(system).end == Some(ProbeEnd::NotFound);
        self.age(one.begun) < IN_FLIGHT && (not_found(System::Alma) || not_found(System::Illiad))
    }

    /// Cancels all of these requests, even if one of them fails. Returns the first failure.
    pub(super) async fn clean_all(&self, due: Vec<ProbeRecord>) -> Result<(), Failure> {
        let mut failure = None;
        if !due.is_empty() {
            let then = "What cannot be cancelled by then is named, for someone to cancel by hand.";
            self.say_wait("cancelling the test requests", vec![CANCELLING; due.len()], then);
        }
        for one in due {
            if let Err(why) = self.clean_one(&one).await {
                self.say(one.kind, why.plain());
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
        let (mut id, mut against) = (one.alma.number.clone(), None);
        if let Some(known) = &one.alma.number {
            against = self.contradiction(self.read_borrowing(one, known).await);
        }
        if id.is_none() || against.is_some() {
            id = self.search_borrowing(one).await?;
        }
        match (id, against.zip(one.alma.number.as_ref())) {
            (Some(id), _) => self.cancel_in_alma(one, alma, id).await,
            (None, Some((why, known))) if !self.has_ended_in_alma(alma, one, known).await => {
                if looked_for_before {
                    self.numbered_again(one, System::Alma, known.clone());
                }
                Err(left_behind(one, &why))
            }
            (None, _) => {
                self.not_in_alma(one);
                Ok(())
            }
        }
    }

    async fn clean_in_illiad(&self, one: &ProbeRecord) -> Result<(), Failure> {
        let looked_for_before = one.illiad.end == Some(ProbeEnd::NotFound);
        if !one.is_open(System::Illiad) && !looked_for_before {
            return Ok(());
        }
        self.left_alone(one, System::Illiad)?;
        let known = one.illiad.number.as_ref().and_then(|number| number.parse().ok());
        let (mut number, mut against) = (known, None);
        if let Some(known) = known {
            against = self.contradiction(self.read_ours(one, known).await);
        }
        if number.is_none() || against.is_some() {
            // Alma may only now have given the request the id that finds it in ILLiad.
            number = self.search(one).await?.map(|number| self.with_number(one, number).number);
        }
        match (number, against.zip(known)) {
            (Some(number), _) => self.cancel_in_illiad(one, number).await,
            (None, Some((why, known))) if !self.has_ended_in_illiad(known).await => {
                if looked_for_before {
                    self.numbered_again(one, System::Illiad, known.to_string());
                }
                Err(left_behind(one, &why))
            }
            (None, _) if looked_for_before => Ok(()),
            (None, _) => {
                self.say(one.kind, "it is not in ILLiad");
                self.ended(&one.token, System::Illiad, ProbeEnd::NotFound);
                Ok(())
            }
        }
    }

    /// Why the number that the journal has is not of our request, where another one was read under it.
    fn contradiction<T>(&self, read: Result<T, UnreadReason>) -> Option<UnreadReason> {
        let why = read.err().filter(|why| why.why == UnreadKind::Nonsense)?;
        self.say(None, why.plain());
        Some(why)
    }

    /// Whether what stands under a number has ended, whosever it is. Then nothing of ours is open there.
    async fn has_ended_in_illiad(&self, number: i64) -> bool {
        let read = self.ops.clients.illiad.transaction(number).await;
        matches!(read, Ok(Some(read)) if EndStatus::of(&read.record().status).is_some())
    }

    /// Whether what stands under an id has ended, whosever it is.
    async fn has_ended_in_alma(&self, alma: &R, one: &ProbeRecord, id: &str) -> bool {
        matches!(alma.read(&one.patron, id).await, Ok(Some(found)) if found.id == id && found.is_over())
    }

    /// Journals that a request which counted as not found may stand under its number after all.
    pub(super) fn numbered_again(&self, one: &ProbeRecord, system: System, number: String) {
        let token = one.token.clone();
        self.note_down(JournalEvent::ProbeNumbered { token, system, number, tag: None });
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
        let begun = Instant::now();
        for round in 0..=ROUNDS {
            if begun.elapsed() > ENOUGH {
                break;
            }
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
        let why = why_not.unwrap_or_else(|| Failure::new(FailureKind::Refused, "its status has not changed"));
        let seen = seen.map_or_else(String::new, |seen| format!(" (it was in \"{seen}\")"));
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
        let why = why.within(|why| format!("{what} is not cancelled: {}{seen}.", why.trim_end_matches('.')));
        Err(Failure { kind: FailureKind::Refused, hints: Vec::new(), ..why }
            .hint(format!("try again later: {}", self.ops.site.confirmed("prove --clean")))
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

/// The failure for a request that was not found by its token, while something else stands under its number.
fn left_behind(one: &ProbeRecord, why: &UnreadReason) -> Failure {
    could_not(&format!("{} was not found by its token {} and is not known to be cancelled", one.name(), one.token), why)
}

/// Says that the journal has lost the beginnings of test requests, if it has.
fn lost_beginnings(lines: &[JournalEntry]) -> Option<String> {
    match probes_without_beginning(lines) {
        0 => None,
        1 => Some("The journal numbers a test request, but has lost the line of its beginning".to_owned()),
        some => Some(format!("The journal numbers {some} test requests, but has lost the lines of their beginnings")),
    }
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
