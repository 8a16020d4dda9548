//! What an exported list says: the values of our own row, and any other rows that get in its way.
use super::cells::CellRow;
use super::columns::ColumnSpec;
use super::language::{is_understood, not_understood};
use crate::engine::journal::{ExportedList, RowsBeside};
use crate::engine::lint::{DifferenceCause, FieldRole, PasteComparison, SampleRequests, TrialResult, held, trial};
use crate::engine::paste::PasteTarget;
use crate::recipe::FieldKey;
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet};

/// Whether our row is in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnRow {
    /// In the list, at this line of the sheet.
    Line(usize),
    Absent,
    /// Several rows could be ours, and they differ.
    Unclear,
}

/// Whether we can tell if other rows get in the way of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherRows {
    /// We can: see the troubles.
    Judged,
    /// The list lacks what we need, so having found no trouble means nothing.
    Unjudged,
    /// A part of the list is not understood. What an older list showed of them is a question again.
    NotUnderstood,
}

/// What an exported list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListReading {
    pub list: ExportedList,
    pub rows: usize,
    pub ours: OwnRow,
    /// The values of our row, as written.
    pub fields: BTreeMap<FieldKey, String>,
    /// The values of our row that were not understood.
    pub left_out: BTreeSet<FieldKey>,
    pub others: OtherRows,
    /// Other rows that get in the way of ours, in words.
    pub troubles: Vec<String>,
    /// Other rows of which nobody knows whether they get in the way of ours, in words.
    pub neighbours: Vec<String>,
    /// What could not be understood, in words.
    pub remarks: Vec<String>,
}

/// A value of our row, compared with the wanted one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueReading {
    pub field: PasteTarget,
    pub got: String,
    /// Why the values differ. Empty when they do not.
    pub why: Vec<DifferenceCause>,
    /// How the condition did on sample requests. `None` unless it is a `MatchString` that differs from the procedure's.
    pub trial: Option<TrialResult>,
}

impl ListReading {
    /// Starts the reading of a list in which our row was not found (yet).
    pub(crate) fn absent(list: ExportedList, rows: usize) -> Self {
        Self {
            list,
            rows,
            ours: OwnRow::Absent,
            fields: BTreeMap::new(),
            left_out: BTreeSet::new(),
            others: OtherRows::Judged,
            troubles: Vec::new(),
            neighbours: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// What is to be recorded of the list's other rows. `None` when the list does not show enough to say that there is
    /// nothing.
    pub fn verdict_on_others(&self) -> Option<RowsBeside> {
        let beside = RowsBeside { troubles: self.troubles.clone(), neighbours: self.neighbours.clone() };
        (self.others == OtherRows::Judged || beside != RowsBeside::default()).then_some(beside)
    }

    /// Whether the list was read whole and does not have our row.
    pub fn is_without_our_row(&self) -> bool {
        self.ours == OwnRow::Absent && self.others == OtherRows::Judged
    }

    /// Whether there is anything to record.
    pub fn shows_anything(&self) -> bool {
        !self.fields.is_empty() || self.verdict_on_others().is_some()
    }

    /// Records a value of our row.
    pub(crate) fn add_value(&mut self, name: &str, got: impl Into<String>) {
        self.fields.insert(FieldKey::new(self.list.step(), name), got.into());
    }

    /// Notes a value of our row that was not understood.
    pub(crate) fn leave_out(&mut self, name: &str) {
        self.left_out.insert(FieldKey::new(self.list.step(), name));
    }

    /// Records the cells of our row, for those columns that the list has.
    pub(crate) fn shows_cells(&mut self, row: &CellRow<'_>, cells: &[(&str, ColumnSpec)]) {
        for (name, column) in cells {
            match row.get(*column) {
                Some(_) if row.disputed(*column).is_some() => {
                    self.leave_out(name);
                    self.remarks.extend(row.disputed(*column));
                }
                Some(got) if is_understood(*column, got) => self.add_value(name, got),
                Some(got) => {
                    self.leave_out(name);
                    self.remarks.push(not_understood(self.list, row.line, *column, got));
                }
                None => {}
            }
        }
    }

    /// The values of our row, each compared with the wanted one, in the procedure's order.
    pub fn explained(&self, asked: &[PasteTarget], site: &Site) -> Vec<ValueReading> {
        let requests = SampleRequests::of(site);
        let one = |field: &PasteTarget| {
            let got = self.fields.get(&field.key)?.clone();
            let meant = FieldRole::of(&field.key);
            let why = match held(meant, &field.want, &got) {
                PasteComparison::Differs(why) => why,
                PasteComparison::Same | PasteComparison::Nothing => Vec::new(),
            };
            let tries = meant == FieldRole::MatchString && !why.is_empty();
            let trial = tries.then(|| trial(&field.want, &got, &requests));
            Some(ValueReading { field: field.clone(), got, why, trial })
        };
        asked.iter().filter_map(one).collect()
    }

    /// The fields that such a list can show, but this one has not.
    pub fn not_shown<'a>(&self, asked: &'a [PasteTarget]) -> Vec<&'a PasteTarget> {
        let covered = asked.iter().filter(|field| self.list.covers(&field.key));
        covered.filter(|field| !self.fields.contains_key(&field.key) && !self.left_out.contains(&field.key)).collect()
    }
}

/// The wanted value of the field with this full key. Empty when the field was not asked for.
pub(crate) fn wanted_of<'a>(asked: &'a [PasteTarget], key: &str) -> &'a str {
    asked.iter().find(|field| field.key.as_str() == key).map_or("", |field| field.want.as_str())
}
