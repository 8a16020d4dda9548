//! Reads a file of whatever kind.
use super::fault::TableFault;
use super::kind::{FileKind, kind};
use super::room::Room;
use super::{separated, workbook};
use crate::engine::sheet::ExportedSheet;
use crate::failure::Failure;
use crate::io::files::given_file;
use std::path::Path;

/// Reads a file, or standard input for `-`, as one or more sheets.
///
/// # Errors
/// [`crate::failure::FailureKind::Usage`]: it cannot be read, is too large, or is no table.
pub fn read_sheets(path: &Path) -> Result<Vec<ExportedSheet>, Failure> {
    sheets_in(&given_file(path)?).map_err(|fault| fault.of(path))
}

/// Reads the bytes of a file as one or more sheets.
///
/// # Errors
/// What the file is instead, or what is wrong with it.
pub fn sheets_in(bytes: &[u8]) -> Result<Vec<ExportedSheet>, TableFault> {
    let mut room = Room::default();
    match kind(bytes)? {
        FileKind::Workbook => workbook::sheets(bytes, &mut room),
        FileKind::Text => separated::sheet(bytes, &mut room).map(|sheet| vec![sheet]),
    }
}
