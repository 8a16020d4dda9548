//! Plain lines, made for a mail, as rows of a screen.
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::text::width;

/// The lines as rows: what is underlined becomes a heading, columns stay columns, what is too long is wrapped under its own start.
pub(super) fn plain(lines: &[String], columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if is_underline(line) {
            continue;
        }
        let headed = lines.get(at + 1).is_some_and(|next| is_underline(next));
        let first = at == 0 && lines.get(1).is_some_and(String::is_empty);
        rows.extend(match (headed || first, line.is_empty()) {
            (_, true) => vec![Row::blank()],
            (true, false) => paragraph(Tone::Heading, line, 1, columns),
            (false, false) => row(line, columns),
        });
    }
    rows
}

fn is_underline(line: &str) -> bool {
    line.len() > 2 && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

fn row(line: &str, columns: usize) -> Vec<Row> {
    let words = line.trim_start();
    let indent = 1 + width(line) - width(words);
    let Some((left, right)) = words.split_once("  ") else { return paragraph(Tone::Plain, words, indent, columns) };
    let right = right.trim_start();
    let at = indent + width(words) - width(right);
    let mut rows = paragraph(Tone::Plain, right, at, columns);
    if let Some(first) = rows.first_mut() {
        *first = Row::default().to(indent).add(Tone::Plain, left).to(at).add(Tone::Plain, first.words().trim_start());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_headings_lose_their_line_and_nothing_is_lost() {
        let lines =
            ["Evidence", "========", "", "same      Code [partner.code]", "          wanted: ILLiad", "one two three"];
        let lines = lines.map(str::to_owned);
        let words: Vec<String> = plain(&lines, 60).iter().map(Row::words).collect();
        assert_eq!(
            words,
            [" Evidence", "", " same      Code [partner.code]", "           wanted: ILLiad", " one two three"]
        );
        assert_eq!(plain(&lines, 60)[0].pieces.last().map(|piece| piece.tone), Some(Tone::Heading));
        assert_eq!(plain(&["one two three".to_owned()], 8).len(), 2);
    }
}
