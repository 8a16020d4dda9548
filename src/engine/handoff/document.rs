//! The hand-off as a tree of blocks. All texts are free of control characters and of patrons' ids; each printer does
//! its own escaping.
use super::verdict_kind::VerdictKind;
use crate::engine::golive::GateCount;
use crate::engine::judge::StepState;
use crate::recipe::Owner;
use crate::site::{Environment, Stance};
use jiff::Timestamp;

/// A hand-off before it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub(super) masthead: Masthead,
    /// Comes first in print, because it is copied most. The HTML page begins with `waits`.
    pub(super) reply: Chapter,
    pub(super) waits: Chapter,
    pub(super) others: Vec<Chapter>,
}

/// Which systems a hand-off is about, so that one made for practice is not mistaken for a campus's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Systems {
    /// The campus's own Alma and ILLiad.
    Campus,
    /// The simulated systems built into the program.
    Practice,
}

impl Systems {
    /// The prefix of every text that may be passed on by itself.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Self::Campus => "",
            Self::Practice => "PRACTICE: ",
        }
    }
}

/// The head of a hand-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Masthead {
    pub(super) name: String,
    /// The name with the consortium's.
    pub(super) whole_name: String,
    pub(super) code: String,
    /// Whether it is a campus of the consortium that the procedure was written for.
    pub(super) is_home: bool,
    pub(super) environment: Environment,
    pub(super) stance: Stance,
    /// When the campus was taken back from live, if it was and is not live since.
    pub(super) taken_back: Option<Timestamp>,
    /// How the conditions for going live stand.
    pub(super) conditions: GateCount,
    /// The side that it is written for. `None` if it is for both.
    pub(super) reader: Option<Owner>,
    /// The time at which the check ended.
    pub(super) at: Timestamp,
    pub(super) state: StepState,
    /// How many of the procedure's values have each verdict. Verdicts that no value has are left out.
    pub(super) counts: Vec<(VerdictKind, usize)>,
}

impl Masthead {
    /// The stance as a phrase about the rule.
    pub(super) fn rule(&self) -> &'static str {
        match self.stance {
            Stance::Ahead => "set up ahead, to be disabled",
            Stance::Live => "live, to be enabled",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chapter {
    /// The anchor within a page.
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
    /// Fixed text of our own that needs no escaping.
    Notice(String),
    /// Never empty. `lead` is printed above the items.
    List {
        lead: Option<&'static str>,
        items: Vec<String>,
    },
    /// Plain text for an e-mail, whatever the format of the hand-off.
    Mail {
        subject: String,
        blocks: Vec<DocumentBlock>,
    },
    Table(Table),
    /// A list that explains each verdict.
    Glossary,
    /// The to-do card of a step.
    Card {
        title: String,
        /// The heading in the procedure that the step comes from.
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

/// Rows of a table, under their step if the table is ordered by steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowGroup {
    pub(super) step: Option<(String, Owner, StepState)>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell of a table row, by purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Verdict(VerdictKind),
    Owner(Owner),
    Since(Timestamp),
    /// What the row is about, with the heading on the screen if it is a value.
    Name(String, Option<String>),
    Words(String),
    /// A value to be entered exactly.
    Wanted(String),
    /// Fills three columns: how, who and when.
    Known(Provenance),
}

/// How a value is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Provenance {
    /// The value found, if it is not the wanted one.
    pub(super) instead: Option<String>,
    pub(super) how: String,
    /// The person who signed off, gave the evidence, or is waited for.
    pub(super) who: Option<String>,
    pub(super) when: Option<Timestamp>,
    pub(super) note: Option<String>,
}

/// Formats a time to the minute, for example `2026-11-24 10:00 UTC`.
pub(super) fn minute(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// Formats a date, for example `2026-11-24`.
pub(super) fn day(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d").to_string()
}
