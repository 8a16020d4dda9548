//! Draws one campus of the board in one row, with as many words as there is room for.
use crate::engine::board::{BoardRow, BoardStep};
use crate::engine::judge::StepState;
use crate::failure::FailureKind;
use crate::recipe::Owner;
use crate::site::Environment;
use crate::text::clean;
use crate::tui::board::{BoardCampus, BoardKey, BoardStanding};
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::judgement::state_mark;
use crate::tui::row::{PieceKind, Row, RowKind, Tone};
use crate::tui::script::Mark;
use crate::tui::text::count;
use jiff::Timestamp;

const MARK: usize = 2;
const CODE: usize = 4;
const ENVIRONMENT: usize = 16;

/// From this width on, each step shows its state as a word too.
const WORDS_FROM: usize = 156;

/// From this width on, environment and people are shown in full.
const WHOLE_FROM: usize = 70;

/// How the rows are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoardLayout {
    /// Code, marks and changes only.
    Narrow,
    /// A mark for each step.
    Marks,
    /// A mark and a word for each step.
    Words,
    /// Sentences, for line mode.
    Spoken,
}

impl BoardLayout {
    /// The layout for a list of this width.
    pub(super) fn of(columns: usize) -> Self {
        match columns {
            0..WHOLE_FROM => Self::Narrow,
            WHOLE_FROM..WORDS_FROM => Self::Marks,
            _ if Area::speaks(columns) => Self::Spoken,
            _ => Self::Words,
        }
    }

    /// Column where the first step stands.
    fn first_step(self) -> usize {
        if self == Self::Narrow { 21 } else { 27 }
    }

    /// Columns of a step, with the gap after it.
    fn step(self, title: &str) -> usize {
        match self {
            Self::Words => title.len().max("x signed off".len()) + 1,
            Self::Narrow | Self::Marks | Self::Spoken => 2,
        }
    }

    /// Column right after the steps.
    fn after_steps(self, model: &Model) -> usize {
        let steps = model.recipe().steps.iter().map(|step| self.step(&step.title));
        self.first_step() + steps.sum::<usize>()
    }
}

/// Columns of the parts after the steps, counted from their end.
const SINCE: usize = 13;
const CHANGED: usize = 20;

/// The headings of the columns. The steps have numbers where there is no room for words; the details name them.
pub(super) fn heads(model: &Model, layout: BoardLayout, columns: usize) -> Row {
    let mut row = Row::default().of_kind(RowKind::ColumnHeads).to(CODE).add(Tone::Faint, "campus");
    let mut at = layout.first_step();
    for (number, step) in (1..).zip(&model.recipe().steps) {
        let head = if layout == BoardLayout::Words { step.title.clone() } else { format!("{number}") };
        row = row.to(at).add(Tone::Faint, head);
        at += layout.step(&step.title);
    }
    if layout == BoardLayout::Narrow {
        return row.to(at).add(Tone::Faint, "new");
    }
    let row = row.to(at + 1).add(Tone::Faint, "waits for").to(at + SINCE).add(Tone::Faint, "since");
    row.to(at + CHANGED).add(Tone::Faint, "new").right(columns, Tone::Faint, "read")
}

/// The row of one campus.
pub(super) fn line(model: &Model, campus: &BoardCampus, chosen: bool, layout: BoardLayout, columns: usize) -> Row {
    if layout == BoardLayout::Spoken {
        return spoken(model, campus);
    }
    let (mark, tone) = campus_mark(campus);
    let label = PieceKind::Label(campus.key.code.to_string());
    let row = Row::of(Tone::Plain, PieceKind::pointer(chosen)).to(MARK).add(tone, mark).to(CODE);
    let row = row.add(if chosen { Tone::Picked } else { Tone::Plain }, label).of_kind(RowKind::Campus).to(ENVIRONMENT);
    let row = environment(row, &campus.key, layout);
    match &campus.standing {
        BoardStanding::NotRead => {
            let words = if campus.reading.is_some() { "being read" } else { "not read yet" };
            row.to(layout.first_step()).add(Tone::Faint, words)
        }
        BoardStanding::Failed { failure, .. } => {
            let words = match failure.kind {
                FailureKind::CampusFile => "its campus file has a problem".to_owned(),
                _ => clean(failure.plain(), 400),
            };
            row.to(layout.first_step()).add(Tone::Bad, words)
        }
        BoardStanding::Read(found) => {
            let row = after_steps(model, steps(model, row, found, layout), found, layout);
            match layout {
                BoardLayout::Narrow => row,
                _ => row.right(columns, Tone::Faint, &campus.age(model.now).unwrap_or_default()),
            }
        }
    }
}

/// The mark of the whole campus.
pub(super) fn campus_mark(campus: &BoardCampus) -> (Mark, Tone) {
    match &campus.standing {
        _ if campus.reading.is_some() => (Mark::Asked, Tone::Plain),
        BoardStanding::NotRead => (Mark::Waiting, Tone::Faint),
        BoardStanding::Failed { .. } => (Mark::Unread, Tone::Bad),
        BoardStanding::Read(row) => state_mark(row.state),
    }
}

