//! A write that runs beside the first reads, so that the first screen does not wait for the disk.
use crate::failure::Failure;
use std::sync::{Arc, Mutex, PoisonError};

type Write = Box<dyn FnOnce() -> Result<(), Failure> + Send>;

/// A write that is put off until the first screen is drawn. Call [`DeferredWrite::settle`] before using what it writes.
#[derive(Clone, Default)]
pub(super) struct DeferredWrite(Arc<Mutex<Option<Write>>>);

impl DeferredWrite {
    /// Puts off this write. The default value has nothing to write.
    pub(super) fn of(write: impl FnOnce() -> Result<(), Failure> + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(write)))))
    }

    /// Starts the write in the background, unless it is under way or done. Must be called within a Tokio runtime.
    pub(super) fn begin(&self) {
        // If the lock is taken, the write is under way.
        if self.0.try_lock().is_ok_and(|write| write.is_some()) {
            let deferred = self.clone();
            tokio::task::spawn_blocking(move || deferred.settle());
        }
    }

    /// Runs the write on this thread, or waits until the thread that runs it is done.
    pub(super) fn settle(&self) {
        let mut write = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(failure)) = write.take().map(|write| write()) {
            tracing::warn!(%failure, "not written after the first screen");
        }
    }
}
