//! Reads Alma's list of rota templates.
use super::cells::{CellRow, goes_on, nearest, parts};
use super::columns::ColumnSpec;
use super::list::{ListReading, OtherRows, OwnRow, wanted_of};
use super::list_state::ListState;
use crate::engine::journal::ExportedList;
use crate::engine::lint::{RotaTemplate, templates as forgotten};
use crate::engine::paste::PasteTarget;

/// A template, collected from its row and the rows that continue its members.
struct Template<'a> {
    row: CellRow<'a>,
    code: &'a str,
    members: Members,
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
    told.ours = OwnRow::Line(ours.row.line);
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
            told.remarks
                .push(format!("the list shows how many members the template has ({count}), but not which ones"));
            return told;
        }
        // A damaged row may hold a member.
        Members::Codes(_) if state == ListState::Damaged => return told,
        Members::Codes(codes) => codes.clone(),
    };
    told.add_value("member", members.join("; "));
    let template = RotaTemplate { code: ours.code.to_owned(), members };
    told.troubles.extend(forgotten(&[template], ours.code, member).iter().map(ToString::to_string));
    told
}

/// Collects the rows of each template, since a template may have one row per member.
fn grouped<'a>(rows: &[CellRow<'a>]) -> Vec<Template<'a>> {
    let mut all: Vec<Template<'a>> = Vec::new();
    for row in rows {
        let code = row.get(ColumnSpec::Code).unwrap_or_default();
        let before = match goes_on(ExportedList::RotaTemplates, row) {
            true => all.last_mut(),
            false => all.iter_mut().find(|template| template.code == code),
        };
        match (before, row.get(ColumnSpec::Members)) {
            (Some(before), Some(cell)) => before.members.add(cell),
            (Some(_), None) => {}
            (None, cell) => {
                let mut members = cell.map_or(Members::Untold, |_| Members::Codes(Vec::new()));
                members.add(cell.unwrap_or_default());
                all.push(Template { row: *row, code, members });
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
