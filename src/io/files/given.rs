//! Files beside our own: metrics that others read, and credentials that a service gives.
use super::folders::OwnFolder;
use super::private::{FileAccess, cannot, read_whole, replace};
use crate::failure::{Failure, FailureKind};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// Reads a small file that a person or a service gave, at most `most` bytes of it. It may be a link: systemd's credentials can be.
pub(in crate::io) fn read_given(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_whole(path, FileAccess::Anybody, Some(most))
}

/// Writes a private file into a folder of ours, and makes the folder.
///
/// # Errors
/// One of them cannot be written; the failure names the path.
pub(in crate::io) fn keep_private(folder: &OwnFolder, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    folder.make()?;
    let path = folder.file(name);
    replace(&path, bytes, folder.access()).map_err(|error| cannot(FailureKind::Files, "write", &path, &error))
}

/// Replaces a file that others read, such as metrics: as a whole, and with the mode that any new file gets (0644 with the usual umask).
///
/// # Errors
/// It cannot be written, or something else than a file is there, such as a link or a device; the failure names the path.
pub fn replace_public(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = || -> io::Result<()> {
        if fs::symlink_metadata(path).is_ok_and(|there| !there.is_file()) {
            return Err(io::Error::other("something that is no file is there; it was left alone"));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".").suffix(".new");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // The process's umask takes its share of it.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|failed| failed.error)?;
        Ok(())
    };
    written().map_err(|error| cannot(FailureKind::Files, "write", path, &error))
}
