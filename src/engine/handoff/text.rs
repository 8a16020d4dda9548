//! The hand-off as plain text: at most 72 columns but where one exact value needs more, no tabs.
use super::ticket::{self, Part, who};
use super::types::{Handoff, Row, Standing, Todo};
use super::wrap::{plain, wrapped};
use jiff::Timestamp;

/// The longest line that mail programs leave alone.
pub const TICKET_COLUMNS: usize = 72;

/// All of it, line by line.
#[must_use]
pub fn text(handoff: &Handoff) -> Vec<String> {
    let mark = handoff.of.mark();
    let mut lines = heading(&format!("{mark}Ticket reply"), '=');
    lines.remove(0);
    lines.extend(ticket_lines(handoff));
    lines.extend(heading("Who is waited for", '='));
    lines.extend(waits(handoff));
    lines.extend(heading(&format!("{mark}To-do card"), '='));
    if handoff.todo.is_empty() {
        lines.extend(wrapped("", "", handoff.nothing_left(), TICKET_COLUMNS));
    }
    lines.extend(handoff.todo.iter().flat_map(|one| todo(mark, one)));
    lines.extend(heading("Before and after", '='));
    for before in &handoff.before {
        let first = format!("{:<9} ", before.standing.as_str());
        lines.extend(flow(&first, &format!("{}: {}", before.label, before.words)));
    }
    lines.extend(heading(&format!("Evidence: all {} values", handoff.rows.len()), '='));
    lines.extend(evidence(handoff));
    lines.extend(remarks(handoff));
    lines.extend(heading("What the words mean", '='));
    for standing in Standing::ALL {
        lines.extend(flow(&format!("{:<9} ", standing.as_str()), standing.meaning()));
    }
    lines
}

/// The reply alone.
#[must_use]
pub fn ticket_lines(handoff: &Handoff) -> Vec<String> {
    let mut lines = wrapped("Subject: ", "  ", &plain(&ticket::subject(handoff)), TICKET_COLUMNS);
    lines.push(String::new());
    for part in ticket::parts(handoff) {
        match part {
            Part::Heading(words) => lines.push(format!("{words}:")),
            Part::Paragraph(words) => {
                // After a list, a paragraph needs air of its own.
                if lines.last().is_some_and(|last| !last.is_empty()) {
                    lines.push(String::new());
                }
                lines.extend(wrapped("", "", &plain(&words), TICKET_COLUMNS));
                lines.push(String::new());
            }
            Part::Item(words) => lines.extend(wrapped("- ", "  ", &plain(&words), TICKET_COLUMNS)),
        }
        if let [.., last, head] = lines.as_slice()
            && head.ends_with(':')
            && last.starts_with(['-', ' '])
        {
            lines.insert(lines.len() - 1, String::new());
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn heading(words: &str, under: char) -> Vec<String> {
    let line = std::iter::repeat_n(under, words.chars().count()).collect();
    vec![String::new(), words.to_owned(), line, String::new()]
}

/// A text with its first line's mark; what follows stands under the words.
fn flow(first: &str, text: &str) -> Vec<String> {
    let rest = " ".repeat(first.chars().count());
    wrapped(first, &rest, &plain(text), TICKET_COLUMNS)
}

fn waits(handoff: &Handoff) -> Vec<String> {
    if handoff.waits.is_empty() {
        return vec!["Nobody.".to_owned()];
    }
    let line = |wait: &crate::engine::handoff::types::Wait| {
        let first = format!("{:<7} since {}  ", wait.owner.as_str(), wait.since.strftime("%Y-%m-%d"));
        flow(&first, &format!("{}: {}", wait.title, wait.words))
    };
    handoff.waits.iter().flat_map(line).collect()
}

fn todo(mark: &str, todo: &Todo) -> Vec<String> {
    let mut lines = flow("", &format!("{mark}{} ({}), for {}", todo.title, todo.cite, who(todo.owner)));
    let under = "-".repeat(lines.last().map_or(0, |line| line.chars().count()));
    lines.extend([under, String::new()]);
    lines.extend(steps("First:", &todo.first));
    for group in &todo.groups {
        lines.extend(flow("", &format!("{} [{}]", group.title, group.menu)));
        lines.extend(group.open.iter().flat_map(|words| flow("  * ", words)));
        for value in &group.values {
            lines.extend(value_lines(&value.label, &value.value));
        }
        lines.extend(group.close.iter().flat_map(|words| flow("  * ", words)));
        lines.push(String::new());
    }
    lines.extend(steps(todo.over_next(), &todo.next));
    lines
}

/// What is to be done, under a word for when; nothing where there is nothing.
fn steps(when: &str, all: &[String]) -> Vec<String> {
    if all.is_empty() {
        return Vec::new();
    }
    let lines = all.iter().flat_map(|words| flow("  * ", words));
    std::iter::once(when.to_owned()).chain(lines).chain([String::new()]).collect()
}

/// A value keeps its letters; one that does not fit beside its label stands on a line of its own, from the first column.
fn value_lines(label: &str, value: &str) -> Vec<String> {
    let beside = format!("  {}: {value}", plain(label));
    if beside.chars().count() <= TICKET_COLUMNS {
        return vec![beside];
    }
    vec![format!("  {}:", plain(label)), value.to_owned()]
}

fn evidence(handoff: &Handoff) -> Vec<String> {
    let mut lines = Vec::new();
    for step in &handoff.steps {
        let rows: Vec<&Row> = handoff.rows_of(step.id).collect();
        if rows.is_empty() {
            continue;
        }
        lines.push(format!("{} ({}): {}", plain(&step.title), step.owner.as_str(), step.state));
        lines.push(String::new());
        lines.extend(rows.into_iter().flat_map(row));
        lines.push(String::new());
    }
    lines.pop();
    lines
}

fn row(row: &Row) -> Vec<String> {
    let mut lines = flow(&format!("{:<9} ", row.standing.as_str()), &format!("{} [{}]", row.label, row.key));
    let wanted = format!("          wanted: {}", row.want);
    if wanted.chars().count() <= TICKET_COLUMNS {
        lines.push(wanted);
    } else {
        lines.extend(["          wanted:".to_owned(), row.want.clone()]);
    }
    if let Some(there) = &row.instead {
        lines.extend(flow("          ", &format!("there is: {there}")));
    }
    lines.extend(flow("          ", &known(row)));
    lines
}

/// How it is known, by whom and when, in one sentence.
fn known(row: &Row) -> String {
    let mut told = row.how.words();
    told.extend(row.who.iter().map(|who| format!(", {who}")));
    told.extend(row.when.map(|when| format!(", {}", minute(when))));
    told.extend(row.note.iter().map(|note| format!(" (\"{note}\")")));
    told
}

/// `2026-11-24 10:00 UTC`
pub(super) fn minute(when: Timestamp) -> String {
    when.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn remarks(handoff: &Handoff) -> Vec<String> {
    if handoff.remarks.is_empty() {
        return Vec::new();
    }
    let mut lines = heading("Worth knowing", '=');
    lines.extend(handoff.remarks.iter().flat_map(|remark| flow("- ", remark)));
    lines
}
