//! Prints the hand-off as plain text, without tabs and at most 72 columns wide, except where an exact value is longer.
use super::document::{Cell, Document, DocumentBlock, Provenance, RowGroup, day, minute};
use super::verdict_kind::VerdictKind;
use super::wrap::wrapped;
use crate::text::without_typography as plain;

/// The longest line that mail programs leave alone, in columns.
pub const TICKET_COLUMNS: usize = 72;

/// A line of plain text, in the parts that a screen styles differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextLine {
    /// A heading, and the character that underlines it.
    Heading(String, char),
    /// A left column, padded with spaces, and the text to the right of it.
    Columns(String, String),
    /// Any other line, with its indentation. May be empty.
    Words(String),
}

/// The whole hand-off as lines of text.
pub fn text(document: &Document) -> Vec<String> {
    printed(text_lines(document, TICKET_COLUMNS))
}

/// Only the reply to the ticket.
pub fn ticket_lines(document: &Document) -> Vec<String> {
    printed(TextPage { columns: TICKET_COLUMNS, bullet: "- " }.flow(&document.reply.blocks))
}

/// The whole hand-off in lines of at most `columns` columns.
pub fn text_lines(document: &Document, columns: usize) -> Vec<TextLine> {
    let page = TextPage { columns, bullet: "- " };
    let mut lines = Vec::new();
    for chapter in [&document.reply, &document.waits].into_iter().chain(&document.others) {
        lines.extend([blank(), TextLine::Heading(chapter.title.clone(), '='), blank()]);
        lines.extend(page.flow(&chapter.blocks));
    }
    lines.remove(0);
    lines
}

fn printed(lines: Vec<TextLine>) -> Vec<String> {
    let print = |line| match line {
        TextLine::Heading(words, under) => {
            let under = std::iter::repeat_n(under, words.chars().count()).collect();
            vec![words, under]
        }
        TextLine::Columns(left, right) => vec![(left + &right).trim_end().to_owned()],
        TextLine::Words(words) => vec![words],
    };
    lines.into_iter().flat_map(print).map(mailable).collect()
}

/// Mail programs change a line that begins with `From `, and a lone dot ends a message.
fn mailable(line: String) -> String {
    if line.starts_with("From ") || line == "." { format!(" {line}") } else { line }
}

fn blank() -> TextLine {
    TextLine::Words(String::new())
}

/// As wide as the mark with the verdict, so that the words line up.
const INDENT: &str = "            ";

fn mark(kind: VerdictKind) -> String {
    format!("{:<12}", kind.spoken())
}

/// How, by whom and when a value became known, in one sentence.
fn sentence(known: &Provenance) -> String {
    let mut words = known.how.clone();
    words.extend(known.who.iter().map(|who| format!(", {who}")));
    words.extend(known.when.map(|when| format!(", {}", minute(when))));
    words.extend(known.note.iter().map(|note| format!(" (\"{note}\")")));
    words
}

#[derive(Clone, Copy)]
struct TextPage {
    columns: usize,
    bullet: &'static str,
}

impl TextPage {
    fn flow(self, blocks: &[DocumentBlock]) -> Vec<TextLine> {
        blocks.iter().flat_map(|block| self.block(block)).collect()
    }

    /// The lines of the blocks, with an empty line after each block.
    fn spaced(self, blocks: &[DocumentBlock]) -> impl Iterator<Item = TextLine> {
        blocks.iter().flat_map(move |block| self.block(block).into_iter().chain([blank()]))
    }

