//! Reads a file that the user named, up to a size that no list of people reaches.
use super::private::cannot;
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// The largest file that is read, in bytes. A campus has tens of thousands of people; this is room for many times as
/// many.
const LARGEST: u64 = 32 << 20;

/// Reads the file whole.
///
/// # Errors
/// [`FailureKind::Usage`]: it does not exist, cannot be read, or is too large.
pub fn given_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure { hints: Vec::new(), ..cannot(FailureKind::Usage, "read", path, &error) };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let path = printable(&path.display().to_string());
        return Err(Failure::new(FailureKind::Usage, format!("{path} is larger than {} MB", LARGEST >> 20))
            .hint("name a list of people; a longer one can be given in parts"));
    }
    Ok(bytes)
}
