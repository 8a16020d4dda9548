//! The journal on disk: `journal.jsonl`, one line per entry, append-only.
//!
//! A kill, a full disk or a crash may cut it at any byte. Reading skips every line that is not whole and valid. An
//! append after a torn line begins a new line, so later entries are not lost with it.
use super::folders::{Folders, OwnFolder};
use super::lock::{Lock, lock_until, still_there};
use super::private::{FileAccess, cannot, open_append, open_to_read};
use super::saved_records;
use super::text::printable;
use crate::engine::journal::{
    CheckOccasion, EvidenceSource, JournalEntry, JournalEvent, Target, UnreadableLine, UnreadableReason,
};
use crate::failure::{Failure, FailureKind};
use crate::io::{Account, SystemClock};
use crate::ports::{Clock, Journal, JournalReading};
use crate::recipe::StepId;
use crate::site::CampusCode;
use crate::text::{is_plain, unkeyed, value};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long to wait for the file's lock. Appends take milliseconds, so a process that holds it longer is stopped or
/// hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// The name of the archive, beside the journal.
pub(super) const ARCHIVE: &str = "journal-archive.jsonl";

/// Number of the format of an entry.
const SCHEMA: u32 = 1;

/// An entry as it is stored: with the number of its format, and with who wrote it where.
#[derive(Serialize, Deserialize)]
struct SignedLine {
    #[serde(default)]
    schema: u32,
    #[serde(flatten)]
    line: JournalEntry,
    /// `None` in entries of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<Account>,
}

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

    /// Reads the entries that were put aside, oldest first; empty if there are none.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn archived(&self) -> Result<JournalReading, Failure> {
        self.read_file(&self.folder.file(ARCHIVE))
    }

    fn read_file(&self, path: &Path) -> Result<JournalReading, Failure> {
        self.folder.trusted()?;
        match open_to_read(path, self.folder.access()).and_then(|file| parse(BufReader::new(file))) {
            Ok(reading) => Ok(reading),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(JournalReading::default()),
            Err(error) => Err(cannot(FailureKind::Files, "read the journal", path, &error)),
        }
    }

    /// The path of the journal file.
    pub fn path(&self) -> PathBuf {
        self.folder.file("journal.jsonl")
    }

    fn line(&self, entry: JournalEvent) -> serde_json::Result<String> {
        let line = JournalEntry { at: self.clock.now(), by: self.account.name.clone(), entry };
        let line = SignedLine { schema: SCHEMA, line, account: Some(self.account.clone()) };
        Ok(serde_json::to_string(&line)? + "\n")
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
        self.read_file(&self.path())
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

/// The entry in a line. `None` if the line cannot be read.
pub(super) fn entry_of(line: &[u8]) -> Option<JournalEntry> {
    entry(line.trim_ascii()).ok().map(|line| cleaned(signed(line)))
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

/// Parses the lines. A cut line is never a complete JSON object, so every line that parses is whole.
/// The file is read line by line: a long journal must not fill the memory.
fn parse(mut file: impl BufRead) -> io::Result<JournalReading> {
    let mut reading = JournalReading::default();
    let (mut line, mut number) = (Vec::new(), 0);
    while file.read_until(b'\n', &mut line)? > 0 {
        number += 1;
        match entry(line.trim_ascii()) {
            _ if line.trim_ascii().is_empty() => {}
            Ok(entry) => add(&mut reading.lines, cleaned(signed(entry))),
            Err(why) => {
                let before = reading.lines.last().map(|line| line.at);
                reading.unreadable.push(UnreadableLine { number, why, before });
            }
        }
        line.clear();
    }
    reading.lines.shrink_to_fit();
    Ok(reading)
}

/// Adds an entry. Of several checks that found nothing new, with only such checks between them, the last one says it all. Without this,
/// a campus whose two environments are checked in turn would fill the memory.
fn add(lines: &mut Vec<JournalEntry>, line: JournalEntry) {
    if let Some(kind) = quiet(&line) {
        let mut run = lines.iter().rev().map_while(quiet);
        if let Some(back) = run.position(|before| before == kind) {
            lines.remove(lines.len() - 1 - back);
        }
    }
    lines.push(line);
}

/// Of a check that found nothing new: what was checked, and why.
fn quiet(line: &JournalEntry) -> Option<(&Target, &[StepId], CheckOccasion)> {
    match &line.entry {
        JournalEvent::Checked { target: Some(target), steps, verdicts, occasion, .. } if verdicts.is_empty() => {
            Some((target, steps, *occasion))
        }
        _ => None,
    }
}

/// The entry, with the person behind `sudo` beside the account.
fn signed(SignedLine { mut line, account, .. }: SignedLine) -> JournalEntry {
    if let Some(sudo_user) = account.and_then(|account| account.sudo_user) {
        line.by = Account { sudo_user: Some(sudo_user), ..Account::named(&line.by) }.words();
    }
    line
}

/// Parses a line. Whatever text in it could steer a terminal is marked, since somebody may have edited the file.
///
/// # Errors
/// It is damaged, or of a format that only a newer version knows.
fn entry(line: &[u8]) -> Result<SignedLine, UnreadableReason> {
    #[derive(Deserialize)]
    struct Numbered {
        #[serde(default)]
        schema: u32,
    }
    let damaged = |_| UnreadableReason::Damaged;
    let Numbered { schema } = serde_json::from_slice(line).map_err(damaged)?;
    if schema > SCHEMA {
        return Err(UnreadableReason::Newer);
    }
    let entry: SignedLine = serde_json::from_slice(line).map_err(damaged)?;
    let text = std::str::from_utf8(line).map_err(|_| UnreadableReason::Damaged)?;
    if is_plain(text) && !text.contains("\\u") {
        return Ok(entry);
    }
    let mut value: Value = serde_json::from_str(text).map_err(damaged)?;
    mark(&mut value);
    serde_json::from_value(value).map_err(damaged)
}

/// Marks what could steer a terminal in every text of a JSON value, names of members included. Line ends and tabs stay:
/// they are part of values that people pasted.
fn mark(json: &mut Value) {
    let marked = |text: &str| text.split_inclusive(['\n', '\t']).map(marked_line).collect::<String>();
    match json {
        Value::String(text) => *text = marked(text),
        Value::Array(items) => items.iter_mut().for_each(mark),
        Value::Object(members) => {
            let all = std::mem::take(members).into_iter();
            members.extend(all.map(|(name, mut member)| {
                mark(&mut member);
                (marked(&name), member)
            }));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text without anything that has the shape of a key.
fn keyless(text: &str) -> String {
    unkeyed(text).unwrap_or_else(|| text.to_owned())
}

fn marked_line(line: &str) -> String {
    match line.strip_suffix(['\n', '\t']) {
        Some(text) => value(text) + &line[text.len()..],
        None => value(line),
    }
}

/// Removes keys, control characters and direction overrides from texts that are not ours. Somebody else may have edited
/// the file.
fn cleaned(mut line: JournalEntry) -> JournalEntry {
    line.by = keyless(&value(&line.by));
    match &mut line.entry {
        JournalEvent::Attested { fields, note, .. } => {
            fields.values_mut().chain(note).for_each(|text| *text = keyless(text));
        }
        JournalEvent::Revoked { note, .. } => note.iter_mut().for_each(|text| *text = keyless(text)),
        JournalEvent::Shown { source, fields, lists, neighbours, wanted, .. } => {
            if let EvidenceSource::File(name) = source {
                *name = keyless(name);
            }
            let rows = lists.values_mut().chain(neighbours.values_mut()).flatten();
            fields.values_mut().chain(wanted.values_mut()).chain(rows).for_each(|text| *text = keyless(text));
        }
        _ => {}
    }
    if let JournalEvent::Attested { note: Some(note), .. } | JournalEvent::Revoked { note: Some(note), .. } =
        &mut line.entry
    {
        *note = value(note);
    }
    if let JournalEvent::BrokenOff { unsent, .. } = &mut line.entry {
        for typed in unsent {
            *typed.text_mut() = value(typed.text());
        }
    }
    line
}
