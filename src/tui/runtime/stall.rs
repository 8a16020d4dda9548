//! A terminal that takes nothing any more, because whoever shows it has stopped reading: what draws waits in it for ever and hears no
//! signal. So writing is watched from beside it.
use super::worker::Worker;
use crate::tui::terminal;
use std::io::{self, Stdout, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Begun and ended writes to the terminal: odd while one is under way.
static WRITES: AtomicU64 = AtomicU64::new(0);

/// A write that takes so long will not end.
const STALLED: Duration = Duration::from_secs(1);

/// Standard output, with every write to it counted.
pub(super) struct Outlet(Stdout);

impl Outlet {
    /// Of this process.
    pub(super) fn new() -> Self {
        Self(io::stdout())
    }
}

/// Counts what is done as a write.
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

/// Leaves for a signal that a stalled terminal keeps from being heard; a write to Alma or ILLiad that is in flight is finished first.
pub(super) async fn watch(worker: Arc<dyn Worker>) {
    let kinds = [SignalKind::interrupt(), SignalKind::quit(), SignalKind::terminate(), SignalKind::hangup()];
    let [Ok(mut interrupt), Ok(mut quit), Ok(mut terminate), Ok(mut hang_up)] = kinds.map(signal) else { return };
    let code = tokio::select! {
        code = came(&mut interrupt, 130) => code,
        code = came(&mut quit, 131) => code,
        code = came(&mut terminate, 143) => code,
        code = came(&mut hang_up, 129) => code,
    };
    // Again and again until this process ends, as it does by itself where it can: a signal may cut a write short, and the next one begins
    // and stalls as well.
    loop {
        let before = WRITES.load(Ordering::SeqCst);
        tokio::time::sleep(STALLED).await;
        if before % 2 == 1 && WRITES.load(Ordering::SeqCst) == before {
            worker.stop_work();
            worker.written().await;
            terminal::abandon();
            std::process::exit(code);
        }
    }
}

async fn came(signal: &mut Signal, code: i32) -> i32 {
    if signal.recv().await.is_none() {
        std::future::pending::<()>().await;
    }
    code
}
