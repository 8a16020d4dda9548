//! What was pasted from a screen and not recorded yet.
use crate::engine::paste::PastedForm;
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::job::Job;

/// What the screen shows, pasted and compared.
#[derive(Debug, Clone, PartialEq)]
pub struct PasteBackScreen {
    /// Of this value.
    pub key: FieldKey,
    /// As typed or pasted, where it is this value alone.
    pub typed: Entry,
    /// The whole form, where one was pasted.
    pub form: Option<PastedForm>,
    /// The lines of that form, numbered as they are spoken of; empty where one holds what looks like a key.
    pub lines: Vec<String>,
    /// On its way into the journal.
    pub job: Job<()>,
    /// The first line shown.
    pub top: usize,
}

impl PasteBackScreen {
    /// Of this value, nothing pasted yet.
    #[must_use]
    pub fn of(key: FieldKey, typed: Entry) -> Self {
        Self { key, typed, form: None, lines: Vec::new(), job: Job::Idle, top: 0 }
    }
}
