//! Draws a plan, value by value, and the field for the campus code.
use super::state::{PlanQuestion, PlanScreen};
use crate::engine::judge::maybe_ours;
use crate::engine::plan::{Action, Basis, Change, Plan};
use crate::recipe::StepId;
use crate::tui::job::Job;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::agreed::agreed_rows;
use crate::tui::parts::area::Area;
use crate::tui::parts::change::heading_if_new;
use crate::tui::parts::consent::{ask_beside, ask_for_code};
use crate::tui::parts::difference::{LABELS, wanted_and_found};
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::judgement;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph, wrap_beside};
use crate::tui::script::Mark;
use crate::tui::text::{self, capitalised, count, quoted};
use std::borrow::Cow;

/// The plan, or how far it has come.
pub(in crate::tui) fn page(model: &Model, screen: &PlanScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let titles: Vec<&str> = screen.steps.iter().map(|id| model.recipe().step(*id).title.as_str()).collect();
    let title = Row::of(Tone::Heading, format!(" Plan for {}", titles.join(" and ")));
    let body = match &screen.job {
        Job::Idle => Vec::new(),
        Job::Asked { since, .. } => {
            vec![
                judgement::busy_with(model, *since, Tone::Plain, "Reading Alma and working out what would change"),
                Row::of(Tone::Faint, "   This writes nothing."),
            ]
        }
        Job::Failed { failure, .. } => about_failure(failure, columns),
        Job::Got { value, .. } => return planned(model, campus, screen, value, title, area),
    };
    Sheet { head: vec![title, Row::blank()], body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

fn planned(model: &Model, campus: &Campus, screen: &PlanScreen, plan: &Plan, title: Row, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let due: Vec<&Change> = plan.due().collect();
    let by_hand: Vec<&Change> = plan.changes.iter().filter(|change| change.action == Action::ByHand).collect();
    let mut body = Vec::new();
    for obstacle in &plan.obstacles {
        body.extend(hanging((Tone::Bad, Mark::Differs), Tone::Plain, obstacle, 1, columns));
    }
    if let Basis::Unread(why) = &plan.basis {
        body.extend(hanging((Tone::Warn, Mark::Unread), Tone::Plain, why.plain(), 1, columns));
        body.extend(paragraph(Tone::Plain, &format!("next: {}", why.next), 3, columns));
    }
    for other in plan.neighbours.chunks(1) {
        let words = capitalised(&maybe_ours(other));
        body.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, &words, 1, columns));
    }
    if !body.is_empty() {
        body.push(Row::blank());
    }
    let side_at = area.page_side_at();
    body.extend(grouped(model, &due, area.page_columns()));
    if !by_hand.is_empty() {
        if !due.is_empty() {
            body.push(Row::blank());
        }
        body.push(Row::of(Tone::Heading, " By hand"));
        body.extend(by_hand.iter().flat_map(|change| by_hand_rows(model, change, area.page_columns())));
    }
    let (mut head, mut side) = (Vec::new(), Vec::new());
    if area.is_low() {
        // The headings below name the steps. The number of changes must be visible.
        let few = in_few_words(plan, due.len(), by_hand.len());
        head.extend(paragraph(Tone::Strong, &few, 1, columns).into_iter().map(Row::confirmed));
    } else {
        let room = side_at.map_or(columns, |at| columns - at);
        let mut said = paragraph(Tone::Plain, &in_a_sentence(model, plan, due.len(), by_hand.len()), 1, room);
        head.push(title);
        if side_at.is_none() {
            head.append(&mut said);
        }
        head.push(Row::blank());
        side = said;
    }
    let foot = confirmation(model, campus, screen, columns);
    Sheet { head, body, top: screen.top, foot, side, side_at: side_at.unwrap_or_default() }
}

fn in_a_sentence(model: &Model, plan: &Plan, due: usize, by_hand: usize) -> String {
    let hand = match by_hand {
        0 => String::new(),
        n if model.practice.is_some() => format!(" {} without an API: sign off afterwards.", count(n, "value")),
        n => format!(" {} to set by hand.", count(n, "value")),
    };
    let alma = match (&plan.basis, due) {
        (_, 0) if plan.obstacles.is_empty() => "Nothing to write to Alma.".to_owned(),
        (_, 0) => "Cannot write to Alma yet, for the reason below.".to_owned(),
        (Basis::NoRecord, n) => {
            format!("This creates a new partner in Alma, with {}: {}.", count(n, "value"), by_step(model, plan))
        }
        (_, 1) => "1 value changes in Alma; everything else stays as it is.".to_owned(),
        (_, n) => format!("{n} values change in Alma; everything else stays as it is."),
    };
    alma + &hand
}

