//! Reads a file that the user named, or standard input, up to a size that no list reaches.
use super::private::cannot;
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The most bytes of a given file, as it is and unpacked. A campus has tens of thousands of people; this is room for
/// many times as many.
pub(in crate::io) const MOST_GIVEN_BYTES: u64 = 32 << 20;

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads the file whole. `-` is standard input.
///
/// # Errors
/// [`FailureKind::Usage`]: it does not exist, cannot be read, or is too large.
pub(in crate::io) fn given_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure { hints: Vec::new(), ..cannot(FailureKind::Usage, "read", path, &error) };
    let mut bytes = Vec::new();
    let mut read = |from: &mut dyn Read| from.take(MOST_GIVEN_BYTES + 1).read_to_end(&mut bytes);
    let done = if path == Path::new(STANDARD_INPUT) {
        read(&mut io::stdin().lock())
    } else {
        File::open(path).and_then(|mut file| read(&mut file))
    };
    done.map_err(failed)?;
    if bytes.len() as u64 > MOST_GIVEN_BYTES {
        let path = printable(&path.display().to_string());
        let most = MOST_GIVEN_BYTES >> 20;
        return Err(Failure::new(
            FailureKind::Usage,
            format!("{path} has more than {most} MB; real exports are much smaller"),
        )
        .hint("name a list; a longer one can be given in parts"));
    }
    Ok(bytes)
}
