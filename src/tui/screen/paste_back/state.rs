//! State of the paste-back: what was pasted and not recorded yet.
use crate::engine::paste::PastedForm;
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use zeroize::Zeroizing;

/// The paste-back of one value, or of the form it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct PasteBackScreen {
    pub key: FieldKey,
    /// All that was typed or pasted, with its line ends. A key in it is stars.
    pub text: Zeroizing<String>,
    /// The value alone, as typed or pasted.
    pub typed: Entry,
    pub form: Option<PastedForm>,
    /// The lines of that form. A line with something like an API key is replaced by an empty one.
    pub lines: Vec<String>,
    /// The recording in the journal.
    pub job: Job<()>,
    pub top: usize,
}

impl PasteBackScreen {
    /// A paste-back of `key` with nothing pasted yet.
    pub fn of(key: FieldKey, typed: Entry) -> Self {
        let text = Zeroizing::new(typed.text().to_owned());
        Self { key, text, typed, form: None, lines: Vec::new(), job: Job::Idle, top: 0 }
    }
}
