//! Restores the record from before the last apply. Refuses if the record changed since, and keeps the export key that
//! Alma has now.
use super::apply::write_id;
use super::attempt::{PartnerWrite, another_code};
use super::campus_ops::CampusOps;
use super::settle::{self, WriteTrace};
use crate::engine;
use crate::engine::journal::{
    JournalEvent, JournalFacts, KeyAfterUndo, LastApply, Purpose, Target, Verb, WriteOutcome,
};
use crate::engine::judge::Snapshot;
use crate::engine::observed::{ExportKey, Observation, PartnerRecord, UnreadReason};
use crate::engine::plan::Consent;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaWrite, IlliadRead, OutgoingRecord, WriteFailure, failed};
use crate::recipe::{Recipe, StepId};
use crate::secret::{ApiKey, Fingerprint};

/// An undo that was journaled and is about to be sent.
struct Begun {
    id: String,
    before: String,
    key: Option<Fingerprint>,
}

/// What must not change while a write is taken back.
fn matters(record: Option<&PartnerRecord>) -> Option<(String, &ExportKey)> {
    record.map(|record| (engine::plan::values_digest(&record.body), &record.key))
}

/// Which write is taken back, for somebody who did not see it made.
fn describe_write(last: &LastApply) -> String {
    last.written.words(&last.written.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Undoes the last apply. Returns a sentence that says what was done.
    ///
    /// # Errors
    /// Fails when there is nothing to undo, the record changed since, the key in Alma is not known, or Alma refuses.
    pub async fn undo<W: AlmaWrite>(&self, writer: &W, consent: &Consent) -> Result<String, Failure> {
        self.consented(consent)?;
        // Reading the step first settles writes of unknown outcome, and shows which campus the API key belongs to.
        let mut looked = self.check(&[StepId::Connect, StepId::Partner]).await?;
        if let Some(why) = looked.snapshot.alma.general.unread() {
            let lead = "could not determine which campus the Alma key belongs to";
            return Err(self.not_undone_for(&why.within(|words| format!("{lead}: {words}"))));
        }
        if let Some(settled) = settle::undo_without_effect(&self.site, &looked.snapshot, &*self.journal) {
            self.journal.append(settled)?;
            looked.snapshot.journal = self.journal_facts()?;
        }
        let now = engine::judge::readable(&self.site, &looked.snapshot).map_err(|why| self.not_undone_for(&why))?;
        let journal = &looked.snapshot.journal;
        if journal.unfinished.is_some() {
            let failure = self.not_undone("the outcome of an earlier write is unknown");
            let next = format!("compare every value: {}", self.site.command("plan partner parameters"));
            return Err(looked.remarks.iter().fold(failure, Failure::hint).hint(next));
        }
        let last = self.last(journal).map_err(|failure| looked.remarks.iter().fold(failure, Failure::hint))?;
        let as_written = match (last.digest.as_deref(), now) {
            (Some(digest), Some(record)) => engine::plan::is_digest_of(digest, &record.body),
            (left, record) => left.is_none() && record.is_none(),
        };
        if !as_written {
            return Err(self
                .not_undone("the record changed in Alma since that write")
                .hint(format!("review it: {}", self.site.command("plan partner parameters"))));
        }
        let _in_flight = self.in_flight.lock().await;
        // The checks above took time, and somebody's edit meanwhile must not be lost.
        let again = self.read_again().await.map_err(|why| self.not_undone_for(&why))?;
        if matters(again.as_ref()) != matters(now) {
            return Err(self.not_undone("the record changed in Alma just now").hint("check it, then undo again"));
        }
        if let Some(why) = again.as_ref().and_then(|record| another_code(record, &self.partner_code())) {
            return Err(self.not_undone(&why).hint("open it in Alma, and find out whose it is"));
        }
        if now.is_some_and(|record| engine::judge::holds_a_key(&looked.snapshot, record, &record.body)) {
            let next = format!("once the key is removed, undo again: {}", self.site.command("undo"));
            return Err(self.not_undone(engine::plan::KEY_ELSEWHERE).hint(next));
        }
        match (last.written.verb, now) {
            (Verb::Create, Some(now)) => self.take_away(writer, last, now, journal).await,
            (Verb::Replace, Some(now)) => self.put_back(writer, last, now, &looked.snapshot).await,
            _ => Err(self.not_undone("there is no record to restore")),
        }
    }

    fn not_undone(&self, why: &str) -> Failure {
        let why = why.trim_end_matches('.');
        Failure::new(FailureKind::Refused, format!("Nothing was undone on {}: {why}.", self.site.institution))
    }

    /// Nothing was undone, because something could not be read.
    fn not_undone_for(&self, why: &UnreadReason) -> Failure {
        let nothing = format!("Nothing was undone on {}", self.site.institution);
        failed(FailureKind::Refused, why.within(|words| format!("{nothing}: {}.", words.trim_end_matches('.'))))
    }

    fn last<'a>(&self, journal: &'a JournalFacts) -> Result<&'a LastApply, Failure> {
        journal.last_apply.as_ref().ok_or_else(|| {
            self.not_undone("last-resort has made no write that is left to undo")
                .hint(format!("to see what was written and undone: {}", self.site.command("history")))
        })
    }

    async fn take_away<W: AlmaWrite>(
        &self,
        writer: &W,
        last: &LastApply,
        now: &PartnerRecord,
        journal: &JournalFacts,
    ) -> Result<String, Failure> {
        let begun = self.begin(last, Verb::Delete, now, None, None)?;
        let outcome = self.attempt(writer, PartnerWrite::Delete, Some(now)).await.map(drop);
        self.end(&begun, outcome, None).await?;
        let campus = &self.site.institution;
        let done = format!(
            "The partner {} of {campus}, which last-resort had created, was deleted. Undone: {}.",
            self.partner_code(),
            describe_write(last)
        );
        let lost =
            engine::journal::sign_offs_that_end(Recipe::embedded(), journal.sign_offs.iter().map(|said| &said.key));
        Ok(lost.map_or_else(
            || done.clone(),
            |lost| format!("{done} These sign-offs are void because the partner was deleted: {lost}."),
        ))
    }

    async fn put_back<W: AlmaWrite>(
        &self,
        writer: &W,
        last: &LastApply,
        now: &PartnerRecord,
        seen: &Snapshot,
    ) -> Result<String, Failure> {
        let before =
            last.before.as_deref().ok_or_else(|| self.not_undone("the earlier record is not in the journal"))?;
        let body = self.journal.image(before)?;
        if let Some(at) = engine::plan::masked(&body).first() {
            let called = crate::text::clean(&engine::plan::display_name(Recipe::embedded(), at), 200);
            let why = format!(
                "the earlier record contains a masked value, and sending the mask would overwrite the real value: {called}"
            );
            return Err(self.not_undone(&why).hint("restore the other values by hand in Alma"));
        }
        let key = self.key_now(now, seen)?;
        let begun = self.begin(last, Verb::Replace, now, Some(before), Some(&key))?;
        let outgoing = OutgoingRecord { body, key: Some(key) };
        let outcome = self.attempt(writer, PartnerWrite::Replace(&outgoing), Some(now)).await.map(drop);
        self.end(&begun, outcome, Some(before)).await?;
        let campus = &self.site.institution;
        let again =
            format!("The partner {} of {campus} is restored to how it was before the last write", self.partner_code());
        let taken = format!("Undone: {}.", describe_write(last));
        let rotate = self.site.confirmed("keys rotate --slot export");
        Ok(match last.key {
            KeyAfterUndo::Kept => format!("{again}, with its current export key. {taken}"),
            KeyAfterUndo::Set => format!(
                "{again}, except for the export key: that write set it, and Alma keeps the current one. {taken} The previous key is not stored here. \
                 To use it again, copy it from ILLiad's WebPlatformConfig table and run: {rotate}. \
                 Otherwise make sure that nothing else uses its record there, and delete that record by hand."
            ),
        })
    }

    /// The key that Alma has now: the one it shows, or the one that our own write is known to have set.
    fn key_now(&self, now: &PartnerRecord, seen: &Snapshot) -> Result<ApiKey, Failure> {
        if let ExportKey::Clear(key) = &now.key {
            return Ok(key.clone());
        }
        match (&seen.keys.export_key, &seen.journal.key_write) {
            (Observation::Got((_, key)), Some(written))
                if key.fingerprint() == written.fingerprint && now.key.may_be(key) =>
            {
                Ok(key.clone())
            }
            _ => Err(self
                .not_undone("Alma does not show its export key, and the key stored here is not the one that write set")
                .hint(self.site.command("keys set --slot export"))),
        }
    }

    fn begin(
        &self,
        last: &LastApply,
        verb: Verb,
        now: &PartnerRecord,
        sent: Option<&str>,
        key: Option<&ApiKey>,
    ) -> Result<Begun, Failure> {
        let before = self.journal.keep_image(&now.body)?;
        let key = key.map(ApiKey::fingerprint);
        let id = write_id(self.clock.now(), &engine::plan::digest_of(&serde_json::json!([last.id, before])));
        self.journal.append(JournalEvent::WriteBegun {
            id: id.clone(),
            verb,
            purpose: Purpose::Undo(last.id.clone()),
            environment: self.site.environment,
            before: Some(before.clone()),
            sent: sent.map(str::to_owned),
            fields: Vec::new(),
            key: key.clone(),
            target: Some(Target::of(&self.site)),
        })?;
        Ok(Begun { id, before, key })
    }

    async fn end(&self, begun: &Begun, outcome: Result<(), WriteFailure>, sent: Option<&str>) -> Result<(), Failure> {
        let back = self.read_again().await;
        let ended = |outcome: WriteOutcome| self.journal.append(settle::ended(&begun.id, outcome));
        let judged = |record: Option<&PartnerRecord>| {
            let write = WriteTrace { before: Some(&begun.before), sent, key: begun.key.as_ref() };
            settle::judge(&*self.journal, record, write)
        };
        // What the record says counts more than Alma's answer.
        let failure = match (back.as_ref().map(|record| judged(record.as_ref())), outcome) {
            (Ok(Some(WriteOutcome::Done(digest))), _) => {
                let campus = &self.site.institution;
                let stands = format!("The undo on {campus} is done in Alma, but this could not be noted");
                ended(WriteOutcome::Done(digest)).map_err(|failure| failure.after(&stands))?;
                None
            }
            (_, Err(WriteFailure::Refused { failure, .. })) => {
                ended(WriteOutcome::Refused(failure.what.clone()))?;
                Some(failure)
            }
            (Err(why), answer) => {
                let campus = &self.site.institution;
                let lead = format!("The undo on {campus} has an unknown outcome: the record could not be read back");
                let why = why.within(|words| format!("{lead}: {words}"));
                let failure = Failure::new(FailureKind::Network, why.what).in_short(why.short);
                match answer {
                    Ok(()) | Err(WriteFailure::Taken(_)) => {
                        self.journal.append(settle::taken(&begun.id, &failure.what))?;
                    }
                    Err(_) => ended(WriteOutcome::Unknown(failure.what.clone()))?,
                }
                Some(failure.hint(format!("check again: {}", self.site.command("check partner"))))
            }
            (Ok(Some(_)), Err(WriteFailure::Unknown(failure))) => {
                ended(WriteOutcome::NotSeen(failure.what.clone()))?;
                let campus = &self.site.institution;
                let lead = format!("The undo on {campus} was sent, and Alma's record shows nothing of it so far");
                let next =
                    format!("it may still come; check again in a minute: {}", self.site.command("check partner"));
                let told = failure.within(|why| format!("{lead}: {}.", why.trim_end_matches('.')));
                Some(Failure { hints: Vec::new(), ..told }.hint(next))
            }
            (Ok(Some(_)), Ok(()) | Err(WriteFailure::Taken(_))) => {
                self.journal.append(settle::taken(&begun.id, settle::NOT_SHOWN))?;
                let campus = &self.site.institution;
                let what = format!("The undo on {campus} was {}.", settle::NOT_SHOWN);
                let next = format!("check again a little later: {}", self.site.command("check partner"));
                Some(Failure::new(FailureKind::Network, what).hint(next))
            }
            // The record is neither as sent nor as it was before. We say so and claim nothing more.
            (Ok(None), _) => {
                let why = "Alma's record matches neither what it was before that write nor what it was just now";
                ended(WriteOutcome::Unknown(why.to_owned()))?;
                let campus = &self.site.institution;
                let next = self.site.command("plan partner parameters");
                Some(Failure::new(FailureKind::Refused, format!("The undo on {campus} went wrong: {why}.")).hint(next))
            }
        };
        failure.map_or(Ok(()), Err)
    }
}
