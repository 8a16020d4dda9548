//! Reads a file that the user named, up to a size that no list of people reaches.
use super::private::cannot;
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

/// The largest file that is read, in bytes. A campus has tens of thousands of people; this is room for many times as
/// many.
const LARGEST: u64 = 32 << 20;

/// Reads the file whole.
///
/// # Errors
/// [`FailureKind::Usage`]: it does not exist, cannot be read, or is too large.
pub fn given_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure { hints: Vec::new(), ..cannot(FailureKind::Usage, "read", path, &error) };
    let bytes = in_time(path, LONGEST).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        let path = printable(&path.display().to_string());
        return Err(Failure::new(FailureKind::Usage, format!("{path} is larger than {} MB", LARGEST >> 20))
            .hint("name a list of people; a longer one can be given in parts"));
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
        let read = File::open(owned).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes));
        // The other side may have stopped waiting.
        let _ = send.send(read.map(|_| bytes));
    };
    std::thread::Builder::new().name("file".to_owned()).spawn(read)?;
    received.recv_timeout(longest).unwrap_or_else(|_| {
        let what = format!("nothing more came from it within {} s", longest.as_secs());
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
