//! Draws the progress of a forecast.
use super::state::{ForecastCount, ForecastingScreen};
use crate::text::{span, time_to_go};
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::judgement;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::watch::WorkState;
use std::time::Duration;

/// Width of the progress bar, in characters.
const CELLS: usize = 30;

/// The progress bar, and how to stop.
pub(in crate::tui) fn page(model: &Model, screen: &ForecastingScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let what = match screen.watched {
        WorkState::On => format!("Looking everyone up in {}", judgement::environment(campus)),
        WorkState::Stopping => "Stopping".to_owned(),
    };
    let head = vec![judgement::busy(model, screen.since).add(Tone::Strong, what), Row::blank()];
    let mut body = Vec::new();
    if let Some(far) = &screen.count {
        body.push(Row::of(Tone::Plain, format!(" {}", bar(far))));
        body.extend(paragraph(Tone::Plain, &how_far(far), 1, columns));
        body.push(Row::blank());
    }
    let stop = format!(
        "The time left is known after the first second. {} stops; results so far are kept for a day.",
        area.input.back
    );
    body.extend(paragraph(Tone::Faint, &stop, 1, columns));
    Sheet { head, body, top: 0, foot: Vec::new(), ..Sheet::default() }
}

fn bar(far: &ForecastCount) -> String {
    let full = (far.done * CELLS).checked_div(far.all).unwrap_or(CELLS).min(CELLS);
    format!("[{}{}]", "#".repeat(full), ".".repeat(CELLS - full))
}

/// `412 of 1,200 people, 8 a second, 1 min 38 s to go`
pub(crate) fn how_far(far: &ForecastCount) -> String {
    let mut words = format!("{} of {} people", grouped(far.done), grouped(far.all));
    if far.known > 0 {
        words.push_str(&format!(", {} of them read earlier", grouped(far.known)));
    }
    let elapsed = Duration::try_from(far.at.duration_since(far.since)).unwrap_or_default();
    let read = far.done - far.known;
    if let Some(left) = time_to_go(read, far.all.saturating_sub(far.done), elapsed) {
        words.push_str(&format!(", {:.1} a second, about {} to go", read as f64 / elapsed.as_secs_f64(), span(left)));
    }
    words
}

/// The number with thousands separators: `1,200`.
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn how_far_it_is_and_how_fast() {
        let since: Timestamp = "2026-11-23T20:14:03Z".parse().expect("a time");
        let far = ForecastCount { done: 412, all: 1200, known: 0, since, at: since };
        assert_eq!(how_far(&far), "412 of 1,200 people");
        let later = ForecastCount { at: since + Duration::from_secs(50), ..far };
        assert_eq!(how_far(&later), "412 of 1,200 people, 8.2 a second, about 1 min 35 s to go");
        let known = ForecastCount { known: 400, ..far };
        assert_eq!(how_far(&known), "412 of 1,200 people, 400 of them read earlier");
        assert_eq!(bar(&ForecastCount { done: 600, ..far }), format!("[{}{}]", "#".repeat(15), ".".repeat(15)));
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
