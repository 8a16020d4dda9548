//! A person's word, given or taken back.
use crate::recipe::FieldKey;
use crate::tui::entry::Entry;
use crate::tui::job::Job;

/// A person's word, given or taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct SignOffScreen {
    /// Which way.
    pub way: SignOffKind,
    /// For these values.
    pub keys: Vec<FieldKey>,
    /// A remark.
    pub note: Entry,
    /// The word that signs, as far as it is typed.
    pub yes: Entry,
    /// What is typed now.
    pub typing: SignOffField,
    /// Why what was typed does not sign.
    pub refused: Option<String>,
    /// On its way.
    pub job: Job<()>,
    /// The first line shown.
    pub top: usize,
}

/// What is typed on a sign-off. It begins with what signs nothing, so that nobody runs through it unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOffField {
    /// The remark.
    Remark,
    /// The word that signs.
    Yes,
}

/// Which way a word goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignOffKind {
    /// Given.
    Sign,
    /// Taken back.
    TakeBack,
}

impl SignOffScreen {
    /// Of these values, nothing typed yet.
    #[must_use]
    pub fn of(way: SignOffKind, keys: Vec<FieldKey>) -> Self {
        let empty = || Entry::open("");
        let (note, yes) = (empty(), empty());
        Self { way, keys, note, yes, typing: SignOffField::Remark, refused: None, job: Job::Idle, top: 0 }
    }

    /// Whether the word that signs stands where the cursor is: the whole word, and nothing else.
    #[must_use]
    pub fn signs(&self) -> bool {
        let typed = match self.typing {
            SignOffField::Remark => &self.note,
            SignOffField::Yes => &self.yes,
        };
        self.way == SignOffKind::Sign && typed.text().trim().eq_ignore_ascii_case("yes")
    }

    /// Whether Enter gives the word as it stands, if it stands there rightly; else it goes on to where the word is typed.
    #[must_use]
    pub fn is_last(&self) -> bool {
        match self.way {
            SignOffKind::Sign => self.typing == SignOffField::Yes,
            SignOffKind::TakeBack => true,
        }
    }

    /// Where text is typed.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        match self.typing {
            SignOffField::Remark => &self.note,
            SignOffField::Yes => &self.yes,
        }
    }

    /// The same, to be changed.
    pub fn entry_mut(&mut self) -> &mut Entry {
        match self.typing {
            SignOffField::Remark => &mut self.note,
            SignOffField::Yes => &mut self.yes,
        }
    }
}
