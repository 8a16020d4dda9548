//! Assigns the values of a pasted form or list to fields. A value that could belong to several fields is ambiguous
//! and is not recorded.
use super::form::{FormListRow, FormPart, FormWords, LabelOccurrence, layout, norm};
use crate::engine::judge::Finding;
use crate::engine::lint::{FieldRole, PasteComparison, held};
use crate::recipe::{Expectation, FieldKey, Recipe};

/// A field that a pasted text may contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasteTarget {
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// The screen's heading above it.
    pub group: String,
    /// The wanted value, in the procedure's words.
    pub want: String,
}

/// The fields of a step's findings, in the screen's order. Keys are left out, because nobody should paste them.
pub fn paste_targets(recipe: &Recipe, findings: &[Finding]) -> Vec<PasteTarget> {
    let field = |finding: &Finding| {
        let field = recipe.field(&finding.key).filter(|field| !matches!(field.want, Expectation::Secret(_)))?;
        let (label, group, want) = (finding.label.clone(), finding.group.clone(), finding.want.clone()?);
        Some(PasteTarget { key: field.key.clone(), label, group, want })
    };
    findings.iter().filter_map(field).collect()
}

/// A field's value found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedValue {
    pub key: FieldKey,
    /// As pasted. An empty text means an empty field.
    pub got: String,
    /// Line number, from 1.
    pub line: usize,
}

impl PastedValue {
    /// Compares the pasted value with the wanted one.
    pub fn compared(&self, asked: &PasteTarget) -> PasteComparison {
        held(FieldRole::of(&self.key), &asked.want, &self.got)
    }
}

/// A label that fits several fields, or appears several times with different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmbiguousLabel {
    /// As the screen shows it.
    pub label: String,
    /// Line numbers, from 1.
    pub lines: Vec<usize>,
    /// The fields it may belong to.
    pub keys: Vec<FieldKey>,
}

/// What was found in a pasted form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedForm {
    /// In the order of the fields asked for, each at most once.
    pub pasted: Vec<PastedValue>,
    /// Not recorded for any field.
    pub ambiguous: Vec<AmbiguousLabel>,
    /// Numbers of lines that were not understood.
    pub odd: Vec<usize>,
    /// Fields that were not found.
    pub missing: Vec<FieldKey>,
}

/// What a pasted text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasteReading {
    /// No label in it, so it is the value of the field under the cursor.
    Value(String),
    Form(PastedForm),
}

/// Reads a pasted text and looks for the given fields in it.
pub fn read_paste(asked: &[PasteTarget], text: &str) -> PasteReading {
    let words =
        FormWords::new(asked.iter().map(|field| field.label.as_str()), asked.iter().map(|field| field.group.as_str()));
    let layout = layout(&words, text);
    if layout.parts.is_empty() {
        return PasteReading::Value(text.trim_matches(['\n', '\r']).to_owned());
    }
    let mut form = PastedForm { odd: layout.odd, ..PastedForm::default() };
    let mut found: Vec<LabelOccurrence> = Vec::new();
    for part in layout.parts {
        match part {
            FormPart::Value(value) => found.push(value),
            FormPart::List(rows) => match our_row(asked, &rows) {
                Some(row) => {
                    form.odd.extend(rows.iter().filter(|other| other.line != row.line).map(|other| other.line));
                    found.extend(row.cells.clone());
                }
                None => form.ambiguous.extend(unclear_rows(asked, &rows)),
            },
        }
    }
    form.odd.sort_unstable();
    let groups = groups(asked, &found);
    let mut labels: Vec<&str> = Vec::new();
    for one in &found {
        if !labels.contains(&one.label.as_str()) {
            labels.push(&one.label);
        }
    }
    for label in labels {
        let here: Vec<(&LabelOccurrence, Option<&str>)> =
            found.iter().zip(&groups).filter(|(one, _)| one.label == label).map(|(one, g)| (one, *g)).collect();
        let fields: Vec<&PasteTarget> = asked.iter().filter(|field| norm(&field.label) == label).collect();
        match assigned(&fields, &here) {
            Some(pasted) => form.pasted.extend(pasted),
            None => form.ambiguous.push(ambiguous(&fields, here.iter().map(|(one, _)| one.line).collect())),
        }
    }
    let order = |key: &FieldKey| asked.iter().position(|field| field.key == *key);
    form.pasted.sort_by_key(|pasted| order(&pasted.key));
    let unfound = |key: &&FieldKey| {
        let unclear = form.ambiguous.iter().any(|ambiguous| ambiguous.keys.contains(key));
        !unclear && !form.pasted.iter().any(|pasted| pasted.key == **key)
    };
    form.missing = asked.iter().map(|field| &field.key).filter(unfound).cloned().collect();
    PasteReading::Form(form)
}

