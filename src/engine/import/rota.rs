//! Reads Alma's list of rota templates.
use super::cells::{CellRow, Continuation, goes_on, nearest, parts};
use super::columns::ColumnSpec;
use super::list::{ListReading, OtherRows, OwnRow, wanted_of};
use super::list_state::ListState;
use crate::engine::journal::ExportedList;
use crate::engine::lint::{RotaTemplate, templates as forgotten};
use crate::engine::paste::PasteTarget;
use crate::engine::sheet::row_name;
use crate::text::clean;
use std::collections::HashMap;

/// A template, collected from its row and the rows that continue its members.
struct Template<'a> {
    row: CellRow<'a>,
    code: &'a str,
    members: Members,
    continuation: Continuation,
}

/// What the list says about the members of a template.
enum Members {
    /// The list has no column for members.
    Untold,
    /// Only how many members there are.
    Counted(u64),
    /// The partner codes of the members.
    Codes(Vec<String>),
}

/// Reads the list of rota templates.
pub(crate) fn templates(rows: &[CellRow<'_>], asked: &[PasteTarget], state: ListState) -> ListReading {
    let all = grouped(rows);
    let mut told = ListReading::absent(ExportedList::RotaTemplates, all.len());
    let (code, member) = (wanted_of(asked, "rota.code"), wanted_of(asked, "rota.member"));
    let Some(ours) = nearest(all.iter().map(|template| template.code), code, state).map(|at| &all[at]) else {
        if state == ListState::Whole {
            told.troubles.extend(forgotten(&[], code, member).iter().map(ToString::to_string));
        }
        return told;
    };
    let namesakes: Vec<&Template<'_>> = all.iter().filter(|template| template.code == ours.code).collect();
    if namesakes.len() > 1 {
        told.ours = OwnRow::Unclear;
        told.others = OtherRows::NotUnderstood;
        told.troubles.push(one_code(&namesakes));
        return told;
    }
    told.ours = OwnRow::Line(ours.row.line);
    if ours.continuation == Continuation::Contradicts {
        return contradicted(told, &ours.row);
    }
    told.shows_cells(
        &ours.row,
        &[
            ("code", ColumnSpec::Code),
            ("name", ColumnSpec::Name),
            ("type", ColumnSpec::Type),
            ("status", ColumnSpec::Status),
        ],
    );
    let members = match &ours.members {
        Members::Untold => {
            told.others = OtherRows::Unjudged;
            return told;
        }
        Members::Counted(0) => Vec::new(),
        Members::Counted(count) => {
            told.others = OtherRows::Unjudged;
            if *count != 1 {
                told.leave_out("member");
            }
            told.remarks
                .push(format!("the list shows how many members the template has ({count}), but not which ones"));
            return told;
        }
        // A damaged row may hold a member.
        Members::Codes(_) if state == ListState::Damaged => {
            told.leave_out("member");
            return told;
        }
        Members::Codes(codes) => codes.clone(),
    };
    told.add_value("member", members.join("; "));
    let template = RotaTemplate { code: ours.code.to_owned(), members };
    told.troubles.extend(forgotten(&[template], ours.code, member).iter().map(ToString::to_string));
    told
}

/// Leaves out what is not clear of our template, because its rows contradict each other.
fn contradicted(mut told: ListReading, row: &CellRow<'_>) -> ListReading {
    told.others = OtherRows::NotUnderstood;
    told.shows_cells(row, &[("code", ColumnSpec::Code)]);
    ["name", "type", "status", "member"].into_iter().for_each(|name| told.leave_out(name));
    told.remarks.push(CONTRADICTS.to_owned());
    told
}

const CONTRADICTS: &str =
    "a row that continues our template contradicts its first row, so it is not clear what the template is";

/// Asks which of several templates with one code is the one.
fn one_code(namesakes: &[&Template<'_>]) -> String {
    let rows: Vec<String> = namesakes.iter().map(|template| row_name(template.row.line)).collect();
    let code = namesakes.first().map_or("", |template| template.code);
    format!(
        "{} have the code \"{}\" but are not the same template: which of them is the right one?",
        rows.join(" and "),
        clean(code, 60)
    )
}

/// Whether a row repeats everything of a template but its members.
fn is_next_member(template: &Template<'_>, row: &CellRow<'_>) -> bool {
    let same = |column| template.row.get(column) == row.get(column);
    [ColumnSpec::Code, ColumnSpec::Name, ColumnSpec::Type, ColumnSpec::Status].into_iter().all(same)
}

/// Whether a row that continues a template says something else than its first one.
fn contradicts(template: &Template<'_>, row: &CellRow<'_>) -> bool {
    let other = |column: &ColumnSpec| !row.is_blank(*column) && template.row.get(*column) != row.get(*column);
    [ColumnSpec::Name, ColumnSpec::Type, ColumnSpec::Status].iter().any(other)
}

/// Collects the rows of each template, since a template may have one row per member.
fn grouped<'a>(rows: &[CellRow<'a>]) -> Vec<Template<'a>> {
    let mut all: Vec<Template<'a>> = Vec::new();
    let mut places: HashMap<&'a str, Vec<usize>> = HashMap::new();
    for row in rows {
        let code = row.get(ColumnSpec::Code).unwrap_or_default();
        let before = match goes_on(ExportedList::RotaTemplates, row) {
            true => all.last_mut(),
            false => {
                let known = places.get(code).into_iter().flatten().copied();
                let same = known.into_iter().find(|at| is_next_member(&all[*at], row));
                same.and_then(|at| all.get_mut(at))
            }
        };
        let mut before = before;
        if let Some(template) = before.as_deref_mut().filter(|template| contradicts(template, row)) {
            template.continuation = Continuation::Contradicts;
        }
        match (before, row.get(ColumnSpec::Members)) {
            (Some(before), Some(cell)) => before.members.add(cell),
            (Some(_), None) => {}
            (None, cell) => {
                let mut members = cell.map_or(Members::Untold, |_| Members::Codes(Vec::new()));
                members.add(cell.unwrap_or_default());
                places.entry(code).or_default().push(all.len());
                all.push(Template { row: *row, code, members, continuation: Continuation::Fits });
            }
        }
    }
    all
}

impl Members {
    fn add(&mut self, cell: &str) {
        let Self::Codes(codes) = self else { return };
        // A cell with nothing but a number is a count of members, not a partner code.
        if let (true, Ok(count)) = (codes.is_empty(), cell.trim().parse()) {
            *self = Self::Counted(count);
            return;
        }
        for part in parts(cell) {
            if !codes.iter().any(|code| code == part) {
                codes.push(part.to_owned());
            }
        }
    }
}
