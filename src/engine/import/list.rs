//! What a list told: the values of our own row, and what its other rows put in the way.
use super::cells::CellRow;
use super::columns::ColumnSpec;
use crate::engine::journal::ExportedList;
use crate::engine::lint::{DifferenceCause, FieldRole, PasteComparison, SampleRequests, TrialResult, held, trial};
use crate::engine::paste::PasteTarget;
use crate::recipe::FieldKey;
use crate::site::Site;
use std::collections::BTreeMap;

/// Whether our own row is in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnRow {
    /// It is, at this line.
    Line(usize),
    /// It is not.
    Absent,
}

/// Whether it is known if something in the list gets in the way of our row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherRows {
    /// It is: see the troubles.
    Judged,
    /// The list does not tell enough, so that no trouble means nothing.
    Unjudged,
}

/// What a list told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListReading {
    /// Which list.
    pub list: ExportedList,
    /// How many rows it has.
    pub rows: usize,
    /// Whether ours is one.
    pub ours: OwnRow,
    /// The values of our row, as they stand there.
    pub fields: BTreeMap<FieldKey, String>,
    /// Whether that is known.
    pub others: OtherRows,
    /// What gets in the way.
    pub troubles: Vec<String>,
    /// What could not be told.
    pub remarks: Vec<String>,
}

/// A value of our row held against the wanted one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueReading {
    /// Which field.
    pub field: PasteTarget,
    /// What stands there.
    pub got: String,
    /// Why it is not the same; nothing where it is.
    pub why: Vec<DifferenceCause>,
    /// How a condition did on sample requests, where it is not the procedure's.
    pub trial: Option<TrialResult>,
}

impl ListReading {
    /// Of a list in which our row is not.
    pub(crate) fn absent(list: ExportedList, rows: usize) -> Self {
        Self {
            list,
            rows,
            ours: OwnRow::Absent,
            fields: BTreeMap::new(),
            others: OtherRows::Judged,
            troubles: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// What is to be recorded of the list as a whole; nothing where that would claim more than it shows.
    #[must_use]
    pub fn verdict_on_others(&self) -> Option<Vec<String>> {
        (self.others == OtherRows::Judged || !self.troubles.is_empty()).then(|| self.troubles.clone())
    }

    /// Notes a value of our row.
    pub(crate) fn add_value(&mut self, name: &str, got: impl Into<String>) {
        self.fields.insert(FieldKey::new(self.list.step(), name), got.into());
    }

    /// Notes the values of our row as they stand in their columns, where the list has them.
    pub(crate) fn shows_cells(&mut self, row: &CellRow<'_>, cells: &[(&str, ColumnSpec)]) {
        for (name, column) in cells {
            if let Some(got) = row.get(*column) {
                self.add_value(name, got);
            }
        }
    }

    /// Each value of our row, in the procedure's order, compared.
    #[must_use]
    pub fn explained(&self, asked: &[PasteTarget], site: &Site) -> Vec<ValueReading> {
        let requests = SampleRequests::new(site.institution.as_str(), &site.nvtgc);
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

    /// The fields that a row of this list holds, and this one did not show.
    #[must_use]
    pub fn not_shown<'a>(&self, asked: &'a [PasteTarget]) -> Vec<&'a PasteTarget> {
        let covered = asked.iter().filter(|field| self.list.covers(&field.key));
        covered.filter(|field| !self.fields.contains_key(&field.key)).collect()
    }
}

/// What is wanted of the fields of a step.
pub(crate) struct WantedValues<'a>(pub(super) &'a [PasteTarget]);

impl WantedValues<'_> {
    /// By the full key; a field that is not asked for wants nothing.
    pub(crate) fn of(&self, key: &str) -> &str {
        self.0.iter().find(|field| field.key.as_str() == key).map_or("", |field| field.want.as_str())
    }
}