/// How many of the values belong to each step, because a creation sends those of both: `13 of Partner and 24 of Parameters`.
fn by_step(model: &Model, plan: &Plan) -> String {
    let of = |id: StepId| plan.due().filter(|change| change.key.step() == Some(id)).count();
    let steps = StepId::ALL.into_iter().map(|id| (of(id), &model.recipe().step(id).title)).filter(|(n, _)| *n > 0);
    steps.map(|(n, title)| format!("{n} of {title}")).collect::<Vec<_>>().join(" and ")
}

/// A shorter [`in_a_sentence`], for low windows.
fn in_few_words(plan: &Plan, due: usize, by_hand: usize) -> String {
    let hand = if by_hand == 0 { String::new() } else { format!(" {by_hand} by hand.") };
    let alma = match (&plan.basis, due) {
        (_, 0) if plan.obstacles.is_empty() => "Nothing to write to Alma.".to_owned(),
        (_, 0) => "Cannot write yet: see below.".to_owned(),
        (Basis::NoRecord, n) => format!("New partner, {}.", count(n, "value")),
        (_, 1) => "1 value changes.".to_owned(),
        (_, n) => format!("{n} values change."),
    };
    alma + &hand
}

/// The changes under the headings of Alma's screens.
fn grouped(model: &Model, changes: &[&Change], columns: usize) -> Vec<Row> {
    let label = changes.iter().map(|change| text::width(&change.label)).max().unwrap_or(0).min(columns / 2);
    let mut rows = Vec::new();
    let mut last = String::new();
    for change in changes {
        heading_if_new(model, change, &mut last, &mut rows);
        rows.extend(change_rows(model, change, label, columns));
        rows.extend(agreed_rows(change.agreed.as_ref(), 5, columns));
    }
    rows
}

/// The change as a difference: beside the label if that fits, else below it. A voice says both values in one sentence.
fn change_rows(model: &Model, change: &Change, label: usize, columns: usize) -> Vec<Row> {
    let to: &str = &change.to.as_deref().map_or(Cow::Borrowed("[blank]"), quoted);
    let at = 3 + label + 2;
    let start =
        Row::default().to(3).add(Tone::Plain, PieceKind::Label(text::cut(&change.label, label, model.script.dots())));
    let before = match &change.action {
        Action::Create => String::new(),
        Action::Set | Action::ByHand => quoted(change.from_words()).into_owned(),
    };
    if before.is_empty() {
        return wrap_beside(start.to(at), Tone::Good, to, columns);
    }
    if Area::speaks(columns) {
        return vec![start.to(at).add(Tone::Bad, before).add(Tone::Faint, PieceKind::Arrow).add(Tone::Good, to)];
    }
    let pair = |start, at| wanted_and_found(model.script, start, at, (to, &before), columns);
    match at + LABELS + text::width(&before).max(text::width(to)) <= columns {
        true => pair(start, at),
        false => std::iter::once(start).chain(pair(Row::default(), 5)).collect(),
    }
}

fn by_hand_rows(model: &Model, change: &Change, columns: usize) -> Vec<Row> {
    let to = change.to.as_deref().map_or(Cow::Borrowed("[blank]"), quoted);
    let line = format!("{}: {to}", change.label);
    let mut rows = vec![
        Row::default()
            .to(3)
            .add(Tone::Warn, Mark::Waiting)
            .to(5)
            .add(Tone::Plain, text::cut(&line, columns.saturating_sub(5), model.script.dots())),
    ];
    rows.extend(agreed_rows(change.agreed.as_ref(), 5, columns));
    rows.extend(paragraph(Tone::Faint, &change.why, 5, columns));
    rows
}

/// The field for a code: first of each partner beside which ours would be created, then of the campus. Nothing is sent
/// without it.
fn confirmation(model: &Model, campus: &Campus, screen: &PlanScreen, columns: usize) -> Vec<Row> {
    let mut rows = vec![Row::rule(columns)];
    match screen.question() {
        None => return Vec::new(),
        Some(PlanQuestion::Beside(other)) => {
            rows.extend(ask_beside(model, other, &screen.code, columns));
            return rows;
        }
        Some(PlanQuestion::Write) => {}
    }
    if screen.code.refused.is_none() {
        let words = "The record is read again before the write. If it has changed, nothing is sent.";
        rows.extend(paragraph(Tone::Faint, words, 1, columns));
    }
    rows.extend(ask_for_code(model, campus, "to write to", &screen.code, columns));
    rows
}
