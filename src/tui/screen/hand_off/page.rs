//! Draws the hand-off, with the same words as the `report` command.
use super::state::HandOffScreen;
use crate::engine::handoff::{TICKET_COLUMNS, TextLine, text_lines};
use crate::tui::job::Job;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::columned::columned;
use crate::tui::parts::failure::about_failure;
use crate::tui::parts::judgement;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::text::width;

/// The hand-off's lines, or the failure.
pub(in crate::tui) fn page(model: &Model, screen: &HandOffScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    // Line mode has no header that says so.
    let title = if model.practice.is_some() { " PRACTICE: Hand-off" } else { " Hand-off" };
    let mut head = vec![Row::of(Tone::Heading, title)];
    let body = match &screen.job {
        Job::Idle => Vec::new(),
        Job::Asked { since, .. } => {
            vec![judgement::busy_with(model, *since, Tone::Plain, "Checking all steps for the hand-off")]
        }
        Job::Failed { failure, .. } => about_failure(failure, columns),
        Job::Got { value, .. } => {
            // The practice world is not real, so a report file makes no sense.
            if model.practice.is_none() {
                let report = campus.site.command("report");
                let file = format!("To print it: {report} --format html > report.html");
                head.extend(paragraph(Tone::Faint, &file, 1, columns));
            }
            let room = columns.saturating_sub(1).min(TICKET_COLUMNS);
            text_lines(&value.document, room).iter().flat_map(|line| rows(line, columns)).collect()
        }
    };
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

/// Turns a line into rows. A line that is too long is wrapped under its own start.
fn rows(line: &TextLine, columns: usize) -> Vec<Row> {
    match line {
        TextLine::Heading(words, _) => paragraph(Tone::Heading, words, 1, columns),
        TextLine::Words(words) if words.is_empty() => vec![Row::blank()],
        TextLine::Words(words) => {
            let start = words.trim_start();
            paragraph(Tone::Plain, start, 1 + width(words) - width(start), columns)
        }
        TextLine::Columns(left, right) => columned(left.trim_end(), 1 + width(left), right, columns),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_headings_lose_their_line_and_nothing_is_lost() {
        let lines = [
            TextLine::Heading("Evidence".to_owned(), '='),
            TextLine::Words(String::new()),
            TextLine::Columns("same      ".to_owned(), "Code [partner.code]".to_owned()),
            TextLine::Words("          wanted: ILLiad".to_owned()),
            TextLine::Words("one two three".to_owned()),
        ];
        let drawn: Vec<Row> = lines.iter().flat_map(|line| rows(line, 60)).collect();
        let words: Vec<String> = drawn.iter().map(Row::words).collect();
        assert_eq!(
            words,
            [" Evidence", "", " same      Code [partner.code]", "           wanted: ILLiad", " one two three"]
        );
        assert_eq!(drawn[0].pieces.last().map(|piece| piece.tone), Some(Tone::Heading));
        assert_eq!(rows(&lines[4], 8).len(), 2);
    }
}
