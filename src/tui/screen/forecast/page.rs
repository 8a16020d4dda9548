//! Draws the screen before a forecast.
use super::state::ForecastScreen;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::field;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{PieceKind, Row, Tone, paragraph};
use crate::tui::text::count;

/// What a forecast does, and the field for the path of a list.
pub(in crate::tui) fn page(model: &Model, screen: &ForecastScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let words = [
        "Looks people up in Alma and ILLiad, and shows who would get a second ILLiad account once requests come from Alma.",
        "The list is a CSV file with an EMPLID column and, where there was one, a column for the old username, as you send it to OCLC (FAQ 383002).",
    ];
    let mut body: Vec<Row> = words.iter().flat_map(|words| paragraph(Tone::Plain, words, 1, columns)).collect();
    let sample = match campus.site.sample.len() {
        0 => "If left empty: nobody, because the campus file names no sample patrons.".to_owned(),
        n => format!("If left empty: the sample in the campus file, {}.", count(n, "patron")),
    };
    body.extend(paragraph(Tone::Plain, &sample, 1, columns));
    body.push(Row::blank());
    let kept = "Nothing is written to Alma or ILLiad. You can stop at any time: results are kept for a day, under hashes, and not asked for again.";
    body.extend(paragraph(Tone::Faint, kept, 1, columns));
    let rule = Row::rule(columns);
    let start = Row::of(Tone::Plain, " Path of the list").add(Tone::Plain, PieceKind::Colon);
    let room = columns.saturating_sub(start.width()).max(4);
    let foot = vec![rule, field::focused(start, &screen.file, room, model.script.dots())];
    let head = vec![Row::of(Tone::Heading, " Forecast of duplicate accounts"), Row::blank()];
    Sheet { head, body, top: screen.top, foot, ..Sheet::default() }
}
