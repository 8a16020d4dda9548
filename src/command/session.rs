//! One campus, put together from real adapters.
use crate::drive::{CampusOps, Clients, Hands};
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::failure::{Failure, FailureKind};
use crate::io::{
    AlmaClient, AlmaRequester, AlmaWriter, CampusFiles, Folders, Http, IlliadClient, IlliadWriter, JournalFile,
    Keyring, Lock, RealPause, SystemClock,
};
use crate::ports::Keys;
use crate::recipe::{Channel, Expectation, KeySlot, Recipe};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Site};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// The longest any command takes is 30 s (CONTRACT.md, "Writing"); this leaves some for starting, keys and saying goodbye.
pub(super) const COMMAND: Duration = Duration::from_secs(24);

/// A proof watches for minutes, and must be able to cancel what it made after that.
pub(super) const PROOF: Duration = Duration::from_secs(30 * 60);

/// How long a second apply waits for the first.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// The operations with real adapters.
pub(super) type RealOps = CampusOps<AlmaClient, IlliadClient>;

/// Who makes and cancels test requests, for real.
pub(super) type RealHands = Hands<IlliadWriter, AlmaRequester, RealPause>;

/// A campus ready to work on.
pub(super) struct CampusSession {
    /// What can be done on it.
    pub(super) ops: RealOps,
    /// Where its files are.
    pub(super) folders: Folders,
}

/// Picks the campus: the one named, or the only one there is.
///
/// # Errors
/// No such campus, none, or several and none named.
pub(super) fn campus(folders: &Folders, named: Option<&str>) -> Result<Site, Failure> {
    let files = CampusFiles::new(folders.clone());
    if let Some(text) = named {
        let code = CampusCode::parse(text).ok_or_else(|| {
            Failure::new(FailureKind::Usage, format!("--campus cannot be {:?}", crate::text::clean(text, 60)))
                .hint("it is an Alma code such as 01CUNY_QC")
        })?;
        return files.load(&code);
    }
    let known = files.list()?.known;
    match known.as_slice() {
        [only] => only.site(),
        [] => Err(Failure::new(FailureKind::Usage, "No campus is set up here yet.")
            .hint("set one up in the wizard: last-resort")
            .hint("or try it without keys: last-resort practice")),
        several => {
            let codes: Vec<&str> = several.iter().map(|known| known.code.as_str()).collect();
            Err(Failure::new(FailureKind::Usage, format!("Several campuses are set up here: {}.", codes.join(", ")))
                .hint("name one with --campus"))
        }
    }
}

impl CampusSession {
    /// For a campus of this user, with keys from the environment or the keyring; requests neither start nor run past `time` from now.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub(super) fn open(
        site: Site,
        folders: Folders,
        time: Duration,
        in_flight: Arc<Mutex<()>>,
    ) -> Result<Self, Failure> {
        let keys: Arc<dyn Keys> = Arc::new(Keyring::of_this_user().of(&site.institution, site.environment));
        let http = Http::new(Instant::now() + time)?;
        Ok(Self::with(site, folders, keys, &http, in_flight))
    }

    /// With these keys, over this client; `in_flight` is shared with whoever wants to leave.
    pub(super) fn with(
        site: Site,
        folders: Folders,
        keys: Arc<dyn Keys>,
        http: &Http,
        in_flight: Arc<Mutex<()>>,
    ) -> Self {
        let http = &http.hiding(known(&*keys));
        let alma = key(&site, &*keys, KeySlot::Alma).map(|key| AlmaClient::new(http, &site, key, export_key_pointer()));
        let (illiad_key, key_state) = match key(&site, &*keys, KeySlot::Illiad) {
            Ok(key) => (Some(key), Ok(())),
            Err(why) => (None, Err(why)),
        };
        let illiad = IlliadClient::new(http, &site, illiad_key);
        let journal = Arc::new(JournalFile::of(&folders, &site.institution));
        let clients = Clients { alma, illiad, illiad_key: key_state };
        let ops = CampusOps { site, clients, journal, keys, clock: Arc::new(SystemClock), in_flight };
        Self { ops, folders }
    }

    /// Who may write: the writer, and the lock that keeps others from writing meanwhile.
    ///
    /// # Errors
    /// No key, or somebody else is writing.
    pub(super) fn writer(&self) -> Result<(AlmaWriter, Lock), Failure> {
        let site = &self.ops.site;
        let alma = self.ops.clients.alma.as_ref().map_err(|why| {
            Failure::new(
                FailureKind::Key,
                format!("Nothing was written to {}: {}.", site.institution, why.what.trim_end_matches('.')),
            )
            .hint(why.next.clone())
        })?;
        Ok((alma.writer(), self.lock()?))
    }

    /// Who may make and cancel test requests, and the lock that keeps others from doing so meanwhile.
    ///
    /// # Errors
    /// Somebody else is writing.
    pub(super) fn hands(&self) -> Result<(RealHands, Lock), Failure> {
        let clients = &self.ops.clients;
        let alma = clients.alma.as_ref().map(AlmaClient::requester).map_err(Clone::clone);
        Ok((Hands { illiad: clients.illiad.writer(), alma, wait: RealPause::default() }, self.lock()?))
    }

    /// The lock that keeps others from writing for this campus meanwhile.
    ///
    /// # Errors
    /// Somebody else is writing.
    pub(super) fn lock(&self) -> Result<Lock, Failure> {
        Lock::acquire(&self.folders.state_of(&self.ops.site.institution), LOCK_WAIT)
    }
}

/// Where the recipe says the export key stands.
pub(super) fn export_key_pointer() -> &'static str {
    Recipe::embedded()
        .fields()
        .find_map(|field| match (&field.want, &field.channel) {
            (Expectation::Secret(_), Channel::Api { pointer, .. }) => Some(pointer.as_str()),
            _ => None,
        })
        .unwrap_or_default()
}

/// All keys of the campus that are known here, whichever system they are for.
pub(super) fn known(keys: &dyn Keys) -> Vec<ApiKey> {
    KeySlot::ALL.into_iter().filter_map(|slot| keys.get(slot).ok().flatten()).map(|(key, _)| key).collect()
}

/// The key in a slot, or why there is none.
fn key(site: &Site, keys: &dyn Keys, slot: KeySlot) -> Result<ApiKey, UnreadReason> {
    let next = format!("last-resort keys set --slot {} --campus {}", slot.as_str(), site.institution);
    match keys.get(slot) {
        Ok(Some((key, _))) => Ok(key),
        Ok(None) => Err(UnreadReason::new(
            UnreadKind::NoKey,
            format!("no {} key is set for {} ({})", slot.as_str(), site.institution, site.environment.as_str()),
            next,
        )),
        Err(failure) => {
            let hint = failure.hints.first().cloned().unwrap_or(next);
            Err(UnreadReason::new(UnreadKind::NoKey, failure.what, hint))
        }
    }
}
