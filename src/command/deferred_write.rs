//! What is written beside the first readings, so that the first screen need not wait for a disk.
use crate::failure::Failure;
use std::sync::{Arc, Mutex, PoisonError};

type Write = Box<dyn FnOnce() -> Result<(), Failure> + Send>;

/// A write put off until the first screen stands. Whoever needs what it writes settles it first.
#[derive(Clone, Default)]
pub(super) struct DeferredWrite(Arc<Mutex<Option<Write>>>);

impl DeferredWrite {
    /// Puts this off; the default has nothing to put off.
    pub(super) fn of(write: impl FnOnce() -> Result<(), Failure> + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(Some(Box::new(write)))))
    }

    /// Begins it, unless it is under way or done; nobody waits for it. To be called within a runtime.
    pub(super) fn begin(&self) {
        // Locked: under way.
        if self.0.try_lock().is_ok_and(|write| write.is_some()) {
            let deferred = self.clone();
            tokio::task::spawn_blocking(move || deferred.settle());
        }
    }

    /// Does it, or waits for whoever is at it.
    pub(super) fn settle(&self) {
        let mut write = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Err(failure)) = write.take().map(|write| write()) {
            tracing::warn!(%failure, "not written after the first screen");
        }
    }
}
