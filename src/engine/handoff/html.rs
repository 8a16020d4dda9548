//! The hand-off as one HTML file that is well-formed XML too: no script, nothing from elsewhere, fit for paper and for the dark.
use super::text::{minute, ticket_lines};
use super::ticket::who;
use super::types::{Handoff, Row, Standing, StepLine, Todo, TodoGroup};
use crate::site::Stance;
use std::fmt::Write as _;

/// How it looks.
const STYLE: &str = include_str!("../../../assets/report.css");

/// All of it.
#[must_use]
pub fn html(handoff: &Handoff) -> String {
    let title = format!("{} ({}): ILLiad as partner of last resort", handoff.name, handoff.code);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\" xml:lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\" />\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n<meta name=\"color-scheme\" content=\"light dark\" />\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        safe(&title)
    );
    head(&mut out, handoff);
    out.push_str("<main>\n");
    waits(&mut out, handoff);
    ticket(&mut out, handoff);
    todo(&mut out, handoff);
    before(&mut out, handoff);
    evidence(&mut out, handoff);
    remarks(&mut out, handoff);
    meanings(&mut out);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// In a person's words.
pub(super) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Ahead => "set up ahead, disabled",
        Stance::Live => "live",
    }
}

fn head(out: &mut String, handoff: &Handoff) {
    let _ = write!(
        out,
        "<header>\n<p class=\"over\">ILLiad as resource sharing partner of last resort</p>\n<h1>{} <span class=\"code\">{}</span></h1>\n\
         <ul class=\"facts\">\n<li class=\"state {state}\">{state}</li>\n<li class=\"environment {environment}\">Alma {environment}</li>\n\
         <li>rule {}</li>\n<li>read {}</li>\n</ul>\n<ul class=\"counts\">\n",
        safe(&handoff.name),
        safe(&handoff.code),
        stance(handoff.stance),
        minute(handoff.at),
        state = handoff.state,
        environment = handoff.environment.as_str()
    );
    for standing in Standing::ALL.into_iter().rev().filter(|each| handoff.count(*each) > 0) {
        let _ = writeln!(
            out,
            "<li class=\"{word}\"><b>{}</b> <span>{} {word}</span></li>",
            handoff.count(standing),
            sign(standing),
            word = standing.as_str()
        );
    }
    out.push_str("</ul>\n</header>\n");
}

fn sign(standing: Standing) -> String {
    format!("<i aria-hidden=\"true\">{}</i>", standing.sign())
}

/// Sign and word.
fn mark(standing: Standing) -> String {
    format!("<span class=\"mark {word}\">{} {word}</span>", sign(standing), word = standing.as_str())
}

