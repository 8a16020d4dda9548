//! A campus put together from the real adapters: Alma, ILLiad, keyring, journal and clock.
use super::campus_file::accepted;
use super::output::say;
use crate::cli::{EnvironmentArgument, Global};
use crate::drive::{CampusOps, Clients, ProofClients, Prover};
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::engine::time_limits;
use crate::failure::{Failure, FailureKind};
use crate::io::{
    AlmaClient, AlmaRequester, AlmaWriter, CampusFiles, Folders, Http, IlliadClient, IlliadWriter, JournalFile,
    Keyring, KnownCampus, Lock, SystemClock, log_to, progress,
};
use crate::ports::{Keys, failed};
use crate::recipe::{Channel, Expectation, KeySlot, Recipe};
use crate::secret::{ApiKey, KeyTraces};
use crate::site::{CampusCode, CampusNaming, Environment, Site};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long the requests of one command may take. Commands end within 30 s (CONTRACT.md, "Writing"); this leaves time for starting, reading
/// keys and ending.
pub(super) const COMMAND_TIME: Duration = Duration::from_secs(24);

/// How long the requests of a proof may take. It watches for minutes and must then be able to cancel its test requests.
pub(super) const PROOF_TIME: Duration = time_limits::PROOF;

/// The operations on a campus, with the real adapters.
pub(super) type RealOps = CampusOps<AlmaClient, IlliadClient>;

/// The real adapters that make and cancel test requests.
pub(super) type RealHands = ProofClients<IlliadWriter, AlmaRequester>;

/// Runs proofs with the real adapters.
pub(super) type RealProver<'a> = Prover<'a, AlmaClient, IlliadClient, IlliadWriter, AlmaRequester>;

/// A campus with its adapters, ready to work on.
pub(super) struct CampusSession {
    pub(super) ops: RealOps,
    pub(super) folders: Folders,
}

/// The campus named, or the only one set up here, in the environment named, or in the only one it has a file for.
///
/// # Errors
/// There is no such campus, or more than one file fits.
pub(super) fn campus(folders: &Folders, wish: &CampusWish) -> Result<Site, Failure> {
    let files = CampusFiles::new(folders.clone());
    let fits = |known: &KnownCampus| wish.environment.is_none_or(|wanted| known.environment() == Some(wanted));
    let Some(text) = wish.code.as_deref() else {
        let mut known = files.list()?.known;
        known.retain(fits);
        return match known.as_slice() {
            [only] => accepted(only),
            [] => Err(none_set_up(wish.environment)),
            [first, rest @ ..] if rest.iter().all(|known| known.code == first.code) => Err(two_files(first, rest)),
            several => {
                let mut codes: Vec<&str> = several.iter().map(|known| known.code.as_str()).collect();
                codes.dedup();
                Err(Failure::new(
                    FailureKind::Usage,
                    format!("Several campuses are set up here: {}.", codes.join(", ")),
                )
                .hint("choose one with --campus"))
            }
        };
    };
    let code = CampusCode::parse(text).ok_or_else(|| {
        Failure::new(FailureKind::Usage, format!("{:?} is not a campus code (--campus)", crate::text::clean(text, 60)))
            .hint(format!("use the Alma code, such as {}", files.consortium().unwrap_or_default().example()))
    })?;
    let mut known = files.of(&code)?;
    known.retain(fits);
    match known.as_slice() {
        [only] => accepted(only),
        [] => match wish.environment {
            None => accepted(&files.find(&code)),
            Some(environment) => Err(no_file(&files, &code, environment)),
        },
        [first, rest @ ..] => Err(two_files(first, rest)),
    }
}

/// Which campus file a command is about, as typed.
#[derive(Debug, Clone, Default)]
pub(super) struct CampusWish {
    pub(super) code: Option<String>,
    pub(super) environment: Option<Environment>,
}

impl CampusWish {
    /// What the options name.
    pub(super) fn of(global: &Global) -> Self {
        let environment = global.environment.map(|EnvironmentArgument(environment)| environment);
        Self { code: global.campus.clone(), environment }
    }
}

fn none_set_up(environment: Option<Environment>) -> Failure {
    let what = match environment {
        None => "No campus is set up here yet.".to_owned(),
        Some(environment) => format!("No campus is set up here for {} yet.", environment.as_str()),
    };
    Failure::new(FailureKind::Usage, what)
        .hint("set one up in the wizard: last-resort")
        .hint("or try the wizard without keys: last-resort practice")
}

/// The failure when several files fit and the command does not say which.
fn two_files(first: &KnownCampus, rest: &[KnownCampus]) -> Failure {
    let code = &first.code;
    let whose = |known: &KnownCampus| known.environment().map_or("broken", Environment::as_str);
    let files: Vec<String> = [first].into_iter().chain(rest).map(|known| format!("a {} file", whose(known))).collect();
    let what = format!("{code} has {} here.", files.join(" and "));
    let choices = [first].into_iter().chain(rest).filter_map(KnownCampus::environment);
    choices.zip(["choose one", "or"]).fold(Failure::new(FailureKind::Usage, what), |failure, (environment, lead)| {
        failure.hint(format!("{lead}: {}", CampusNaming::CodeAnd(environment).options(code)))
    })
}

/// The failure when a campus has no file for the environment named.
fn no_file(files: &CampusFiles, code: &CampusCode, environment: Environment) -> Failure {
    let named = environment.as_str();
    let other = files.find(code);
    let failure = Failure::new(FailureKind::Usage, format!("There is no campus file of {code} for {named}."));
    match other.environment() {
        Some(other) => failure
            .hint(format!("the file here is for {}: --environment {}", other.as_str(), other.as_str()))
            .hint(format!("or copy it to {code}.{named}.toml beside it, and change its environment to {named}")),
        None => failure.hint("to list the campuses set up here: last-resort campuses"),
    }
}

