//! What the test patron's whole list says: whether a request that cannot be read is there after all, and which requests
//! carry one token.
use super::clean::Request;
use super::prover::{Prover, could_not, known_whole};
use crate::engine::journal::{JournalEvent, ProbeEnd, ProbeRecord, System};
use crate::engine::observed::{ListExtent, RowList, UnreadKind, UnreadReason};
use crate::engine::probe::{BorrowingRequest, borrowings_listed_as_ours, listed_as_ours};
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite};

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
    /// Confirms that a number which ILLiad does not have is not in the test patron's whole list either.
    pub(super) async fn missing_in_illiad(&self, one: &ProbeRecord, number: i64) -> Result<(), UnreadReason> {
        let name = format!("{number} in ILLiad");
        let Some(RowList { rows, extent }) = self.ops.clients.illiad.user_requests(&one.patron).await? else {
            return Err(undecided(format!("ILLiad has neither {number} nor the test patron")));
        };
        missing(&name, rows.iter().any(|found| found.number == number), &extent)
    }

    /// Confirms that an id which Alma does not have is not in the test patron's whole list either.
    pub(super) async fn missing_in_alma(&self, alma: &R, one: &ProbeRecord, id: &str) -> Result<(), UnreadReason> {
        let RowList { rows, extent } = alma.all(&one.patron).await?;
        let open = |found: &BorrowingRequest| found.id == id && !found.is_over();
        missing(&format!("{} in Alma", crate::text::clean(id, 60)), rows.iter().any(open), &extent)
    }

    /// Every request in ILLiad's list that carries the token, except this one. The list does not tell whether one has ended.
    async fn others_in_illiad(&self, one: &ProbeRecord, number: i64) -> Result<Vec<i64>, Failure> {
        let RowList { rows, extent } = self.requests_of(&one.patron).await?;
        // The newest come first, so a list that goes beyond ours has every one made with it.
        if !rows.iter().any(|found| found.number < number) {
            known_whole(&extent, "The list of the test patron's requests in ILLiad")?;
        }
        let mut others = listed_as_ours(&self.ops.site, one, &rows);
        others.retain(|other| *other != number);
        Ok(others)
    }

    /// Every request in Alma's list that carries the token, except this one. The list does not tell whether one has ended.
    async fn others_in_alma(&self, alma: &R, one: &ProbeRecord, id: &str) -> Result<Vec<String>, Failure> {
        let all = alma.all(&one.patron).await;
        let RowList { rows, extent } = all.map_err(|why| could_not("The list in Alma could not be read", &why))?;
        known_whole(&extent, "The list of the test patron's requests in Alma")?;
        let mut others = borrowings_listed_as_ours(one, &rows);
        others.retain(|other| other != id);
        Ok(others)
    }

    /// Cancels a request in ILLiad, and every other one there that carries its token: a POST may have been carried out twice.
    pub(super) async fn cancel_in_illiad(&self, one: &ProbeRecord, number: i64) -> Result<(), Failure> {
        let outcome = self.cancel(one, &Request::Illiad(number)).await;
        let mut tries = vec![Cancelling { number: number.to_string(), outcome }];
        match self.others_in_illiad(one, number).await {
            Ok(others) => {
                for other in others {
                    self.say(
                        one.kind,
                        format!("{other} in ILLiad carries the same token; reading it, to cancel it too"),
                    );
                    let outcome = self.cancel(one, &Request::Illiad(other)).await;
                    tries.push(Cancelling { number: other.to_string(), outcome });
                }
            }
            Err(why) => tries[0].may_have_others(why),
        }
        self.settled(one, System::Illiad, tries)
    }

    /// Cancels a borrowing request in Alma, and every other one there that carries its token.
    pub(super) async fn cancel_in_alma(&self, one: &ProbeRecord, alma: &R, id: String) -> Result<(), Failure> {
        let outcome = self.cancel(one, &Request::Alma(alma, &id)).await;
        let others = self.others_in_alma(alma, one, &id).await;
        let mut tries = vec![Cancelling { number: id, outcome }];
        match others {
            Ok(others) => {
                if !others.is_empty() {
                    self.looked_for_again_in_illiad(one)?;
                }
                for other in others {
                    self.say(one.kind, format!("{other} in Alma carries the same token; reading it, to cancel it too"));
                    let outcome = self.cancel(one, &Request::Alma(alma, &other)).await;
                    tries.push(Cancelling { number: other, outcome });
                }
            }
            Err(why) => tries[0].may_have_others(why),
        }
        self.settled(one, System::Alma, tries)
    }

    /// Journals that a request which has ended in ILLiad may stand there once more: Alma may have exported a double of it.
    fn looked_for_again_in_illiad(&self, one: &ProbeRecord) -> Result<(), Failure> {
        let now = self.known(&one.token)?;
        if let (Some(_), Some(number)) = (&now.illiad.end, now.illiad.number) {
            self.numbered_again(one, System::Illiad, number);
        }
        Ok(())
    }

    /// Journals how a request ended, once every request with its token has. Otherwise journals the number of one that has
    /// not, and names them all.
    fn settled(&self, one: &ProbeRecord, system: System, tries: Vec<Cancelling>) -> Result<(), Failure> {
        let mut end = None;
        let (mut standing, mut failure) = (Vec::new(), None::<Failure>);
        for Cancelling { number, outcome } in tries {
            match outcome {
                Ok(how) => end = end.or(Some(how)),
                Err(why) => {
                    standing.push(number);
                    failure = Some(match failure {
                        None => why,
                        Some(first) => first.within(|words| format!("{words} {}", why.plain())),
                    });
                }
            }
        }
        if let (Some(number), Some(failure)) = (standing.into_iter().next(), failure) {
            if one.side(system).number.as_ref() != Some(&number) {
                let token = one.token.clone();
                self.note_down(JournalEvent::ProbeNumbered { token, system, number, tag: None });
            }
            return Err(failure);
        }
        if let Some(end) = end {
            self.ended(&one.token, system, end);
        }
        Ok(())
    }
}

/// One request with the token, and how cancelling it ended.
struct Cancelling {
    number: String,
    outcome: Result<ProbeEnd, Failure>,
}

impl Cancelling {
    /// Takes back that it ended, because there may be others with its token.
    fn may_have_others(&mut self, why: Failure) {
        if self.outcome.is_ok() {
            let lead =
                format!("{} does not count as cancelled: there may be another request with its token.", self.number);
            let why = why.within(|words| format!("{lead} {words}"));
            self.outcome = Err(Failure { kind: FailureKind::Refused, ..why });
        }
    }
}

fn missing(name: &str, listed: bool, extent: &ListExtent) -> Result<(), UnreadReason> {
    match (listed, extent) {
        (true, _) => {
            Err(undecided(format!("{name} is in the test patron's list, but could not be read by its number")))
        }
        (false, ListExtent::Cut(why)) => Err(undecided(format!(
            "{name} could not be read by its number, and the test patron's list may be incomplete ({why})"
        ))),
        (false, ListExtent::Whole) => Ok(()),
    }
}

fn undecided(what: String) -> UnreadReason {
    UnreadReason::new(UnreadKind::Nonsense, what, "look for the test request by the token in its title")
}
