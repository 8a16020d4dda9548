//! The campus files: one TOML file per campus, written both by people and by the set-up form.
use super::edit::rewritten;
use super::folders::{Folders, PROCEDURE};
use super::given::keep_private;
use super::known_campus::{KnownCampus, name_both, one_of_each, path_words, refused};
use super::private::{FileAccess, cannot, create, read_whole, replace};
use crate::failure::{Failure, FailureKind};
use crate::site::{CampusCode, CampusField, CampusNaming, Consortium, Environment, Problem, SiteDraft};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The most bytes of a campus file that are read. A real one is never that long.
const LONGEST: u64 = 256 << 10;

/// The campus files of this user.
#[derive(Debug, Clone)]
pub struct CampusFiles {
    folders: Folders,
}

/// The campus and the environment that a file is named for.
fn named_for(file: &str) -> Option<(CampusCode, Option<Environment>)> {
    let stem = file.strip_suffix(".toml")?;
    match stem.split_once('.') {
        None => Some((CampusCode::parse(stem)?, None)),
        Some((code, environment)) => Some((CampusCode::parse(code)?, Some(Environment::parse(environment)?))),
    }
}

/// The contents of the folder of campus files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampusListing {
    /// The campuses, sorted by code.
    pub known: Vec<KnownCampus>,
    /// Files that end in `.toml` but are not named after a campus code, so the program never reads them.
    pub strays: Vec<PathBuf>,
}

impl CampusFiles {
    /// The campus files in `folders`.
    pub fn new(folders: Folders) -> Self {
        Self { folders }
    }