/// Production must not be overlooked.
fn environment(row: Row, key: &BoardKey, layout: BoardLayout) -> Row {
    let words = key.environment.map_or("?", Environment::as_str);
    let tone = if key.environment == Some(Environment::Production) { Tone::Alarm } else { Tone::Faint };
    row.add(tone, if layout == BoardLayout::Narrow { &words[..words.len().min(4)] } else { words })
}

fn steps(model: &Model, mut row: Row, found: &BoardRow, layout: BoardLayout) -> Row {
    let mut at = layout.first_step();
    for step in &model.recipe().steps {
        if let Some(found) = found.steps.iter().find(|found| found.id == step.id) {
            let (mark, tone) = step_mark(found);
            row = row.to(at).add(tone, mark);
            if layout == BoardLayout::Words {
                row = row.add(Tone::Plain, " ").add(tone, found.state.words());
            }
        }
        at += layout.step(&step.title);
    }
    row
}

/// The mark of a step.
pub(super) fn step_mark(step: &BoardStep) -> (Mark, Tone) {
    let (mark, tone) = state_mark(step.state);
    if step.contradicted > 0 { (mark, Tone::Bad) } else { (mark, tone) }
}

/// Who is waited for, since when, and how many values changed.
fn after_steps(model: &Model, row: Row, found: &BoardRow, layout: BoardLayout) -> Row {
    let at = layout.after_steps(model);
    let changed = match found.changed.len() {
        0 => String::new(),
        changed => changed.to_string(),
    };
    if layout == BoardLayout::Narrow {
        return if changed.is_empty() { row } else { row.to(at).add(Tone::Strong, changed) };
    }
    let mut row = row;
    let owners = found.waits_for();
    if !owners.is_empty() {
        row = row.to(at + 1).add(Tone::Plain, names(&owners));
    }
    if let Some(since) = found.waits_since() {
        row = row.to(at + SINCE).add(Tone::Plain, day(model, since));
    }
    if changed.is_empty() { row } else { row.to(at + CHANGED).add(Tone::Strong, changed) }
}

/// Who is waited for, in words.
pub(super) fn names(owners: &[Owner]) -> String {
    owners.iter().map(|owner| owner.as_str()).collect::<Vec<_>>().join(", ")
}

/// A day in at most six columns: the time today, the day this year, else the year.
pub(super) fn day(model: &Model, at: Timestamp) -> String {
    let zoned = |at: Timestamp| at.to_zoned_datetime(model.zone.clone());
    let (then, now) = (zoned(at), zoned(model.now));
    let form = match (then.date() == now.date(), then.year() == now.year()) {
        (true, _) => "%H:%M",
        (false, true) => "%-d %b",
        (false, false) => "%Y",
    };
    then.strftime(form).to_string()
}

/// The row for line mode: what is not done, in words. A campus that is being read for the first time is not told yet.
fn spoken(model: &Model, campus: &BoardCampus) -> Row {
    let words = campus.key.environment.map_or("unknown environment", Environment::as_str);
    let row = Row::of(Tone::Plain, PieceKind::Label(campus.key.code.to_string())).of_kind(RowKind::Campus);
    let row = row.to(ENVIRONMENT).add(Tone::Plain, words);
    let said = |row: Row, words: &str| row.add(Tone::Plain, PieceKind::Column(1)).add(Tone::Plain, words);
    match &campus.standing {
        BoardStanding::NotRead if campus.reading.is_some() => {
            Row::of(Tone::Plain, Mark::Busy(0)).append(row).of_kind(RowKind::Campus)
        }
        BoardStanding::NotRead => said(row, "not read yet"),
        BoardStanding::Failed { failure, .. } => said(row, &format!("could not be checked: {}", failure.plain())),
        BoardStanding::Read(found) => {
            let row = if found.steps.iter().all(BoardStep::is_done) { said(row, found.state.words()) } else { row };
            let row = open_steps(found).iter().fold(row, |row, words| said(row, words));
            let owners = found.waits_for();
            let since = found.waits_since().map_or(String::new(), |since| format!(" since {}", day(model, since)));
            let row = match owners.is_empty() {
                true => row,
                false => said(row, &format!("waits for {}{since}", names(&owners))),
            };
            let row = match found.changed.len() {
                0 => row,
                changed => said(row, &format!("{} changed", count(changed, "value"))),
            };
            said(row, &format!("read {}", model.clock(found.at)))
        }
    }
}

/// The steps that are not done, together for each state: `differs: Partner, Parameters`.
fn open_steps(found: &BoardRow) -> Vec<String> {
    let mut together: Vec<(StepState, Vec<&str>)> = Vec::new();
    for step in found.steps.iter().filter(|step| !step.is_done()) {
        match together.iter_mut().find(|(state, _)| *state == step.state) {
            Some((_, titles)) => titles.push(&step.title),
            None => together.push((step.state, vec![&step.title])),
        }
    }
    together.iter().map(|(state, titles)| format!("{state}: {}", titles.join(", "))).collect()
}
