//! Reads an exported list: which list it is, our own row, and the others.
use super::cells::rows;
use super::header::Recognised;
use super::list::{Told, Wants};
use super::{illiad, rota, rules};
use crate::engine::journal::List;
use crate::engine::paste::Asked;
use crate::site::Site;

/// Reads a list. `asked` are the fields of the list's step, with what is wanted there.
#[must_use]
pub fn told(sheet: &Recognised<'_>, asked: &[Asked], site: &Site) -> Told {
    let (rows, odd) = rows(sheet);
    let asked = Wants(asked);
    let mut told = match sheet.list {
        List::RotaTemplates => rota::templates(&rows, &asked),
        List::RotaRules => rules::rota_rules(&rows, &asked),
        List::Routing => illiad::routing(&rows, &asked, site),
        List::CustomQueues => illiad::queues(&rows, &asked),
    };
    if !odd.is_empty() {
        let lines: Vec<String> = odd.iter().take(10).map(ToString::to_string).collect();
        told.remarks.push(format!("passed over, since hardly anything stands there: row {}", lines.join(", ")));
    }
    told
}
