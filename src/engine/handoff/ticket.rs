//! The reply to the ticket: how things stand, who is waited for, what comes next. Plain words, fit for any mail program.
use super::types::{Handoff, Of, Row, Standing};
use super::wrap::{count, plain};
use crate::engine::judge::StepState;
use crate::recipe::{Owner, StepId};
use crate::site::Stance;

/// Where the procedure stands.
pub(super) const PROCEDURE: &str = "https://cuny-ols.libanswers.com/faq/404824";

/// A part of the reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A heading.
    Heading(&'static str),
    /// A paragraph.
    Paragraph(String),
    /// An item of a list.
    Item(String),
}

/// The subject line.
pub(super) fn subject(handoff: &Handoff) -> String {
    let mark = handoff.of.mark();
    format!("{mark}ILLiad as resource sharing partner of last resort: {} ({})", handoff.name, handoff.code)
}

/// The reply, part by part.
pub(super) fn parts(handoff: &Handoff) -> Vec<Part> {
    let mut all = vec![Part::Paragraph("Hello,".to_owned()), Part::Paragraph(opening(handoff))];
    all.push(Part::Paragraph(tally(handoff)));
    let wrong: Vec<Part> = handoff.rows.iter().filter_map(wrong).map(Part::Item).collect();
    section(&mut all, "Not as the procedure wants it", wrong);
    let unread = handoff.steps.iter().filter_map(|step| could_not_look(handoff, step.id)).map(Part::Item).collect();
    section(&mut all, "Could not be read", unread);
    let waits = handoff.waits.iter().map(|wait| {
        let day = wait.since.strftime("%Y-%m-%d");
        Part::Item(format!("{}, since {day}: {} ({})", who(wait.owner), wait.title, wait.words))
    });
    section(&mut all, "Waited for", waits.collect());
    all.push(Part::Paragraph(closing(handoff)));
    all.push(Part::Paragraph(format!("The procedure: {PROCEDURE}")));
    all
}

fn section(all: &mut Vec<Part>, heading: &'static str, items: Vec<Part>) {
    if !items.is_empty() {
        all.push(Part::Heading(heading));
        all.extend(items);
    }
}

/// In a sentence.
pub(super) fn who(owner: Owner) -> &'static str {
    match owner {
        Owner::Campus => "the campus",
        Owner::Ols => owner.as_str(),
    }
}

fn opening(handoff: &Handoff) -> String {
    if handoff.of == Of::Practice {
        return format!(
            "this was made in practice, on an Alma and an ILLiad that last-resort brings along, on {}. It tells nothing of the systems of {}, and nothing in it is to be entered there.",
            handoff.at.strftime("%Y-%m-%d at %H:%M UTC"),
            handoff.name
        );
    }
    format!(
        "this is how the set-up of ILLiad as resource sharing partner of last resort stands for {} ({}, Alma {}), as read from both systems on {}.",
        handoff.name,
        handoff.code,
        handoff.environment.as_str(),
        handoff.at.strftime("%Y-%m-%d at %H:%M UTC")
    )
}

fn tally(handoff: &Handoff) -> String {
    let told: Vec<String> = [
        (Standing::Same, "as wanted and seen"),
        (Standing::Attested, "as wanted by somebody's word"),
        (Standing::Waiting, "waiting for a person"),
        (Standing::Differs, "different"),
        (Standing::Absent, "not there"),
        (Standing::Unread, "not readable"),
    ]
    .into_iter()
    .filter(|(standing, _)| handoff.count(*standing) > 0)
    .map(|(standing, words)| format!("{} {words}", handoff.count(standing)))
    .collect();
    format!("Of the procedure's {}: {}.", count(handoff.rows.len(), "value"), told.join(", "))
}

/// A value as an e-mail keeps it. Where it would look there like the one wanted, its typographic signs are named instead.
fn told_apart(there: &str, want: &str) -> String {
    if plain(there) != plain(want) {
        return there.to_owned();
    }
    there.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("<U+{:04X}>", u32::from(c)) }).collect()
}

fn wrong(row: &Row) -> Option<String> {
    let there = told_apart(row.instead.as_deref()?, &row.want);
    Some(format!("{} > {}: there is \"{there}\", it should be \"{}\"", row.heading, row.label, row.want))
}

fn could_not_look(handoff: &Handoff, step: StepId) -> Option<String> {
    let title = &handoff.steps.iter().find(|line| line.id == step)?.title;
    let from_rows = handoff.rows_of(step).filter(|row| row.standing == Standing::Unread).map(|row| row.how.words());
    let beside = handoff.before.iter().filter(|before| before.step == step && before.standing == Standing::Unread);
    let why = from_rows.chain(beside.map(|before| before.words.clone())).next()?;
    Some(format!("{title}: {why}"))
}

fn closing(handoff: &Handoff) -> String {
    let done = matches!(handoff.state, StepState::Verified | StepState::Attested);
    match (done, handoff.stance) {
        (true, _) if !handoff.waits.is_empty() => {
            "Every value is as the procedure wants it; what is listed above is still missing before anybody can say that it works."
        }
        (true, Stance::Ahead) => {
            "Everything is set up ahead of time. The rule stays disabled until the library is ready for ILLiad to be the default resource sharing partner; \"last-resort golive\" lists what must hold before."
        }
        (true, Stance::Live) => {
            "Everything is set up and live: what no library in Alma can fill goes on to ILLiad."
        }
        (false, Stance::Ahead) => {
            "The rule stays disabled until all of this is done and the library is ready. Exact values to enter are in the to-do card."
        }
        (false, Stance::Live) => {
            "The rule is meant to be enabled: what is not as wanted above concerns requests of patrons now. Exact values to enter are in the to-do card."
        }
    }
    .to_owned()
}
