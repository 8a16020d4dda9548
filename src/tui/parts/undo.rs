//! What an undo does, in words: it deletes a partner that our write created, and puts back one that it changed.
use crate::engine::journal::{UndoState, Verb};
use crate::engine::plan::{Action, WriteResult};
use crate::engine::results::ApplyResult;

/// What an undo does to Alma's record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoKind {
    Deletes,
    PutsBack,
}

impl UndoKind {
    /// What an undo of the last write would do. `None` where nothing is left to undo.
    pub(in crate::tui) fn of(state: &UndoState) -> Option<Self> {
        match state {
            UndoState::LastApply(written) if written.verb == Verb::Create => Some(Self::Deletes),
            UndoState::LastApply(_) => Some(Self::PutsBack),
            UndoState::Nothing => None,
        }
    }

    /// What an undo of this apply would do.
    pub(in crate::tui) fn of_apply(applied: &ApplyResult) -> Self {
        let created = applied.results.iter().any(|(change, became)| {
            change.action == Action::Create && matches!(became, WriteResult::Written | WriteResult::Kept)
        });
        if created { Self::Deletes } else { Self::PutsBack }
    }

    /// The title of the screen that asks for the campus code.
    pub(in crate::tui) fn title(self) -> &'static str {
        match self {
            Self::Deletes => " Undo the last write: delete the partner",
            Self::PutsBack => " Undo the last write",
        }
    }

    /// What Enter does on the screen that asks for the campus code.
    pub(in crate::tui) fn order(self) -> &'static str {
        match self {
            Self::Deletes => "undo: delete the partner",
            Self::PutsBack => "undo the write",
        }
    }

    /// The heading while it is under way.
    pub(in crate::tui) fn under_way(self) -> &'static str {
        match self {
            Self::Deletes => "Deleting the partner",
            Self::PutsBack => "Restoring the record",
        }
    }

    /// The heading once it was done.
    pub(in crate::tui) fn done(self) -> &'static str {
        match self {
            Self::Deletes => "Partner deleted",
            Self::PutsBack => "Record restored",
        }
    }

    /// The heading if it was not done.
    pub(in crate::tui) fn not_done(self) -> &'static str {
        match self {
            Self::Deletes => "Partner not deleted",
            Self::PutsBack => "Record not restored",
        }
    }

    /// What the key for the undo does.
    pub(in crate::tui) fn offer(self) -> &'static str {
        match self {
            Self::Deletes => "u undoes this and deletes the new partner.",
            Self::PutsBack => "u undoes this and restores the record.",
        }
    }
}
