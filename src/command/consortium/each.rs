//! Goes through the campus files, several at a time. A campus that is slow, dead or has a bad file delays no other.
use crate::cli::{AllCampuses, Global};
use crate::command::campus_file::accepted;
use crate::command::key_source::KeySource;
use crate::command::session::{COMMAND_TIME, CampusSession, CampusWish};
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, CampusListing, Folders, Http, Keyring, KnownCampus};
use crate::site::{CampusCode, Environment};
use futures_util::stream::{self, Stream, StreamExt as _};
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

/// How many campuses are worked on at the same time. Each has its own pace; this bounds memory and open connections.
const AT_ONCE: usize = 64;

/// Which campuses a command is about.
pub(in crate::command) struct CampusChoice {
    pub(super) folders: Folders,
    pub(super) campuses: Vec<KnownCampus>,
    /// A sentence for each file beside them that is named after no campus.
    pub(super) left_out: Vec<String>,
}

impl CampusChoice {
    /// All campus files, or those of the codes named, for both environments or the one named. `None` without `--all`.
    ///
    /// # Errors
    /// A code after `--only` has no file here, or no campus is set up here at all.
    pub(in crate::command) fn of(all: &AllCampuses, global: &Global) -> Result<Option<Self>, Failure> {
        if !all.all {
            return Ok(None);
        }
        let (folders, wish) = (Folders::from_env()?, CampusWish::of(global));
        let CampusListing { known: mut campuses, strays } = CampusFiles::new(folders.clone()).list()?;
        let fits = |known: &KnownCampus| wish.environment.is_none_or(|wanted| known.environment() == Some(wanted));
        campuses.retain(fits);
        let named = |known: &KnownCampus, code: &str| known.code.as_str().eq_ignore_ascii_case(code.trim());
        if let Some(unknown) = all.only.iter().find(|code| !campuses.iter().any(|known| named(known, code))) {
            let shown = crate::text::clean(unknown.trim(), 60);
            return Err(Failure::new(FailureKind::Usage, format!("No campus {shown:?} is set up here (--only)."))
                .hint("to list the campuses set up here: last-resort campuses"));
        }
        if !all.only.is_empty() {
            campuses.retain(|known| all.only.iter().any(|code| named(known, code)));
        }
        if campuses.is_empty() {
            return Err(Failure::new(FailureKind::Usage, "No campus is set up here yet.")
                .hint("set one up in the wizard: last-resort"));
        }
        let left_out = |path: PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("The file {} is left out: its name is no campus code.", crate::text::clean(&name, 100))
        };
        let left_out = strays.into_iter().filter(|_| all.only.is_empty()).map(left_out).collect();
        Ok(Some(Self { folders, campuses, left_out }))
    }

    /// These campuses, whatever state their files are in.
    pub(in crate::command) fn among(folders: Folders, campuses: Vec<KnownCampus>) -> Self {
        Self { folders, campuses, left_out: Vec::new() }
    }

    /// Does the work for each campus and gives the results as they come, each with its campus. Keys come from this user's keyring.
    pub(super) fn each<T, F>(
        self,
        work: impl Fn(CampusSession) -> F + Clone + Send + Sync + 'static,
    ) -> Result<impl Stream<Item = CampusResult<T>>, Failure>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let http = Http::new(Instant::now() + COMMAND_TIME)?;
        Ok(self.each_with(&http, &KeySource::Keyring(Keyring::of_this_user()), work))
    }

    /// Like [`Self::each`], with this client and these keys.
    pub(super) fn each_with<T, F, W>(
        self,
        http: &Http,
        keys: &KeySource,
        work: W,
    ) -> impl Stream<Item = CampusResult<T>> + use<T, F, W>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
        W: Fn(CampusSession) -> F + Clone + Send + Sync + 'static,
    {
        let (http, keys, folders) = (http.clone(), keys.clone(), self.folders);
        stream::iter(self.campuses)
            .map(move |known| {
                let (work, http, keys, folders) = (work.clone(), http.clone(), keys.clone(), folders.clone());
                async move {
                    let (code, environment) = (known.code.clone(), known.environment());
                    let ran = tokio::spawn(async move {
                        let http = http.until(Instant::now() + COMMAND_TIME);
                        // Reading keys may block on a keyring or a file.
                        let opened = tokio::task::spawn_blocking(move || opened(&known, folders, &keys, &http));
                        work(opened.await.map_err(|error| broke_off(&error))??).await
                    });
                    let result = ran.await.map_err(|error| broke_off(&error)).flatten();
                    CampusResult { code, environment, result }
                }
            })
            .buffer_unordered(AT_ONCE)
    }
}

/// What became of the work for one campus.
pub(super) struct CampusResult<T> {
    pub(super) code: CampusCode,
    /// `None` if the campus file does not say.
    pub(super) environment: Option<Environment>,
    pub(super) result: Result<T, Failure>,
}

fn opened(known: &KnownCampus, folders: Folders, keys: &KeySource, http: &Http) -> Result<CampusSession, Failure> {
    let site = accepted(known)?;
    let keys = keys.of(&site);
    CampusSession::with(site, folders, keys, http, Arc::default())
}

fn broke_off(error: &tokio::task::JoinError) -> Failure {
    Failure::new(FailureKind::Files, format!("Internal error: the work for this campus crashed ({error})."))
}

/// The exit code over all campuses: the first of 1, 3, 4 that one of them has, else 0.
pub(super) fn folded(codes: impl IntoIterator<Item = u8>) -> u8 {
    let urgency = |code: &u8| match code {
        0 => 3,
        4 => 2,
        3 => 1,
        _ => 0,
    };
    match codes.into_iter().min_by_key(urgency) {
        Some(code @ (0 | 3 | 4)) => code,
        Some(_) => 1,
        None => 0,
    }
}
