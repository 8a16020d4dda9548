//! The hand-off in GitHub's Markdown.
use super::text::{minute, ticket_lines};
use super::ticket::who;
use super::types::{Handoff, Row, Standing, Todo};
use std::fmt::Write as _;

/// All of it.
#[must_use]
pub fn markdown(handoff: &Handoff) -> String {
    let mut out =
        format!("# ILLiad as partner of last resort: {} ({})\n\n", words(&handoff.name), words(&handoff.code));
    let line = |out: &mut String, text: String| out.push_str(&(text + "\n"));
    line(
        &mut out,
        format!(
            "**{}** · Alma {} · rule {} · read {}\n",
            handoff.state,
            handoff.environment.as_str(),
            crate::engine::handoff::html::stance(handoff.stance),
            minute(handoff.at)
        ),
    );
    table(&mut out, &["Standing", "Values"], counts(handoff));
    out.push_str("## Who is waited for\n\n");
    if handoff.waits.is_empty() {
        out.push_str("Nobody.\n\n");
    } else {
        let rows = handoff.waits.iter().map(|wait| {
            vec![
                words(wait.owner.as_str()),
                wait.since.strftime("%Y-%m-%d").to_string(),
                words(&wait.title),
                words(&wait.words),
            ]
        });
        table(&mut out, &["Who", "Since", "Step", "For"], rows.collect());
    }
    out.push_str("## Ticket reply\n\n```text\n");
    ticket_lines(handoff).into_iter().for_each(|text| line(&mut out, text.replace("```", "'''")));
    out.push_str("```\n\n## To-do card\n\n");
    if handoff.todo.is_empty() {
        out.push_str(handoff.nothing_left());
        out.push_str("\n\n");
    }
    handoff.todo.iter().for_each(|todo| card(&mut out, todo));
    out.push_str("## Before and after\n\n");
    let before = handoff.before.iter();
    let before = before.map(|row| vec![standing(row.standing), words(&row.label), words(&row.words)]);
    table(&mut out, &["Standing", "What", "Found"], before.collect());
    let _ = writeln!(out, "## Evidence: all {} values\n", handoff.rows.len());
    let head = ["Standing", "Value", "Wanted", "How it is known", "Who", "When"];
    table(&mut out, &head, handoff.rows.iter().map(evidence).collect());
    if !handoff.remarks.is_empty() {
        out.push_str("## Worth knowing\n\n");
        handoff.remarks.iter().for_each(|remark| line(&mut out, format!("- {}", words(remark))));
        out.push('\n');
    }
    out.push_str("## What the words mean\n\n");
    let meanings = Standing::ALL.map(|each| vec![standing(each), words(each.meaning())]);
    table(&mut out, &["Word", "Means"], meanings.into());
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn counts(handoff: &Handoff) -> Vec<Vec<String>> {
    let some = Standing::ALL.into_iter().filter(|each| handoff.count(*each) > 0);
    some.map(|each| vec![standing(each), handoff.count(each).to_string()]).collect()
}

fn standing(standing: Standing) -> String {
    format!("{} {}", standing.sign(), standing.as_str())
}

fn card(out: &mut String, todo: &Todo) {
    let _ = writeln!(out, "### {} ({}), for {}\n", words(&todo.title), words(&todo.cite), who(todo.owner));
    if !todo.first.is_empty() {
        out.push_str("First:\n\n");
        list(out, &todo.first);
    }
    for group in &todo.groups {
        let _ = writeln!(out, "**{}** — {}\n", words(&group.title), words(&group.menu));
        list(out, &group.open);
        let rows = group.values.iter().map(|value| vec![words(&value.label), code(&value.value)]);
        table(out, &["Field", "Value"], rows.collect());
        list(out, &group.close);
    }
    if !todo.next.is_empty() {
        let _ = writeln!(out, "{}\n", todo.over_next());
        list(out, &todo.next);
    }
}

fn list(out: &mut String, items: &[String]) {
    items.iter().for_each(|item| *out += &format!("- {}\n", words(item)));
    if !items.is_empty() {
        out.push('\n');
    }
}

fn evidence(row: &Row) -> Vec<String> {
    let mut how = words(&row.how.words());
    if let Some(there) = &row.instead {
        how = format!("there is {}; {how}", code(there));
    }
    if let Some(note) = &row.note {
        let _ = write!(how, " (\"{}\")", words(note));
    }
    vec![
        standing(row.standing),
        format!("{} {}", words(&row.label), code(&row.key)),
        code(&row.want),
        how,
        row.who.as_deref().map(words).unwrap_or_default(),
        row.when.map(minute).unwrap_or_default(),
    ]
}

fn table(out: &mut String, head: &[&str], rows: Vec<Vec<String>>) {
    let _ = writeln!(out, "| {} |", head.join(" | "));
    let _ = writeln!(out, "|{}", "---|".repeat(head.len()));
    rows.iter().for_each(|row| *out += &format!("| {} |\n", row.join(" | ")));
    out.push('\n');
}

/// A text that stays a text: no mark-up, no cell's end, nobody called by name, no number turned into a link.
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

/// A value as it is, to be copied. In a table even a code span's pipe must be escaped.
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
