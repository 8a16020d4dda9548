//! Draws a page of questions, with what Alma and ILLiad say about the answers.
use super::heading::{resting_words, title};
use super::remarks::remark;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::field;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::setup::{FixedChoice, Question, Setup, Widget};
use crate::tui::text;

const LABEL: usize = 29;

/// The least rows of the foot: a rule, and a hint of two lines.
const FOOT: usize = 3;

/// The most offers listed below a field.
const OFFERS: usize = 7;

/// The questions of the current page, and a hint for the one under the cursor.
pub(super) fn page(model: &Model, setup: &Setup, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let head = vec![title(setup, columns), Row::blank()];
    let mut body = Vec::new();
    for (at, ask) in setup.page.asks().enumerate() {
        body.extend(question(model, setup, ask, columns).into_iter().map(|row| row.of_item(at)));
    }
    let rule = Row::rule(columns);
    let mut foot = vec![rule];
    foot.extend(paragraph(Tone::Faint, &setup.hint(), 1, columns));
    // The foot keeps its height while the cursor moves, so that the fields do not jump.
    foot.resize(foot.len().max(FOOT), Row::blank());
    Sheet { head, body, top: setup.top, foot, ..Sheet::default() }
}

fn question(model: &Model, setup: &Setup, ask: Question, columns: usize) -> Vec<Row> {
    let focused = setup.focus == ask;
    let at = LABEL.min(columns / 2);
    let label = PieceKind::Label(text::cut(ask.label(), at.saturating_sub(4), model.script.dots()));
    let start = Row::of(Tone::Strong, " ")
        .add(Tone::Strong, PieceKind::pointer(focused))
        .add(Tone::Strong, " ")
        .add(if focused { Tone::Strong } else { Tone::Plain }, label)
        .to(at);
    let room = columns.saturating_sub(at);
    let value = match (ask.widget(), ask) {
        (Widget::Choice(choices), Question::Slot(slot)) => choice(start, choices, &setup.draft.get(slot), focused),
        _ => match setup.entries.get(&ask) {
            Some(entry) if focused => field::focused(start, entry, room, model.script.dots()),
            Some(entry) if entry.is_empty() => {
                start.add(Tone::Faint, text::cut(&resting_words(setup, ask), room, model.script.dots()))
            }
            Some(entry) => field::resting(start, entry, room, model.script.dots()),
            None => start,
        },
    };
    let mut rows = vec![value];
    if let Some(why) = setup.complaint(ask) {
        rows.extend(hanging((Tone::Bad, Mark::Differs), Tone::Bad, &why, at, columns));
    } else {
        let said = remark(model, setup, ask);
        rows.extend(said.iter().flat_map(|said| said.rows(said.mark, at, columns)));
    }
    if focused && ask.widget() == Widget::List {
        rows.extend(offers(model, setup, at, columns));
    }
    rows
}

fn choice(start: Row, choices: &[FixedChoice], value: &str, focused: bool) -> Row {
    let label = choices.iter().find(|choice| choice.value == value).map_or("", |choice| choice.label);
    if focused {
        return start.add(Tone::Picked, label).add(Tone::Faint, "  Left/Right to change");
    }
    start.add(Tone::Plain, label)
}

fn offers(model: &Model, setup: &Setup, at: usize, columns: usize) -> Vec<Row> {
    let (all, chosen) = (setup.offers(), setup.taken());
    let first = chosen.unwrap_or(0).saturating_sub(OFFERS - 1);
    let dots = model.script.dots();
    let mut rows: Vec<Row> = all
        .iter()
        .enumerate()
        .skip(first)
        .take(OFFERS)
        .map(|(n, offer)| {
            let picked = Some(n) == chosen;
            let tone = if picked { Tone::Picked } else { Tone::Plain };
            let note = offer.note.as_ref().map_or(String::new(), |note| format!("  {note}"));
            let room = columns.saturating_sub(at + 2);
            // Only the value is reversed when chosen, not the name beside it, so that moving the choice redraws few bytes.
            let mut row = Row::default()
                .to(at)
                .add(Tone::Plain, if picked { PieceKind::Bullet } else { PieceKind::Blanks(1) })
                .add(Tone::Plain, " ")
                .add(tone, text::cut(&offer.value, room, dots));
            if offer.value != offer.label {
                let room = columns.saturating_sub(row.width());
                row = row.add(Tone::Plain, text::cut(&format!("  {}", offer.label), room, dots));
            }
            let room = columns.saturating_sub(row.width());
            row.add(Tone::Faint, text::cut(&note, room, dots))
        })
        .collect();
    if all.len() > first + OFFERS {
        rows.push(
            Row::default().to(at + 2).add(Tone::Faint, format!("{} more; type to search", all.len() - first - OFFERS)),
        );
    }
    rows
}
