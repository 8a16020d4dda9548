//! Campus files, journal, before-images, lock and log on a real disk: truncated, used by two processes, not writable.
//!
//! Where a test needs a second process, another user or another environment, this binary runs itself again: `ROLE` says what to do.
use jiff::Timestamp;
use last_resort::engine::journal::{
    CheckOccasion, JournalEntry, JournalEvent, KnownVerdict, Purpose, Target, Verb, WriteOutcome,
};
use last_resort::failure::{Failure, FailureKind};
use last_resort::io::{
    CampusFiles, Folders, JournalFile, Lock, MemoryFile, MemoryStart, OwnFolder, SetupFile, SystemClock,
    log_subscriber, log_to,
};
use last_resort::ports::{Clock, Journal};
use last_resort::recipe::{FieldKey, StepId};
use last_resort::secret::ApiKey;
use last_resort::site::{CampusCode, CampusField, Environment, SiteDraft};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

mod campuses;
mod half;
mod journal;
mod lock;
mod log;
mod long;
mod places;

fn code(text: &str) -> CampusCode {
    CampusCode::parse(text).expect("a campus code")
}

struct Stopped;
impl Clock for Stopped {
    fn now(&self) -> Timestamp {
        "2026-11-23T20:00:00Z".parse().expect("a time")
    }
}

fn journal_in(folder: &Path) -> JournalFile {
    JournalFile::at(OwnFolder::at(folder), "ada", Arc::new(Stopped))
}

fn checked(state: &str) -> JournalEvent {
    JournalEvent::Checked {
        state: state.to_owned(),
        target: None,
        steps: Vec::new(),
        verdicts: BTreeMap::new(),
        occasion: CheckOccasion::Request,
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

#[cfg(unix)]
fn widen(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("widened");
}

/// The most memory that this process has used so far.
fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim_end_matches("kB").trim().parse().ok()).unwrap_or_default()
}

/// Prepares this binary to run again in the role `role`.
fn again(role: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this binary"));
    command.args(["--exact", "files::the_role_given_is_done"]).env("ROLE", role).stdin(Stdio::null());
    command
}

/// Performs the role set by [`again`], in a separate process. Without a role it prints where this machine would keep the program's files.
#[test]
fn the_role_given_is_done() {
    let role = std::env::var("ROLE").unwrap_or_else(|_| "folders".to_owned());
    let folder = std::env::var_os("FOLDER").map(PathBuf::from).unwrap_or_default();
    let mut out = std::io::stdout();
    match role.as_str() {
        "folders" => {
            let folders = Folders::from_env().expect("a home");
            let (file, state) = (folders.campus_file(&code("01X_Y")), folders.state_of(&code("01X_Y")));
            assert!(file.is_absolute() && state.path().is_absolute());
            writeln!(out, "\nSAID {} {}", file.display(), state.path().display()).expect("said");
        }
        "homeless" => {
            let failure = Folders::from_env().expect_err("no home");
            writeln!(out, "\nSAID {:?} {failure}", failure.kind).expect("said");
        }
        "append" => {
            for number in 0..100 {
                journal_in(&folder).append(checked(&format!("{} {number}", std::process::id()))).expect("appended");
            }
        }
        "read" => {
            let (journal, before) = (journal_in(&folder), peak_kilobytes());
            let lines = journal.read().expect("read").lines.len();
            writeln!(out, "\nSAID {lines} {}", peak_kilobytes() - before).expect("said");
        }
        "lock" => {
            let lock = Lock::acquire(&OwnFolder::at(&folder), Duration::ZERO).expect("locked");
            writeln!(out, "\nSAID locked").expect("said");
            // Wait until the other process closes the pipe, or kills this one.
            let _ = std::io::stdin().read(&mut [0]);
            drop(lock);
        }
        "write" => {
            let folders = Folders::at(folder.join("config"), folder.join("state"));
            let saved = CampusFiles::new(folders.clone()).save(&campuses::draft("01X_Y")).expect_err("cannot be saved");
            let journal =
                JournalFile::of(&folders, &code("01X_Y")).append(checked("x")).expect_err("cannot be written");
            for failure in [saved, journal] {
                assert!(!failure.hints.is_empty(), "{failure}");
                writeln!(out, "\nSAID {:?} {failure}", failure.kind).expect("said");
            }
        }
        "verbose" => {
            log_to(&OwnFolder::at(&folder), true).expect("a log");
            tracing::info!(target: "last_resort::io", "told \u{1b}[31mtwice");
            assert!(log_to(&OwnFolder::at(&folder), true).is_err(), "one log per process");
        }
        other => panic!("no such role: {other}"),
    }
}

fn said(output: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(output).into_owned();
    text.lines().filter_map(|line| line.strip_prefix("SAID ")).map(str::to_owned).collect()
}
