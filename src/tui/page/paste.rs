//! What a person pasted, compared and explained.
use super::field;
use super::layout::Area;
use super::plan::about_failure;
use super::sheet::Sheet;
use super::sign::practised;
use crate::engine::lint::{Ambiguous, Compared, Form, Trial, Why};
use crate::engine::may_be_shown;
use crate::recipe::FieldKey;
use crate::tui::model::{Job, Model, PasteBack};
use crate::tui::paste;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::text::{self, count};

/// A paste-back.
pub(super) fn sheet(model: &Model, screen: &PasteBack, area: Area) -> Sheet {
    let Some(finding) = model.campus.as_ref().and_then(|campus| campus.find(&screen.key)) else {
        return Sheet::default();
    };
    let columns = area.columns.saturating_sub(1);
    let head = vec![Row::of(Tone::Heading, format!(" Paste back: {}", finding.label)), Row::blank()];
    let about = if may_be_shown(model.recipe(), &screen.key) {
        "Paste here what the screen shows: this value, or the whole form. It is compared letter by letter. \
         Enter records it as evidence, with your name and the time."
    } else {
        "Paste here what the screen shows: this value, or the whole form. It is compared letter by letter, and recorded \
         nowhere, since Alma itself is read."
    };
    let mut body = match &screen.job {
        Job::Failed { failure, .. } => about_failure(model, failure, columns),
        Job::Idle | Job::Asked { .. } | Job::Got { .. } => paragraph(Tone::Faint, about, 1, columns),
    };
    if let Some(system) = practised(model, std::slice::from_ref(&screen.key)) {
        let words = format!("Practice: what you record is also entered into the practice {system}.");
        body.extend(paragraph(Tone::Faint, &words, 1, columns));
    }
    body.push(Row::blank());
    if screen.form.is_none() {
        body.push(Row::of(Tone::Faint, " wanted"));
        body.extend(paragraph(Tone::Plain, finding.want.as_deref().unwrap_or_default(), 3, columns));
        body.push(Row::blank());
    }
    body.push(Row::of(Tone::Faint, " pasted"));
    let start = Row::of(Tone::Plain, "   ");
    let room = columns.saturating_sub(3);
    body.push(match screen.job.since() {
        Some(_) => start.add(Tone::Plain, text::cut(screen.typed.text(), room, model.script.dots())),
        None => field::focused(start, &screen.typed, room),
    });
    body.push(Row::blank());
    body.extend(match &screen.form {
        Some(form) => of_form(model, screen, form, columns),
        None => of_value(model, screen, columns),
    });
    let recording = |since| format!(" {} Recording", model.script.mark(Mark::Busy(model.spin(since))));
    let foot = screen.job.since().map(|since| Row::of(Tone::Plain, recording(since)));
    Sheet { head, body, top: screen.top, foot: foot.into_iter().collect() }
}

fn of_value(model: &Model, screen: &PasteBack, columns: usize) -> Vec<Row> {
    match paste::compared(model, screen) {
        Compared::Nothing => Vec::new(),
        Compared::Same => {
            let words = format!("Equal, letter by letter.{}", enter(model, screen, ""));
            hanging((Tone::Good, model.script.mark(Mark::Same)), Tone::Plain, &words, 1, columns)
        }
        Compared::Differs(why) => {
            let mut rows = vec![Row::of(Tone::Bad, format!(" {} Not equal:", model.script.mark(Mark::Differs)))];
            rows.extend(reasons(model, &screen.key, screen.typed.text(), &why, columns));
            rows.extend(paragraph(
                Tone::Faint,
                enter(model, screen, "; it then counts as different").trim_start(),
                1,
                columns,
            ));
            rows
        }
    }
}

/// What Enter does, with what follows from it; nothing where it does nothing.
fn enter(model: &Model, screen: &PasteBack, then: &str) -> String {
    match paste::recorded(model, screen).len() {
        0 => String::new(),
        1 => format!(" Enter records it with your name{then}."),
        some => format!(" Enter records {} with your name{then}.", count(some, "value")),
    }
}

/// The reasons, and how a condition did on sample requests.
fn reasons(model: &Model, key: &FieldKey, got: &str, why: &[Why], columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = why.iter().flat_map(|why| paragraph(Tone::Plain, &why.to_string(), 3, columns)).collect();
    if let Some(trial) = paste::tried(model, key, got) {
        let heading = match trial {
            Trial::Broken(_) => Some("   Read as SQL, it stops"),
            Trial::Alike(_) | Trial::Unlike(_) => Some("   On sample requests it"),
            Trial::NotUnderstood(_) => None,
        };
        rows.extend(heading.map(|heading| Row::of(Tone::Faint, heading)));
        let indent = if heading.is_some() { 5 } else { 3 };
        rows.extend(trial.lines().iter().flat_map(|line| paragraph(Tone::Plain, line, indent, columns)));
    }
    rows
}

/// Field by field, what differs first; then what could not be told.
fn of_form(model: &Model, screen: &PasteBack, form: &Form, columns: usize) -> Vec<Row> {
    let all = paste::form_compared(model, screen, form);
    let (equal, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(.., compared)| *compared == Compared::Same);
    let mut rows = Vec::new();
    for (field, pasted, compared) in &others {
        let Compared::Differs(why) = compared else { continue };
        let words = format!("{} ({}), line {}:", field.label, field.group, pasted.line);
        rows.extend(hanging((Tone::Bad, model.script.mark(Mark::Differs)), Tone::Strong, &words, 1, columns));
        rows.extend(reasons(model, &field.key, &pasted.got, why, columns));
    }
    for Ambiguous { label, lines, keys } in &form.ambiguous {
        let words = match keys.len() {
            1 => format!("{label} stands in {} with different values: not compared.", in_lines(lines)),
            _ => format!("{label} in {} may belong to several fields: not compared.", in_lines(lines)),
        };
        rows.extend(hanging((Tone::Warn, model.script.mark(Mark::Unread)), Tone::Plain, &words, 1, columns));
    }
    if !equal.is_empty() {
        let labels: Vec<&str> = equal.iter().map(|(field, ..)| field.label.as_str()).collect();
        let words = format!("Equal, letter by letter: {}.", labels.join(", "));
        rows.extend(hanging((Tone::Good, model.script.mark(Mark::Same)), Tone::Plain, &words, 1, columns));
    }
    let missing = paste::fields(model, &screen.key).into_iter().filter(|field| form.missing.contains(&field.key));
    let missing: Vec<String> = missing.map(|field| field.label).collect();
    if !missing.is_empty() {
        rows.extend(paragraph(Tone::Faint, &format!("Not in what was pasted: {}.", missing.join(", ")), 1, columns));
    }
    if !form.odd.is_empty() {
        rows.extend(paragraph(Tone::Faint, &format!("Passed over: {}.", in_lines(&form.odd)), 1, columns));
    }
    let then = if others.is_empty() { "" } else { "; what is not equal then counts as different" };
    rows.extend(paragraph(Tone::Plain, enter(model, screen, then).trim_start(), 1, columns));
    rows
}

fn in_lines(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, numbers.join(", "))
}
