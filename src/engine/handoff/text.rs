//! The hand-off as plain text: at most 72 columns but where one exact value needs more, no tabs.
use super::document::{Cell, Document, DocumentBlock, Provenance, RowGroup, day, minute};
use super::verdict_kind::VerdictKind;
use super::wrap::{plain, wrapped};

/// The longest line that mail programs leave alone.
pub const TICKET_COLUMNS: usize = 72;

/// A line of plain text, with what a screen wants to know about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextLine {
    /// A heading, and the sign that the line below it is made of.
    Heading(String, char),
    /// A left column, padded with blanks, and what stands right of it.
    Columns(String, String),
    /// Any other line with its indentation; an empty one too.
    Words(String),
}

/// All of it, line by line.
#[must_use]
pub fn text(document: &Document) -> Vec<String> {
    printed(text_lines(document, TICKET_COLUMNS))
}

/// The reply to the ticket alone.
#[must_use]
pub fn ticket_lines(document: &Document) -> Vec<String> {
    printed(TextPage { columns: TICKET_COLUMNS, bullet: "- " }.flow(&document.reply.blocks))
}

/// All of it, in lines of at most so many columns.
#[must_use]
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
    lines.into_iter().flat_map(print).collect()
}

fn blank() -> TextLine {
    TextLine::Words(String::new())
}

/// Where what a verdict is about begins.
const INDENT: &str = "          ";

fn mark(kind: VerdictKind) -> String {
    format!("{:<10}", kind.word())
}

/// How a value is known, by whom and when, in one sentence.
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

    /// With an empty line below each block.
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
                let mut lines = self.wrapped("Subject: ", "  ", subject);
                lines.push(blank());
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

    /// What follows the first line stands under its words.
    fn hanging(self, first: &str, words: &str) -> Vec<TextLine> {
        self.wrapped(first, &" ".repeat(first.chars().count()), words)
    }

    fn list(self, items: &[String]) -> impl Iterator<Item = TextLine> {
        items.iter().flat_map(move |item| self.hanging(self.bullet, item))
    }

    /// `second` is a narrow column of its own between both.
    fn columns(self, left: &str, second: &str, words: &str) -> Vec<TextLine> {
        let mut lines = self.hanging(&format!("{left}{second}"), words);
        if let Some(TextLine::Words(first)) = lines.first() {
            let right = first.get(left.len()..).unwrap_or_default().to_owned();
            lines[0] = TextLine::Columns(left.to_owned(), right);
        }
        lines
    }

    /// A value keeps its letters; one that does not fit beside its label stands on a line of its own, from the first column.
    fn exact(self, indent: &str, label: &str, value: &str) -> Vec<TextLine> {
        let label = format!("{indent}{}:", plain(label));
        let beside = format!("{label} {value}");
        let lines = if beside.chars().count() <= self.columns { vec![beside] } else { vec![label, value.to_owned()] };
        lines.into_iter().map(TextLine::Words).collect()
    }

    /// The rows of a table, under the step they belong to and with an empty line below them.
    fn group(self, group: &RowGroup) -> Vec<TextLine> {
        let mut lines = Vec::new();
        if let Some((title, owner, state)) = &group.step {
            let words = format!("{} ({}): {state}", plain(title), owner.as_str());
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
                Cell::Name(name, Some(key)) => words += &format!("{name} [{key}]"),
                Cell::Words(more) => words += &format!(": {more}"),
                Cell::Wanted(value) => below.extend(self.exact(INDENT, "wanted", value)),
                Cell::Known(known) => {
                    let there = known.instead.iter().map(|there| format!("there is: {there}"));
                    below.extend(there.chain([sentence(known)]).flat_map(|words| self.hanging(INDENT, &words)));
                }
            }
        }
        self.columns(&left, &second, &words).into_iter().chain(below).collect()
    }
}
