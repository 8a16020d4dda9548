//! A check and a plan each read the journal once.
use crate::plan_props::alma::{Alma, Shows};
use last_resort::engine::journal::JournalEvent;
use last_resort::failure::Failure;
use last_resort::ports::{Journal, JournalReading};
use last_resort::recipe::StepId;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// A journal that counts its reads.
struct Counting {
    journal: Arc<dyn Journal>,
    reads: AtomicUsize,
}

impl Journal for Counting {
    fn append(&self, entry: JournalEvent) -> Result<(), Failure> {
        self.journal.append(entry)
    }
    fn append_all(&self, entries: Vec<JournalEvent>) -> Result<(), Failure> {
        self.journal.append_all(entries)
    }
    fn read(&self) -> Result<JournalReading, Failure> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.journal.read()
    }
    fn keep_image(&self, image: &Value) -> Result<String, Failure> {
        self.journal.keep_image(image)
    }
    fn image(&self, name: &str) -> Result<Value, Failure> {
        self.journal.image(name)
    }
    fn written_elsewhere(&self) -> bool {
        self.journal.written_elsewhere()
    }
}

#[tokio::test]
async fn the_journal_is_read_once_a_check_and_once_a_plan() {
    let home = TempDir::new().expect("a home");
    let mut ops = Alma::with(None, Shows::Clear).bench(&home);
    let counting = Arc::new(Counting { journal: Arc::clone(&ops.journal), reads: AtomicUsize::new(0) });
    ops.journal = Arc::clone(&counting) as Arc<dyn Journal>;
    ops.check(&StepId::ALL).await.expect("a check");
    assert_eq!(counting.reads.swap(0, Ordering::Relaxed), 1);
    ops.plan(&[StepId::Partner, StepId::Parameters]).await.expect("a plan");
    assert_eq!(counting.reads.load(Ordering::Relaxed), 1);
}