    fn block(self, block: &DocumentBlock) -> Vec<TextLine> {
        match block {
            DocumentBlock::Paragraph(words) => self.hanging("", words),
            DocumentBlock::Notice(words) => self.hanging("", words),
            DocumentBlock::List { lead, items } => {
                lead.iter().map(|lead| TextLine::Words((*lead).to_owned())).chain(self.list(items)).collect()
            }
            DocumentBlock::Mail { subject, blocks } => {
                // In one piece, to be copied into its field.
                let mut lines = vec![TextLine::Words(format!("Subject: {subject}")), blank()];
                lines.extend(self.spaced(blocks));
                lines.pop();
                lines
            }
            DocumentBlock::Table(table) => {
                let mut lines: Vec<TextLine> = table.groups.iter().flat_map(|group| self.group(group)).collect();
                lines.pop();
                lines
            }
            DocumentBlock::Glossary => {
                let line = |kind: VerdictKind| self.columns(&mark(kind), "", kind.meaning());
                VerdictKind::ALL.into_iter().flat_map(line).collect()
            }
            DocumentBlock::Card { title, cite, audience, blocks } => {
                let mut lines = self.hanging("", &format!("{title} ({cite}), for {audience}"));
                if let Some(TextLine::Words(last)) = lines.pop() {
                    lines.extend([TextLine::Heading(last, '-'), blank()]);
                }
                lines.extend(Self { bullet: "  * ", ..self }.spaced(blocks));
                lines
            }
            DocumentBlock::Form { title, menu, open, values, close } => {
                let mut lines = self.hanging("", &format!("{title} [{menu}]"));
                lines.extend(self.list(open));
                lines.extend(values.iter().flat_map(|(label, value)| self.exact("  ", label, value)));
                lines.extend(self.list(close));
                lines
            }
        }
    }

    fn wrapped(self, first: &str, rest: &str, words: &str) -> Vec<TextLine> {
        wrapped(first, rest, &plain(words), self.columns).into_iter().map(TextLine::Words).collect()
    }

    /// Wraps words after a first prefix. Later lines are indented to line up with the words.
    fn hanging(self, first: &str, words: &str) -> Vec<TextLine> {
        self.wrapped(first, &" ".repeat(first.chars().count()), words)
    }

    fn list(self, items: &[String]) -> impl Iterator<Item = TextLine> {
        items.iter().flat_map(move |item| self.hanging(self.bullet, item))
    }

    /// A line in columns. `second` is a narrow column between `left` and `words`.
    fn columns(self, left: &str, second: &str, words: &str) -> Vec<TextLine> {
        let mut lines = self.hanging(&format!("{left}{second}"), words);
        if let Some(TextLine::Words(first)) = lines.first() {
            let right = first.get(left.len()..).unwrap_or_default().to_owned();
            lines[0] = TextLine::Columns(left.to_owned(), right);
        }
        lines
    }

    /// A value without any change, to be copied. If it does not fit beside its label, it gets a line of its own.
    fn exact(self, indent: &str, label: &str, value: &str) -> Vec<TextLine> {
        let label = format!("{indent}{}:", plain(label));
        let beside = format!("{label} {value}");
        let lines = if beside.chars().count() <= self.columns { vec![beside] } else { vec![label, value.to_owned()] };
        lines.into_iter().map(TextLine::Words).collect()
    }

    /// The rows of a table group, under their step and followed by an empty line.
    fn group(self, group: &RowGroup) -> Vec<TextLine> {
        let mut lines = Vec::new();
        if let Some((title, owner, state)) = &group.step {
            let words = format!("{} ({}): {}", plain(title), owner.as_str(), state.words());
            lines.extend([TextLine::Words(words), blank()]);
        }
        lines.extend(group.rows.iter().flat_map(|row| self.row(row)));
        lines.push(blank());
        lines
    }

    fn row(self, cells: &[Cell]) -> Vec<TextLine> {
        let (mut left, mut second, mut words, mut below) = (String::new(), String::new(), String::new(), Vec::new());
        for cell in cells {
            match cell {
                Cell::Verdict(kind) => left += &mark(*kind),
                Cell::Owner(owner) => left += &format!("{:<8}", owner.as_str()),
                Cell::Since(when) => second += &format!("since {}  ", day(*when)),
                Cell::Name(name, None) => words += name,
                Cell::Name(name, Some(heading)) => words += &format!("{name} ({heading})"),
                Cell::Words(more) => words += &format!(": {more}"),
                Cell::Wanted(value) => below.extend(self.exact(INDENT, "wanted", value)),
                Cell::Known(known) => {
                    let there = known.instead.iter().map(|there| format!("found: {there}"));
                    below.extend(there.chain([sentence(known)]).flat_map(|words| self.hanging(INDENT, &words)));
                }
            }
        }
        self.columns(&left, &second, &words).into_iter().chain(below).collect()
    }
}
