//! The lines of a journal file, read one at a time: a long journal must not fill the memory.
use crate::engine::journal::{
    CountedEntries, EvidenceSource, JournalEntry, JournalEvent, UnreadableLine, UnreadableReason,
};
use crate::io::Account;
use crate::text::{is_plain, unkeyed, value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead};

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

/// The text of an entry, signed with this account.
pub(super) fn written(line: JournalEntry, account: Account) -> serde_json::Result<String> {
    serde_json::to_string(&SignedLine { schema: SCHEMA, line, account: Some(account) })
}

/// A line of a journal file that is not empty.
pub(super) struct JournalLine {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Its bytes, with the line end if it has one.
    pub(super) bytes: Vec<u8>,
    pub(super) entry: Result<JournalEntry, UnreadableReason>,
}

/// Reads a journal file line by line. A cut line is never a complete JSON object, so every line that parses is whole.
pub(super) struct JournalLines<R> {
    file: R,
    number: usize,
}

impl<R: BufRead> JournalLines<R> {
    pub(super) fn of(file: R) -> Self {
        Self { file, number: 0 }
    }
}

impl<R: BufRead> Iterator for JournalLines<R> {
    type Item = io::Result<JournalLine>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut bytes = Vec::new();
            match self.file.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.number += 1,
                Err(error) => return Some(Err(error)),
            }
            let text = bytes.trim_ascii();
            if !text.is_empty() {
                let entry = entry(text).map(|line| cleaned(signed(line)));
                return Some(Ok(JournalLine { number: self.number, bytes, entry }));
            }
        }
    }
}

/// Reads the entries that still count at `now`, and the lines that cannot be read.
pub(super) fn counted<R: BufRead>(
    lines: JournalLines<R>,
    now: Timestamp,
) -> io::Result<(CountedEntries, Vec<UnreadableLine>)> {
    let (mut all, mut unreadable, mut before) = (CountedEntries::default(), Vec::new(), None);
    for line in lines {
        let JournalLine { number, entry, .. } = line?;
        match entry {
            Ok(entry) => {
                before = Some(entry.at);
                all.add(number, entry, now);
            }
            Err(why) => unreadable.push(UnreadableLine { number, why, before }),
        }
    }
    Ok((all, unreadable))
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
