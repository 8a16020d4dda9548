//! The campus files: one TOML file per campus, written both by people and by the set-up form.
use super::edit::rewritten;
use super::folders::Folders;
use super::private::{cannot, create, read_whole, replace};
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use crate::site::{CampusCode, CampusField, Problem, Site, SiteDraft};
use crate::text::not_repeating;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The most bytes of a campus file that are read. A real one is never that long.
const LONGEST: u64 = 256 << 10;

/// The campus files of this user.
#[derive(Debug, Clone)]
pub struct CampusFiles {
    folders: Folders,
}

/// A campus that has a file here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCampus {
    /// Taken from the file's name.
    pub code: CampusCode,
    pub path: PathBuf,
    /// The file's content, right or wrong. `Err` if the file cannot be read at all.
    pub draft: Result<SiteDraft, Failure>,
}

impl KnownCampus {
    /// The campus, if its file is accepted.
    ///
    /// # Errors
    /// [`FailureKind::CampusFile`]: the file cannot be read, or has problems. Every problem is listed with its path
    /// and line.
    pub fn site(&self) -> Result<Site, Failure> {
        let draft = self.draft.as_ref().map_err(Clone::clone)?;
        let site = draft.accept().map_err(|problems| refused(&self.path, &problems))?;
        if site.institution == self.code {
            return Ok(site);
        }
        let path = path_words(&self.path);
        Err(Failure::new(
            FailureKind::CampusFile,
            format!("{path} is named for {}, but its institution is {}", self.code, site.institution),
        )
        .hint(format!("rename it to {}.toml, or correct institution in the file", site.institution)))
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
        for entry in entries {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            // Hidden files are half-written ones, an editor's or our own.
            let Some(stem) = name.strip_suffix(".toml").filter(|stem| !stem.starts_with('.')) else { continue };
            match CampusCode::parse(stem) {
                Some(code) => listing.known.push(KnownCampus { draft: read(&path, &code), code, path }),
                None => listing.strays.push(path),
            }
        }
        listing.known.sort_by(|a, b| a.code.cmp(&b.code));
        listing.strays.sort();
        Ok(listing)
    }

    /// One campus, whatever state its file is in.
    pub fn find(&self, code: &CampusCode) -> KnownCampus {
        let asked = self.folders.campus_file(code);
        // The letter case of a code does not matter.
        let code = Some(&asked).filter(|asked| !asked.exists()).and_then(|asked| alike(asked)).unwrap_or(code.clone());
        let path = self.folders.campus_file(&code);
        KnownCampus { draft: read(&path, &code), code, path }
    }

    /// Loads the campus with this code.
    ///
    /// # Errors
    /// [`FailureKind::CampusFile`]: there is no such file, it cannot be read, its institution is another, or it has
    /// problems, which are all listed.
    pub fn load(&self, code: &CampusCode) -> Result<Site, Failure> {
        self.find(code).site()
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
            replace(&target, bytes).map_err(|error| cannot(FailureKind::Files, "write", &target, &error))
        })
    }

    /// Like [`CampusFiles::save`], and then has the change noted elsewhere. If that fails, the file is put back as it was.
    ///
    /// # Errors
    /// Those of [`CampusFiles::save`]: nothing was changed. And those of `note`, with a sentence on how the file stands.
    pub fn save_noted(&self, draft: &SiteDraft, note: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        let code = CampusCode::parse(&draft.get(CampusField::Institution));
        let path = code.map(|code| self.find(&code).path);
        let before = path.and_then(|path| read_whole(&path, Some(LONGEST)).ok());
        let saved = self.save(draft)?;
        note().map_err(|failure| {
            let target = std::fs::canonicalize(&saved).unwrap_or_else(|_| saved.clone());
            let put_back = before.is_some_and(|bytes| replace(&target, &bytes).is_ok());
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
        let path = self.folders.campus_file(&code);
        let read = read_whole(&path, Some(LONGEST)).and_then(|bytes| {
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
    match read_whole(path, Some(LONGEST)) {
        Ok(bytes) => Ok(SiteDraft::from_bytes(&bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Failure::new(
            FailureKind::CampusFile,
            format!("there is no campus file for {code} ({})", path_words(path)),
        )
        .hint(format!("to set it up: last-resort --campus {code}"))
        .hint("to list the campuses set up here: last-resort campuses")),
        Err(error) => Err(cannot(FailureKind::CampusFile, "read the campus file", path, &error)),
    }
}

/// The campus whose file name differs from this one only in upper and lower case.
fn alike(path: &Path) -> Option<CampusCode> {
    let wanted = path.file_name()?.to_str()?;
    let names = std::fs::read_dir(path.parent()?).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut alike = names.filter(|name| name.eq_ignore_ascii_case(wanted));
    alike.find_map(|name| CampusCode::parse(name.strip_suffix(".toml")?))
}

/// The failure of a first set-up for a campus that has a file already.
fn taken(code: &CampusCode, path: &Path) -> Failure {
    Failure::new(
        FailureKind::CampusFile,
        format!("{code} is already set up here; its file was not changed ({})", path_words(path)),
    )
    .hint(format!("to open it: last-resort --campus {code}"))
}

fn refused(path: &Path, problems: &[Problem]) -> Failure {
    let path = path_words(path);
    let told: String =
        problems.iter().map(|problem| format!("\n  {path}, {}", keyless(&printable(&problem.to_string())))).collect();
    let count = match problems.len() {
        1 => "a problem".to_owned(),
        many => format!("{many} problems"),
    };
    Failure::new(FailureKind::CampusFile, format!("the campus file has {count}:{told}"))
}

/// Removes what looks like a key from a problem's text. Somebody may have put one in the file by mistake.
fn keyless(problem: &str) -> String {
    not_repeating(problem, problem)
}

fn path_words(path: &Path) -> String {
    printable(&path.display().to_string())
}
