//! A forecast's memory, so that the next run need not ask again: `forecast.jsonl`, one line per person, under salted
//! hashes.
//!
//! A line is handed to the system before the next person counts as read, so a kill loses nothing that was reported as
//! read. A line cut short is not valid JSON and is ignored. The salt has a file of its own, and stays when the memory
//! is cleared.
use super::folders::OwnFolder;
use super::lock::lock_until;
use super::private::{cannot, open_append, read_whole, replace};
use crate::engine::forecast::{PersonFacts, Salt};
use crate::failure::{Failure, FailureKind};
use crate::ports::ForecastMemory;
use crate::secret::hex;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long a second run waits for the first.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether to use what an earlier run read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryStart {
    /// Continue where the last run stopped.
    GoOn,
    /// Start over and ask about everybody.
    Anew,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    who: String,
    at: Timestamp,
    #[serde(flatten)]
    facts: PersonFacts,
}

/// The memory of one campus. This process holds its lock while it is open.
pub struct MemoryFile {
    salt: Salt,
    path: PathBuf,
    file: File,
    kept: HashMap<String, (PersonFacts, Timestamp)>,
}

impl MemoryFile {
    /// Opens the memory in a campus's state folder. Drops the entries whose time `counts` rejects.
    ///
    /// # Errors
    /// [`FailureKind::Busy`]: another run is using it.
    /// [`FailureKind::Files`]: it cannot be read or written.
    pub fn open(folder: &OwnFolder, begin: MemoryStart, counts: impl Fn(Timestamp) -> bool) -> Result<Self, Failure> {
        folder.make()?;
        let path = folder.file("forecast.jsonl");
        let failed = |error: io::Error| cannot(FailureKind::Files, "use the saved forecast", &path, &error);
        let mut file = open_append(&path, folder.access()).map_err(failed)?;
        if !lock_until(&file, Instant::now() + PATIENCE).map_err(failed)? {
            return Err(Failure::new(
                FailureKind::Busy,
                "another last-resort is asking about people of this campus right now",
            )
            .hint("wait until it has finished, then try again: its results are kept"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let all: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        let lines: Vec<Kept> = match begin {
            MemoryStart::GoOn => all.iter().filter_map(|line| serde_json::from_slice(line).ok()).collect(),
            MemoryStart::Anew => Vec::new(),
        };
        let lines: Vec<Kept> = lines.into_iter().filter(|kept| counts(kept.at)).collect();
        let ends = bytes.is_empty() || bytes.ends_with(b"\n");
        if lines.len() < all.len() || !ends {
            // If a kill comes in between, these people are asked about again.
            let text: String = lines.iter().map(line).collect::<io::Result<_>>().map_err(failed)?;
            file.set_len(0).and_then(|()| file.write_all(text.as_bytes())).map_err(failed)?;
        }
        let salt = salt(folder)?;
        let kept = lines.into_iter().map(|kept| (kept.who, (kept.facts, kept.at))).collect();
        Ok(Self { salt, path, file, kept })
    }
}

impl ForecastMemory for MemoryFile {
    fn salt(&self) -> &Salt {
        &self.salt
    }

    fn recall(&self, question: &str) -> Option<(PersonFacts, Timestamp)> {
        self.kept.get(question).copied()
    }

    fn keep(&mut self, question: &str, facts: PersonFacts, at: Timestamp) -> Result<(), Failure> {
        let written =
            line(&Kept { who: question.to_owned(), at, facts }).and_then(|line| self.file.write_all(line.as_bytes()));
        written.map_err(|error| cannot(FailureKind::Files, "write to the saved forecast", &self.path, &error))?;
        self.kept.insert(question.to_owned(), (facts, at));
        Ok(())
    }
}

fn line(kept: &Kept) -> io::Result<String> {
    Ok(serde_json::to_string(kept)? + "\n")
}

/// This machine's salt. Makes a new one if there is none or it is damaged.
fn salt(folder: &OwnFolder) -> Result<Salt, Failure> {
    let path = &folder.file("forecast.salt");
    let read = read_whole(path, folder.access(), Some(1 << 10));
    let kept = read.ok().and_then(|bytes| bytes_of(String::from_utf8(bytes).ok()?.trim()));
    if let Some(bytes) = kept {
        return Ok(Salt::new(bytes));
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        Failure::new(FailureKind::Files, format!("this machine provides no random numbers: {error}"))
    })?;
    replace(path, hex(&bytes).as_bytes(), folder.access())
        .map_err(|error| cannot(FailureKind::Files, "save the forecast's salt in", path, &error))?;
    Ok(Salt::new(bytes))
}

fn bytes_of(text: &str) -> Option<[u8; 32]> {
    let digits = text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    digits.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::forecast::{AlmaAccount, IlliadAccount};
    use tempfile::TempDir;

    const FACTS: PersonFacts = PersonFacts {
        alma: AlmaAccount::Primary,
        account: IlliadAccount::Missing,
        state: None,
        other: None,
        merged: None,
    };

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn what_was_kept_is_recalled_after_any_cut_and_only_while_it_counts() {
        let home = TempDir::new().expect("a folder");
        let folder = OwnFolder::at(home.path().join("state"));
        let (old, new) = (at("2026-11-20T00:00:00Z"), at("2026-11-23T00:00:00Z"));
        let open = |begin| MemoryFile::open(&folder, begin, |when| when >= new).expect("opened");
        let mut memory = open(MemoryStart::GoOn);
        memory.keep("a", FACTS, new).expect("kept");
        memory.keep("b", FACTS, old).expect("kept");
        memory.keep("c", FACTS, new).expect("kept");
        let salt = memory.salt().clone();
        drop(memory);
        let path = folder.file("forecast.jsonl");
        let whole = std::fs::read(&path).expect("read");
        for length in 0..=whole.len() {
            std::fs::write(&path, &whole[..length]).expect("cut");
            let mut memory = open(MemoryStart::GoOn);
            assert_eq!(memory.recall("a").is_some(), length + 1 >= whole.len() / 3, "{length}");
            assert_eq!(memory.recall("b"), None, "{length}");
            memory.keep("d", FACTS, new).expect("kept");
            drop(memory);
            let again = open(MemoryStart::GoOn);
            assert_eq!(again.recall("d"), Some((FACTS, new)), "{length}: nothing written later is lost");
            assert_eq!(again.salt(), &salt);
        }
        let anew = open(MemoryStart::Anew);
        assert_eq!((anew.recall("d"), anew.salt()), (None, &salt));
    }

    #[test]
    fn a_second_run_is_told_and_a_damaged_salt_is_made_anew() {
        let home = TempDir::new().expect("a folder");
        let folder = OwnFolder::at(home.path().join("state"));
        let first = MemoryFile::open(&folder, MemoryStart::GoOn, |_| true).expect("opened");
        let second = MemoryFile::open(&folder, MemoryStart::GoOn, |_| true).err().expect("busy");
        assert_eq!(second.kind, FailureKind::Busy);
        let salt = first.salt().clone();
        drop(first);
        std::fs::write(folder.file("forecast.salt"), "é no salt").expect("damaged");
        let again = MemoryFile::open(&folder, MemoryStart::GoOn, |_| true).expect("opened");
        assert!(*again.salt() != salt);
    }
}
