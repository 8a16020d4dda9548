//! Makes a long journal shorter: entries that no longer count move to an archive beside it.
use super::journal::{ARCHIVE, JournalFile, lock_journal};
use super::journal_lines::{JournalLine, JournalLines, counted};
use super::lock::Lock;
use super::private::{cannot, open_append, replace};
use crate::failure::{Failure, FailureKind};
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek as _, Write as _};
use std::time::Duration;

impl JournalFile {
    /// Moves entries from before this time that no longer count to the archive, and returns how many.
    ///
    /// # Errors
    /// Somebody is writing for this campus now, or a file cannot be written. The journal is then as it was.
    pub fn archive(&self, before: Timestamp) -> Result<usize, Failure> {
        let _lock = Lock::acquire(self.folder(), Duration::ZERO)?;
        let path = self.path();
        let failed = |error: io::Error| cannot(FailureKind::Files, "archive the journal", &path, &error);
        // Held until the new file is there, so that nobody appends to the old one meanwhile.
        let file = lock_journal(&path, self.folder().access())?;
        let (mut counted, _) = counted(lines_of(&file).map_err(failed)?, self.now()).map_err(failed)?;
        counted.shorten(self.now());
        let counted: BTreeSet<usize> = counted.numbers.into_iter().collect();
        let (mut aside, mut count, mut kept) = (None, 0, Vec::new());
        for line in lines_of(&file).map_err(failed)? {
            let JournalLine { number, mut bytes, entry } = line.map_err(failed)?;
            if bytes.last() != Some(&b'\n') {
                bytes.push(b'\n');
            }
            // A line that cannot be read stays where it is.
            if entry.is_ok_and(|entry| entry.at < before) && !counted.contains(&number) {
                self.put_aside(&mut aside, &bytes).map_err(failed)?;
                count += 1;
            } else {
                kept.extend(bytes);
            }
        }
        if let Some(aside) = aside {
            // The archive is on disk before the journal is shortened: a kill in between leaves an entry in both.
            let archive = aside.into_inner().map_err(io::IntoInnerError::into_error);
            archive.and_then(|archive| archive.sync_all()).map_err(failed)?;
            replace(&path, &kept, self.folder().access()).map_err(failed)?;
        }
        Ok(count)
    }

    /// Adds a line to the archive, which is opened for the first one.
    fn put_aside(&self, archive: &mut Option<BufWriter<File>>, line: &[u8]) -> io::Result<()> {
        let archive = match archive {
            Some(archive) => archive,
            None => archive.insert(BufWriter::new(open_append(&self.folder().file(ARCHIVE), self.folder().access())?)),
        };
        archive.write_all(line)
    }
}

fn lines_of(mut file: &File) -> io::Result<JournalLines<BufReader<&File>>> {
    file.rewind()?;
    Ok(JournalLines::of(BufReader::new(file)))
}
