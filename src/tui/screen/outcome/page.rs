//! Draws the outcome of a write.
use super::state::{OutcomeScreen, WriteEnd};
use crate::engine::plan::{Change, WriteResult};
use crate::engine::results::ApplyResult;
use crate::failure::FailureKind;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::area::Area;
use crate::tui::parts::change::heading_if_new;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::judgement;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::step::is_done;
use crate::tui::parts::undo::UndoKind;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph};
use crate::tui::screen::writing::Write;
use crate::tui::script::{Mark, Script};
use crate::tui::text::{self, count};

/// The outcome of an apply or an undo, or the failure.
pub(in crate::tui) fn page(model: &Model, screen: &OutcomeScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let when = model.clock(screen.at);
    let mut head = Vec::new();
    if let WriteEnd::Applied(applied) = &screen.ended {
        let tally = match model.practice {
            // Nobody sets anything by hand there.
            Some(_) => tally(applied).replace("by hand", "without an API"),
            None => tally(applied),
        };
        head = paragraph(Tone::Plain, &format!("{tally} {}", next_words(model, applied)), 1, columns);
    }
    let (title, body) = match &screen.ended {
        WriteEnd::Applied(applied) => applied_rows(model, campus, applied, &when, columns),
        WriteEnd::Undone(words) => {
            let title = match screen.write {
                Write::Undo(kind) => kind.done(),
                Write::Apply(..) => "Undone",
            };
            (
                Row::of(Tone::Heading, format!(" {title}, {when}")),
                hanging((Tone::Good, Mark::Same), Tone::Plain, words, 1, columns),
            )
        }
        WriteEnd::Failed(failure) => {
            let what = match screen.write {
                Write::Apply(..) => "Not written",
                Write::Undo(kind) => kind.not_done(),
            };
            let title = if failure.kind == FailureKind::Network { "Outcome unknown" } else { what };
            (Row::of(Tone::Heading, format!(" {title}, {when}")), about_failure(failure, columns))
        }
    };
    head.insert(0, title);
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

/// The results counted by kind: `34 written, 3 by hand.`
pub(in crate::tui) fn tally(applied: &ApplyResult) -> String {
    let words = [
        (WriteResult::Written, "written"),
        (WriteResult::Kept, "stored differently by Alma"),
        (WriteResult::Refused, "refused"),
        (WriteResult::HeldUp, "not written"),
        (WriteResult::NotShown, "sent but not yet shown by Alma"),
        (WriteResult::Unknown, "unknown"),
        (WriteResult::ByHand, "by hand"),
    ];
    let parts: Vec<String> = words
        .into_iter()
        .map(|(result, word)| (applied.results.iter().filter(|(_, became)| *became == result).count(), word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| format!("{n} {word}"))
        .collect();
    if parts.is_empty() { "There was nothing to write.".to_owned() } else { format!("{}.", parts.join(", ")) }
}

fn applied_rows(model: &Model, campus: &Campus, applied: &ApplyResult, when: &str, columns: usize) -> (Row, Vec<Row>) {
    let title = if applied.results.iter().any(|(_, became)| *became == WriteResult::NotShown) {
        Row::of(Tone::Heading, format!(" Sent to {}, {when}", judgement::environment(campus)))
    } else if applied.results.iter().all(|(_, became)| *became != WriteResult::Written) {
        Row::of(Tone::Heading, format!(" Nothing written to {}, {when}", judgement::environment(campus)))
    } else {
        Row::of(Tone::Heading, format!(" Written to {} and read back, {when}", judgement::environment(campus)))
    };
    let mut rows = Vec::new();
    if let Some(failure) = &applied.failure {
        rows.extend(about_failure(failure, columns));
    }
    for warning in &applied.remarks {
        rows.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, warning, 1, columns));
    }
    let label =
        applied.results.iter().map(|(change, _)| text::width(&change.label)).max().unwrap_or(0).min(columns / 2);
    // Results that need somebody come first.
    let order = [
        WriteResult::Refused,
        WriteResult::NotShown,
        WriteResult::Unknown,
        WriteResult::Kept,
        WriteResult::ByHand,
        WriteResult::HeldUp,
        WriteResult::Written,
    ];
    for result in order {
        let mut last = String::new();
        for (change, became) in applied.results.iter().filter(|(_, became)| *became == result) {
            heading_if_new(model, change, &mut last, &mut rows);
            rows.extend(result_rows(applied, change, *became, label, columns, model.script));
        }
    }
    (title, rows)
}

fn result_rows(
    applied: &ApplyResult,
    change: &Change,
    became: WriteResult,
    label: usize,
    columns: usize,
    script: Script,
) -> Vec<Row> {
    let (mark, tone) = match became {
        WriteResult::Written => (Mark::Same, Tone::Good),
        WriteResult::Kept | WriteResult::Refused => (Mark::Differs, Tone::Bad),
        WriteResult::Unknown | WriteResult::NotShown => (Mark::Unread, Tone::Warn),
        WriteResult::ByHand | WriteResult::HeldUp => (Mark::Waiting, Tone::Warn),
    };
    // The sentence above says it in full.
    let word = if became == WriteResult::NotShown { "sent" } else { became.words() };
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
    if became == WriteResult::Kept {
        let finding = applied.report.findings().find(|finding| finding.key == change.key);
        let got = finding.and_then(|finding| finding.got.as_deref()).unwrap_or("nothing");
        rows.extend(paragraph(Tone::Bad, &format!("Alma has {got}"), 12, columns));
    }
    rows
}

fn next_words(model: &Model, applied: &ApplyResult) -> String {
    let with = |result| applied.results.iter().filter(|(_, became)| *became == result).count();
    let left = applied.report.steps.iter().find(|step| !is_done(step.state()));
    match (with(WriteResult::HeldUp), with(WriteResult::Kept), with(WriteResult::ByHand), left) {
        (1.., ..) => "See below what Alma answered.".to_owned(),
        (_, 1.., ..) => format!("See below what Alma stored instead. {}", UndoKind::of_apply(applied).offer()),
        (_, _, n @ 1.., _) if model.practice.is_some() => {
            format!("Next: sign off {} on the step; practice then enters what no API sets.", count(n, "value"))
        }
        (_, _, n @ 1.., _) => {
            format!("Next: set {} by hand in Alma, then sign off on the step.", count(n, "value"))
        }
        (.., Some(step)) => format!("Next: {}, {}.", model.recipe().step(step.id).title, step.state()),
        (.., None) => format!("Next: the following step. {}", UndoKind::of_apply(applied).offer()),
    }
}
