//! Makes a long journal shorter: entries that no longer count move to an archive beside it.
use super::journal::{ARCHIVE, JournalFile, entry_of, lock_journal};
use super::lock::Lock;
use super::private::{cannot, open_append, replace};
use crate::engine::journal::JournalEntry;
use crate::failure::{Failure, FailureKind};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::time::Duration;

impl JournalFile {
    /// Moves entries to the archive and returns how many. `spent` says of each whether it may be put aside.
    ///
    /// # Errors
    /// Somebody is writing for this campus now, or a file cannot be written. The journal is then as it was.
    pub fn archive(&self, spent: impl FnOnce(&[JournalEntry]) -> Vec<bool>) -> Result<usize, Failure> {
        let _lock = Lock::acquire(self.folder(), Duration::ZERO)?;
        let path = self.path();
        let failed = |error: io::Error| cannot(FailureKind::Files, "archive the journal", &path, &error);
        // Held until the new file is there, so that nobody appends to the old one meanwhile.
        let file = lock_journal(&path, self.folder().access())?;
        let lines: Vec<Vec<u8>> = BufReader::new(&file).split(b'\n').collect::<io::Result<_>>().map_err(failed)?;
        // A line that cannot be read stays where it is.
        let (read, entries): (Vec<usize>, Vec<JournalEntry>) =
            lines.iter().enumerate().filter_map(|(at, line)| Some((at, entry_of(line)?))).unzip();
        let mut aside = vec![false; lines.len()];
        for (at, spent) in read.into_iter().zip(spent(&entries)) {
            aside[at] = spent;
        }
        let part = |wanted: bool| -> Vec<u8> {
            let of = lines.iter().zip(&aside).filter(|(line, aside)| **aside == wanted && !line.is_empty());
            of.flat_map(|(line, _)| line.iter().copied().chain([b'\n'])).collect()
        };
        let count = aside.iter().filter(|aside| **aside).count();
        if count > 0 {
            // The archive is on disk before the journal is shortened: a kill in between leaves an entry in both.
            let archive = self.folder().file(ARCHIVE);
            let mut old = open_append(&archive, self.folder().access()).map_err(failed)?;
            old.write_all(&part(true)).and_then(|()| old.sync_all()).map_err(failed)?;
            replace(&path, &part(false), self.folder().access()).map_err(failed)?;
        }
        Ok(count)
    }
}
