//! What a person pasted, compared and explained.
use super::field;
use super::layout::Area;
use super::sheet::Sheet;
use crate::engine::lint::{Ambiguous, Compared, Form, Trial, Why};
use crate::recipe::FieldKey;
use crate::tui::model::{Model, PasteBack};
use crate::tui::paste;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::text::count;

/// A paste-back.
pub(super) fn sheet(model: &Model, screen: &PasteBack, area: Area) -> Sheet {
    let Some(finding) = model.campus.as_ref().and_then(|campus| campus.find(&screen.key)) else {
        return Sheet::default();
    };
    let columns = area.columns.saturating_sub(1);
    let head = vec![Row::of(Tone::Heading, format!(" Paste back: {}", finding.label)), Row::blank()];
    let mut body = paragraph(
        Tone::Faint,
        "Paste here what the screen shows: this value, or the whole form. It is compared letter by letter, and recorded \
         nowhere.",
        1,
        columns,
    );
    body.push(Row::blank());
    if screen.form.is_none() {
        body.push(Row::of(Tone::Faint, " wanted"));
        body.extend(paragraph(Tone::Plain, finding.want.as_deref().unwrap_or_default(), 3, columns));
        body.push(Row::blank());
    }
    body.push(Row::of(Tone::Faint, " pasted"));
    body.push(field::focused(Row::of(Tone::Plain, "   "), &screen.typed, columns.saturating_sub(3)));
    body.push(Row::blank());
    body.extend(match &screen.form {
        Some(form) => of_form(model, screen, form, columns),
        None => of_value(model, screen, columns),
    });
    Sheet { head, body, top: screen.top, foot: Vec::new() }
}

fn of_value(model: &Model, screen: &PasteBack, columns: usize) -> Vec<Row> {
    match paste::compared(model, screen) {
        Compared::Nothing => Vec::new(),
        Compared::Same => {
            let signs = !paste::offers_sign_off(model, screen).is_empty();
            let more = if signs { " Enter signs it off with your name." } else { "" };
            let words = format!("Equal, letter by letter.{more}");
            hanging((Tone::Good, model.script.mark(Mark::Same)), Tone::Plain, &words, 1, columns)
        }
        Compared::Differs(why) => {
            let mut rows = vec![Row::of(Tone::Bad, format!(" {} Not equal:", model.script.mark(Mark::Differs)))];
            rows.extend(reasons(model, &screen.key, screen.typed.text(), &why, columns));
            rows
        }
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
        let signs = match paste::offers_sign_off(model, screen).len() {
            0 => String::new(),
            some => format!(" Enter signs off {} with your name.", count(some, "value")),
        };
        let labels: Vec<&str> = equal.iter().map(|(field, ..)| field.label.as_str()).collect();
        let words = format!("Equal, letter by letter: {}.{signs}", labels.join(", "));
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
    rows
}

fn in_lines(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, numbers.join(", "))
}
