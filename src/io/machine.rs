//! What the program needs of the machine before it begins: a clock, a few open files, a few threads.
use crate::failure::{Failure, FailureKind};
use jiff::Timestamp;
use std::fs::File;
use std::sync::mpsc;
use std::thread;
use std::time::SystemTime;

/// How many files and connections are open at the same time, at the least.
const FILES: usize = 16;
/// How many threads run at the same time, at the least.
const THREADS: usize = 4;

/// Checks that the machine has what every command needs, so that nothing begins that cannot end.
///
/// # Errors
/// What is missing, and how to get it.
pub fn fit_to_run() -> Result<(), Failure> {
    timely(SystemTime::now())?;
    files(FILES)?;
    threads(THREADS)
}

/// Whether a time can be written down and compared.
fn timely(now: SystemTime) -> Result<(), Failure> {
    match Timestamp::try_from(now) {
        Ok(now) if now >= Timestamp::UNIX_EPOCH => Ok(()),
        _ => Err(Failure::new(
            FailureKind::Files,
            "This machine's clock is wrong: it shows a time before 1970 or after the year 9999. Nothing was done.",
        )
        .hint("set the clock, then run the command again")),
    }
}

fn files(some: usize) -> Result<(), Failure> {
    let open: std::io::Result<Vec<File>> = (0..some).map(|_| File::open("/")).collect();
    match open {
        Ok(_) => Ok(()),
        Err(error) => Err(Failure::new(
            FailureKind::Files,
            format!("This process needs to open {some} more files than it may ({error}). Nothing was done."),
        )
        .hint("raise the limit: ulimit -n 256")),
    }
}

fn threads(some: usize) -> Result<(), Failure> {
    let mut waiting = Vec::new();
    for _ in 0..some {
        // Each one runs until its sender is dropped.
        let (end, ended) = mpsc::channel::<()>();
        let started = thread::Builder::new().spawn(move || ended.recv().is_err());
        match started {
            Ok(thread) => waiting.push((end, thread)),
            Err(error) => {
                return Err(Failure::new(
                    FailureKind::Files,
                    format!("This machine does not start more threads for this user ({error}). Nothing was done."),
                )
                .hint("end other programs, or raise the limit: ulimit -u"));
            }
        }
    }
    for (end, thread) in waiting {
        drop(end);
        // It has nothing to say.
        let _ = thread.join();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_that_cannot_be_right_is_said() {
        let year = Duration::from_secs(31_556_952);
        assert!(timely(SystemTime::UNIX_EPOCH + year * 56).is_ok());
        for wrong in [SystemTime::UNIX_EPOCH - year, SystemTime::UNIX_EPOCH + year * 8100] {
            assert!(timely(wrong).expect_err("wrong").what.contains("clock"));
        }
        fit_to_run().expect("this machine");
    }
}
