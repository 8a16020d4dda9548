//! The answers of a set-up left half-way: one file a user, in the form of a campus file, with the time it was begun in its first line.
use crate::failure::{Failure, FailureKind};
use crate::io::files::edit::rewritten;
use crate::io::files::folders::{Folders, OwnFolder};
use crate::io::files::private::{cannot, read_whole, replace};
use crate::io::files::text::printable;
use crate::site::{CampusCode, CampusField, SavedSetup, SiteDraft};
use std::io::ErrorKind;
use std::path::PathBuf;

/// What the first line begins with.
const FIRST: &str = "# set-up of a campus, begun ";

/// No campus file is so long; something else is not read whole.
const LONGEST: u64 = 64 * 1024;

/// The file.
#[derive(Debug, Clone)]
pub struct SetupFile {
    folder: OwnFolder,
}

impl SetupFile {
    /// This user's.
    #[must_use]
    pub fn of(folders: &Folders) -> Self {
        Self { folder: folders.state() }
    }

    fn path(&self) -> PathBuf {
        self.folder.file("set-up.toml")
    }

    /// Makes sure that answers can be kept, before any is given.
    ///
    /// # Errors
    /// The folder cannot be made, or no file can be written in it.
    pub fn ready(&self) -> Result<(), Failure> {
        self.folder.make()?;
        let tried = tempfile::tempfile_in(self.folder.path());
        tried.map(drop).map_err(|error| cannot(FailureKind::Files, "write in", self.folder.path(), &error))
    }

    /// Keeps the answers in place of those kept before.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, begun: &SavedSetup) -> Result<(), Failure> {
        self.folder.make()?;
        let path = self.path();
        let text = rewritten("", &begun.draft)
            .map_err(|_| Failure::new(FailureKind::Files, "The answers so far cannot be written down."))?;
        let text = format!("{FIRST}{}\n{text}", begun.at);
        replace(&path, text.as_bytes()).map_err(|error| cannot(FailureKind::Files, "write", &path, &error))
    }

    /// The answers kept, if there are any.
    ///
    /// # Errors
    /// The file is there, and cannot be read or is damaged.
    pub fn read(&self) -> Result<Option<SavedSetup>, Failure> {
        let path = self.path();
        let unreadable = |error| cannot(FailureKind::Files, "read", &path, &error);
        let text = match std::fs::metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error)),
            Ok(meta) if meta.len() > LONGEST || !meta.is_file() => return Err(self.damaged()),
            Ok(_) => read_whole(&path, Some(LONGEST)).map_err(unreadable)?,
        };
        let text = String::from_utf8(text).map_err(|_| self.damaged())?;
        understood(&text).map(Some).ok_or_else(|| self.damaged())
    }

    /// Takes it away, once the campus is stored.
    ///
    /// # Errors
    /// It is there and stays.
    pub fn remove(&self) -> Result<(), Failure> {
        match std::fs::remove_file(self.path()) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(cannot(FailureKind::Files, "remove", &self.path(), &error))
            }
            _ => Ok(()),
        }
    }

    fn damaged(&self) -> Failure {
        let path = printable(&self.path().display().to_string());
        Failure::new(FailureKind::Files, format!("{path} is damaged"))
    }
}

fn understood(text: &str) -> Option<SavedSetup> {
    let at = text.lines().next()?.strip_prefix(FIRST)?.trim().parse().ok()?;
    let draft = SiteDraft::from_toml(text);
    // What is missing was not answered yet; anything else was not written by us.
    let whole = draft.accept().map_or_else(|problems| problems.iter().all(|problem| problem.line.is_none()), |_| true);
    let whole = whole && CampusCode::parse(&draft.get(CampusField::Institution)).is_some();
    whole.then_some(SavedSetup { at, draft })
}
