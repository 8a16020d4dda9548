//! What a list told: the values of our own row, and what its other rows put in the way.
use super::cells::Row;
use super::columns::Column;
use crate::engine::journal::List;
use crate::engine::lint::{Compared, Meant, Requests, Trial, Why, held, trial};
use crate::engine::paste::Asked;
use crate::recipe::FieldKey;
use crate::site::Site;
use std::collections::BTreeMap;

/// Whether our own row is in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ours {
    /// It is, at this line.
    Line(usize),
    /// It is not.
    Absent,
}

/// Whether it is known if something in the list gets in the way of our row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// It is: see the troubles.
    Judged,
    /// The list does not tell enough, so that no trouble means nothing.
    Unjudged,
}

/// What a list told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which list.
    pub list: List,
    /// How many rows it has.
    pub rows: usize,
    /// Whether ours is one.
    pub ours: Ours,
    /// The values of our row, as they stand there.
    pub fields: BTreeMap<FieldKey, String>,
    /// Whether that is known.
    pub others: Others,
    /// What gets in the way.
    pub troubles: Vec<String>,
    /// What could not be told.
    pub remarks: Vec<String>,
}

/// A value of our row held against the wanted one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Which field.
    pub field: Asked,
    /// What stands there.
    pub got: String,
    /// Why it is not the same; nothing where it is.
    pub why: Vec<Why>,
    /// How a condition did on sample requests, where it is not the procedure's.
    pub trial: Option<Trial>,
}

impl Told {
    /// Of a list in which our row is not.
    pub(crate) fn absent(list: List, rows: usize) -> Self {
        Self {
            list,
            rows,
            ours: Ours::Absent,
            fields: BTreeMap::new(),
            others: Others::Judged,
            troubles: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// What is to be recorded of the list as a whole; nothing where that would claim more than it shows.
    #[must_use]
    pub fn verdict_on_others(&self) -> Option<Vec<String>> {
        (self.others == Others::Judged || !self.troubles.is_empty()).then(|| self.troubles.clone())
    }

    /// Notes a value of our row.
    pub(crate) fn shows(&mut self, name: &str, got: impl Into<String>) {
        self.fields.insert(FieldKey::new(self.list.step(), name), got.into());
    }

    /// Notes the values of our row as they stand in their columns, where the list has them.
    pub(crate) fn shows_cells(&mut self, row: &Row<'_>, cells: &[(&str, Column)]) {
        for (name, column) in cells {
            if let Some(got) = row.get(*column) {
                self.shows(name, got);
            }
        }
    }

    /// Each value of our row, in the procedure's order, compared.
    #[must_use]
    pub fn explained(&self, asked: &[Asked], site: &Site) -> Vec<Explained> {
        let requests = Requests::new(site.institution.as_str(), &site.nvtgc);
        let one = |field: &Asked| {
            let got = self.fields.get(&field.key)?.clone();
            let meant = Meant::of(&field.key);
            let why = match held(meant, &field.want, &got) {
                Compared::Differs(why) => why,
                Compared::Same | Compared::Nothing => Vec::new(),
            };
            let tries = meant == Meant::MatchString && !why.is_empty();
            let trial = tries.then(|| trial(&field.want, &got, &requests));
            Some(Explained { field: field.clone(), got, why, trial })
        };
        asked.iter().filter_map(one).collect()
    }

    /// The fields that a row of this list holds, and this one did not show.
    #[must_use]
    pub fn not_shown<'a>(&self, asked: &'a [Asked]) -> Vec<&'a Asked> {
        let covered = asked.iter().filter(|field| self.list.covers(&field.key));
        covered.filter(|field| !self.fields.contains_key(&field.key)).collect()
    }
}

/// What is wanted of the fields of a step.
pub(crate) struct Wants<'a>(pub(super) &'a [Asked]);

impl Wants<'_> {
    /// By the full key; a field that is not asked for wants nothing.
    pub(crate) fn of(&self, key: &str) -> &str {
        self.0.iter().find(|field| field.key.as_str() == key).map_or("", |field| field.want.as_str())
    }
}
