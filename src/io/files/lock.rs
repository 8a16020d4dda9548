//! The lock that lets only one process at a time write for a campus.
use super::folders::OwnFolder;
use super::private::{FileAccess, cannot, open_append, open_to_read};
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use crate::io::Account;
use jiff::Timestamp;
use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The right to write for a campus, released on drop. The kernel releases it when a process dies, so a dead process
/// never blocks others.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock of a campus's state folder. Waits for another process for at most `wait`, and blocks the thread
    /// meanwhile.
    ///
    /// # Errors
    /// [`FailureKind::Busy`], naming the process that holds the lock.
    /// [`FailureKind::Files`]: the file cannot be made, or the disk cannot lock.
    pub fn acquire(folder: &OwnFolder, wait: Duration) -> Result<Self, Failure> {
        folder.make()?;
        let path = folder.file("lock");
        let failed = |error: io::Error| cannot(FailureKind::Files, "lock", &path, &error);
        let until = Instant::now() + wait;
        loop {
            let mut file = open_append(&path, folder.access()).map_err(failed)?;
            if !lock_until(&file, until).map_err(failed)? {
                return Err(busy(&path, folder.access(), wait));
            }
            // If the folder was deleted while we waited, we hold a lock on a file that nobody else will see.
            if !still_there(&file, &path) {
                continue;
            }
            note_holder(&mut file).map_err(failed)?;
            return Ok(Self { file });
        }
    }

    /// Whether another living process holds the lock of this folder now. Takes no lock and makes no file.
    pub fn is_held_elsewhere(folder: &OwnFolder) -> bool {
        let path = folder.file("lock");
        // No file means no holder. If the file cannot be opened or locked, we assume there is none.
        let Ok(file) = open_to_read(&path, folder.access()) else { return false };
        let busy = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
        busy && !holder(&path, folder.access()).starts_with(&format!("{},", this_process()))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Empty the file, so that the next message does not name us. Closing it releases the lock.
        if let Err(error) = self.file.set_len(0) {
            tracing::warn!(%error, "the lock file could not be emptied");
        }
    }
}

/// Takes an exclusive lock before `until`; `false` if somebody else held it until then.
pub(super) fn lock_until(file: &File, until: Instant) -> io::Result<bool> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(false);
        }
        sleep(left.min(Duration::from_millis(5)));
    }
}

fn note_holder(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    file.write_all(format!("{}, since {now}\n", this_process()).as_bytes())
}

/// This process, as a waiting process names it: its number, its user and its host.
fn this_process() -> String {
    let account = Account::current();
    let host = account.host.as_deref().unwrap_or("this machine");
    format!("process {} of {} on {host}", std::process::id(), account.words())
}

/// What the holder wrote about itself; empty if that cannot be read.
fn holder(path: &Path, access: FileAccess) -> String {
    let mut holder = String::new();
    // We never write more than that.
    let read = open_to_read(path, access).and_then(|file| file.take(400).read_to_string(&mut holder));
    if read.is_err() {
        holder.clear();
    }
    holder.trim().to_owned()
}

fn busy(path: &Path, access: FileAccess, wait: Duration) -> Failure {
    let holder = holder(path, access);
    let holder = if holder.is_empty() { String::new() } else { format!(" ({})", printable(&holder)) };
    let campus = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let campus = printable(&campus.unwrap_or_default());
    let waited = if wait.is_zero() { String::new() } else { format!("; waited {} s", wait.as_secs_f32().round()) };
    Failure::new(FailureKind::Busy, format!("another last-resort{holder} is working on {campus}{waited}"))
        .hint("wait until it has finished, then try again")
}

#[cfg(unix)]
pub(super) fn still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(ours), Ok(theirs)) => (ours.dev(), ours.ino()) == (theirs.dev(), theirs.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn still_there(_file: &File, _path: &Path) -> bool {
    // An open file cannot be removed on this system.
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_replaced_is_not_the_one_that_is_locked() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("lock");
        let ours = open_append(&path, FileAccess::User).expect("made");
        assert!(still_there(&ours, &path));
        if cfg!(unix) {
            std::fs::remove_file(&path).expect("removed");
            assert!(!still_there(&ours, &path));
            // `ours` is still open, so the new file cannot get the same inode number.
            open_append(&path, FileAccess::User).expect("made again");
            assert!(!still_there(&ours, &path));
        }
    }
}
