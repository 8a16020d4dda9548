//! Before-images: records as they were before a write. They are named by their content, so a damaged one is
//! recognized.
use super::folders::OwnFolder;
use super::private::{cannot, narrow, read_whole, replace};
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use crate::secret::hex;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::io::ErrorKind;
use std::path::Path;

/// Stores a record and returns its name: the first 16 hexadecimal digits of its SHA-256.
pub(super) fn keep(folder: &OwnFolder, image: &Value) -> Result<String, Failure> {
    let bytes = image.to_string().into_bytes();
    let name = name_of(&bytes);
    let path = folder.file(&format!("{name}.json"));
    folder.make()?;
    if read_whole(&path, folder.access(), None).is_ok_and(|kept| name_of(&kept) == name) {
        narrow(&path, folder.access());
        return Ok(name);
    }
    replace(&path, &bytes, folder.access())
        .map_err(|error| cannot(FailureKind::Files, "save the record in", &path, &error))?;
    Ok(name)
}

/// Loads a stored record by its name.
pub(super) fn load(folder: &OwnFolder, name: &str) -> Result<Value, Failure> {
    // The name comes from a file, so it must not lead to another folder.
    if name.len() != 16 || !name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(Failure::new(
            FailureKind::Files,
            format!("the journal refers to an invalid record name: {:?}", printable(name)),
        ));
    }
    let path = folder.file(&format!("{name}.json"));
    folder.trusted()?;
    narrow(folder.path(), folder.access());
    let bytes = match read_whole(&path, folder.access(), None) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(gone(&path)),
        Err(error) => return Err(cannot(FailureKind::Files, "read the record saved in", &path, &error)),
    };
    narrow(&path, folder.access());
    if name_of(&bytes) != name {
        return Err(damaged(&path));
    }
    serde_json::from_slice(&bytes).map_err(|_| damaged(&path))
}

fn gone(path: &Path) -> Failure {
    let path = printable(&path.display().to_string());
    Failure::new(FailureKind::Files, format!("the record saved before the write is missing: there is no {path}"))
        .hint("restore the file from a backup; without it, last-resort cannot undo this write")
        .hint("or set the values by hand in Alma; last-resort plan shows what differs from the procedure")
}

fn damaged(path: &Path) -> Failure {
    let path = printable(&path.display().to_string());
    Failure::new(FailureKind::Files, format!("the record saved in {path} is damaged: it is not what was written there"))
        .hint("restore the file from a backup; without it, last-resort cannot undo this write")
}

fn name_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..8])
}
