//! A write in flight, how it ended, and the way back.
use super::about;
use super::layout::Area;
use super::plan::{about_failure, ask_for_code, heading_of};
use super::sheet::Sheet;
use crate::engine::{Change, Undoable, Verb, Verdict, WriteResult, ends_with_the_record};
use crate::recipe::StepId;
use crate::tui::model::{Campus, Ended, Model, Outcome, UndoScreen, Write, Writing};
use crate::tui::msg::Applied;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph};
use crate::tui::script::{Mark, Script};
use crate::tui::text::{self, count};

/// While a write is in flight.
pub(super) fn writing(model: &Model, screen: &Writing, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let what = match &screen.write {
        Write::Apply(_, n) => format!("Writing {} to {}", count(*n, "value"), about::environment(campus)),
        Write::Undo => format!("Putting the record back in {}", about::environment(campus)),
    };
    let mut body = vec![about::busy_with(model, screen.since, Tone::Strong, &what), Row::blank()];
    let columns = area.columns.saturating_sub(1);
    let steps = "The record is read again, journaled, written whole, and read back. That takes a few seconds, at most half a minute.";
    body.extend(paragraph(Tone::Faint, steps, 3, columns));
    Sheet { head: vec![Row::blank()], body, top: 0, foot: Vec::new() }
}

/// How a write ended.
pub(super) fn sheet(model: &Model, screen: &Outcome, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let when = model.clock(screen.at);
    let mut head = Vec::new();
    if let Ended::Applied(applied) = &screen.ended {
        head = paragraph(Tone::Plain, &format!("{} {}", tally(applied), next_words(model, applied)), 1, columns);
    }
    let (title, body) = match &screen.ended {
        Ended::Applied(applied) => applied_rows(model, campus, applied, &when, columns),
        Ended::Undone(words) => (
            Row::of(Tone::Heading, format!(" Put back, {when}")),
            hanging((Tone::Good, Mark::Same), Tone::Plain, words, 1, columns),
        ),
        Ended::Failed(failure) => {
            let what = match screen.write {
                Write::Apply(..) => "Not written",
                Write::Undo => "Not put back",
            };
            let title = if failure.kind == crate::failure::Kind::Network { "Not known how it ended" } else { what };
            (Row::of(Tone::Heading, format!(" {title}, {when}")), about_failure(failure, columns))
        }
    };
    head.insert(0, title);
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new() }
}

