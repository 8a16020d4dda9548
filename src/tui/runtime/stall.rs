//! Watches writes to the terminal. If nobody reads the terminal any more, drawing blocks for ever, and signals go unhandled.
use super::signals;
use super::worker::Worker;
use crate::tui::terminal;
use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts the beginnings and ends of writes to the terminal. Odd during a write.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// A write that takes this long will not end.
const STALLED: Duration = Duration::from_secs(1);

/// Standard output, with every write counted.
pub(super) struct Outlet(Stdout);

impl Outlet {
    /// Wraps the standard output of this process.
    pub(super) fn new() -> Self {
        Self(io::stdout())
    }
}

/// Runs a write and counts it.
fn counted<T>(write: impl FnOnce() -> T) -> T {
    WRITES.fetch_add(1, Ordering::SeqCst);
    let done = write();
    WRITES.fetch_add(1, Ordering::SeqCst);
    done
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        counted(|| self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        counted(|| self.0.flush())
    }
}

/// Leaves on a signal even while the terminal blocks. Waits for a write to Alma or ILLiad first.
pub(super) async fn watch(worker: Arc<dyn Worker>) {
    let Ok(mut signals) = signals::ending() else { return };
    let ended_by = signals::any(&mut signals).await;
    // Loop until the process ends, as it normally does by itself. A signal may interrupt a blocked write, but the next write blocks
    // again.
    loop {
        let before = WRITES.load(Ordering::SeqCst);
        tokio::time::sleep(STALLED).await;
        if before % 2 == 1 && WRITES.load(Ordering::SeqCst) == before {
            worker.stop_work();
            worker.written().await;
            terminal::abandon();
            std::process::exit(ended_by.exit_code().into());
        }
    }
}
