//! What there is to know of the chosen value: all of it, why it matters, what it must agree with, what to do.
use super::finding::Looks;
use super::layout::Area;
use super::steps::reason_of;
use crate::engine::{Finding, Verdict};
use crate::tui::model::{Campus, Model};
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::text;

/// Below this many rows the list needs all the room.
const LEAST_ROWS: usize = 14;

/// A rule with the place in the list, and a few lines.
pub(super) fn rows(model: &Model, campus: &Campus, area: Area) -> Vec<Row> {
    let Some(finding) = campus.finding() else { return Vec::new() };
    if area.rows < LEAST_ROWS {
        return Vec::new();
    }
    let columns = area.columns.saturating_sub(1);
    let room = (area.rows / 5).clamp(3, 8);
    let count = campus.here().report.findings.len();
    let place = format!(" {} of {count} ", campus.picked(campus.at) + 1);
    let rule = model.script.rule().repeat(columns.saturating_sub(text::width(&place) + 3));
    let mut rows = vec![Row::of(Tone::Faint, format!(" {rule}{place}{}", model.script.rule().repeat(2)))];
    let mut lines = lines(model, campus, finding, columns);
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.pop() {
            let words = text::cut(&(last.words() + model.script.dots()), columns, model.script.dots());
            lines.push(Row::of(Tone::Faint, words));
        }
    }
    lines.resize(room, Row::blank());
    rows.extend(lines);
    rows
}

fn lines(model: &Model, campus: &Campus, finding: &Finding, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let read = campus.here().read.is_some();
    let looks = Looks::of(model, &campus.here().report.findings, columns + 1, read);
    for (words, value) in long_values(finding, looks.room(), read) {
        rows.extend(paragraph(Tone::Plain, &format!("{words}{value}"), 1, columns));
    }
    if let (true, Verdict::Attested(said)) = (read, &finding.verdict) {
        let note = said.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        let words = format!("signed off by {}, {}{note}", said.who, model.clock(said.when));
        rows.extend(paragraph(Tone::Word, &words, 1, columns));
    }
    let reason = reason_of(finding).filter(|reason| read && !looks.shared.contains(reason));
    rows.extend(reason.iter().flat_map(|reason| paragraph(Tone::Warn, reason, 1, columns)));
    rows.extend(paragraph(Tone::Faint, &finding.why, 1, columns));
    let ties = campus.cards.iter().flat_map(crate::engine::Card::values).filter(|value| value.key == finding.key);
    for tie in ties.flat_map(|value| &value.ties) {
        rows.extend(paragraph(Tone::Faint, &format!("It {tie}"), 1, columns));
    }
    // A hint that names a command line is for those who work without the wizard; here the footer says it.
    if let Some(hint) = finding.hint.as_ref().filter(|hint| read && !hint.starts_with("last-resort ")) {
        rows.extend(paragraph(Tone::Plain, &format!("next: {hint}"), 1, columns));
    }
    rows
}

/// Values that the list shows cut.
fn long_values(finding: &Finding, room: usize, read: bool) -> Vec<(String, String)> {
    let long = |value: &&String| text::width(value) > room;
    let want = finding.want.as_ref().filter(long).cloned();
    match (&finding.verdict, read) {
        (Verdict::Differs(_), true) => {
            let holder = super::finding::holder(finding);
            let got = finding.got.as_ref().filter(long).cloned();
            want.map(|want| ("should be ".to_owned(), want))
                .into_iter()
                .chain(got.map(|got| (format!("{holder} "), got)))
                .collect()
        }
        _ => want
            .or_else(|| finding.got.as_ref().filter(long).cloned())
            .map(|v| (String::new(), v))
            .into_iter()
            .collect(),
    }
}
