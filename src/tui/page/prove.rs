//! A proof: what it does, how it goes, what it showed.
use super::about;
use super::layout::Area;
use super::plan::{about_failure, ask_for_code};
use super::sheet::Sheet;
use crate::engine::{Half, Made, ProbeEnd, Route, Shows, System, side_effects};
use crate::tui::model::{Campus, Model, ProveScreen, ProvedScreen, Proving, Watched};
use crate::tui::msg::Proved;
use crate::tui::row::{Row, Tone, beside, hanging, paragraph};
use crate::tui::script::Mark;

fn title(half: Half) -> &'static str {
    match half {
        Half::Illiad => "ILLiad's routing",
        Half::Chain => "the whole chain from Alma",
    }
}

/// Before a proof.
pub(super) fn before(model: &Model, screen: &ProveScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let head = vec![Row::of(Tone::Heading, format!(" Prove {}", title(screen.half))), Row::blank()];
    let mut body =
        paragraph(Tone::Plain, "This makes requests in live systems, watches them and cancels them:", 1, columns);
    for told in side_effects(screen.half, &route(model, campus)) {
        body.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, &told, 1, columns));
    }
    let mut foot = vec![ask_for_code(model, campus, "to prove in", &screen.typed, columns)];
    if let Some(why) = &screen.refused {
        foot.extend(paragraph(Tone::Bad, why, 1, columns));
    }
    Sheet { head, body, top: screen.top, foot }
}

/// What the procedure wants of the routing; nothing of it depends on what was seen.
fn route(model: &Model, campus: &Campus) -> Route {
    Route::of_procedure(model.recipe(), &campus.site)
}

/// While it runs: the newest lines.
pub(super) fn meanwhile(model: &Model, screen: &Proving, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let what = match screen.watched {
        Watched::On => format!("Proving {} in {}", title(screen.half), about::environment(campus)),
        Watched::Stopping => format!("Cancelling what was made in {}", about::environment(campus)),
    };
    let head = vec![about::busy_with(model, screen.since, Tone::Strong, &what), Row::blank()];
    let mut body = Vec::new();
    for (at, progress) in &screen.told {
        let about = progress.about.map_or(String::new(), |kind| format!("{}: ", kind.title()));
        let start = Row::of(Tone::Faint, format!(" {}", model.clock(*at))).to(12);
        body.extend(beside(start, Tone::Plain, &format!("{about}{}", progress.words), columns));
    }
    // What is new stands at the end, and the end is what is seen.
    let top = body.len().saturating_sub(area.rows.saturating_sub(head.len()));
    Sheet { head, body, top, foot: Vec::new() }
}

/// After it.
pub(super) fn after(model: &Model, screen: &ProvedScreen, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let when = model.clock(screen.at);
    let (words, body) = match &screen.ended {
        Err(failure) => ("Not tried", about_failure(failure, columns)),
        Ok(proved) => (verdict(proved), rows(proved, columns)),
    };
    let head = vec![Row::of(Tone::Heading, format!(" {words}: {}, {when}", title(screen.half))), Row::blank()];
    Sheet { head, body, top: screen.top, foot: Vec::new() }
}

fn verdict(proved: &Proved) -> &'static str {
    match (&proved.by_traffic, proved.showed.as_ref().map(|showed| showed.shows)) {
        (Some(_), _) | (None, Some(Shows::Proved)) => "Proved",
        (None, Some(Shows::Wrong)) => "Not as wanted",
        (None, Some(Shows::Waiting)) => "Not proved yet",
        (None, Some(Shows::Unclear) | None) => "Nothing shown",
    }
}

fn rows(proved: &Proved, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    if let Some(words) = &proved.by_traffic {
        rows.extend(hanging((Tone::Good, Mark::Same), Tone::Plain, words, 1, columns));
    }
    if let Some(showed) = &proved.showed {
        let (tone, mark) = match showed.shows {
            Shows::Proved => (Tone::Good, Mark::Same),
            Shows::Wrong => (Tone::Bad, Mark::Differs),
            Shows::Waiting => (Tone::Warn, Mark::Waiting),
            Shows::Unclear => (Tone::Warn, Mark::Unread),
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
        rows.push(Row::of(Tone::Heading, " What was made"));
        rows.extend(proved.made.iter().flat_map(|made| of_made(made, columns)));
    }
    rows
}

fn of_made(made: &Made, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for system in [System::Alma, System::Illiad] {
        let side = made.side(system);
        let name = format!("{} in {}", made.kind.title(), system.as_str());
        let number = side.number.as_deref().unwrap_or("without a number");
        let (tone, mark, words) = match &side.end {
            Some(ProbeEnd::Cancelled(status)) => (Tone::Good, Mark::Same, format!("{number}, read again: {status}")),
            Some(ProbeEnd::Gone) => (Tone::Good, Mark::Same, format!("{number}, not there any more")),
            Some(ProbeEnd::Refused(_)) => (Tone::Faint, Mark::Waiting, "never made".to_owned()),
            Some(ProbeEnd::NotFound) => (Tone::Faint, Mark::Waiting, "looked for, and not there".to_owned()),
            None if made.is_open(system) => (Tone::Bad, Mark::Differs, format!("{number}, NOT CANCELLED")),
            None => continue,
        };
        rows.extend(hanging((tone, mark), Tone::Plain, &format!("{name}: {words}"), 1, columns));
    }
    rows
}
