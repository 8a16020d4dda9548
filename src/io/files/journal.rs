//! The journal on disk: `journal.jsonl`, one line per entry, append-only.
//!
//! A kill, a full disk or a crash may cut it at any byte. Reading skips every line that is not whole and valid. An
//! append after a torn line begins a new line, so later entries are not lost with it.
use super::folders::{Folders, OwnFolder};
use super::journal_lines::{JournalLine, JournalLines, counted, written};
use super::lock::{Lock, lock_until, still_there};
use super::private::{FileAccess, cannot, open_append, open_to_read};
use super::saved_records;
use super::text::printable;
use crate::engine::journal::{JournalEntry, JournalEvent};
use crate::failure::{Failure, FailureKind};
use crate::io::{Account, SystemClock};
use crate::ports::{Clock, Journal, JournalReading};
use crate::site::CampusCode;
use jiff::Timestamp;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long to wait for the file's lock. Appends take milliseconds, so a process that holds it longer is stopped or
/// hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// The name of the archive, beside the journal.
pub(super) const ARCHIVE: &str = "journal-archive.jsonl";

/// The journal of a campus.
#[derive(Clone)]
pub struct JournalFile {
    folder: OwnFolder,
    account: Account,
    clock: Arc<dyn Clock>,
}

impl JournalFile {
    /// The journal of a campus, signed with the account that runs the program. Does not touch the disk yet.
    pub fn of(folders: &Folders, code: &CampusCode) -> Self {
        Self { folder: folders.state_of(code), account: Account::current(), clock: Arc::new(SystemClock) }
    }

    /// The journal in `folder`, signed `by`. Control characters in the name are removed.
    pub fn at(folder: OwnFolder, by: &str, clock: Arc<dyn Clock>) -> Self {
        Self { folder, account: Account::named(by), clock }
    }

    /// The folder of the journal and what belongs to it.
    pub(super) fn folder(&self) -> &OwnFolder {
        &self.folder
    }

    /// Reads every entry, one at a time: those put aside and those of the journal, by their time. Lines that cannot be read are
    /// left out.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn history(&self) -> Result<impl Iterator<Item = Result<JournalEntry, Failure>>, Failure> {
        let (mut old, mut new) = (self.entries(self.folder.file(ARCHIVE))?, self.entries(self.path())?);
        Ok(std::iter::from_fn(move || match (old.peek(), new.peek()) {
            (Some(Ok(aside)), Some(Ok(line))) if line.at < aside.at => new.next(),
            (None, _) => new.next(),
            (Some(_), _) => old.next(),
        }))
    }

    fn entries(&self, path: PathBuf) -> Result<Peekable<impl Iterator<Item = Result<JournalEntry, Failure>>>, Failure> {
        let lines = self.lines(&path)?.into_iter().flatten();
        let read = move |line: io::Result<JournalLine>| match line {
            Ok(line) => line.entry.ok().map(Ok),
            Err(error) => Some(Err(unread(&path, &error))),
        };
        Ok(lines.filter_map(read).peekable())
    }

    /// The lines of a file. `None` if there is no such file.
    fn lines(&self, path: &Path) -> Result<Option<JournalLines<BufReader<File>>>, Failure> {
        self.folder.trusted()?;
        match open_to_read(path, self.folder.access()) {
            Ok(file) => Ok(Some(JournalLines::of(BufReader::new(file)))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unread(path, &error)),
        }
    }

    /// The time by the clock of this journal.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The path of the journal file.
    pub fn path(&self) -> PathBuf {
        self.folder.file("journal.jsonl")
    }

    fn line(&self, entry: JournalEvent) -> serde_json::Result<String> {
        let line = JournalEntry { at: self.now(), by: self.account.name.clone(), entry };
        Ok(written(line, self.account.clone())? + "\n")
    }

    fn images(&self) -> OwnFolder {
        self.folder.folder("images")
    }
}

impl Journal for JournalFile {
    fn append(&self, entry: JournalEvent) -> Result<(), Failure> {
        self.append_all(vec![entry])
    }

    fn append_all(&self, entries: Vec<JournalEvent>) -> Result<(), Failure> {
        if entries.is_empty() {
            return Ok(());
        }
        self.folder.make()?;
        let path = self.path();
        let failed = |error: io::Error| cannot(FailureKind::Files, "write to the journal", &path, &error);
        let mut file = lock_journal(&path, self.folder.access())?;
        let text: Result<String, _> = entries.into_iter().map(|entry| self.line(entry)).collect();
        let text = text.map_err(|error| failed(error.into()))?;
        // After a torn line, write the missing newline first, in the same write as the new lines.
        let torn = if ends_a_line(&mut file).map_err(failed)? { "" } else { "\n" };
        let before = file.metadata().map_err(failed)?.len();
        file.write_all(format!("{torn}{text}").as_bytes()).map_err(|error| {
            // What got through is taken back. Where that fails too, reading skips a cut line.
            let _ = file.set_len(before);
            failed(error)
        })?;
        // Unlock before the sync, so that others need not wait for the disk.
        file.unlock().map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    fn read(&self) -> Result<JournalReading, Failure> {
        let path = self.path();
        let Some(lines) = self.lines(&path)? else { return Ok(JournalReading::default()) };
        let (counted, unreadable) = counted(lines, self.now()).map_err(|error| unread(&path, &error))?;
        Ok(JournalReading { lines: counted.lines, unreadable })
    }

    fn keep_image(&self, image: &Value) -> Result<String, Failure> {
        saved_records::keep(&self.images(), image)
    }

    fn image(&self, name: &str) -> Result<Value, Failure> {
        saved_records::load(&self.images(), name)
    }

    fn written_elsewhere(&self) -> bool {
        Lock::is_held_elsewhere(&self.folder)
    }
}

/// Opens the journal and takes its lock. Where the journal was archived meanwhile, that is the new file.
pub(super) fn lock_journal(path: &Path, access: FileAccess) -> Result<File, Failure> {
    let failed = |error: io::Error| cannot(FailureKind::Files, "write to the journal", path, &error);
    let until = Instant::now() + PATIENCE;
    loop {
        let file = open_append(path, access).map_err(failed)?;
        if !lock_until(&file, until).map_err(failed)? {
            return Err(Failure::new(
                FailureKind::Busy,
                format!("another process is using the journal {}", printable(&path.display().to_string())),
            )
            .hint("end the other last-resort if it is stopped or hangs, then try again"));
        }
        if still_there(&file, path) {
            return Ok(file);
        }
    }
}

fn unread(path: &Path, error: &io::Error) -> Failure {
    cannot(FailureKind::Files, "read the journal", path, error)
}

fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
