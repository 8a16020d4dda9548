//! Prints the hand-off as GitHub Markdown.
use super::document::{Cell, Chapter, Document, DocumentBlock, day, minute};
use super::text::ticket_lines;
use super::verdict_kind::VerdictKind;
use std::fmt::Write as _;

/// The whole hand-off as Markdown.
pub fn markdown(document: &Document) -> String {
    let head = &document.masthead;
    let mut out = format!(
        "# ILLiad as partner of last resort: {} ({})\n\n**{}** · Alma {} · rule {} · read {}\n\n",
        words(&head.whole_name),
        words(&head.code),
        head.state.words(),
        head.environment.as_str(),
        head.rule(),
        minute(head.at)
    );
    let counts = head.counts.iter().map(|(kind, count)| vec![mark(*kind), count.to_string()]);
    out += &table(&["Verdict", "Values"], counts);
    for Chapter { title, blocks, .. } in [&document.waits, &document.reply].into_iter().chain(&document.others) {
        // Writing to a String never fails.
        let _ = writeln!(out, "## {title}\n");
        blocks.iter().for_each(|each| out += &block(each, document));
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn mark(kind: VerdictKind) -> String {
    format!("{} {}", kind.sign(), kind.spoken())
}

fn block(block: &DocumentBlock, document: &Document) -> String {
    match block {
        DocumentBlock::Paragraph(text) => format!("{}\n\n", words(text)),
        DocumentBlock::Notice(text) => format!("{text}\n\n"),
        DocumentBlock::List { lead, items } => {
            lead.map(|lead| format!("{lead}\n\n")).unwrap_or_default() + &list(items)
        }
        DocumentBlock::Mail { .. } => {
            format!("```text\n{}\n```\n\n", ticket_lines(document).join("\n").replace("```", "'''"))
        }
        DocumentBlock::Table(all) => {
            let rows = all.groups.iter().flat_map(|group| &group.rows);
            table(all.columns, rows.map(|row| row.iter().flat_map(cell).collect()))
        }
        DocumentBlock::Glossary => {
            table(&["Word", "Means"], VerdictKind::ALL.into_iter().map(|kind| vec![mark(kind), words(kind.meaning())]))
        }
        DocumentBlock::Card { title, cite, audience, blocks } => {
            format!("### {} ({}), for {audience}\n\n", words(title), words(cite))
                + &blocks.iter().map(|each| self::block(each, document)).collect::<String>()
        }
        DocumentBlock::Form { title, menu, open, values, close } => {
            let rows = values.iter().map(|(label, value)| vec![words(label), code(value)]);
            format!("**{}** — {}\n\n", words(title), words(menu))
                + &list(open)
                + &table(&["Field", "Value"], rows)
                + &list(close)
        }
    }
}

fn list(items: &[String]) -> String {
    let lines: String = items.iter().map(|item| format!("- {}\n", words(item))).collect();
    if items.is_empty() { lines } else { lines + "\n" }
}

fn cell(cell: &Cell) -> Vec<String> {
    let one = match cell {
        Cell::Verdict(kind) => mark(*kind),
        Cell::Owner(owner) => words(owner.as_str()),
        Cell::Since(when) => day(*when),
        Cell::Name(name, None) => words(name),
        Cell::Name(name, Some(heading)) => format!("{} ({})", words(name), words(heading)),
        Cell::Words(text) => words(text),
        Cell::Wanted(value) => code(value),
        Cell::Known(known) => {
            let there = known.instead.iter().map(|there| format!("found {}; ", code(there)));
            let note = known.note.iter().map(|note| format!(" (\"{}\")", words(note)));
            let how: String = there.chain([words(&known.how)]).chain(note).collect();
            let who = known.who.as_deref().map(words).unwrap_or_default();
            return vec![how, who, known.when.map(minute).unwrap_or_default()];
        }
    };
    vec![one]
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let rows: String = rows.map(|row| format!("| {} |\n", row.join(" | "))).collect();
    format!("| {} |\n|{}\n{rows}\n", head.join(" | "), "---|".repeat(head.len()))
}

/// Escapes a text so that it makes no mark-up, ends no table cell, mentions nobody and becomes no issue link.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// A value as a code span, to be copied exactly. In a table even the pipe inside a code span must be escaped.
fn code(value: &str) -> String {
    let longest = value.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let air = if value.starts_with('`') || value.ends_with('`') || value.trim().is_empty() { " " } else { "" };
    format!("{fence}{air}{}{air}{fence}", value.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_cell() {
        assert_eq!(words("a|b *c* <d> @e #1"), "a\\|b \\*c\\* &lt;d&gt; &#64;e &#35;1");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("`x``"), "``` `x`` ```");
    }
}
