//! The answers of an unfinished set-up: one file per user, in the form of a campus file. Its first line holds the
//! time the set-up began, and the furthest page.
use crate::failure::{Failure, FailureKind};
use crate::io::files::edit::rewritten;
use crate::io::files::folders::{Folders, OwnFolder};
use crate::io::files::private::{cannot, read_whole, remove, replace};
use crate::io::files::text::printable;
use crate::site::{CampusCode, CampusField, SavedSetup, SiteDraft};
use std::io::ErrorKind;
use std::path::PathBuf;

/// How the first line begins.
const FIRST: &str = "# set-up of a campus, begun ";

/// What the number of the furthest page follows. Earlier versions left it out.
const PAGE: &str = ", page ";

/// The most bytes that are read. A campus file is never that long.
const LONGEST: u64 = 64 * 1024;

/// The file of the unfinished set-up.
#[derive(Debug, Clone)]
pub struct SetupFile {
    folder: OwnFolder,
}

impl SetupFile {
    /// The set-up file of this user.
    pub fn of(folders: &Folders) -> Self {
        Self { folder: folders.own_state() }
    }

    fn path(&self) -> PathBuf {
        self.folder.file("set-up.toml")
    }

    /// Checks that answers can be stored, before any is given.
    ///
    /// # Errors
    /// The folder cannot be made, or no file can be written in it.
    pub fn ready(&self) -> Result<(), Failure> {
        self.folder.make()?;
        let tried = tempfile::tempfile_in(self.folder.path());
        tried.map(drop).map_err(|error| cannot(FailureKind::Files, "write in", self.folder.path(), &error))
    }

    /// Stores the answers in place of the earlier ones.
    pub fn keep(&self, begun: &SavedSetup) -> Result<(), Failure> {
        self.folder.make()?;
        let path = self.path();
        let text = rewritten("", &begun.draft)
            .map_err(|_| Failure::new(FailureKind::Files, "The answers so far cannot be saved."))?;
        let text = format!("{FIRST}{}{PAGE}{}\n{text}", begun.at, begun.page);
        replace(&path, text.as_bytes(), self.folder.access())
            .map_err(|error| cannot(FailureKind::Files, "write", &path, &error))
    }

    /// Reads the stored answers, if there are any.
    pub fn read(&self) -> Result<Option<SavedSetup>, Failure> {
        let path = self.path();
        let text = match read_whole(&path, self.folder.access(), Some(LONGEST)) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| self.damaged())?,
            Err(error) => match error.kind() {
                ErrorKind::NotFound => return Ok(None),
                ErrorKind::FileTooLarge | ErrorKind::IsADirectory | ErrorKind::InvalidInput => {
                    return Err(self.damaged());
                }
                _ => return Err(cannot(FailureKind::Files, "read", &path, &error)),
            },
        };
        understood(&text).map(Some).ok_or_else(|| self.damaged())
    }

    /// Deletes the file once the campus is stored.
    pub fn remove(&self) -> Result<(), Failure> {
        let path = self.path();
        remove(&path, self.folder.access()).map_err(|error| cannot(FailureKind::Files, "remove", &path, &error))
    }

    fn damaged(&self) -> Failure {
        let path = printable(&self.path().display().to_string());
        Failure::new(FailureKind::Files, format!("{path} is damaged"))
    }
}

fn understood(text: &str) -> Option<SavedSetup> {
    let first = text.lines().next()?.strip_prefix(FIRST)?;
    let (at, page) = first.split_once(PAGE).unwrap_or((first, "1"));
    let (at, page) = (at.trim().parse().ok()?, page.trim().parse().ok()?);
    let draft = SiteDraft::from_toml(text);
    // Missing values were not answered yet. Any other problem means that we did not write this file.
    let whole = draft.accept().map_or_else(|problems| problems.iter().all(|problem| problem.line.is_none()), |_| true);
    let whole = whole && CampusCode::parse(&draft.get(CampusField::Institution)).is_some();
    whole.then_some(SavedSetup { at, page, draft })
}
