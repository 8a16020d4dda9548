//! Draws the result of a forecast.
use super::state::ForecastResultScreen;
use crate::engine::forecast::{ForecastLine, forecast_lines};
use crate::tui::model::Model;
use crate::tui::parts::area::{Area, InputWords};
use crate::tui::parts::columned::columned;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::text::width;

/// The result's lines, or the failure.
pub(in crate::tui) fn page(model: &Model, screen: &ForecastResultScreen, area: Area) -> Sheet {
    let columns = area.columns.saturating_sub(1);
    let when = model.clock(screen.at);
    let (words, body) = match &screen.ended {
        Err(failure) => ("Forecast stopped", about_failure(failure, columns)),
        Ok(foretold) => {
            let mut rows = Vec::new();
            if let Some(remark) = &foretold.remark {
                rows.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, remark, 1, columns));
            }
            rows.extend(report(&forecast_lines(&foretold.forecast, screen.show), area.input, columns));
            ("Forecast", rows)
        }
    };
    let about = if screen.file.is_empty() { "the campus file's sample" } else { screen.file.as_str() };
    let mut head = vec![Row::of(Tone::Heading, format!(" {words}, {when}"))];
    head.extend(paragraph(Tone::Faint, &format!("for {about}"), 1, columns));
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

/// Turns the report's lines into rows. A first line with a blank line after it is a heading.
fn report(lines: &[ForecastLine], input: InputWords, columns: usize) -> Vec<Row> {
    let alone = lines.get(1) == Some(&ForecastLine::Blank);
    let row = |(at, line): (usize, &ForecastLine)| match line {
        ForecastLine::Blank => vec![Row::blank()],
        ForecastLine::Sentence(words) if at == 0 && alone => paragraph(Tone::Heading, words, 1, columns),
        ForecastLine::Columns(left, right) => columned(left, 3 + width(left), right, columns),
        line => paragraph(Tone::Plain, &line.text(input.switches), 1, columns),
    };
    lines.iter().enumerate().flat_map(row).collect()
}
