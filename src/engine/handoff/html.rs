//! Prints the hand-off as one HTML file that is also well-formed XML. It has no scripts, loads nothing, and suits print
//! and dark mode.
use super::document::{Cell, Document, DocumentBlock, Masthead, RowGroup, day, minute};
use super::text::ticket_lines;
use super::verdict_kind::VerdictKind;

const STYLE: &str = include_str!("../../../assets/report.css");

/// The whole hand-off as HTML.
pub fn html(document: &Document) -> String {
    let head = &document.masthead;
    let title = format!("{} ({}): ILLiad as partner of last resort", head.name, head.code);
    let chapters = [&document.waits, &document.reply].into_iter().chain(&document.others).map(|chapter| {
        format!(
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n{}</section>\n",
            safe(&chapter.title),
            blocks(&chapter.blocks, document),
            id = chapter.id
        )
    });
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\" xml:lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<meta name=\"color-scheme\" content=\"light dark\" />\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{}<main>\n{}</main>\n</body>\n</html>\n",
        safe(&title),
        header(head),
        chapters.collect::<String>()
    )
}

fn header(head: &Masthead) -> String {
    let count = |(kind, count): &(VerdictKind, usize)| {
        format!(
            "<li class=\"{word}\"><b>{count}</b> <span>{} {}</span></li>\n",
            sign(*kind),
            kind.spoken(),
            word = kind.word()
        )
    };
    format!(
        "<header>\n<p class=\"over\">ILLiad as resource sharing partner of last resort</p>\n<h1>{} <span class=\"code\">{}</span></h1>\n\
         <ul class=\"facts\">\n<li class=\"state {state}\">{words}</li>\n<li class=\"environment {environment}\">Alma {environment}</li>\n\
         <li>rule {}</li>\n<li>read {}</li>\n</ul>\n<ul class=\"counts\">\n{}</ul>\n</header>\n",
        safe(&head.whole_name),
        safe(&head.code),
        head.rule(),
        minute(head.at),
        head.counts.iter().rev().map(count).collect::<String>(),
        state = head.state,
        words = head.state.words(),
        environment = head.environment.as_str()
    )
}

fn sign(kind: VerdictKind) -> String {
    format!("<i aria-hidden=\"true\">{}</i>", kind.sign())
}

/// The sign and name of a verdict.
fn mark(kind: VerdictKind) -> String {
    format!("<span class=\"mark {word}\">{} {}</span>", sign(kind), kind.spoken(), word = kind.word())
}

fn blocks(blocks: &[DocumentBlock], document: &Document) -> String {
    blocks.iter().map(|each| block(each, document)).collect()
}

fn block(block: &DocumentBlock, document: &Document) -> String {
    match block {
        DocumentBlock::Paragraph(words) => format!("<p>{}</p>\n", safe(words)),
        DocumentBlock::Notice(words) => format!("<p>{words}</p>\n"),
        DocumentBlock::List { lead, items } => {
            lead.map(|lead| format!("<p class=\"then\">{lead}</p>\n")).unwrap_or_default() + &list(items)
        }
        DocumentBlock::Mail { .. } => format!("<pre>{}</pre>\n", safe(&ticket_lines(document).join("\n"))),
        DocumentBlock::Table(table) => format!(
            "<table class=\"{}\">\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n{}</table>\n",
            table.class,
            table.caption,
            table.columns.iter().map(|column| format!("<th scope=\"col\">{column}</th>")).collect::<String>(),
            table.groups.iter().map(group).collect::<String>()
        ),
        DocumentBlock::Glossary => {
            let entry = |kind: VerdictKind| (mark(kind), kind.meaning().to_owned());
            format!("<dl class=\"words\">\n{}</dl>\n", definitions(VerdictKind::ALL.into_iter().map(entry)))
        }
        DocumentBlock::Card { title, cite, audience, blocks } => format!(
            "<article class=\"card\">\n<h3>{} <small>{}; for {audience}</small></h3>\n{}</article>\n",
            safe(title),
            safe(cite),
            self::blocks(blocks, document)
        ),
        DocumentBlock::Form { title, menu, open, values, close } => {
            let entry = |(label, value): &(String, String)| (safe(label), format!("<code>{}</code>", safe(value)));
            format!(
                "<h4>{}</h4>\n<p class=\"menu\">{}</p>\n{}<dl>\n{}</dl>\n{}",
                safe(title),
                safe(menu),
                list(open),
                definitions(values.iter().map(entry)),
                list(close)
            )
        }
    }
}

fn definitions(entries: impl Iterator<Item = (String, String)>) -> String {
    entries.map(|(term, meaning)| format!("<div><dt>{term}</dt><dd>{meaning}</dd></div>\n")).collect()
}

fn list(items: &[String]) -> String {
    let lines: String = items.iter().map(|item| format!("<li>{}</li>", safe(item))).collect();
    if items.is_empty() { lines } else { format!("<ul class=\"steps\">{lines}</ul>\n") }
}

fn group(group: &RowGroup) -> String {
    let step = group.step.as_ref().map(|(title, owner, state)| {
        let (title, owner) = (safe(title), owner.as_str());
        format!(
            "<tr class=\"step\"><th scope=\"rowgroup\" colspan=\"6\">{title} <small>{owner}; {}</small></th></tr>\n",
            state.words()
        )
    });
    let row = |cells: &Vec<Cell>| {
        let class = match (step.is_some(), cells.first()) {
            (true, Some(Cell::Verdict(kind))) => format!(" class=\"{}\"", kind.word()),
            _ => String::new(),
        };
        format!("<tr{class}>{}</tr>\n", cells.iter().map(cell).collect::<String>())
    };
    let rows: String = group.rows.iter().map(row).collect();
    format!("<tbody>\n{}{rows}</tbody>\n", step.unwrap_or_default())
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Verdict(kind) => format!("<td>{}</td>", mark(*kind)),
        Cell::Owner(owner) => format!("<td>{}</td>", owner.as_str()),
        Cell::Since(when) => format!("<td class=\"when\">{}</td>", day(*when)),
        Cell::Name(name, None) => format!("<th scope=\"row\">{}</th>", safe(name)),
        Cell::Name(name, Some(heading)) => {
            format!("<th scope=\"row\">{} <small>({})</small></th>", safe(name), safe(heading))
        }
        Cell::Words(words) => format!("<td>{}</td>", safe(words)),
        Cell::Wanted(value) => format!("<td><code>{}</code></td>", safe(value)),
        Cell::Known(known) => {
            let there = |there| format!("<span class=\"there\">found <code>{}</code></span> ", safe(there));
            format!(
                "<td>{}{}{}</td><td>{}</td><td class=\"when\">{}</td>",
                known.instead.as_deref().map(there).unwrap_or_default(),
                safe(&known.how),
                known.note.as_deref().map(|note| format!(" <q>{}</q>", safe(note))).unwrap_or_default(),
                known.who.as_deref().map(safe).unwrap_or_default(),
                known.when.map(minute).unwrap_or_default()
            )
        }
    }
}

/// Escapes a text for HTML and XML. Characters that XML does not allow become a visible mark.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push(crate::text::MARK),
            c if c.is_control() && c != '\n' => out.push(crate::text::MARK),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nothing_becomes_mark_up() {
        assert_eq!(safe("<b onclick='x'>&\u{7}\u{ffff}"), "&lt;b onclick=&#39;x&#39;&gt;&amp;\u{fffd}\u{fffd}");
    }
}
