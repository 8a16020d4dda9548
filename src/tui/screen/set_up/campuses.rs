//! Draws the list of campuses.
use super::heading::title;
use crate::tui::job::Job;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::{field, judgement};
use crate::tui::row::{PieceKind, Row, RowKind, Tone, hanging};
use crate::tui::script::Mark;
use crate::tui::setup::{Offer, Setup};
use crate::tui::text;

/// Column where the campus name begins. The code comes first, and only the code is reversed when chosen, so that moving the choice
/// redraws few bytes.
const NAME: usize = 15;

const HOST: usize = 43;

/// The list of campuses that match the filter, and the filter's field.
pub(super) fn page(model: &Model, setup: &Setup, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let mut head = vec![title(setup, columns)];
    head.push(field::focused(
        Row::of(Tone::Plain, " Type to search").add(Tone::Plain, PieceKind::Colon),
        &setup.filter,
        columns.saturating_sub(20).clamp(4, 30),
        model.script.dots(),
    ));
    head.push(Row::blank());
    let (offers, picked) = (setup.offers(), setup.row());
    let mut body: Vec<Row> = offers
        .iter()
        .enumerate()
        .map(|(at, offer)| campus_row(model, offer, at == picked, columns).of_item(at))
        .collect();
    if let Job::Failed { failure, .. } = &setup.saving {
        let columns = columns.saturating_sub(2);
        head.extend(hanging((Tone::Bad, Mark::Differs), Tone::Plain, failure.plain(), 1, columns));
    }
    if let Some(since) = setup.saving.since() {
        head.push(judgement::busy_with(model, since, Tone::Plain, "Opening the campus"));
    }
    let headings =
        Row::of(Tone::Faint, "   Alma code").of_kind(RowKind::ColumnHeads).to(NAME).add(Tone::Faint, "Campus").to(HOST);
    head.push(headings.add(Tone::Faint, setup.host_words()));
    if offers.is_empty() {
        body.push(match setup.campus_chosen() {
            Some(code) => {
                Row::of(Tone::Plain, format!("   Enter uses the code {code}, which is not in the list.")).of_item(0)
            }
            None => {
                let example = setup.consortium.example();
                let words = format!("   No campus has that name. You can type an Alma code, such as {example}.");
                Row::of(Tone::Warn, words)
            }
        });
    }
    Sheet { head, body, top: setup.top, foot: Vec::new(), ..Sheet::default() }
}

fn campus_row(model: &Model, offer: &Offer, picked: bool, columns: usize) -> Row {
    let dots = model.script.dots();
    let row = Row::of(Tone::Plain, " ")
        .of_kind(RowKind::Choice)
        .add(Tone::Plain, PieceKind::pointer(picked))
        .add(Tone::Plain, " ")
        .add(if picked { Tone::Picked } else { Tone::Plain }, &offer.value)
        .to(NAME)
        .add(Tone::Plain, text::cut(&offer.label, 26, dots))
        .to(HOST);
    let room = columns.saturating_sub(row.width());
    row.add(Tone::Faint, text::cut(offer.note.as_deref().unwrap_or_default(), room, dots))
}