fn section(out: &mut String, id: &str, title: &str) {
    let _ = writeln!(out, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>", safe(title));
}

fn table_head(out: &mut String, class: &str, caption: &str, head: &[&str]) {
    let cells: String = head.iter().map(|cell| format!("<th scope=\"col\">{cell}</th>")).collect();
    let _ = writeln!(out, "<table class=\"{class}\">\n<caption>{caption}</caption>\n<thead><tr>{cells}</tr></thead>");
}

fn waits(out: &mut String, handoff: &Handoff) {
    section(out, "waits", "Who is waited for");
    if handoff.waits.is_empty() {
        out.push_str("<p>Nobody.</p>\n</section>\n");
        return;
    }
    let caption = "Steps that are not done, with their owner and since when they could have been done";
    table_head(out, "waits", caption, &["Who", "Since", "Step", "For"]);
    out.push_str("<tbody>\n");
    for wait in &handoff.waits {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td class=\"when\">{}</td><th scope=\"row\">{}</th><td>{}</td></tr>",
            wait.owner.as_str(),
            wait.since.strftime("%Y-%m-%d"),
            safe(&wait.title),
            safe(&wait.words)
        );
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn ticket(out: &mut String, handoff: &Handoff) {
    section(out, "ticket", "Ticket reply");
    let _ = writeln!(out, "<pre>{}</pre>\n</section>", safe(&ticket_lines(handoff).join("\n")));
}

fn todo(out: &mut String, handoff: &Handoff) {
    section(out, "todo", "To-do card");
    if handoff.todo.is_empty() {
        // Writing to a String does not fail.
        let _ = writeln!(out, "<p>{}</p>", handoff.nothing_left());
    }
    handoff.todo.iter().for_each(|todo| card(out, todo));
    out.push_str("</section>\n");
}

fn card(out: &mut String, todo: &Todo) {
    let _ = writeln!(
        out,
        "<article class=\"card\">\n<h3>{} <small>{}; for {}</small></h3>",
        safe(&todo.title),
        safe(&todo.cite),
        who(todo.owner)
    );
    if !todo.first.is_empty() {
        out.push_str("<p class=\"then\">First:</p>\n");
        list(out, &todo.first);
    }
    todo.groups.iter().for_each(|group| screen(out, group));
    if !todo.next.is_empty() {
        let _ = writeln!(out, "<p class=\"then\">{}</p>", todo.over_next());
        list(out, &todo.next);
    }
    out.push_str("</article>\n");
}

fn screen(out: &mut String, group: &TodoGroup) {
    let _ = writeln!(out, "<h4>{}</h4>\n<p class=\"menu\">{}</p>", safe(&group.title), safe(&group.menu));
    list(out, &group.open);
    out.push_str("<dl>\n");
    for value in &group.values {
        let _ = writeln!(out, "<div><dt>{}</dt><dd><code>{}</code></dd></div>", safe(&value.label), safe(&value.value));
    }
    out.push_str("</dl>\n");
    list(out, &group.close);
}

fn list(out: &mut String, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let items: String = items.iter().map(|item| format!("<li>{}</li>", safe(item))).collect();
    let _ = writeln!(out, "<ul class=\"steps\">{items}</ul>");
}

fn before(out: &mut String, handoff: &Handoff) {
    section(out, "before", "Before and after");
    table_head(out, "before", "What must hold before, and what was seen to work", &["Standing", "What", "Found"]);
    out.push_str("<tbody>\n");
    for row in &handoff.before {
        let (label, words) = (safe(&row.label), safe(&row.words));
        let _ = writeln!(out, "<tr><td>{}</td><th scope=\"row\">{label}</th><td>{words}</td></tr>", mark(row.standing));
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}

fn evidence(out: &mut String, handoff: &Handoff) {
    section(out, "evidence", &format!("Evidence: all {} values", handoff.rows.len()));
    let head = ["Standing", "Value", "Wanted", "How it is known", "Who", "When"];
    table_head(out, "evidence", "Each of the procedure's values, and what stands behind it", &head);
    for step in &handoff.steps {
        let rows: Vec<&Row> = handoff.rows_of(step.id).collect();
        if !rows.is_empty() {
            evidence_of(out, step, &rows);
        }
    }
    out.push_str("</table>\n</section>\n");
}

fn evidence_of(out: &mut String, step: &StepLine, rows: &[&Row]) {
    let _ = writeln!(
        out,
        "<tbody>\n<tr class=\"step\"><th scope=\"rowgroup\" colspan=\"6\">{} <small>{}; {}</small></th></tr>",
        safe(&step.title),
        step.owner.as_str(),
        step.state
    );
    for row in rows {
        let mut how = safe(&row.how.words());
        if let Some(there) = &row.instead {
            how = format!("<span class=\"there\">there is <code>{}</code></span> {how}", safe(there));
        }
        if let Some(note) = &row.note {
            let _ = write!(how, " <q>{}</q>", safe(note));
        }
        let _ = writeln!(
            out,
            "<tr class=\"{}\"><td>{}</td><th scope=\"row\">{} <small>{}</small></th><td><code>{}</code></td><td>{how}</td><td>{}</td><td class=\"when\">{}</td></tr>",
            row.standing.as_str(),
            mark(row.standing),
            safe(&row.label),
            safe(&row.key),
            safe(&row.want),
            row.who.as_deref().map(safe).unwrap_or_default(),
            row.when.map(minute).unwrap_or_default()
        );
    }
    out.push_str("</tbody>\n");
}

fn remarks(out: &mut String, handoff: &Handoff) {
    if !handoff.remarks.is_empty() {
        section(out, "remarks", "Worth knowing");
        list(out, &handoff.remarks);
        out.push_str("</section>\n");
    }
}

fn meanings(out: &mut String) {
    section(out, "words", "What the words mean");
    out.push_str("<dl class=\"words\">\n");
    for standing in Standing::ALL {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", mark(standing), standing.meaning());
    }
    out.push_str("</dl>\n</section>\n");
}

/// A text as HTML and XML write it. What XML cannot hold at all becomes a visible mark.
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
