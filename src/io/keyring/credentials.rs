//! Keys from a folder of credentials, for unattended runs: systemd's `$CREDENTIALS_DIRECTORY`, or one like it. Never asks the
//! keyring.
use crate::failure::{Failure, FailureKind};
use crate::io::files::{OwnFolder, keep_private, read_given};
use crate::io::printable;
use crate::recipe::KeySlot;
use crate::secret::{ApiKey, NotAKey};
use crate::site::{CampusCode, Environment};
use std::io::ErrorKind;
use std::path::Path;

/// The variable that names the folder.
const FOLDER: &str = "CREDENTIALS_DIRECTORY";

/// The most bytes of a credential that are read.
const LONGEST: u64 = 4 << 10;

/// The key in `<CODE>.<environment>.<slot>`, or else in `<CODE>.<slot>`. `None` if neither is there.
///
/// # Errors
/// [`FailureKind::Key`]: a file is there, but it cannot be read or holds something else. The message names the file, never
/// its text.
pub(super) fn from_credentials(
    code: &CampusCode,
    environment: Environment,
    slot: KeySlot,
) -> Result<Option<ApiKey>, Failure> {
    let Some(folder) = std::env::var_os(FOLDER).filter(|folder| !folder.is_empty()) else { return Ok(None) };
    for name in [format!("{code}.{}.{}", environment.as_str(), slot.as_str()), file_name(code, slot)] {
        if let Some(key) = key_in(&Path::new(&folder).join(name))? {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

/// The key in a file, which holds nothing else. `None` if there is no such file.
pub(super) fn key_in(path: &Path) -> Result<Option<ApiKey>, Failure> {
    let failed = |why: &str| {
        let what = format!("the key in {} cannot be used: {why}", printable(&path.display().to_string()));
        Failure::new(FailureKind::Key, what).hint("the file must hold the key and nothing else")
    };
    let bytes = match read_given(path, LONGEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(&printable(&error.to_string()))),
    };
    let text = String::from_utf8(bytes).map_err(|_| failed("it is not text"))?;
    ApiKey::parse(text).map(Some).map_err(|why: NotAKey| failed(&why.to_string()))
}

fn file_name(code: &CampusCode, slot: KeySlot) -> String {
    format!("{code}.{}", slot.as_str())
}

/// Writes a practice key to a folder of credentials, as an administrator would.
///
/// # Errors
/// The folder or the file cannot be written.
pub fn keep_credential(folder: &OwnFolder, code: &CampusCode, slot: KeySlot, key: &str) -> Result<(), Failure> {
    keep_private(folder, &file_name(code, slot), key.as_bytes())
}
