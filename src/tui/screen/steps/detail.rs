//! Draws the details of the chosen value: the whole value, why it matters, what it must agree with, and what to do.
use super::finding::{ValueLayout, value_beside_label};
use crate::engine::judge::{Evidence, Finding, Verdict};
use crate::tui::model::{Campus, Model};
use crate::tui::next::{Next, may_be_signed, next};
use crate::tui::parts::agreed::agreed_rows;
use crate::tui::parts::area::{Area, roomy};
use crate::tui::parts::difference::{FOUND, WANTED};
use crate::tui::parts::sheet::below_a_rule;
use crate::tui::parts::step::name_of;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::setup::Question;
use crate::tui::text::quoted;
use std::borrow::Cow;

/// With fewer rows than this the list needs all the room.
const LEAST_ROWS: usize = 14;

/// A rule and a few lines of detail. The height fits the longest detail of the step, so that the list does not move.
pub(super) fn below(model: &Model, campus: &Campus, looks: &ValueLayout<'_>, area: Area) -> Vec<Row> {
    let findings = &campus.here().report.findings;
    let picked = campus.picked(campus.at);
    if area.rows < LEAST_ROWS || findings.is_empty() {
        return Vec::new();
    }
    let columns = area.columns.saturating_sub(1);
    let mut each: Vec<Vec<Row>> =
        findings.iter().map(|finding| lines(model, campus, looks, finding, columns)).collect();
    let most = each.iter().map(Vec::len).max().unwrap_or(0);
    let room = most.min((area.rows * 2 / 5).clamp(3, 8));
    let lines = each.swap_remove(picked.min(findings.len() - 1));
    below_a_rule(lines, room, columns, model.script)
}

/// The details beside the list: the name of the chosen value, and all there is to say of it.
pub(super) fn beside(model: &Model, campus: &Campus, looks: &ValueLayout<'_>, columns: usize) -> Vec<Row> {
    let Some(finding) = campus.finding() else { return Vec::new() };
    let mut rows = vec![Row::of(Tone::Heading, format!(" {}", name_of(finding))), Row::blank()];
    rows.extend(lines(model, campus, looks, finding, columns.saturating_sub(1)));
    rows
}

fn lines(model: &Model, campus: &Campus, looks: &ValueLayout<'_>, finding: &Finding, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let read = campus.here().read.is_some();
    let told = values(looks, finding, read).into_iter().filter(|_| !looks.tells_all(finding));
    // The values begin in the same column, whatever their labels.
    let told = told.flat_map(|(words, value)| {
        let label = format!("{words:<width$}", width = WANTED.len());
        hanging((Tone::Faint, label), Tone::Plain, &value, 1, columns)
    });
    rows.extend(told);
    if read && finding.verdict == Verdict::Differs(Evidence::Imported) && may_be_signed(model.recipe(), &finding.key) {
        let words = "next: correct it there, then paste back or sign off";
        rows.extend(paragraph(Tone::Strong, words, 1, columns));
    } else if read && finding.verdict.contradiction().is_some() {
        let words = "next: look again, then paste it back; you cannot go live until newer evidence agrees";
        rows.extend(paragraph(Tone::Strong, words, 1, columns));
    } else if let (true, Some(next)) = (read, in_the_answers(model, campus, finding)) {
        rows.extend(paragraph(Tone::Strong, &format!("next: {next}"), 1, columns));
    } else if let Some(hint) = hint(finding, read) {
        rows.extend(paragraph(Tone::Strong, &format!("next: {hint}"), 1, columns));
    }
    if let (true, Some(origin)) = (read, &finding.origin) {
        rows.extend(paragraph(Tone::SignedOff, &origin.words(), 1, columns));
    }
    if let (true, Some(said)) = (read, finding.verdict.sign_off()) {
        let note = said.note.as_ref().map_or(String::new(), |note| format!(": {note}"));
        let words = format!("signed off by {}, {}{note}", said.who, model.clock(said.when));
        rows.extend(paragraph(Tone::SignedOff, &words, 1, columns));
    }
    rows.extend(agreed_rows(finding.agreed.as_ref(), 1, columns));
    rows.extend(paragraph(Tone::Faint, &finding.why, 1, columns));
    let ties = campus.cards.iter().flat_map(crate::engine::card::Card::values).filter(|value| value.key == finding.key);
    for tie in ties.flat_map(|value| &value.ties) {
        // In a low window the reason is left out; a broken tie says it anyway.
        let why = if roomy(model) { format!(": {}", tie.why) } else { ".".to_owned() };
        rows.extend(paragraph(Tone::Faint, &format!("It must match {}{why}", tie.with), 1, columns));
    }
    rows
}

/// What Enter does, where it opens the answer on which this value waits. The hint names the campus file, for people without the wizard.
fn in_the_answers(model: &Model, campus: &Campus, finding: &Finding) -> Option<String> {
    let next = Some(next(model, campus)).filter(|next| matches!(next, Next::SetUp(Question::Slot(_))))?;
    matches!(finding.verdict, Verdict::Waiting(_)).then(|| next.words(model.recipe()))
}

/// What to do next. Hints that name a command are for people who work without the wizard; here the footer says it.
fn hint(finding: &Finding, read: bool) -> Option<&str> {
    finding.hint.as_deref().filter(|hint| read && !hint.starts_with("last-resort "))
}

/// The values that the list cuts or does not show, each with a label.
fn values<'a>(looks: &ValueLayout<'_>, finding: &'a Finding, read: bool) -> Vec<(&'static str, Cow<'a, str>)> {
    let want = finding.want.as_deref().map(|want| (WANTED, quoted(want)));
    let value = match (&finding.verdict, read) {
        (Verdict::Differs(_), true) => {
            return want.into_iter().chain(finding.got.as_deref().map(|got| (FOUND, quoted(got)))).collect();
        }
        (Verdict::Absent | Verdict::Waiting(_) | Verdict::Unread(_), _) | (_, false)
            if !looks.of_procedure(finding) =>
        {
            want
        }
        _ => Some(("in full:", value_beside_label(finding))),
    };
    value.into_iter().collect()
}