    /// What all campuses share, from `procedure.toml`. Without that file, the values of the procedure itself.
    ///
    /// # Errors
    /// [`FailureKind::CampusFile`]: the file cannot be read, or has problems.
    pub fn consortium(&self) -> Result<Arc<Consortium>, Failure> {
        let path = self.folders.procedure_file();
        let bytes = match read_whole(&path, FileAccess::Anybody, Some(LONGEST)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Arc::default()),
            Err(error) => return Err(cannot(FailureKind::CampusFile, "read the consortium's file", &path, &error)),
        };
        let not_text = |_| {
            let what = "is not UTF-8; save the file as UTF-8".to_owned();
            refused(&path, &[Problem { path: None, line: None, what, accepts: None }])
        };
        let text = String::from_utf8(bytes).map_err(not_text)?;
        Consortium::from_toml(&text).map(Arc::new).map_err(|problems| refused(&path, &problems))
    }

    /// Copies the consortium's file to where other campus files are, if there is one.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn copy_consortium(&self, to: &Self) -> Result<(), Failure> {
        let from = self.folders.procedure_file();
        match read_whole(&from, FileAccess::Anybody, Some(LONGEST)) {
            Ok(bytes) => keep_private(&to.folders.campuses(), PROCEDURE, &bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(cannot(FailureKind::CampusFile, "read the consortium's file", &from, &error)),
        }
    }

    /// Lists all campus files. A broken file does not hide the others.
    pub fn list(&self) -> Result<CampusListing, Failure> {
        let folder = self.folders.campuses();
        let failed = |error| cannot(FailureKind::CampusFile, "read the folder of campus files", folder.path(), &error);
        let entries = match std::fs::read_dir(folder.path()) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(CampusListing::default()),
            Err(error) => return Err(failed(error)),
        };
        let mut listing = CampusListing::default();
        let consortium = self.consortium();
        for entry in entries {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // Hidden files are half-written ones, an editor's or our own.
            if !name.ends_with(".toml") || name.starts_with('.') {
                continue;
            }
            match named_for(&name) {
                Some((code, named)) => {
                    let (draft, consortium) = (read(&path, &code), consortium.clone());
                    let naming = CampusNaming::default();
                    listing.known.push(KnownCampus { draft, code, named, path, consortium, naming });
                }
                // The consortium's own file stands beside those of its campuses.
                None if name == PROCEDURE => {}
                None => listing.strays.push(path),
            }
        }
        listing.known.sort_by(|a, b| (&a.code, a.environment(), a.named).cmp(&(&b.code, b.environment(), b.named)));
        listing.known = one_of_each(listing.known);
        name_both(&mut listing.known);
        listing.strays.sort();
        Ok(listing)
    }

    /// The files of one campus, by its code in any letter case: none, one, or one for each environment.
    pub fn of(&self, code: &CampusCode) -> Result<Vec<KnownCampus>, Failure> {
        let is = |known: &KnownCampus, exact: bool| match exact {
            true => known.code == *code,
            false => known.code.as_str().eq_ignore_ascii_case(code.as_str()),
        };
        let known = self.list()?.known;
        let exact = known.iter().any(|known| is(known, true));
        Ok(known.into_iter().filter(|known| is(known, exact)).collect())
    }

    /// One campus, whatever state its file is in: its plain file, or else the only one it has for an environment.
    pub fn find(&self, code: &CampusCode) -> KnownCampus {
        self.find_in(code, None)
    }

    /// One campus in an environment, whatever state its file is in. The plain file, which may not be there, where no other fits.
    pub fn find_in(&self, code: &CampusCode, environment: Option<Environment>) -> KnownCampus {
        let mut files = self.of(code).unwrap_or_default();
        let fits = |known: &KnownCampus| environment.is_none_or(|wanted| known.environment() == Some(wanted));
        let best = files.iter().position(|known| fits(known) && known.named.is_some() == environment.is_some());
        match best.or_else(|| files.iter().position(fits)) {
            Some(at) => files.swap_remove(at),
            None => {
                let path = self.folders.campus_file(code);
                let (draft, consortium) = (read(&path, code), self.consortium());
                KnownCampus {
                    draft,
                    code: code.clone(),
                    named: None,
                    path,
                    consortium,
                    naming: CampusNaming::default(),
                }
            }
        }
    }

    /// Writes a draft to the file of its institution and returns the path. The file is replaced as a whole. Comments,
    /// order and unknown keys of an existing file stay; a symbolic link is followed. Values other than the
    /// institution may be incomplete.
    ///
    /// # Errors
    /// [`FailureKind::CampusFile`]: the institution is not a code, or the existing file is not TOML and cannot be
    /// edited.
    /// [`FailureKind::Files`]: it cannot be written.
    pub fn save(&self, draft: &SiteDraft) -> Result<PathBuf, Failure> {
        self.write(draft, |path, bytes| {
            // People may keep the file elsewhere and link to it. Keep the link.
            let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            replace(&target, bytes, FileAccess::Anybody)
                .map_err(|error| cannot(FailureKind::Files, "write", &target, &error))
        })
    }

    /// Like [`CampusFiles::save`], and then has the change noted elsewhere. If that fails, the file is put back as it was.
    ///
    /// # Errors
    /// Those of [`CampusFiles::save`]: nothing was changed. And those of `note`, with a sentence on how the file stands.
    pub fn save_noted(&self, draft: &SiteDraft, note: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        let code = CampusCode::parse(&draft.get(CampusField::Institution));
        let before =
            code.and_then(|code| read_whole(&self.file_of(&code, draft), FileAccess::Anybody, Some(LONGEST)).ok());
        let saved = self.save(draft)?;
        note().map_err(|failure| {
            let target = std::fs::canonicalize(&saved).unwrap_or_else(|_| saved.clone());
            let put_back = before.is_some_and(|bytes| replace(&target, &bytes, FileAccess::Anybody).is_ok());
            let stands = match put_back {
                true => "The campus file was put back, so nothing was changed.".to_owned(),
                false => format!("{} was changed already, and could not be put back.", path_words(&saved)),
            };
            Failure { what: format!("{}. {stands}", failure.what.trim_end_matches('.')), ..failure }
        })
    }

    /// Like [`CampusFiles::save`], for a campus that has no file yet. A file created meanwhile is not overwritten.
    ///
    /// # Errors
    /// Those of [`CampusFiles::save`], and [`FailureKind::CampusFile`]: the campus has a file.
    pub fn save_first(&self, draft: &SiteDraft) -> Result<PathBuf, Failure> {
        let code = CampusCode::parse(&draft.get(CampusField::Institution));
        code.iter().try_for_each(|code| self.free(code))?;
        self.write(draft, |path, bytes| match (create(path, bytes), code) {
            (Ok(()), _) => Ok(()),
            (Err(error), Some(code)) if error.kind() == ErrorKind::AlreadyExists => Err(taken(&code, path)),
            (Err(error), _) => Err(cannot(FailureKind::Files, "write", path, &error)),
        })
    }

    /// Checks that a campus has no file yet.
    ///
    /// # Errors
    /// [`FailureKind::CampusFile`]: it has one.
    pub fn free(&self, code: &CampusCode) -> Result<(), Failure> {
        let path = self.find(code).path;
        // A dangling link counts as a file too: its target may come back.
        if path.symlink_metadata().is_ok() { Err(taken(code, &path)) } else { Ok(()) }
    }

    /// The file that a draft is written to: the one of its campus and environment, or else the campus's plain file.
    fn file_of(&self, code: &CampusCode, draft: &SiteDraft) -> PathBuf {
        let environment = Environment::parse(&draft.get(CampusField::Environment));
        let exact = |known: &KnownCampus| known.code == *code && known.environment() == environment;
        let files = self.of(code).unwrap_or_default();
        files.into_iter().find(exact).map_or_else(|| self.folders.campus_file(code), |known| known.path)
    }

    fn write(
        &self,
        draft: &SiteDraft,
        put: impl FnOnce(&Path, &[u8]) -> Result<(), Failure>,
    ) -> Result<PathBuf, Failure> {
        let typed = draft.get(CampusField::Institution);
        let code = CampusCode::parse(&typed).ok_or_else(|| {
            Failure::new(
                FailureKind::CampusFile,
                format!("the campus cannot be saved: {typed:?} is not an institution code"),
            )
            .hint(format!("enter {}", CampusField::Institution.accepts()))
        })?;
        let path = self.file_of(&code, draft);
        let read = read_whole(&path, FileAccess::Anybody, Some(LONGEST)).and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not UTF-8"))
        });
        let existing = match read {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(cannot(FailureKind::CampusFile, "read", &path, &error)),
        };
        let text = rewritten(&existing, draft).map_err(|_| match SiteDraft::from_toml(&existing).accept() {
            Err(problems) => refused(&path, &problems).hint("fix it by hand first, so that nothing is lost"),
            Ok(_) => Failure::new(FailureKind::CampusFile, format!("{} cannot be edited", path_words(&path))),
        })?;
        self.folders.campuses().make()?;
        put(&path, text.as_bytes())?;
        Ok(path)
    }
}

fn read(path: &Path, code: &CampusCode) -> Result<SiteDraft, Failure> {
    match read_whole(path, FileAccess::Anybody, Some(LONGEST)) {
        Ok(bytes) => Ok(SiteDraft::from_bytes(&bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::new(
            FailureKind::CampusFile,
            format!("there is no campus file for {code} ({})", path_words(path)),
        )
        .hint(format!("to set it up: {}", CampusNaming::Code.command(code, "")))
        .hint("to list the campuses set up here: last-resort campuses")),
        Err(error) => Err(cannot(FailureKind::CampusFile, "read the campus file", path, &error)),
    }
}

/// The failure of a first set-up for a campus that has a file already.
fn taken(code: &CampusCode, path: &Path) -> Failure {
    Failure::new(
        FailureKind::CampusFile,
        format!("{code} is already set up here; its file was not changed ({})", path_words(path)),
    )
    .hint(format!("to open it: {}", CampusNaming::Code.command(code, "")))
}
