//! The hand-off as a tree of blocks. All texts in it are fit for a screen and free of patrons' ids; each printer escapes them its own way.
use super::verdict_kind::VerdictKind;
use crate::engine::judge::StepState;
use crate::recipe::Owner;
use crate::site::{Environment, Stance};
use jiff::Timestamp;

/// A hand-off before it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(super) masthead: Masthead,
    /// In print it stands first, since it is copied most; a page begins with who is waited for.
    pub(super) reply: Chapter,
    pub(super) waits: Chapter,
    pub(super) others: Vec<Chapter>,
}

/// Whose Alma and ILLiad a hand-off tells of: one made in practice must not be taken for a campus's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Systems {
    /// The campus's own.
    Campus,
    /// Those that the program brings along.
    Practice,
}

impl Systems {
    /// What stands first in whatever may be passed on by itself.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Campus => "",
            Self::Practice => "PRACTICE: ",
        }
    }
}

/// What a page says above everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Masthead {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) environment: Environment,
    pub(super) stance: Stance,
    /// When the reading ended.
    pub(super) at: Timestamp,
    pub(super) state: StepState,
    /// How many of the procedure's values have which verdict; none that no value has.
    pub(super) counts: Vec<(VerdictKind, usize)>,
}

impl Masthead {
    /// The stance in a person's words.
    pub(super) fn rule(&self) -> &'static str {
        match self.stance {
            Stance::Ahead => "set up ahead, disabled",
            Stance::Live => "live",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chapter {
    /// Its name within a page.
    pub(super) id: &'static str,
    pub(super) title: String,
    pub(super) blocks: Vec<DocumentBlock>,
}

impl Chapter {
    pub(super) fn of(id: &'static str, title: impl Into<String>, blocks: Vec<DocumentBlock>) -> Self {
        Self { id, title: title.into(), blocks }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DocumentBlock {
    Paragraph(String),
    /// Words of our own, which no printer needs to escape.
    Notice(&'static str),
    /// Never empty; `lead` stands above it.
    List {
        lead: Option<&'static str>,
        items: Vec<String>,
    },
    /// Plain text for a mail, whatever it is printed in.
    Mail {
        subject: String,
        blocks: Vec<DocumentBlock>,
    },
    Table(Table),
    /// The verdicts and what they mean.
    Glossary,
    /// What is to be done on a step.
    Card {
        title: String,
        /// The heading of the procedure it comes from.
        cite: String,
        audience: &'static str,
        blocks: Vec<DocumentBlock>,
    },
    /// Values to be entered on one screen, with what to do before and after.
    Form {
        title: String,
        menu: String,
        open: Vec<String>,
        values: Vec<(String, String)>,
        close: Vec<String>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) class: &'static str,
    pub(super) caption: &'static str,
    pub(super) columns: &'static [&'static str],
    pub(super) groups: Vec<RowGroup>,
}

/// Rows, under the step they belong to where the table is ordered by steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowGroup {
    pub(super) step: Option<(String, Owner, StepState)>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a row, by what it is there for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Verdict(VerdictKind),
    Owner(Owner),
    Since(Timestamp),
    /// What the row is about, with a value's full key.
    Name(String, Option<String>),
    Words(String),
    /// A value to be entered letter by letter.
    Wanted(String),
    /// Takes three columns: how, who and when.
    Known(Provenance),
}

/// How a value is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Provenance {
    /// What is there instead, where that is known and not what is wanted.
    pub(super) instead: Option<String>,
    pub(super) how: String,
    /// Who said, showed or was asked.
    pub(super) who: Option<String>,
    pub(super) when: Option<Timestamp>,
    /// The person's remark.
    pub(super) note: Option<String>,
}

/// `2026-11-24 10:00 UTC`
pub(super) fn minute(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// `2026-11-24`
pub(super) fn day(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d").to_string()
}
