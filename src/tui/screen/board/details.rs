//! Draws what there is to say about the chosen campus: what is not done, who is waited for, and what changed.
use super::row::{campus_mark, day, step_mark};
use crate::engine::board::{BoardRow, BoardStep};
use crate::engine::journal::VerdictChange;
use crate::engine::judge::StepState;
use crate::recipe::{Owner, StepId};
use crate::text::clean;
use crate::tui::board::{BoardCampus, BoardStanding};
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::judgement::state_words;
use crate::tui::parts::section::section;
use crate::tui::parts::sheet::below_a_rule;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph, wrap_beside};
use crate::tui::script::Mark;
use crate::tui::text::count;
use jiff::Timestamp;

/// Column where the words about a step begin.
const WORDS: usize = 20;

/// A rule and a few lines of detail below the list: problems and changes first, then who is waited for.
pub(super) fn below(model: &Model, campus: &BoardCampus, area: Area) -> Vec<Row> {
    /// With fewer rows than this the list needs all the room.
    const LEAST_ROWS: usize = 14;
    if area.rows < LEAST_ROWS {
        return Vec::new();
    }
    let columns = area.columns.saturating_sub(1);
    let room = (area.rows * 2 / 5).clamp(3, 8);
    let mut lines = head(model, campus, columns);
    if let Some(row) = campus.row() {
        lines.extend(unread(row, columns));
        let wrong = row.steps.iter().filter(|step| step.has_problem() && step.state != StepState::Unread);
        lines.extend(wrong.flat_map(|step| step_rows(model, step, columns)));
        lines.extend(row.changed.iter().flat_map(|change| change_rows(model, change, columns)));
        lines.extend(waits(model, row, columns));
    }
    below_a_rule(lines, room, columns, model.script)
}

/// All details beside the list, with every step.
pub(super) fn beside(model: &Model, campus: &BoardCampus, columns: usize) -> Vec<Row> {
    let columns = columns.saturating_sub(1);
    let mut rows = head(model, campus, columns);
    if let Some(row) = campus.row() {
        rows.extend(row.steps.iter().flat_map(|step| step_rows(model, step, columns)));
        let changes = row.changed.iter().flat_map(|change| change_rows(model, change, columns));
        section(&mut rows, "Changed since the last look", changes);
    }
    rows
}

/// The campus's name, when it was read, and why it could not be.
fn head(model: &Model, campus: &BoardCampus, columns: usize) -> Vec<Row> {
    let read = campus.read_at().map_or(String::new(), |at| format!("read {}", model.clock(at)));
    let mut rows = vec![Row::of(Tone::Heading, format!(" {}", campus.name)).right(columns, Tone::Faint, &read)];
    match &campus.standing {
        BoardStanding::NotRead => {
            let words = if campus.reading.is_some() { "It is being read." } else { "It was not read yet." };
            rows.extend(paragraph(Tone::Plain, words, 1, columns));
        }
        BoardStanding::Failed { failure, .. } => {
            let (mark, tone) = campus_mark(campus);
            rows.extend(hanging((tone, mark), Tone::Bad, &clean(failure.plain(), 1000), 1, columns));
            let next = |hint: &String| paragraph(Tone::Plain, &format!("next: {}", clean(hint, 400)), 3, columns);
            rows.extend(failure.hints.iter().flat_map(next));
        }
        BoardStanding::Read(row) if row.steps.iter().all(BoardStep::is_done) => {
            rows.extend(paragraph(Tone::Good, "Nothing is left to do.", 1, columns));
        }
        BoardStanding::Read(_) => {}
    }
    rows
}

/// The steps that could not be read, together for each reason.
fn unread(row: &BoardRow, columns: usize) -> Vec<Row> {
    let mut reasons: Vec<(&str, Vec<&BoardStep>)> = Vec::new();
    for step in row.steps.iter().filter(|step| step.state == StepState::Unread) {
        let why = step.about.first().map_or("could not be read", String::as_str);
        match reasons.iter_mut().find(|(other, _)| *other == why) {
            Some((_, steps)) => steps.push(step),
            None => reasons.push((why, vec![step])),
        }
    }
    reasons.iter().flat_map(|(why, steps)| together(Mark::Unread, steps, &clean(why, 400), columns)).collect()
}

/// The steps without a problem that are not done, together for each person, and those that wait for another step.
fn waits(model: &Model, row: &BoardRow, columns: usize) -> Vec<Row> {
    let open = || row.steps.iter().filter(|step| !step.is_done() && !step.has_problem());
    let mut rows = Vec::new();
    for owner in Owner::ALL {
        let steps: Vec<&BoardStep> = open().filter(|step| step.owner == owner && step.wait.is_some()).collect();
        let since = steps.iter().filter_map(|step| step.wait?.since).min();
        let words = format!("Waits for {}{}", owner.as_str(), since_words(model, since));
        rows.extend(together(Mark::Waiting, &steps, &words, columns));
    }
    let others: Vec<&BoardStep> = open().filter(|step| step.wait.is_none()).collect();
    rows.extend(together(Mark::Blocked, &others, "Comes later", columns));
    rows
}

fn together(mark: Mark, steps: &[&BoardStep], words: &str, columns: usize) -> Vec<Row> {
    if steps.is_empty() {
        return Vec::new();
    }
    let titles: Vec<String> = steps.iter().map(|step| format!("{} {}", number(step.id), step.title)).collect();
    hanging((Tone::Warn, mark), Tone::Plain, &format!("{words}: {}", titles.join(", ")), 1, columns)
}

fn number(id: StepId) -> usize {
    StepId::ALL.iter().position(|step| *step == id).map_or(0, |at| at + 1)
}

fn since_words(model: &Model, since: Option<Timestamp>) -> String {
    since.map_or(String::new(), |since| format!(" since {}", day(model, since)))
}

/// One step: mark, number, title, state in words, and since when its owner is waited for.
fn step_rows(model: &Model, step: &BoardStep, columns: usize) -> Vec<Row> {
    let (mark, tone) = step_mark(step);
    let label = PieceKind::Label(step.title.clone());
    let start = Row::of(Tone::Plain, " ").add(tone, mark).add(Tone::Faint, format!(" {} ", number(step.id)));
    let start = start.add(Tone::Plain, label).to(WORDS);
    let wait = step.wait.map(|wait| format!("waits for {}{}", step.owner.as_str(), since_words(model, wait.since)));
    let mut words = match (step.state, step.about.as_slice(), wait) {
        (StepState::Waiting, _, Some(wait)) => wait,
        (StepState::Unread, [reason, ..], _) => reason.clone(),
        (StepState::Differs, about, wait) => {
            let what = match about {
                [] => "not there yet".to_owned(),
                [one] => format!("differs: {one}"),
                more => format!("differs: {}", count(more.len(), "value")),
            };
            wait.map_or(what.clone(), |wait| format!("{what}; {wait}"))
        }
        (state, ..) => state_words(state).to_owned(),
    };
    if step.contradicted > 0 {
        words += "; a sign-off is contradicted by evidence";
    }
    wrap_beside(start, Tone::Plain, &clean(&words, 400), columns)
}

/// A value that changed.
fn change_rows(model: &Model, change: &VerdictChange, columns: usize) -> Vec<Row> {
    let VerdictChange { key, from, to, since } = change;
    let words = format!("{key}: now {}; it was {} when last read, {}", to.word(), from.word(), model.clock(*since));
    hanging((Tone::Strong, Mark::Advice), Tone::Plain, &words, 1, columns)
}
