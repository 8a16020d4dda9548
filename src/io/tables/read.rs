//! Reads a file of whatever kind.
use super::fault::TableFault;
use super::kind::{FileKind, kind};
use super::room::Room;
use super::{csv, workbook};
use crate::engine::journal::FileStamp;
use crate::engine::sheet::ExportedSheet;
use crate::failure::Failure;
use crate::io::files::{STANDARD_INPUT, given_file};
use crate::text::clean;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// Reads a file, or standard input for `-`, as one or more sheets.
///
/// # Errors
/// [`crate::failure::FailureKind::Usage`]: it cannot be read, is too large, or is no table.
pub fn read_sheets(path: &Path) -> Result<Vec<ExportedSheet>, Failure> {
    sheets_in(&given_file(path)?).map_err(|fault| fault.of(path))
}

/// An exported file: its sheets, and what tells it apart from every other file.
#[derive(Debug)]
pub struct ExportedFile {
    /// The file's name, without its folders.
    pub name: String,
    pub stamp: FileStamp,
    pub sheets: Vec<ExportedSheet>,
}

/// Reads a file like [`read_sheets`], with its name, time and digest.
///
/// # Errors
/// As [`read_sheets`].
pub fn read_exported(path: &Path) -> Result<ExportedFile, Failure> {
    let bytes = given_file(path)?;
    let sheets = sheets_in(&bytes).map_err(|fault| fault.of(path))?;
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if path == Path::new(STANDARD_INPUT) {
        let stamp = FileStamp { sha256, modified: input_modified() };
        return Ok(ExportedFile { name: "standard input".to_owned(), stamp, sheets });
    }
    let name = path.file_name().map(|name| clean(&name.to_string_lossy(), 100)).unwrap_or_default();
    let modified = path.metadata().and_then(|about| about.modified()).ok();
    let modified = modified.and_then(|at| Timestamp::try_from(at).ok());
    Ok(ExportedFile { name, stamp: FileStamp { sha256, modified }, sheets })
}

/// When the file was last changed that standard input comes from. `None` for a pipe.
#[cfg(unix)]
fn input_modified() -> Option<Timestamp> {
    use std::os::fd::AsFd as _;
    let file = std::fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().ok()?);
    let about = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
    Timestamp::try_from(about.modified().ok()?).ok()
}

#[cfg(not(unix))]
fn input_modified() -> Option<Timestamp> {
    None
}

/// Reads the bytes of a file as one or more sheets.
///
/// # Errors
/// What the file is instead, or what is wrong with it.
pub fn sheets_in(bytes: &[u8]) -> Result<Vec<ExportedSheet>, TableFault> {
    let mut room = Room::default();
    match kind(bytes)? {
        FileKind::Workbook => workbook::sheets(bytes, &mut room),
        FileKind::Text => csv::sheet(bytes, &mut room).map(|sheet| vec![sheet]),
    }
}
