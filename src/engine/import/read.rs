//! Reads an exported list once its header was recognised.
use super::cells::{SortedRows, rows};
use super::list::{ListReading, OtherRows};
use super::list_state::ListState;
use super::recognise::KnownList;
use super::{illiad, rota, rules};
use crate::engine::journal::ExportedList;
use crate::engine::paste::PasteTarget;
use crate::engine::sheet::{RowDamage, row_name};
use crate::site::Site;

/// How many rows are named one by one.
const MOST_NAMED: usize = 10;
/// How many problems, questions or remarks are told one by one, and recorded.
const MOST_TOLD: usize = 50;

/// Reads a recognised list. `asked` holds the fields of the list's step, with the wanted values.
pub fn read_list(sheet: &KnownList<'_>, asked: &[PasteTarget], site: &Site) -> ListReading {
    let SortedRows { whole: rows, odd, damaged } = rows(sheet);
    let state = if damaged.is_empty() { ListState::Whole } else { ListState::Damaged };
    let mut told = match sheet.list {
        ExportedList::RotaTemplates => rota::templates(&rows, asked, state),
        ExportedList::RotaRules => rules::rota_rules(&rows, asked, state),
        ExportedList::Routing => illiad::routing(&rows, asked, site, state),
        ExportedList::CustomQueues => illiad::queues(&rows, asked, state),
    };
    if state == ListState::Damaged {
        told.others = OtherRows::NotUnderstood;
    }
    let damage = |(line, damage): &(usize, RowDamage)| {
        let row = row_name(*line);
        match damage {
            RowDamage::Cell(..) => format!("{row} {damage}"),
            _ => format!("{row} {damage}: the file is damaged there, so that row was not read"),
        }
    };
    told.remarks.extend(damaged.iter().take(MOST_NAMED).map(damage));
    if damaged.len() > MOST_NAMED {
        told.remarks.push(format!("{} more rows could not be read", damaged.len() - MOST_NAMED));
    }
    if !odd.is_empty() {
        let lines: Vec<String> = odd.iter().take(MOST_NAMED).map(|line| row_name(*line)).collect();
        told.remarks.push(format!("skipped because nearly empty: {}", lines.join(", ")));
    }
    for (all, what) in
        [(&mut told.troubles, "problems"), (&mut told.neighbours, "open questions"), (&mut told.remarks, "notes")]
    {
        cut(all, what);
    }
    told
}

/// Keeps the first items, and says how many more there are.
fn cut(all: &mut Vec<String>, what: &str) {
    if let more @ 1.. = all.len().saturating_sub(MOST_TOLD) {
        all.truncate(MOST_TOLD);
        all.push(format!("{more} more {what}"));
    }
}
