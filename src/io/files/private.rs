//! Our files: mode 0600 in folders of mode 0700, or shared by a group; replaced whole or appended to. Writes are on disk
//! before a function returns.
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::Path;

/// Who works with a file or folder of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileAccess {
    /// This user alone: files are 0600, folders 0700, and what belongs to others is refused.
    User,
    /// The members of the group with this number: new files are 0660, new folders 2770. What is there keeps its mode and
    /// group; what belongs to neither this user nor the group is refused.
    Group(u32),
    /// Anybody, as with what people edit or give: it may be a link, and another user's. What we make is this user's alone.
    Anybody,
}

impl FileAccess {
    #[cfg(unix)]
    fn folder_mode(self) -> u32 {
        match self {
            Self::User | Self::Anybody => 0o700,
            Self::Group(_) => 0o2770,
        }
    }

    #[cfg(unix)]
    fn file_mode(self) -> u32 {
        match self {
            Self::User | Self::Anybody => 0o600,
            Self::Group(_) => 0o660,
        }
    }
}

/// The failure of doing something to a path, with hints for the usual causes.
pub(super) fn cannot(kind: FailureKind, doing: &str, path: &Path, error: &io::Error) -> Failure {
    let at = path;
    let path = printable(&path.display().to_string());
    let failure = Failure::new(kind, format!("cannot {doing} {path}: {}", printable(&error.to_string())));
    match error.kind() {
        ErrorKind::PermissionDenied => failure
            .hint(format!("make {path} and its parent folders readable and writable for you"))
            .hint("or set XDG_CONFIG_HOME and XDG_STATE_HOME to folders you own"),
        ErrorKind::ReadOnlyFilesystem => {
            failure.hint("that disk is read-only: set XDG_CONFIG_HOME and XDG_STATE_HOME to folders you can write to")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => failure
            .hint("free some space on that disk, or set XDG_CONFIG_HOME and XDG_STATE_HOME to folders on another one"),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            let in_the_way = at.ancestors().find(|above| above.exists() && !above.is_dir());
            let what = in_the_way.map_or("something".to_owned(), |path| printable(&path.display().to_string()));
            failure
                .hint(format!("{what} is where a folder is needed: move it away"))
                .hint("or set XDG_CONFIG_HOME and XDG_STATE_HOME to folders you own")
        }
        ErrorKind::NotFound => {
            failure.hint("set XDG_CONFIG_HOME and XDG_STATE_HOME to folders that can be created on this machine")
        }
        _ => failure,
    }
}

/// Makes `folder` and its missing parents. An existing folder of this user's alone is restricted to 0700.
pub(super) fn make_folder(folder: &Path, access: FileAccess) -> io::Result<()> {
    if let Some(parent) = folder.parent()
        && !parent.exists()
    {
        builder(access).recursive(true).create(parent)?;
    }
    match builder(access).create(folder) {
        Ok(()) => {
            share(folder, access, FileAccess::folder_mode)?;
            folder.parent().map_or(Ok(()), sync_folder)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {
            narrow(folder, access);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn builder(access: FileAccess) -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = DirBuilder::new();
    builder.mode(access.folder_mode());
    builder
}

/// Gives a new file or folder of a group the group's rights, whatever this user's umask takes away.
#[cfg(unix)]
fn share(path: &Path, access: FileAccess, mode: fn(FileAccess) -> u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    match access {
        FileAccess::User | FileAccess::Anybody => Ok(()),
        FileAccess::Group(_) => fs::set_permissions(path, fs::Permissions::from_mode(mode(access))),
    }
}

/// Reads a file whole. Fails if it has more than `most` bytes. Refuses pipes and devices, which could block or never
/// end, and what is not ours where it must be.
pub(super) fn read_whole(path: &Path, access: FileAccess, most: Option<u64>) -> io::Result<Vec<u8>> {
    let file = open_to_read(path, access)?;
    let mut bytes = Vec::new();
    let Some(most) = most else {
        (&file).read_to_end(&mut bytes)?;
        return Ok(bytes);
    };
    if file.take(most + 1).read_to_end(&mut bytes)? as u64 > most {
        return Err(io::Error::new(ErrorKind::FileTooLarge, format!("it is larger than {} KB", most >> 10)));
    }
    Ok(bytes)
}

/// Checks that a file or folder of ours, if it is there, belongs to this user or to the group, and has no other name. A link
/// or a stranger's file could lead what we write to a place that is not ours.
pub(super) fn own(path: &Path, access: FileAccess) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        _ if access == FileAccess::Anybody => Ok(()),
        Ok(about) => ours(&about, access),
        // What is not there is nobody's; a file in place of a folder is told by whoever needs the folder.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn ours(_about: &fs::Metadata, _access: FileAccess) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn ours(about: &fs::Metadata, access: FileAccess) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    if access == FileAccess::Anybody {
        return Ok(());
    }
    if about.file_type().is_symlink() {
        return Err(not_ours("it is a link, and last-resort does not follow links here".to_owned()));
    }
    if about.is_file() && about.nlink() > 1 {
        return Err(not_ours("it is a hard link: the same file has another name elsewhere".to_owned()));
    }
    let (uid, gid) = (about.uid(), about.gid());
    match access {
        FileAccess::Anybody => Ok(()),
        _ if uid == rustix::process::geteuid().as_raw() => Ok(()),
        FileAccess::User => Err(not_ours(format!("it belongs to another user (number {uid})"))),
        FileAccess::Group(group) if group == gid => Ok(()),
        FileAccess::Group(group) => Err(not_ours(format!(
            "it belongs to another user (number {uid}) and another group (number {gid}, not {group})"
        ))),
    }
}

fn not_ours(why: String) -> io::Error {
    io::Error::other(why)
}

/// Opens a file for reading without blocking.
pub(super) fn open_to_read(path: &Path, access: FileAccess) -> io::Result<File> {
    own(path, access)?;
    let mut options = OpenOptions::new();
    options.read(true);
    without_waiting(&mut options);
    regular(options.open(path)?, access)
}

/// Checks that what was opened is a regular file, and ours. The check is on the open file, so nobody can swap it meanwhile.
fn regular(file: File, access: FileAccess) -> io::Result<File> {
    let about = file.metadata()?;
    let kind = about.file_type();
    match () {
        () if kind.is_file() => ours(&about, access).map(|()| file),
        () if kind.is_dir() => Err(ErrorKind::IsADirectory.into()),
        () => Err(io::Error::new(ErrorKind::InvalidInput, "it is a pipe or a device, not a file")),
    }
}

#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    // The kernel's flags fit into an int.
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
}

