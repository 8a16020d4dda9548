//! Reads an exported list once its header was recognised.
use super::cells::rows;
use super::header::KnownList;
use super::list::ListReading;
use super::{illiad, rota, rules};
use crate::engine::journal::ExportedList;
use crate::engine::paste::PasteTarget;
use crate::site::Site;

/// Reads a recognised list. `asked` holds the fields of the list's step, with the wanted values.
pub fn read_list(sheet: &KnownList<'_>, asked: &[PasteTarget], site: &Site) -> ListReading {
    let (rows, odd) = rows(sheet);
    let mut told = match sheet.list {
        ExportedList::RotaTemplates => rota::templates(&rows, asked),
        ExportedList::RotaRules => rules::rota_rules(&rows, asked),
        ExportedList::Routing => illiad::routing(&rows, asked, site),
        ExportedList::CustomQueues => illiad::queues(&rows, asked),
    };
    if !odd.is_empty() {
        let lines: Vec<String> = odd.iter().take(10).map(ToString::to_string).collect();
        told.remarks.push(format!("passed over, since hardly anything stands there: row {}", lines.join(", ")));
    }
    told
}
