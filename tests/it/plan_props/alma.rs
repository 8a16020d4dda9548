//! An in-memory Alma with a single partner. It implements the ports and records what it was sent.
use crate::harness::told as observed;
use crate::plan_props::records::{KEY, fresh};
use last_resort::drive::{CampusOps, Clients};
use last_resort::engine::observed::{
    AlmaObservations, AlmaUser, CodeRow, Desk, ExportKey, General, IlliadUser, Library, Location, NumberedRequest,
    Observation, PartnerEntry, PartnerRecord, RowList, Transaction, UnreadReason, WireFormat, WriteAccess,
};
use last_resort::engine::plan::Consent;
use last_resort::failure::Failure;
use last_resort::io::{Folders, JournalFile, SessionKeys, SystemClock};
use last_resort::ports::{AlmaRead, AlmaWrite, IlliadRead, OutgoingRecord, WriteFailure};
use last_resort::recipe::{CodeTable, KeySlot};
use last_resort::secret::{ApiKey, KeyMask};
use serde_json::Value;
use std::sync::{Arc, Mutex, MutexGuard};
use tempfile::TempDir;

/// How Alma returns the export key it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    Clear,
    Masked,
    Nothing,
}

/// The partner record as Alma stores it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stored {
    pub(crate) body: Value,
    pub(crate) key: Option<ApiKey>,
}

/// What happens to the next write in an Alma that does not do what it answers.
pub(crate) struct Lie {
    pub(crate) answer: Result<Value, WriteFailure>,
    /// The record that is there afterwards, whoever wrote it.
    pub(crate) left: Value,
}

/// The Alma zone. Clones share the same data.
#[derive(Clone)]
pub(crate) struct Alma {
    told: AlmaObservations,
    shows: Shows,
    stored: Arc<Mutex<Option<Stored>>>,
    sent: Arc<Mutex<Vec<OutgoingRecord>>>,
    lie: Arc<Mutex<Option<Lie>>>,
}

/// The operations on this zone, with a journal on disk.
pub(crate) type MemoryBench = CampusOps<Alma, Illiad>;

impl Alma {
    pub(crate) fn with(stored: Option<Stored>, shows: Shows) -> Self {
        let told = fresh().1.alma;
        Self { told, shows, stored: Arc::new(Mutex::new(stored)), sent: Arc::default(), lie: Arc::default() }
    }

    pub(crate) fn stored(&self) -> MutexGuard<'_, Option<Stored>> {
        self.stored.lock().expect("no panic while it was held")
    }

    pub(crate) fn sent(&self) -> Vec<OutgoingRecord> {
        self.sent.lock().expect("no panic while it was held").clone()
    }

    pub(crate) fn bench(&self, home: &TempDir) -> MemoryBench {
        let site = fresh().0;
        let folders = Folders::at(home.path().join("config"), home.path().join("state"));
        let journal = JournalFile::of(&folders, &site.institution);
        let key = ApiKey::parse(observed::OUR_KEY.to_owned()).expect("a key");
        CampusOps {
            site,
            clients: Clients { alma: Ok(self.clone()), illiad: Illiad, illiad_key: Ok(()) },
            journal: Arc::new(journal),
            keys: Arc::new(SessionKeys::holding([(KeySlot::Export, key)])),
            clock: Arc::new(SystemClock),
            in_flight: Arc::default(),
        }
    }

    /// Makes the next write end like this.
    pub(crate) fn lies(&self, lie: Lie) {
        *self.lie.lock().expect("no panic while it was held") = Some(lie);
    }

    fn take(&self, record: &OutgoingRecord) -> Result<Value, WriteFailure> {
        self.sent.lock().expect("no panic while it was held").push(record.clone());
        let lie = self.lie.lock().expect("no panic while it was held").take();
        let (body, answer) =
            lie.map_or_else(|| (record.body.clone(), Ok(record.body.clone())), |lie| (lie.left, lie.answer));
        *self.stored() = Some(Stored { body, key: record.key.clone() });
        answer
    }
}

fn told<T: Clone>(seen: &Observation<T>) -> Result<T, UnreadReason> {
    match seen {
        Observation::Got(value) => Ok(value.clone()),
        Observation::NotThere => Err(UnreadReason::not_asked()),
        Observation::Unread(why) => Err(why.clone()),
    }
}

