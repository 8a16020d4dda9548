//! Recognises the layouts in which a form or a list arrives when it is
//! copied from a screen, and finds the value of each label.
use std::collections::BTreeSet;

/// A label and the value beside or below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LabelOccurrence {
    /// As [`norm`] gives it.
    pub(crate) label: String,
    pub(crate) got: String,
    /// Line number of the value, from 1.
    pub(crate) line: usize,
    /// The heading above it, as [`norm`] gives it.
    pub(crate) heading: Option<String>,
}

/// One row of a list with several rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormListRow {
    pub(crate) line: usize,
    pub(crate) cells: Vec<LabelOccurrence>,
}

/// A pasted text, split into its parts.
#[derive(Debug, Default)]
pub(crate) struct FormLayout {
    /// In the order of the text.
    pub(crate) parts: Vec<FormPart>,
    /// Numbers of lines that belong to no part.
    pub(crate) odd: Vec<usize>,
}

/// A single value, or a list in which one row is ours.
#[derive(Debug)]
pub(crate) enum FormPart {
    Value(LabelOccurrence),
    List(Vec<FormListRow>),
}

/// The labels and headings to look for.
pub(crate) struct FormWords {
    labels: BTreeSet<String>,
    headings: BTreeSet<String>,
    /// No label in a text is longer than this, decoration included.
    longest: usize,
}

/// Lower-case letters and digits of a label or heading, without spaces
/// and signs: `Process Type *` equals `ProcessType:`.
pub(crate) fn norm(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl FormWords {
    pub(crate) fn new<'a>(labels: impl Iterator<Item = &'a str>, headings: impl Iterator<Item = &'a str>) -> Self {
        let labels: BTreeSet<String> = labels.map(norm).filter(|label| !label.is_empty()).collect();
        let headings = headings.map(norm).filter(|heading| !labels.contains(heading)).collect();
        let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0) * 2 + 16;
        Self { labels, headings, longest }
    }

    fn label(&self, text: &str) -> Option<String> {
        let short = text.chars().nth(self.longest).is_none();
        short.then(|| norm(text)).filter(|norm| self.labels.contains(norm))
    }

    fn heading(&self, text: &str) -> Option<String> {
        let short = text.chars().nth(100).is_none();
        short.then(|| norm(text)).filter(|norm| self.headings.contains(norm))
    }
}

/// The kind of a line.
enum Kind {
    Blank,
    Heading(String),
    /// A table's header, with a label for each column. `None` for a column we do not look for.
    Header(Vec<Option<String>>),
    Pair(String, String),
    /// A label alone; its value is on the next line.
    Label(String),
    /// A line drawn with characters, such as `-----`.
    Rule,
    Other,
}

const BOXES: [&str; 9] = ["[x]", "[X]", "[ ]", "[]", "☑", "☐", "✓", "✔", "✅"];

fn kind(words: &FormWords, line: &str) -> Kind {
    let bare = line.trim();
    if bare.is_empty() {
        return Kind::Blank;
    }
    if bare.chars().all(|c| matches!(c, '-' | '=' | '|' | '+' | ':' | '_' | '*' | ' ' | '─' | '│' | '┼' | '—'))
    {
        return Kind::Rule;
    }
    if let Some(header) = header(words, line) {
        return Kind::Header(header);
    }
    if let Some((label, got)) = checkbox(words, bare).or_else(|| pair(words, line)) {
        return Kind::Pair(label, got);
    }
    // [`norm`] drops signs, so a heading may be decorated and a table's only column may have bars.
    match (words.label(bare), words.heading(bare)) {
        (Some(label), _) => Kind::Label(label),
        (None, Some(heading)) => Kind::Heading(heading),
        (None, None) => Kind::Other,
    }
}

fn checkbox(words: &FormWords, line: &str) -> Option<(String, String)> {
    BOXES.into_iter().find_map(|drawn| {
        let rest = line.strip_prefix(drawn).or_else(|| line.strip_prefix("- ")?.strip_prefix(drawn));
        let rest = rest.or_else(|| line.strip_suffix(drawn))?;
        let rest = rest.trim().trim_end_matches([':', '=']);
        Some((words.label(rest)?, drawn.to_owned()))
    })
}

/// Reads a pair in one of these forms: `Label: value`, `Label<TAB>value`, `Label = value`, `| Label | value |`,
/// `Label,"value"`, or `Label    value`.
fn pair(words: &FormWords, line: &str) -> Option<(String, String)> {
    let bars = line.trim().strip_prefix('|').and_then(|inside| inside.trim_end().strip_suffix('|'));
    if let Some((label, got)) = bars.and_then(|inside| inside.split_once('|')) {
        return Some((words.label(label)?, got.trim().to_owned()));
    }
    let line = line.trim_start().trim_start_matches(['•', '*', '-']).trim_start_matches(' ');
    let mut before = ' ';
    for (count, (at, c)) in line.char_indices().enumerate() {
        if count > words.longest {
            break;
        }
        let wide = c == ' ' && before == ' ' && count > 0;
        before = c;
        if !(wide || matches!(c, ':' | '=' | '\t' | '|' | ',' | ';' | '：')) {
            continue;
        }
        let Some(label) = words.label(&line[..at]) else { continue };
        let rest = &line[at + c.len_utf8()..];
        // After the label's own colon there may be another separator.
        let rest = if wide { rest.trim_start().strip_prefix([':', '=']).unwrap_or(rest) } else { rest };
        let rest = if c == '\t' { rest } else { rest.trim_start_matches([' ', '\t']) };
        let got = if matches!(c, ',' | ';') { unquoted(rest) } else { rest.to_owned() };
        return (c == ':' || !got.trim().is_empty() || matches!(c, '\t' | ',' | '=')).then_some((label, got));
    }
    None
}

fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('"').and_then(|inside| inside.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => cell.to_owned(),
    }
}

fn header(words: &FormWords, line: &str) -> Option<Vec<Option<String>>> {
    let labels: Vec<Option<String>> = cells(line, None)?.iter().map(|cell| words.label(cell)).collect();
    let known = labels.iter().flatten().count();
    // `Name: ILLiad, Status` is not a header. A line is one if it has at
    // least two labels and most of its cells are labels.
    (known >= 2 && known * 2 > labels.len()).then_some(labels)
}

/// What separates the cells of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    Tab,
    Bar,
    Comma,
    Semicolon,
    Wide,
}

fn apart(line: &str) -> Option<Apart> {
    Some(match line {
        _ if line.contains('\t') => Apart::Tab,
        _ if line.trim().contains('|') => Apart::Bar,
        _ if line.contains(';') && !line.contains(',') => Apart::Semicolon,
        _ if line.contains(',') => Apart::Comma,
        _ if line.trim().contains("  ") => Apart::Wide,
        _ => return None,
    })
}

fn cells(line: &str, by: Option<Apart>) -> Option<Vec<String>> {
    Some(match by.or_else(|| apart(line))? {
        Apart::Tab => line.split('\t').map(str::to_owned).collect(),
        Apart::Bar => {
            let line = line.trim();
            let line = line.strip_prefix('|').unwrap_or(line);
            line.strip_suffix('|').unwrap_or(line).split('|').map(|cell| cell.trim().to_owned()).collect()
        }
        Apart::Comma => quoted_cells(line, ','),
        Apart::Semicolon => quoted_cells(line, ';'),
        Apart::Wide => {
            line.trim().split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
        }
    })
}

/// The cells of a line as in CSV: double quotes make one cell of everything inside them.
fn quoted_cells(line: &str, comma: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut inside = false;
    for c in line.chars() {
        if c == '"' {
            inside = !inside;
        }
        match cells.last_mut() {
            Some(cell) if c != comma || inside => cell.push(c),
            _ => cells.push(String::new()),
        }
    }
    cells.iter().map(|cell| unquoted(cell)).collect()
}

/// Splits a pasted text into labelled values and lists.
pub(crate) fn layout(words: &FormWords, text: &str) -> FormLayout {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'], "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let kinds: Vec<Kind> = lines.iter().map(|line| kind(words, line)).collect();
    let mut layout = FormLayout::default();
    let mut heading = None;
    let mut at = 0;
    while at < lines.len() {
        let line = at + 1;
        at += 1;
        let occurrence = |label: &str, got: String, line| LabelOccurrence {
            label: label.to_owned(),
            got,
            line,
            heading: heading.clone(),
        };
        match &kinds[line - 1] {
            Kind::Blank | Kind::Rule => {}
            Kind::Other => layout.odd.push(line),
            Kind::Heading(title) => heading = Some(title.clone()),
            Kind::Pair(label, got) => layout.parts.push(FormPart::Value(occurrence(label, got.clone(), line))),
            Kind::Label(label) => {
                let value = value_below(&kinds, at);
                let got = value.map_or("", |below| lines[below]).to_owned();
                layout.parts.push(FormPart::Value(occurrence(label, got, value.map_or(line, |below| below + 1))));
                at = value.map_or(at, |below| below + 1);
            }
            Kind::Header(labels) => {
                let (rows, end) = rows(&lines, &kinds, at, labels, &heading);
                at = end;
                layout.parts.extend(listed(rows));
            }
        }
    }
    layout
}

/// The line with the value of a label that stands alone: the next line
/// that is not blank, unless it is a label or heading itself.
fn value_below(kinds: &[Kind], from: usize) -> Option<usize> {
    let below = (from..kinds.len()).find(|at| !matches!(kinds[*at], Kind::Blank))?;
    matches!(kinds[below], Kind::Other | Kind::Rule).then_some(below)
}

/// The rows below a header, and the line where they end.
fn rows(
    lines: &[&str],
    kinds: &[Kind],
    from: usize,
    labels: &[Option<String>],
    heading: &Option<String>,
) -> (Vec<FormListRow>, usize) {
    let by = from.checked_sub(1).and_then(|header| apart(lines[header]));
    let mut rows = Vec::new();
    let mut at = from;
    while at < lines.len() {
        match kinds[at] {
            Kind::Rule => {}
            Kind::Blank | Kind::Heading(_) | Kind::Header(_) | Kind::Label(_) => break,
            Kind::Pair(..) | Kind::Other => {
                let Some(cells) = cells(lines[at], by).filter(|cells| cells.len() == labels.len()) else { break };
                let line = at + 1;
                let cell = |(label, got): (&Option<String>, String)| {
                    Some(LabelOccurrence { label: label.clone()?, got, line, heading: heading.clone() })
                };
                rows.push(FormListRow { line, cells: labels.iter().zip(cells).filter_map(cell).collect() });
            }
        }
        at += 1;
    }
    (rows, at)
}

fn listed(mut rows: Vec<FormListRow>) -> Vec<FormPart> {
    match rows.len() {
        0 => Vec::new(),
        1 => rows.remove(0).cells.into_iter().map(FormPart::Value).collect(),
        _ => vec![FormPart::List(rows)],
    }
}
