//! State of the sign-off.
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::job::Job;

/// A sign-off of some values, or its withdrawal.
#[derive(Debug, Clone, PartialEq)]
pub struct SignOffScreen {
    pub way: SignOffKind,
    pub keys: Vec<FieldKey>,
    pub note: Entry,
    /// The word `yes`, typed so far.
    pub yes: Entry,
    /// The field with the cursor.
    pub typing: SignOffField,
    /// Why the typed text was refused.
    pub refused: Option<String>,
    /// The recording in the journal.
    pub job: Job<()>,
    pub top: usize,
}

/// The fields of a sign-off. The remark comes first, so that Enter pressed too often does not sign anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOffField {
    Remark,
    Yes,
}

/// Whether a sign-off is given or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOffKind {
    Sign,
    TakeBack,
}

impl SignOffScreen {
    /// A sign-off of `keys` with this remark. Where there is one, the cursor is already in the field for `yes`.
    pub fn of(way: SignOffKind, keys: Vec<FieldKey>, note: Entry) -> Self {
        let typing = match way {
            SignOffKind::Sign if !note.is_empty() => SignOffField::Yes,
            SignOffKind::Sign | SignOffKind::TakeBack => SignOffField::Remark,
        };
        Self { way, keys, note, yes: Entry::open(""), typing, refused: None, job: Job::Idle, top: 0 }
    }

    /// Whether the field with the cursor holds `yes` and nothing else, so that Enter signs.
    pub fn signs(&self) -> bool {
        self.way == SignOffKind::Sign && self.entry().text().trim().eq_ignore_ascii_case("yes")
    }

    /// Whether Enter records the sign-off. Otherwise it moves on to the field for `yes`.
    pub fn is_last(&self) -> bool {
        self.way == SignOffKind::TakeBack || self.typing == SignOffField::Yes
    }

    /// The field with the cursor.
    pub fn entry(&self) -> &Entry {
        match self.typing {
            SignOffField::Remark => &self.note,
            SignOffField::Yes => &self.yes,
        }
    }

    /// The field with the cursor, to be changed.
    pub fn entry_mut(&mut self) -> &mut Entry {
        match self.typing {
            SignOffField::Remark => &mut self.note,
            SignOffField::Yes => &mut self.yes,
        }
    }
}
