//! Draws the paste-back: the comparison and its explanation.
use super::comparison;
use super::state::PasteBackScreen;
use crate::engine::journal::takes_evidence;
use crate::engine::judge::Finding;
use crate::engine::lint::{DifferenceCause, PasteComparison, TrialResult};
use crate::engine::paste::{AmbiguousLabel, PastedForm};
use crate::recipe::{BLANK, FieldKey};
use crate::tui::job::Job;
use crate::tui::model::Model;
use crate::tui::parts::agreed::agreed_rows;
use crate::tui::parts::area::Area;
use crate::tui::parts::difference::wanted_and_found;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::practice::practised;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::step::name_of;
use crate::tui::parts::{field, judgement};
use crate::tui::row::{PieceKind, Row, RowKind, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::text::{self, count, quoted};

/// The comparison and the text field. Enter confirms the verdict and the wanted value, so a low window shows those first.
pub(in crate::tui) fn page(model: &Model, screen: &PasteBackScreen, area: Area) -> Sheet {
    let Some(finding) = model.campus.as_ref().and_then(|campus| campus.find(&screen.key)) else {
        return Sheet::default();
    };
    let columns = area.columns.saturating_sub(1);
    let title = text::cut(&format!(" Paste back: {}", name_of(finding)), columns, model.script.dots());
    let head = vec![Row::of(Tone::Heading, title), Row::blank()];
    let explained = explained(model, screen, area);
    let wanted = match screen.form {
        Some(_) => Vec::new(),
        None => wanted(finding, area),
    };
    let verdict = match &screen.form {
        Some(form) => of_form(model, screen, form, area),
        None => of_value(model, screen, area),
    };
    let recording = |since| judgement::busy_with(model, since, Tone::Plain, "Recording");
    let mut foot: Vec<Row> = screen.job.since().map(recording).into_iter().collect();
    let field = field_row(model, screen, area);
    let mut body = Vec::new();
    if area.is_low() {
        body.extend(failure(screen, columns));
        let confirmed = verdict.iter().filter(|row| row.confirmed).cloned();
        body.extend(confirmed.chain(wanted));
        body.extend(verdict.into_iter().filter(|row| !row.confirmed));
        if screen.form.is_some() {
            body.extend(pasted(model, screen, columns));
        }
        body.extend(explained);
        foot.insert(0, field);
        return Sheet { head, body, top: screen.top, foot, ..Sheet::default() };
    }
    body.extend(failure(screen, columns).into_iter().chain(explained));
    body.push(Row::blank());
    if !wanted.is_empty() {
        body.extend(wanted);
        body.push(Row::blank());
    }
    body.extend(pasted(model, screen, columns));
    body.push(field);
    body.push(Row::blank());
    body.extend(verdict);
    Sheet { head, body, top: screen.top, foot, ..Sheet::default() }
}

fn failure(screen: &PasteBackScreen, columns: usize) -> Vec<Row> {
    match &screen.job {
        Job::Failed { failure, .. } => about_failure(failure, columns),
        Job::Idle | Job::Asked { .. } | Job::Got { .. } => Vec::new(),
    }
}

/// What the screen is for. Left out after a failure, which needs the room.
fn explained(model: &Model, screen: &PasteBackScreen, area: Area) -> Vec<Row> {
    let columns = area.columns.saturating_sub(1);
    let then = if takes_evidence(model.recipe(), &screen.key) {
        format!(". {} records it as evidence, with your name and the time.", area.input.confirms)
    } else {
        ". Nothing is recorded, because Alma itself is read.".to_owned()
    };
    let about = format!("Paste what the screen shows: this value or the whole form. Every character is compared{then}");
    let mut rows = Vec::new();
    if !matches!(screen.job, Job::Failed { .. }) {
        rows.extend(paragraph(Tone::Faint, &about, 1, columns));
    }
    if comparison::wants_blank(model, &screen.key) {
        rows.extend(paragraph(Tone::Plain, "If the field is empty on the screen, type blank.", 1, columns));
    }
    if let Some(system) = practised(model, std::slice::from_ref(&screen.key)) {
        let words = format!("Practice: what you record is also entered into the practice {system}.");
        rows.extend(paragraph(Tone::Faint, &words, 1, columns));
    }
    rows
}

/// The wanted value. In a low window, and where it is spoken, it stands beside its label.
fn wanted(finding: &Finding, area: Area) -> Vec<Row> {
    let columns = area.columns.saturating_sub(1);
    let value = quoted(finding.want.as_deref().unwrap_or_default());
    let rows = if Area::speaks(area.columns) {
        let label = Row::of(Tone::Faint, " wanted").add(Tone::Faint, PieceKind::Colon);
        vec![label.add(Tone::Plain, value.into_owned())]
    } else if area.is_low() {
        hanging((Tone::Faint, "wanted"), Tone::Plain, &value, 1, columns)
    } else {
        let value = paragraph(Tone::Plain, &value, 3, columns);
        std::iter::once(Row::of(Tone::Faint, " wanted")).chain(value).collect()
    };
    let agreed = agreed_rows(finding.agreed.as_ref(), 3, columns);
    rows.into_iter().chain(agreed).map(Row::confirmed).collect()
}

/// The first lines of a pasted form, so that the user recognises it.
fn pasted(model: &Model, screen: &PasteBackScreen, columns: usize) -> Vec<Row> {
    const FIRST: usize = 2;
    if screen.form.is_none() {
        let kind = if screen.job.since().is_some() { RowKind::Note } else { RowKind::FieldLabel };
        return vec![Row::of(Tone::Strong, " Paste or type it here").add(Tone::Strong, PieceKind::Colon).of_kind(kind)];
    }
    let told = || screen.lines.iter().filter(|line| !line.trim().is_empty());
    let more = if told().count() > FIRST { format!(", the first {FIRST}") } else { String::new() };
    let mut rows = vec![Row::of(Tone::Faint, format!(" pasted: {}{more}", count(screen.lines.len(), "line")))];
    let line = |line: &String| text::cut(line.trim_end(), columns.saturating_sub(3), model.script.dots());
    rows.extend(told().take(FIRST).map(|of| Row::default().to(3).add(Tone::Plain, line(of))));
    rows
}

/// The text field, or the pasted text while it is being recorded.
fn field_row(model: &Model, screen: &PasteBackScreen, area: Area) -> Row {
    let columns = area.columns.saturating_sub(1);
    let start = match (&screen.form, area.is_low()) {
        (Some(_), _) => Row::of(Tone::Faint, "   or one value").add(Tone::Faint, PieceKind::Colon),
        (None, true) => Row::of(Tone::Strong, " Paste here").add(Tone::Strong, PieceKind::Colon),
        (None, false) => Row::of(Tone::Faint, "   "),
    };
    let room = columns.saturating_sub(start.width());
    match screen.job.since() {
        Some(_) if screen.form.is_some() => Row::blank(),
        Some(_) => start.add(Tone::Plain, text::cut(screen.typed.text(), room, model.script.dots())),
        None => field::focused(start, &screen.typed, room, model.script.dots()),
    }
}

fn of_value(model: &Model, screen: &PasteBackScreen, area: Area) -> Vec<Row> {
    let columns = area.columns.saturating_sub(1);
    match comparison::compared(model, screen) {
        PasteComparison::Nothing => Vec::new(),
        PasteComparison::Same => {
            let words = format!("Exact match.{}", enter(model, screen, area, ""));
            let mut rows = hanging((Tone::Good, Mark::Same), Tone::Plain, &words, 1, columns);
            rows.iter_mut().take(1).for_each(|first| first.confirmed = true);
            rows
        }
        PasteComparison::Differs(why) => {
            let row = Row::of(Tone::Bad, " ").add(Tone::Bad, Mark::Differs).add(Tone::Bad, " Does not match:");
            let mut rows = vec![row.confirmed()];
            let typed = quoted(screen.typed.text());
            if typed != screen.typed.text() {
                rows.extend(hanging((Tone::Faint, "that is"), Tone::Plain, &typed, 3, columns));
            }
            rows.extend(reasons(model, &screen.key, screen.typed.text(), &why, columns));
            rows.extend(paragraph(
                Tone::Faint,
                enter(model, screen, area, "; the value then counts as different").trim_start(),
                1,
                columns,
            ));
            rows
        }
    }
}

/// What Enter does, followed by `then`. Empty if Enter does nothing.
fn enter(model: &Model, screen: &PasteBackScreen, area: Area, then: &str) -> String {
    match comparison::recorded(model, screen).len() {
        0 => String::new(),
        1 => format!(" {} records it with your name{then}.", area.input.confirms),
        some => format!(" {} records {} with your name{then}.", area.input.confirms, count(some, "value")),
    }
}

/// Why a value differs, and how a pasted condition treats sample requests.
fn reasons(model: &Model, key: &FieldKey, got: &str, why: &[DifferenceCause], columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = why.iter().flat_map(|why| paragraph(Tone::Plain, &why.to_string(), 3, columns)).collect();
    if let Some(trial) = comparison::tried(model, key, got) {
        let heading = match trial {
            TrialResult::Broken(_) => Some("   Read as SQL, it fails"),
            TrialResult::Alike(_) | TrialResult::Unlike(_) => Some("   On sample requests it"),
            TrialResult::NotUnderstood(_) => None,
        };
        rows.extend(heading.map(|heading| Row::of(Tone::Faint, heading)));
        let indent = if heading.is_some() { 5 } else { 3 };
        rows.extend(trial.lines().iter().flat_map(|line| paragraph(Tone::Plain, line, indent, columns)));
    }
    rows
}

/// The result for a whole form: fields that differ come first, then ambiguous ones.
fn of_form(model: &Model, screen: &PasteBackScreen, form: &PastedForm, area: Area) -> Vec<Row> {
    let columns = area.columns.saturating_sub(1);
    let all = comparison::form_compared(model, screen, form);
    let (equal, others): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(.., compared)| *compared == PasteComparison::Same);
    let mut rows = vec![found(equal.len(), others.len()).confirmed()];
    for (field, pasted, compared) in &others {
        let PasteComparison::Differs(why) = compared else { continue };
        let words = format!("{} ({}), line {}:", field.label, field.group, pasted.line);
        let words = hanging((Tone::Bad, Mark::Differs), Tone::Strong, &words, 1, columns);
        rows.extend(words.into_iter().map(Row::confirmed));
        let got = if pasted.got.is_empty() { BLANK.into() } else { quoted(&pasted.got) };
        let both = (&*quoted(&field.want), &*got);
        let both = wanted_and_found(model.script, Row::default(), 3, both, columns);
        rows.extend(both.into_iter().map(Row::confirmed));
        rows.extend(reasons(model, &field.key, &pasted.got, why, columns));
    }
    for AmbiguousLabel { label, lines, keys } in &form.ambiguous {
        let words = match keys.len() {
            1 => format!("{label} appears in {} with different values: not compared.", in_lines(lines)),
            _ => format!("{label} in {} may belong to several fields: not compared.", in_lines(lines)),
        };
        rows.extend(hanging((Tone::Warn, Mark::Unread), Tone::Plain, &words, 1, columns));
    }
    if !equal.is_empty() {
        let labels: Vec<&str> = equal.iter().map(|(field, ..)| field.label.as_str()).collect();
        let words = format!("Exact match: {}.", labels.join(", "));
        rows.extend(hanging((Tone::Good, Mark::Same), Tone::Plain, &words, 1, columns));
    }
    let missing = comparison::fields(model, &screen.key).into_iter().filter(|field| form.missing.contains(&field.key));
    let missing: Vec<String> = missing.map(|field| field.label).collect();
    if !missing.is_empty() {
        rows.extend(paragraph(Tone::Faint, &format!("Not in the pasted text: {}.", missing.join(", ")), 1, columns));
    }
    if !form.odd.is_empty() {
        rows.extend(paragraph(Tone::Faint, &format!("Ignored: {}.", in_lines(&form.odd)), 1, columns));
    }
    let then = if others.is_empty() { "" } else { "; values that do not match then count as different" };
    rows.extend(paragraph(Tone::Plain, enter(model, screen, area, then).trim_start(), 1, columns));
    rows
}

/// Counts the recognised values of a form, equal and different.
fn found(equal: usize, others: usize) -> Row {
    let words = match (equal + others, others) {
        (0, _) => " No value was recognised with certainty.".to_owned(),
        (all, 0) => format!(" {} recognised, as wanted.", count(all, "value")),
        (all, others) => format!(" {}: {equal} as wanted, {others} not.", count(all, "value")),
    };
    Row::of(Tone::Strong, words)
}

fn in_lines(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    format!("{} {}", if lines.len() == 1 { "line" } else { "lines" }, numbers.join(", "))
}
