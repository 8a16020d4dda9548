//! The forecast: about whom, how far it is, who would become a duplicate account.
use super::layout::Area;
use super::plain::plain;
use super::plan::about_failure;
use super::sheet::Sheet;
use super::{about, field};
use crate::engine::forecast_lines;
use crate::tui::model::{Count, ForecastScreen, Foretelling, ForetoldScreen, Model, Watched};
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::text::count;
use jiff::Timestamp;

/// Cells of the bar.
const CELLS: usize = 30;

/// Before it: the path of a list.
pub(super) fn before(model: &Model, screen: &ForecastScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let words = [
        "Looks people up in Alma and ILLiad, and says who would become a duplicate ILLiad account once requests come from Alma.",
        "The list is a CSV file with a column EMPLID, and one with the old username where there was one, as it is sent to OCLC (FAQ 383002).",
    ];
    let mut body: Vec<Row> = words.iter().flat_map(|words| paragraph(Tone::Plain, words, 1, columns)).collect();
    let sample = match campus.site.sample.len() {
        0 => "Left empty: nobody, since the campus file names no sample patrons.".to_owned(),
        n => format!("Left empty: the sample in the campus file, {}.", count(n, "patron")),
    };
    body.extend(paragraph(Tone::Plain, &sample, 1, columns));
    body.push(Row::blank());
    let kept = "Nothing is written to Alma or ILLiad. It can be stopped; what was read is kept for a day, under hashes, and is not asked again.";
    body.extend(paragraph(Tone::Faint, kept, 1, columns));
    let rule = Row::rule(columns);
    let start = Row::of(Tone::Plain, " Path of the list").add(Tone::Plain, PieceKind::Colon);
    let room = columns.saturating_sub(start.width()).max(4);
    let foot = vec![rule, field::focused(start, &screen.file, room, model.script.dots())];
    let head = vec![Row::of(Tone::Heading, " Forecast of duplicate accounts"), Row::blank()];
    Sheet { head, body, top: screen.top, foot }
}

/// While it runs.
pub(super) fn meanwhile(model: &Model, screen: &Foretelling, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let what = match screen.watched {
        Watched::On => format!("Asking about everybody in {}", about::environment(campus)),
        Watched::Stopping => "Stopping".to_owned(),
    };
    let head = vec![about::busy_with(model, screen.since, Tone::Strong, &what), Row::blank()];
    let mut body = Vec::new();
    if let Some(far) = &screen.count {
        body.push(Row::of(Tone::Plain, format!(" {}", bar(far))));
        body.extend(paragraph(Tone::Plain, &how_far(far, model.now), 1, columns));
        body.push(Row::blank());
    }
    body.extend(paragraph(Tone::Faint, "Esc stops; what was read is kept for a day.", 1, columns));
    Sheet { head, body, top: 0, foot: Vec::new() }
}

fn bar(far: &Count) -> String {
    let full = (far.done * CELLS).checked_div(far.all).unwrap_or(CELLS).min(CELLS);
    format!("[{}{}]", "#".repeat(full), ".".repeat(CELLS - full))
}

/// `412 of 1,200 people, 8 a second, 98 s to go`
fn how_far(far: &Count, now: Timestamp) -> String {
    let mut words = format!("{} of {} people", grouped(far.done), grouped(far.all));
    if far.known > 0 {
        words.push_str(&format!(", {} of them read before", grouped(far.known)));
    }
    let ms = now.as_millisecond() - far.since.as_millisecond();
    let read = far.done - far.known;
    // A rate of the first moment says nothing.
    if let (Ok(ms @ 1000..), 1..) = (usize::try_from(ms), read) {
        let tenths = read * 10_000 / ms;
        words.push_str(&format!(", {}.{} a second", tenths / 10, tenths % 10));
        let left = (far.all.saturating_sub(far.done)) * ms / read / 1000;
        words.push_str(&format!(", about {left} s to go"));
    }
    words
}

/// `1,200`
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// After it.
pub(super) fn after(model: &Model, screen: &ForetoldScreen, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let when = model.clock(screen.at);
    let (words, body) = match &screen.ended {
        Err(failure) => ("Not foreseen", about_failure(failure, columns)),
        Ok(foretold) => {
            let mut rows = Vec::new();
            if let Some(remark) = &foretold.remark {
                rows.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, remark, 1, columns));
            }
            // On a command line that flag does what Tab does here.
            let lines = forecast_lines(&foretold.forecast, screen.show);
            let lines: Vec<String> = lines.iter().map(|line| line.replace("--show-ids names", "Tab names")).collect();
            rows.extend(plain(&lines, columns));
            ("Forecast", rows)
        }
    };
    let about = if screen.file.is_empty() { "the campus file's sample" } else { screen.file.as_str() };
    let mut head = vec![Row::of(Tone::Heading, format!(" {words}, {when}"))];
    head.extend(paragraph(Tone::Faint, &format!("of {about}"), 1, columns));
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_it_is_and_how_fast() {
        let since: Timestamp = "2026-11-23T20:14:03Z".parse().expect("a time");
        let far = Count { done: 412, all: 1200, known: 0, since };
        assert_eq!(how_far(&far, since), "412 of 1,200 people");
        let later = since + std::time::Duration::from_secs(50);
        assert_eq!(how_far(&far, later), "412 of 1,200 people, 8.2 a second, about 95 s to go");
        let known = Count { known: 400, ..far };
        assert_eq!(how_far(&known, since), "412 of 1,200 people, 400 of them read before");
        assert_eq!(bar(&Count { done: 600, ..far }), format!("[{}{}]", "#".repeat(15), ".".repeat(15)));
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
