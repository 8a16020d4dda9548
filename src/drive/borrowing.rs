//! Reads borrowing requests in Alma, looks for those of unknown outcome, and journals what was seen of them.
use super::prover::{LATE, Prover, could_not, known_place, known_whole, not_ours};
use crate::engine::journal::{JournalEvent, ProbeEnd, ProbeRecord, ProbeToken, System};
use crate::engine::judge::belongs_elsewhere;
use crate::engine::observed::{RowList, UnreadReason};
use crate::engine::probe::{BorrowingRequest, LOOKS, Ours, borrowings_listed_as_ours};
use crate::failure::Failure;
use crate::ports::{AlmaRead, AlmaRequests, IlliadRead, IlliadWrite};

impl<A: AlmaRead, I: IlliadRead, W: IlliadWrite, R: AlmaRequests> Prover<'_, A, I, W, R> {
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
    /// Returns the id to read it by. `None` only when the whole list of the zone where it was made does not hold it.
    pub(super) async fn search_borrowing(&self, one: &ProbeRecord) -> Result<Option<String>, Failure> {
        let alma = self.alma()?;
        let mut age = self.age(one.begun);
        loop {
            let all = alma.all(&one.patron).await;
            let RowList { rows, extent } = all.map_err(|why| {
                could_not("Could not read the list in Alma, so the test request may still be there", &why)
            })?;
            if let Some(id) = borrowings_listed_as_ours(one, &rows).into_iter().next() {
                let (token, number) = (one.token.clone(), id.clone());
                self.note_down(JournalEvent::ProbeNumbered { token, system: System::Alma, number, tag: None });
                return Ok(Some(id));
            }
            if age >= LATE {
                known_whole(&extent, "The list of the test patron's requests in Alma")?;
                known_place(one, System::Alma)?;
                return Ok(None);
            }
            self.wait().await;
            age += LOOKS[0];
        }
    }

    /// Journals that a borrowing request was looked for and not found.
    pub(super) fn not_in_alma(&self, one: &ProbeRecord) {
        self.say(one.kind, "it is not in Alma");
        self.ended(&one.token, System::Alma, ProbeEnd::NotFound);
    }

    /// Journals the external id, which Alma may assign some time after it creates the request.
    pub(super) fn tagged(&self, one: &ProbeRecord, now: &BorrowingRequest) {
        if now.external_id.is_some() && now.external_id != one.tag {
            self.borrowing_numbered(&one.token, now);
        }
    }

    /// Journals the ids of a borrowing request, before anything else is done.
    pub(super) fn borrowing_numbered(&self, token: &ProbeToken, found: &BorrowingRequest) {
        self.note_down(JournalEvent::ProbeNumbered {
            token: token.clone(),
            system: System::Alma,
            number: found.id.clone(),
            tag: found.external_id.clone(),
        });
        self.borrowing_seen(token, found);
    }

    pub(super) fn borrowing_seen(&self, token: &ProbeToken, found: &BorrowingRequest) {
        self.note_down(JournalEvent::ProbeSeen { token: token.clone(), system: System::Alma, status: found.words() });
    }

    /// The client for borrowing requests in Alma, after reading that its key belongs to this zone and environment.
    pub(super) async fn alma_of_this_zone(&self) -> Result<&R, Failure> {
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