#[cfg(not(unix))]
fn without_waiting(_options: &mut OpenOptions) {}

/// Opens a file for reading and appending. The name of a new file is synced to disk; an existing one of this user's alone
/// is restricted to 0600.
pub(super) fn open_append(path: &Path, access: FileAccess) -> io::Result<File> {
    own(path, access)?;
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    new_mode(&mut options, access);
    without_waiting(&mut options);
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            share(path, access, FileAccess::file_mode)?;
            path.parent().map_or(Ok(()), sync_folder)?;
            Ok(file)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let file = regular(options.create(true).open(path)?, access)?;
            narrow(path, access);
            Ok(file)
        }
        Err(error) => Err(error),
    }
}

#[cfg(unix)]
fn new_mode(options: &mut OpenOptions, access: FileAccess) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(access.file_mode());
}

/// Replaces a file as a whole: writes under another name, then renames. Everything is on disk before this returns.
/// What is there and not ours stays.
pub(super) fn replace(path: &Path, bytes: &[u8], access: FileAccess) -> io::Result<()> {
    own(path, access)?;
    let written = written_beside(path, bytes)?;
    share(written.path(), access, FileAccess::file_mode)?;
    written.persist(path).map_err(|failed| failed.error)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Like [`replace`], but fails with [`ErrorKind::AlreadyExists`] if something is there already.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match written_beside(path, bytes)?.persist_noclobber(path) {
        Ok(_) => {}
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => return Err(failed.error),
        // Some file systems can only rename. Nothing was there a moment ago, so replacing is fine.
        Err(failed) => drop(failed.file.persist(path).map_err(|failed| failed.error)?),
    }
    path.parent().map_or(Ok(()), sync_folder)
}

/// Writes the bytes to disk under another name in the folder of `path`.
fn written_beside(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    // tempfile makes it 0600. The prefix and suffix keep a leftover of a kill out of our listings.
    let mut file = tempfile::Builder::new().prefix(".").suffix(".new").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Removes a file of ours, if it is there.
pub(super) fn remove(path: &Path, access: FileAccess) -> io::Result<()> {
    own(path, access)?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Removes the rights of group and others from a file or folder of this user's. A failure is only logged: a file
/// system without modes must not keep anybody from working.
#[cfg(unix)]
pub(super) fn narrow(path: &Path, access: FileAccess) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let Ok(meta) = fs::metadata(path) else { return };
    let mode = meta.mode() & 0o7777;
    if matches!(access, FileAccess::Group(_)) || mode & 0o077 == 0 || meta.uid() != rustix::process::geteuid().as_raw()
    {
        return;
    }
    let most = if meta.is_dir() { access.folder_mode() } else { access.file_mode() };
    if let Err(error) = fs::set_permissions(path, fs::Permissions::from_mode(mode & most)) {
        tracing::warn!(path = %path.display(), %error, "others may read this, and it cannot be narrowed");
    }
}

#[cfg(not(unix))]
pub(super) fn narrow(_path: &Path, _access: FileAccess) {}

/// Syncs a folder, so that the names in it are on disk.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    // A relative path of one part has the empty path as parent.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match File::open(folder)?.sync_all() {
        // Some network file systems cannot sync a folder. The file itself is synced by then.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
