//! Keys from a command or a file that the campus file names, for unattended runs. Never asks the keyring.
use super::credentials::key_in;
use crate::failure::{Failure, FailureKind};
use crate::io::child::child_command;
use crate::io::printable;
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{OutsideKey, OutsideKeys};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// How long all commands of a campus may take together. Commands end within 30 s (CONTRACT.md, "Writing").
const LIMIT: Duration = Duration::from_secs(4);

/// The most bytes of a command's answer that are read.
const LONGEST: u64 = 4 << 10;

/// The keys kept outside for one campus. Each is fetched once.
#[derive(Default)]
pub(super) struct FetchedKeys {
    places: OutsideKeys,
    fetched: Mutex<Fetched>,
}

#[derive(Default)]
struct Fetched {
    keys: BTreeMap<KeySlot, Result<ApiKey, Failure>>,
    spent: Duration,
}

impl FetchedKeys {
    pub(super) fn of(places: OutsideKeys) -> Self {
        Self { places, fetched: Mutex::default() }
    }

    /// The key of a slot. `None` if the campus file names no place for it.
    ///
    /// # Errors
    /// [`FailureKind::Key`]: the command failed or took too long, the file is not there, or what came is no key. The message never
    /// has what the command printed.
    pub(super) fn get(&self, slot: KeySlot) -> Result<Option<ApiKey>, Failure> {
        let Some(place) = self.places.get(slot.as_str()) else { return Ok(None) };
        // No panic can leave the map half changed.
        let mut fetched = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = fetched.keys.get(&slot) {
            return before.clone().map(Some);
        }
        let began = Instant::now();
        let key = match place {
            OutsideKey::File(file) => from_file(slot, file),
            OutsideKey::Command(words) => from_command(slot, words, LIMIT.saturating_sub(fetched.spent)),
        };
        fetched.spent += began.elapsed();
        fetched.keys.insert(slot, key.clone());
        key.map(Some)
    }
}

fn from_file(slot: KeySlot, file: &str) -> Result<ApiKey, Failure> {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    let path = match file.strip_prefix("~/").zip(home()) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(file),
    };
    key_in(&path)?.ok_or_else(|| failed(slot, &format!("there is no file {}", printable(file))))
}

fn failed(slot: KeySlot, why: &str) -> Failure {
    let slot = slot.as_str();
    Failure::new(FailureKind::Key, format!("the {slot} key cannot be fetched: {why}"))
        .hint(format!("see [keys] {slot} in the campus file"))
}

/// Runs the command without a shell. Its first line is the key, as `pass` and its like print it.
fn from_command(slot: KeySlot, words: &[String], limit: Duration) -> Result<ApiKey, Failure> {
    let (program, arguments) = words.split_first().ok_or_else(|| failed(slot, "no command is named"))?;
    let name = printable(program);
    if limit.is_zero() {
        return Err(failed(slot, &format!("no time was left for {name}")));
    }
    let mut command = child_command(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // In a group of its own it can be ended as a whole, and cannot ask anything on the terminal.
        command.process_group(0);
    }
    let not_run = |error: std::io::Error| failed(slot, &format!("{name} could not be run: {error}"));
    let mut child = command.spawn().map_err(not_run)?;
    let printed = child.stdout.take();
    let (reply, answer) = sync_channel(1);
    let read = move || {
        let mut bytes = Vec::new();
        let read = printed.map_or(Ok(0), |printed| printed.take(LONGEST).read_to_end(&mut bytes));
        // The caller may have stopped waiting.
        let _ = reply.send(read.map(|_| bytes));
    };
    thread::Builder::new().name("key command".to_owned()).spawn(read).map_err(not_run)?;
    let bytes = match answer.recv_timeout(limit) {
        Ok(read) => read.map_err(not_run),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err(failed(slot, &format!("{name} did not end within {} s", LIMIT.as_secs())))
        }
    };
    let bytes = bytes.inspect_err(|_| end(&mut child))?;
    let status = child.wait().map_err(not_run)?;
    if !status.success() {
        return Err(failed(slot, &format!("{name} failed ({status})")));
    }
    let bytes = Zeroizing::new(bytes);
    let text = std::str::from_utf8(&bytes).map_err(|_| failed(slot, &format!("{name} printed something else")))?;
    let first = text.lines().next().unwrap_or_default().to_owned();
    ApiKey::parse(first).map_err(|why| failed(slot, &format!("{name} printed something else: {why}")))
}

/// Ends a command that takes too long, with all that it began.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}