impl AlmaRead for Alma {
    async fn general(&self) -> Result<General, UnreadReason> {
        told(&self.told.general)
    }
    async fn libraries(&self) -> Result<Vec<Library>, UnreadReason> {
        told(&self.told.libraries)
    }
    async fn locations(&self, _: &str) -> Result<Option<Vec<Location>>, UnreadReason> {
        told(&self.told.locations).map(Some)
    }
    async fn desks(&self, _: &str) -> Result<Option<Vec<Desk>>, UnreadReason> {
        told(&self.told.desks).map(Some)
    }
    async fn code_table(&self, table: CodeTable) -> Result<Vec<CodeRow>, UnreadReason> {
        told(&self.told.tables[&table])
    }
    async fn partner(&self, code: &str) -> Result<Option<PartnerRecord>, UnreadReason> {
        if code != "ILLiad" {
            return Ok(told(&self.told.others)?.into_iter().next());
        }
        let shown = |stored: &Stored| {
            let key = match (self.shows, &stored.key) {
                (Shows::Clear, Some(key)) => ExportKey::Clear(key.clone()),
                (Shows::Masked, Some(_)) => ExportKey::Masked(KeyMask::default()),
                _ => ExportKey::Hidden,
            };
            let mut body = stored.body.clone();
            if let Some(place) = body.pointer_mut(KEY) {
                *place = Value::Null;
            }
            PartnerRecord { body, key, wire: WireFormat::Json }
        };
        Ok(self.stored().as_ref().map(shown))
    }
    async fn partners(&self) -> Result<RowList<PartnerEntry>, UnreadReason> {
        let row = |code: &str| PartnerEntry {
            code: code.to_owned(),
            name: "Relais".to_owned(),
            status: None,
            system_type: Vec::new(),
            profile: None,
        };
        let ours = self.stored().is_some().then(|| row("ILLiad"));
        Ok(RowList::from([row("OTHER")].into_iter().chain(ours).collect::<Vec<_>>()))
    }
    async fn may_write(&self) -> Result<WriteAccess, UnreadReason> {
        told(&self.told.may_write)
    }
    async fn user(&self, _: &str) -> Result<Option<AlmaUser>, UnreadReason> {
        Ok(None)
    }
}

impl AlmaWrite for Alma {
    async fn create(&self, record: &OutgoingRecord) -> Result<Value, WriteFailure> {
        self.take(record)
    }
    async fn replace(&self, _: &str, record: &OutgoingRecord) -> Result<Value, WriteFailure> {
        self.take(record)
    }
    async fn delete(&self, _: &str) -> Result<(), WriteFailure> {
        *self.stored() = None;
        Ok(())
    }
}

/// An ILLiad that answers every read.
pub(crate) struct Illiad;

impl IlliadRead for Illiad {
    async fn version(&self) -> Result<String, UnreadReason> {
        Ok("9.2.2.0".to_owned())
    }
    async fn key_accepted(&self) -> Result<(), UnreadReason> {
        Ok(())
    }
    async fn export_key_accepted(&self, _: &ApiKey) -> Result<(), UnreadReason> {
        Ok(())
    }
    async fn user(&self, _: &str) -> Result<Option<IlliadUser>, UnreadReason> {
        Ok(None)
    }
    async fn user_by_external_id(&self, _: &str) -> Result<Option<IlliadUser>, UnreadReason> {
        Ok(None)
    }
    async fn user_requests(&self, _: &str) -> Result<Option<RowList<Transaction>>, UnreadReason> {
        Ok(None)
    }
    async fn transaction(&self, _: i64) -> Result<Option<NumberedRequest>, UnreadReason> {
        Ok(None)
    }
}

/// Returns a person's consent for the campus of these tests.
pub(crate) fn consent() -> Consent {
    let campus = fresh().0.institution;
    Consent::given(campus.as_str(), &campus).expect("its own code")
}

/// Applies the due changes of both steps that Alma's API writes.
pub(crate) async fn apply(bench: &MemoryBench, writer: &Alma) -> Result<(), Failure> {
    let (plan, looked) = bench.plan(&crate::plan_props::records::WRITTEN).await?;
    let plan = plan.confirm(&consent()).expect("the right campus");
    bench.apply(writer, plan, &looked.snapshot).await?.failure.map_or(Ok(()), Err)
}