fn ambiguous(fields: &[&PasteTarget], lines: Vec<usize>) -> AmbiguousLabel {
    let label = fields.first().map(|field| field.label.clone()).unwrap_or_default();
    AmbiguousLabel { label, lines, keys: fields.iter().map(|field| field.key.clone()).collect() }
}

/// Our row of a list: the one with the most cells as wanted. `None` if two rows have equally many.
fn our_row<'a>(asked: &[PasteTarget], rows: &'a [FormListRow]) -> Option<&'a FormListRow> {
    let right = |row: &FormListRow| {
        let as_wanted = |cell: &&LabelOccurrence| {
            let fits = |field: &&PasteTarget| norm(&field.label) == cell.label;
            asked
                .iter()
                .filter(fits)
                .any(|field| held(FieldRole::of(&field.key), &field.want, &cell.got) == PasteComparison::Same)
        };
        row.cells.iter().filter(as_wanted).count()
    };
    let most = rows.iter().map(right).max().filter(|most| *most > 0)?;
    let mut best = rows.iter().filter(|row| right(row) == most);
    best.next().filter(|_| best.next().is_none())
}

fn unclear_rows(asked: &[PasteTarget], rows: &[FormListRow]) -> Vec<AmbiguousLabel> {
    let lines: Vec<usize> = rows.iter().map(|row| row.line).collect();
    let cells = rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    let fields =
        |cell: &LabelOccurrence| asked.iter().filter(|field| norm(&field.label) == cell.label).collect::<Vec<_>>();
    cells.iter().map(|cell| ambiguous(&fields(cell), lines.clone())).collect()
}

/// The group of each value, if it can be known: by the heading above it, by its label, or by the nearest neighbours
/// with a known group.
fn groups<'a>(asked: &'a [PasteTarget], found: &[LabelOccurrence]) -> Vec<Option<&'a str>> {
    let told: Vec<Option<&str>> = found
        .iter()
        .map(|one| {
            let mut fields = asked.iter().filter(|field| {
                let under = one.heading.as_ref().is_none_or(|heading| norm(&field.group) == *heading);
                norm(&field.label) == one.label && under
            });
            fields.next().filter(|_| fields.next().is_none()).map(|field| field.group.as_str())
        })
        .collect();
    (0..found.len())
        .map(|at| {
            let before = told[..at].iter().rev().flatten().next();
            let after = told[at + 1..].iter().flatten().next();
            told[at].or(match (before, after) {
                (Some(before), Some(after)) => Some(*before).filter(|_| before == after),
                (one, other) => one.or(other).copied(),
            })
        })
        .collect()
}

/// The field that each value of a label belongs to. `None` if that cannot be known.
fn assigned(fields: &[&PasteTarget], here: &[(&LabelOccurrence, Option<&str>)]) -> Option<Vec<PastedValue>> {
    let pasted = |field: &PasteTarget, one: &LabelOccurrence| PastedValue {
        key: field.key.clone(),
        got: one.got.clone(),
        line: one.line,
    };
    if let [field] = fields {
        let (first, _) = here.first()?;
        return here.iter().all(|(one, _)| one.got == first.got).then(|| vec![pasted(field, first)]);
    }
    let by_group: Option<Vec<PastedValue>> = here
        .iter()
        .map(|(one, group)| {
            let group = (*group)?;
            let mut fits = fields.iter().filter(|field| field.group == group);
            fits.next().filter(|_| fits.next().is_none()).map(|field| pasted(field, one))
        })
        .collect();
    let each_once =
        |all: &Vec<PastedValue>| (1..all.len()).all(|at| all[..at].iter().all(|one| one.key != all[at].key));
    by_group.filter(each_once).or_else(|| {
        // If the label appears as often as on the screen, the values are in the screen's order.
        let as_often = fields.len() == here.len() && here.iter().all(|(one, _)| one.heading.is_none());
        as_often.then(|| fields.iter().zip(here).map(|(field, (one, _))| pasted(field, one)).collect())
    })
}
