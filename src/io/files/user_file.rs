//! Reads a file that the user named, or standard input, up to a size that no list reaches.
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

/// The most bytes of a given file, as it is and unpacked. A campus has tens of thousands of people; this is room for
/// many times as many.
pub(in crate::io) const MOST_GIVEN_BYTES: u64 = 32 << 20;

/// The name that stands for standard input.
pub(in crate::io) const STANDARD_INPUT: &str = "-";

/// Reads the file whole. `-` is standard input.
///
/// # Errors
/// [`FailureKind::Usage`]: it does not exist, cannot be read, or is too large.
pub(in crate::io) fn given_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let shown = printable(&path.display().to_string());
    let failed = |error: io::Error| {
        let what = match error.kind() {
            ErrorKind::NotFound => format!("There is no file {shown}."),
            _ => format!("The file {shown} cannot be read: {error}."),
        };
        Failure::new(FailureKind::Usage, what).hint("check the name of the file and its folder")
    };
    let bytes = in_time(path, LONGEST).map_err(failed)?;
    if bytes.len() as u64 > MOST_GIVEN_BYTES {
        let most = MOST_GIVEN_BYTES >> 20;
        return Err(Failure::new(
            FailureKind::Usage,
            format!("The file {shown} has more than {most} MB; real exports are much smaller."),
        )
        .hint("check that this is the list; keep only the rows and columns that are needed"));
    }
    Ok(bytes)
}

/// How long a file may take. A pipe that nobody writes to, or a disk that hangs, would take for ever.
const LONGEST: Duration = Duration::from_secs(20);

/// Reads a file on a thread of its own, which is left behind when the time is over: nothing can wake it up.
fn in_time(path: &Path, longest: Duration) -> io::Result<Vec<u8>> {
    let (send, received) = mpsc::sync_channel(1);
    let owned = path.to_owned();
    let read = move || {
        let mut bytes = Vec::new();
        let mut read = |from: &mut dyn Read| from.take(MOST_GIVEN_BYTES + 1).read_to_end(&mut bytes);
        let done = match owned == Path::new(STANDARD_INPUT) {
            true => read(&mut io::stdin().lock()),
            false => File::open(owned).and_then(|mut file| read(&mut file)),
        };
        // The other side may have stopped waiting.
        let _ = send.send(done.map(|_| bytes));
    };
    std::thread::Builder::new().name("file".to_owned()).spawn(read)?;
    received.recv_timeout(longest).unwrap_or_else(|_| {
        let what = format!("it was not complete after {} s", longest.as_secs());
        Err(io::Error::new(ErrorKind::TimedOut, what))
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_that_nobody_writes_to_is_given_up() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0)
            .expect("a pipe");
        let error = in_time(&pipe, Duration::from_millis(20)).expect_err("nobody writes");
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        let file = folder.path().join("list");
        std::fs::write(&file, "10000001").expect("written");
        assert_eq!(in_time(&file, LONGEST).expect("read"), b"10000001");
    }
}
