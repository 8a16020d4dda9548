//! Where our files are: the XDG base folders, on every system.
use super::private::{FileAccess, cannot, make_folder, own};
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use crate::site::CampusCode;
use etcetera::base_strategy::{BaseStrategy as _, Xdg};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const OURS: &str = "last-resort";

/// The file of the whole consortium, beside the campus files.
pub(super) const PROCEDURE: &str = "procedure.toml";

/// The variable that names a state folder shared by a group.
const SHARED: &str = "LAST_RESORT_STATE";

/// A folder that belongs to this program. `root` is the topmost such folder. Folders are made (0700) when something
/// is to be written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFolder {
    root: PathBuf,
    path: PathBuf,
    access: FileAccess,
}

impl OwnFolder {
    /// Makes `path` a topmost folder of ours.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self { root: path.clone(), path, access: FileAccess::User }
    }

    /// The same folder, which may be a link or another user's.
    fn of_anybody(self) -> Self {
        Self { access: FileAccess::Anybody, ..self }
    }

    /// Checks that this folder and those of ours above it are this user's and no links, as far as they are there.
    ///
    /// # Errors
    /// One of them is not; the failure names the path and the reason.
    pub(super) fn trusted(&self) -> Result<(), Failure> {
        match self.access {
            FileAccess::Anybody => Ok(()),
            FileAccess::User => self.chain().into_iter().try_for_each(|folder| {
                own(folder, self.access()).map_err(|error| {
                    cannot(FailureKind::Files, "use the folder", folder, &error)
                        .hint("move it away, or set XDG_STATE_HOME to a folder you own")
                })
            }),
            // The topmost one is the one that was named: its owner does not matter, and it may be a link.
            FileAccess::Group(_) => self.chain().into_iter().skip(1).try_for_each(|folder| {
                own(folder, self.access()).map_err(|error| {
                    cannot(FailureKind::Files, "use the shared folder", folder, &error)
                        .hint(format!("give it to the group of the folder in {SHARED}, or move it away"))
                })
            }),
        }
    }

    /// Who works with the files in it.
    pub(super) fn access(&self) -> FileAccess {
        self.access
    }

    /// The topmost folder of ours, and those down to this one.
    fn chain(&self) -> Vec<&Path> {
        let mut chain: Vec<&Path> = self.path.ancestors().take_while(|folder| folder.starts_with(&self.root)).collect();
        chain.reverse();
        chain
    }

    /// A folder inside this one.
    pub fn folder(&self, name: &str) -> Self {
        Self { path: self.path.join(name), ..self.clone() }
    }

    /// A file inside this folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The path of this folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes this folder and those of our folders above it. Restricts existing ones to 0700.
    ///
    /// # Errors
    /// A folder cannot be made; the failure names the path and the next step.
    pub fn make(&self) -> Result<(), Failure> {
        self.trusted()?;
        self.chain().into_iter().try_for_each(|folder| {
            make_folder(folder, self.access())
                .map_err(|error| cannot(FailureKind::Files, "make the folder", folder, &error))
        })
    }
}

/// The program's folders: configuration and state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    config: OwnFolder,
    /// Journals, before-images, locks and logs; a group may share them.
    state: OwnFolder,
    /// What is this user's alone: a set-up half-way.
    own: OwnFolder,
}

impl Folders {
    /// Finds the folders from `$XDG_CONFIG_HOME` and `$XDG_STATE_HOME`, by default `~/.config` and `~/.local/state`.
    /// A relative value is ignored, as the XDG Base Directory Specification says. `$LAST_RESORT_STATE` names a state folder
    /// that a group shares.
    ///
    /// # Errors
    /// There is no home folder, or the shared folder cannot be used.
    pub fn from_env() -> Result<Self, Failure> {
        let none = || {
            Failure::new(FailureKind::Files, "there is no home folder for campus files and the journal")
                .hint("set HOME, or XDG_CONFIG_HOME and XDG_STATE_HOME, to folders you own (absolute paths)")
        };
        let xdg = Xdg::new().map_err(|_| none())?;
        let (config, state) = (xdg.config_dir(), xdg.state_dir().ok_or_else(none)?);
        // With a relative HOME the paths are relative too, and files would end up in whatever folder is current.
        if !config.is_absolute() || !state.is_absolute() {
            return Err(none());
        }
        let folders = Self::at(config, state);
        match std::env::var_os(SHARED).filter(|folder| !folder.is_empty()) {
            None => Ok(folders),
            Some(folder) => Ok(Self { state: shared(Path::new(&folder))?, ..folders }),
        }
    }

    /// Uses `config` and `state` instead of the two XDG folders, for practice and tests.
    pub fn at(config: impl AsRef<Path>, state: impl AsRef<Path>) -> Self {
        let config = OwnFolder::at(config.as_ref().join(OURS)).of_anybody();
        let state = OwnFolder::at(state.as_ref().join(OURS));
        Self { config, own: state.clone(), state }
    }

    /// The folder of everything that people may edit.
    pub fn config(&self) -> OwnFolder {
        self.config.clone()
    }

    /// The folder of the campus files.
    pub fn campuses(&self) -> OwnFolder {
        self.config.folder("campuses")
    }

    /// The path of the file of the whole consortium, beside the campus files.
    pub fn procedure_file(&self) -> PathBuf {
        self.campuses().file(PROCEDURE)
    }

    /// The path of a campus's file.
    pub fn campus_file(&self, code: &CampusCode) -> PathBuf {
        self.campuses().file(&format!("{code}.toml"))
    }

    /// The folder of what is this user's alone.
    pub fn own_state(&self) -> OwnFolder {
        self.own.clone()
    }

    /// The folder of a campus's journal, before-images, lock and log.
    pub fn state_of(&self, code: &CampusCode) -> OwnFolder {
        self.state.folder(code.as_str())
    }
}

/// The state folder that a group shares: the group that the folder belongs to.
fn shared(folder: &Path) -> Result<OwnFolder, Failure> {
    let usage = |what: String| {
        Failure::new(FailureKind::Usage, what)
            .hint(format!("set {SHARED} to an absolute path of a folder that your group may write to (chmod 2770)"))
    };
    if !folder.is_absolute() {
        return Err(usage(format!("{SHARED} must be an absolute path.")));
    }
    let group = group_of(folder).or_else(|error| match error.kind() {
        // The first write makes it, for the group that this user is in now.
        ErrorKind::NotFound => Ok(rustix::process::getegid().as_raw()),
        _ => Err(error),
    });
    let group = group.map_err(|error| {
        usage(format!("{SHARED} names {}, which cannot be used: {error}.", printable(&folder.display().to_string())))
    })?;
    Ok(OwnFolder { root: folder.to_owned(), path: folder.to_owned(), access: FileAccess::Group(group) })
}

/// The number of the group that a folder belongs to.
#[cfg(unix)]
fn group_of(folder: &Path) -> std::io::Result<u32> {
    use std::os::unix::fs::MetadataExt as _;
    let about = std::fs::metadata(folder)?;
    if about.is_dir() { Ok(about.gid()) } else { Err(std::io::ErrorKind::NotADirectory.into()) }
}

#[cfg(not(unix))]
fn group_of(_folder: &Path) -> std::io::Result<u32> {
    Err(std::io::ErrorKind::Unsupported.into())
}