/// Begins the log of this campus. If it cannot be written, that is printed and nothing else changes.
pub(super) fn begin_log(folders: &Folders, site: &Site, verbose: bool) {
    if let Err(failure) = log_to(&folders.state_of(&site.institution), verbose) {
        say(&format!("last-resort: no log is written: {failure}"));
    }
}

impl CampusSession {
    /// A session with keys from this user's environment or keyring. Its requests neither start nor run later than `time` from now.
    pub(super) fn open(
        site: Site,
        folders: Folders,
        time: Duration,
        in_flight: Arc<Mutex<()>>,
    ) -> Result<Self, Failure> {
        let keys: Arc<dyn Keys> = Arc::new(Keyring::of_this_user().of_site(&site));
        let http = Http::new(Instant::now() + time)?;
        Self::with(site, folders, keys, &http, in_flight)
    }

    /// A session with these keys and this client. Take the lock `in_flight` before stopping the program: it is held during a write.
    pub(super) fn with(
        site: Site,
        folders: Folders,
        keys: Arc<dyn Keys>,
        http: &Http,
        in_flight: Arc<Mutex<()>>,
    ) -> Result<Self, Failure> {
        let known = known_keys(&*keys);
        keyless(&site, &known)?;
        let http = &http.hiding(known);
        let alma = key_or_reason(&site, &*keys, KeySlot::Alma)
            .map(|key| AlmaClient::new(http, &site, key, export_key_pointer()));
        let (illiad_key, key_state) = match key_or_reason(&site, &*keys, KeySlot::Illiad) {
            Ok(key) => (Some(key), Ok(())),
            Err(why) => (None, Err(why)),
        };
        let illiad = IlliadClient::new(http, &site, illiad_key);
        let journal = Arc::new(JournalFile::of(&folders, &site.institution));
        let clients = Clients { alma, illiad, illiad_key: key_state };
        let ops = CampusOps { site, clients, journal, keys, clock: Arc::new(SystemClock), in_flight };
        Ok(Self { ops, folders })
    }

    /// The adapter that writes to Alma, and the lock that keeps other processes from writing for this campus.
    pub(super) fn writer(&self) -> Result<(AlmaWriter, Lock), Failure> {
        let site = &self.ops.site;
        let alma = self.ops.clients.alma.as_ref().map_err(|why| {
            let nothing = format!("Nothing was written to {}", site.institution);
            failed(FailureKind::Key, why.within(|words| format!("{nothing}: {}.", words.trim_end_matches('.'))))
        })?;
        Ok((alma.writer(), self.lock()?))
    }

    /// The adapters that make and cancel test requests, and the lock that keeps other processes from doing so for this campus.
    pub(super) fn hands(&self) -> Result<(RealHands, Lock), Failure> {
        let clients = &self.ops.clients;
        let alma = clients.alma.as_ref().map(AlmaClient::requester).map_err(Clone::clone);
        Ok((ProofClients { illiad: clients.illiad.writer(), alma, hurry: 1 }, self.lock()?))
    }

    /// The lock that keeps other processes from writing for this campus.
    pub(super) fn lock(&self) -> Result<Lock, Failure> {
        let _wait = progress::wait("Waiting for another last-resort that writes for this campus", time_limits::LOCK);
        Lock::acquire(&self.folders.state_of(&self.ops.site.institution), time_limits::LOCK)
    }
}

/// Refuses a campus whose file has a key of this campus, or a part of one, among its values: these are shown to everybody.
fn keyless(site: &Site, known: &[ApiKey]) -> Result<(), Failure> {
    let traces = KeyTraces::of(known);
    match site.typed_texts().find(|(_, text)| traces.stand_in(text)) {
        None => Ok(()),
        Some((setting, _)) => Err(Failure::new(
            FailureKind::CampusFile,
            format!("The campus file of {} has a key, or a part of one, as {setting}.", site.institution),
        )
        .hint("remove it from the file, and replace that key")),
    }
}

/// The JSON pointer to the export key in Alma's partner record, from the recipe.
pub(super) fn export_key_pointer() -> &'static str {
    Recipe::embedded()
        .fields()
        .find_map(|field| match (&field.want, &field.channel) {
            (Expectation::Secret(_), Channel::Api { pointer, .. }) => Some(pointer.as_str()),
            _ => None,
        })
        .unwrap_or_default()
}

/// All keys of the campus that are set, for every slot.
pub(super) fn known_keys(keys: &dyn Keys) -> Vec<ApiKey> {
    KeySlot::ALL.into_iter().filter_map(|slot| keys.get(slot).ok().flatten()).map(|(key, _)| key).collect()
}

/// The key in a slot, or the reason why it cannot be used.
fn key_or_reason(site: &Site, keys: &dyn Keys, slot: KeySlot) -> Result<ApiKey, UnreadReason> {
    let next = site.command(&format!("keys set --slot {}", slot.as_str()));
    match keys.get(slot) {
        Ok(Some((key, _))) => Ok(key),
        Ok(None) => {
            let what =
                format!("no {} key is set for {} ({})", slot.as_str(), site.institution, site.environment.as_str());
            Err(UnreadReason::new(UnreadKind::NoKey(slot), what, next).in_short(match slot {
                KeySlot::Alma => "No Alma key is set.",
                KeySlot::Illiad => "No ILLiad key is set.",
                KeySlot::Export => "No key for Alma's export is set.",
            }))
        }
        Err(failure) => {
            let hint = failure.hints.first().cloned().unwrap_or(next);
            Err(UnreadReason {
                short: failure.short.map(String::from),
                ..UnreadReason::new(UnreadKind::KeyUnfit, failure.what, hint)
            })
        }
    }
}