/// `34 written, 3 for a person.`
pub(super) fn tally(applied: &Applied) -> String {
    let words = [
        (WriteResult::Written, "written"),
        (WriteResult::Kept, "kept otherwise by Alma"),
        (WriteResult::Refused, "refused"),
        (WriteResult::HeldUp, "not written"),
        (WriteResult::Unknown, "not known"),
        (WriteResult::ByHand, "for a person"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .map(|(result, word)| (applied.results.iter().filter(|(_, became)| *became == result).count(), word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if parts.is_empty() { "Nothing was to be written.".to_owned() } else { format!("{}.", parts.join(", ")) }
}

fn applied_rows(model: &Model, campus: &Campus, applied: &Applied, when: &str, columns: usize) -> (Row, Vec<Row>) {
    let title = if applied.results.iter().all(|(_, became)| *became != WriteResult::Written) {
        Row::of(Tone::Heading, format!(" Nothing written to {}, {when}", about::environment(campus)))
    } else {
        Row::of(Tone::Heading, format!(" Written to {} and read back, {when}", about::environment(campus)))
    };
    let mut rows = Vec::new();
    if let Some(failure) = &applied.failure {
        rows.extend(about_failure(failure, columns));
    }
    for warning in &applied.warnings {
        rows.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, warning, 1, columns));
    }
    let label =
        applied.results.iter().map(|(change, _)| text::width(&change.label)).max().unwrap_or(0).min(columns / 2);
    // What needs somebody comes first.
    let order = [
        WriteResult::Refused,
        WriteResult::Unknown,
        WriteResult::Kept,
        WriteResult::ByHand,
        WriteResult::HeldUp,
        WriteResult::Written,
    ];
    for result in order {
        let mut heading = String::new();
        for (change, became) in applied.results.iter().filter(|(_, became)| *became == result) {
            let title = heading_of(model, change);
            if title != heading {
                if !rows.is_empty() {
                    rows.push(Row::blank());
                }
                rows.push(Row::of(Tone::Heading, format!(" {title}")));
                heading = title;
            }
            rows.extend(result_rows(applied, change, *became, label, columns, model.script));
        }
    }
    (title, rows)
}

fn result_rows(
    applied: &Applied,
    change: &Change,
    became: WriteResult,
    label: usize,
    columns: usize,
    script: Script,
) -> Vec<Row> {
    let (mark, tone) = match became {
        WriteResult::Written => (Mark::Same, Tone::Good),
        WriteResult::Kept | WriteResult::Refused => (Mark::Differs, Tone::Bad),
        WriteResult::Unknown => (Mark::Unread, Tone::Warn),
        WriteResult::ByHand | WriteResult::HeldUp => (Mark::Waiting, Tone::Warn),
    };
    let word = became.words();
    let dots = script.dots();
    let start = Row::default()
        .to(1)
        .add(tone, mark)
        .to(3)
        .add(tone, format!("{word:<8}"))
        .add(Tone::Plain, " ")
        .add(Tone::Plain, PieceKind::Label(text::cut(&change.label, label, dots)));
    let value = change.to.as_deref().unwrap_or("[blank]");
    let beside = 12 + label + 2;
    let mut rows = if beside + text::width(value) <= columns {
        vec![start.to(beside).add(Tone::Plain, value)]
    } else {
        std::iter::once(start).chain(paragraph(Tone::Plain, value, 12, columns)).collect()
    };
    let finding = applied.report.findings().find(|finding| finding.key == change.key);
    match (became, finding.and_then(|finding| finding.got.as_deref())) {
        (WriteResult::Kept, got) => {
            let words = format!("Alma kept {}", got.unwrap_or("nothing"));
            rows.extend(paragraph(Tone::Bad, &words, 12, columns));
            rows
        }
        _ => rows,
    }
}

fn next_words(model: &Model, applied: &Applied) -> String {
    let kept = applied.results.iter().any(|(_, became)| *became == WriteResult::Kept);
    let by_hand = applied.results.iter().filter(|(_, became)| *became == WriteResult::ByHand).count();
    let left = applied.report.steps.iter().find(|step| !super::steps::is_done(step.state()));
    if applied.results.iter().any(|(_, became)| *became == WriteResult::HeldUp) {
        return "See below what Alma says to it.".to_owned();
    }
    match (kept, by_hand, left) {
        (true, ..) => "See below what Alma kept instead. u puts the record back as it was.".to_owned(),
        (_, n, _) if n > 0 => {
            format!("Next: {} to set in Alma by a person, then sign off on the step.", count(n, "value"))
        }
        (_, _, Some(step)) => format!("Next: {}, {}.", model.recipe().step(step.id).title, step.state()),
        (_, _, None) => "Next: the step after. u puts the record back as it was.".to_owned(),
    }
}

/// Before the record is put back.
pub(super) fn undo(model: &Model, screen: &UndoScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let explain = undo_explained(model, &campus.undoable);
    let mut body = match &campus.undoable {
        Undoable::LastApply(written) => {
            let words = format!("Takes back {}.", written.words(&model.clock(written.at)));
            paragraph(Tone::Strong, &words, 1, columns)
        }
        // Right after a write, before the journal was read again.
        Undoable::Nothing => Vec::new(),
    };
    body.extend(paragraph(Tone::Plain, &explain, 1, columns));
    if let Some(lost) = lost_words(model, campus) {
        body.push(Row::blank());
        body.extend(hanging((Tone::Warn, Mark::Advice), Tone::Warn, &lost, 1, columns));
    }
    body.push(Row::blank());
    body.push(ask_for_code(model, campus, "to undo in", &screen.typed, columns));
    if let Some(why) = &screen.refused {
        body.extend(paragraph(Tone::Bad, why, 1, columns));
    }
    Sheet { head: vec![Row::of(Tone::Heading, " Undo the last write"), Row::blank()], body, top: 0, foot: Vec::new() }
}

/// What an undo does: where the record goes, nothing of it is put back; where it stays, so does the export key.
fn undo_explained(model: &Model, undoable: &Undoable) -> String {
    const DELETED: &str = "it is deleted";
    const CHANGED: &str = "If somebody changed the record since, nothing is done.";
    const KEY: &str = "The export key that Alma has now stays, even if that write set it.";
    let [partner, parameters] = [StepId::Partner, StepId::Parameters].map(|id| &model.recipe().step(id).title);
    let back = format!(
        "Puts Alma's record of the partner back as it was before the last write from here ({partner} and {parameters} alike)."
    );
    match undoable {
        Undoable::LastApply(written) if written.verb == Verb::Create => {
            format!(
                "That write made Alma's record of the partner ({partner} and {parameters} alike), so {DELETED}. {CHANGED}"
            )
        }
        Undoable::LastApply(_) => format!("{back} {CHANGED} {KEY}"),
        Undoable::Nothing => format!(
            "{back} If that write made the record, {DELETED}. {CHANGED} Where the record stays, so does the export key that Alma has now, even if that write set it."
        ),
    }
}

/// Which sign-offs an undo ends: those of a record that goes, and of what names it.
fn lost_words(model: &Model, campus: &Campus) -> Option<String> {
    let when = match &campus.undoable {
        Undoable::LastApply(written) if written.verb == Verb::Create => "The record goes, and with it",
        Undoable::LastApply(_) => return None,
        Undoable::Nothing => "If the record goes, then with it",
    };
    let findings = campus.steps.iter().flat_map(|standing| &standing.report.findings);
    let signed = findings.filter(|finding| matches!(finding.verdict, Verdict::Attested(_))).map(|finding| &finding.key);
    let lost = ends_with_the_record(model.recipe(), signed)?;
    Some(format!("{when} these sign-offs, which are to be given anew afterwards: {lost}."))
}
