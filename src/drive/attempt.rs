//! Sends a write that was made from a record. After Alma's limit of calls per second it is sent again, but only if the
//! record is still the one that it was made from.
use super::campus_ops::CampusOps;
use crate::engine::observed::{PartnerRecord, UnreadReason};
use crate::engine::plan::Basis;
use crate::failure::{Failure, FailureKind};
use crate::ports::{AlmaRead, AlmaWrite, IlliadRead, OutgoingRecord, WriteFailure};
use serde_json::Value;

/// Further attempts after the first one. The adapter makes the next request wait.
const REPEATS: usize = 6;

/// A write to the partner.
pub(super) enum PartnerWrite<'a> {
    Create(&'a OutgoingRecord),
    Replace(&'a OutgoingRecord),
    Delete,
}

impl PartnerWrite<'_> {
    async fn send<W: AlmaWrite>(&self, writer: &W, code: &str) -> Result<Value, WriteFailure> {
        match self {
            Self::Create(record) => writer.create(record).await,
            Self::Replace(record) => writer.replace(code, record).await,
            Self::Delete => writer.delete(code).await.map(|()| Value::Null),
        }
    }
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    pub(super) async fn read_again(&self) -> Result<Option<PartnerRecord>, UnreadReason> {
        match &self.clients.alma {
            Ok(alma) => alma.partner(&self.partner_code()).await,
            Err(why) => Err(why.clone()),
        }
    }

    /// Sends a write that was made from this record. Before each further attempt the record is read again.
    pub(super) async fn attempt<W: AlmaWrite>(
        &self,
        writer: &W,
        write: PartnerWrite<'_>,
        made_from: Option<&PartnerRecord>,
    ) -> Result<Value, WriteFailure> {
        let code = self.partner_code();
        let mut outcome = write.send(writer, &code).await;
        for _ in 0..REPEATS {
            if !outcome.as_ref().is_err_and(WriteFailure::came_too_fast) {
                break;
            }
            match self.read_again().await {
                Ok(now) if basis_digest(now.as_ref()) == basis_digest(made_from) => {}
                Ok(_) => return Err(self.changed_meanwhile()),
                Err(_) => break,
            }
            match write.send(writer, &code).await {
                // It was not sent, because there was no time left. What Alma said before says more.
                Err(WriteFailure::Refused { codes, .. }) if codes.is_empty() => break,
                next => outcome = next,
            }
        }
        outcome
    }

    fn changed_meanwhile(&self) -> WriteFailure {
        let campus = &self.site.institution;
        let said = format!(
            "Alma had too many calls in one second and refused the write, and the partner {} of {campus} changed before it could be sent again, so it was sent only once.",
            self.partner_code()
        );
        let failure = Failure::new(FailureKind::Changed, said.clone())
            .hint(format!("review it: {}", self.site.command("plan partner parameters")));
        WriteFailure::Refused { failure, codes: Vec::new(), said }
    }
}

/// What is wrong with the code of a record that Alma shows as the partner, if it is another one. Such a record is never
/// written to.
pub(super) fn another_code(record: &PartnerRecord, ours: &str) -> Option<String> {
    let code = record.code().unwrap_or_default();
    (code != ours)
        .then(|| format!("Alma shows a record with the code \"{}\" in place of {ours}", crate::text::clean(code, 60)))
}

pub(super) fn basis_digest(now: Option<&PartnerRecord>) -> String {
    match now {
        Some(record) => Basis::Record(Box::new(record.clone())).digest(),
        None => Basis::NoRecord.digest(),
    }
}
