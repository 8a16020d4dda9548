//! Draws the result of a proof.
use super::state::ProofResultScreen;
use crate::engine::journal::{ProbeEnd, ProbeRecord, ProofStatus, System};
use crate::engine::results::{Conclusion, ProofRun};
use crate::text::clean;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::proof;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;

/// The verdict, and what was made; or the failure.
pub(in crate::tui) fn page(model: &Model, screen: &ProofResultScreen, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let when = model.clock(screen.at);
    let (words, body) = match &screen.ended {
        Err(failure) => ("Not tried", about_failure(failure, columns)),
        Ok(proved) => (verdict(proved), rows(proved, columns)),
    };
    let head = vec![Row::of(Tone::Heading, format!(" {words}: {}, {when}", proof::title(screen.half))), Row::blank()];
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

fn verdict(proved: &ProofRun) -> &'static str {
    let shows = match &proved.conclusion {
        Conclusion::Nothing => ProofStatus::Unclear,
        Conclusion::RealTraffic(_) => ProofStatus::Proved,
        Conclusion::Watched(showed, _) => showed.shows,
    };
    match shows {
        ProofStatus::Proved => "Proved",
        ProofStatus::Wrong => "Not as wanted",
        ProofStatus::Waiting => "Not proved yet",
        ProofStatus::Unclear => "Inconclusive",
    }
}

fn rows(proved: &ProofRun, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Conclusion::RealTraffic(words) = &proved.conclusion {
        rows.extend(hanging((Tone::Good, Mark::Same), Tone::Plain, words, 1, columns));
    }
    if let Some(showed) = proved.proof_result() {
        let (tone, mark) = match showed.shows {
            ProofStatus::Proved => (Tone::Good, Mark::Same),
            ProofStatus::Wrong => (Tone::Bad, Mark::Differs),
            ProofStatus::Waiting => (Tone::Warn, Mark::Waiting),
            ProofStatus::Unclear => (Tone::Warn, Mark::Unread),
        };
        rows.extend(hanging((tone, mark), Tone::Plain, &showed.words, 1, columns));
        if let Some(next) = &showed.next {
            rows.extend(paragraph(Tone::Strong, &format!("next: {next}"), 3, columns));
        }
    }
    if let Some(failure) = &proved.failure {
        rows.extend(about_failure(failure, columns));
    }
    if !proved.made.is_empty() {
        rows.push(Row::blank());
        rows.push(Row::of(Tone::Heading, " Test requests"));
        rows.extend(proved.made.iter().flat_map(|made| of_made(made, columns)));
    }
    rows
}

fn of_made(made: &ProbeRecord, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for system in [System::Alma, System::Illiad] {
        let side = made.side(system);
        let name = format!("{} in {}", made.kind.title(), system.as_str());
        let number = side.number.as_deref().unwrap_or("without a number");
        let (tone, mark, words) = match &side.end {
            Some(ProbeEnd::Cancelled(status)) => (Tone::Good, Mark::Same, format!("{number}, read back: {status}")),
            Some(ProbeEnd::Finished(status)) => (
                Tone::Warn,
                Mark::Same,
                format!("{number}, not cancelled: it was already in \"{}\"", clean(status, 80)),
            ),
            Some(ProbeEnd::Gone) => (Tone::Good, Mark::Same, format!("{number}, no longer there")),
            Some(ProbeEnd::Refused(_)) => (Tone::Faint, Mark::Waiting, "never created".to_owned()),
            Some(ProbeEnd::NotFound) => (Tone::Faint, Mark::Waiting, "searched for, not found".to_owned()),
            None if made.is_open(system) => (Tone::Bad, Mark::Differs, format!("{number}, NOT CANCELLED")),
            None => continue,
        };
        rows.extend(hanging((tone, mark), Tone::Plain, &format!("{name}: {words}"), 1, columns));
    }
    rows
}
