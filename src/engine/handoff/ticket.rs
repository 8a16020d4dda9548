//! The reply to the ticket: the state, who is waited for, and what comes next, in plain words for any mail program.
use super::document::{DocumentBlock, Masthead, Systems, day};
use super::row::{EvidenceRow, OtherFinding};
use super::verdict_kind::VerdictKind;
use super::wait::{OpenStep, is_done};
use super::wrap::{count, plain};
use crate::engine::judge::{Report, StepReport};
use crate::recipe::Owner;
use crate::site::Stance;

/// The end of a reply while a sign-off is contradicted.
const CONTRADICTED: &str = "Going live waits until newer evidence agrees with what was signed off.";

/// Address of the procedure.
const PROCEDURE: &str = "https://cuny-ols.libanswers.com/faq/404824";

/// The subject and the blocks of the reply.
pub(super) fn reply(
    masthead: &Masthead,
    systems: Systems,
    report: &Report,
    values: &[EvidenceRow],
    findings: &[OtherFinding],
    waits: &[OpenStep],
) -> (String, Vec<DocumentBlock>) {
    let subject = format!(
        "{}ILLiad as resource sharing partner of last resort: {} ({})",
        systems.mark(),
        masthead.name,
        masthead.code
    );
    let unread = report.steps.iter().filter_map(|step| could_not_look(step, values, findings)).collect();
    let wait = |step: &OpenStep| {
        format!("{}, since {}: {} ({})", audience(step.owner), day(step.since), step.title, step.words)
    };
    let lists = [
        ("Not as the procedure wants it:", values.iter().filter_map(wrong).collect::<Vec<_>>()),
        ("Signed off, but contradicted by evidence:", values.iter().filter_map(contradicted).collect()),
        ("Could not be read:", unread),
        ("Waited for:", waits.iter().map(wait).collect()),
    ];
    let mut blocks = vec![
        DocumentBlock::Paragraph("Hello,".to_owned()),
        DocumentBlock::Paragraph(opening(masthead, systems)),
        DocumentBlock::Paragraph(tally(masthead, values.len())),
    ];
    let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
    blocks.extend(lists.map(|(lead, items)| DocumentBlock::List { lead: Some(lead), items }));
    let closing = match values.iter().any(|row| row.contradicted.is_some()) {
        true => CONTRADICTED.to_owned(),
        false => closing(masthead, waits),
    };
    blocks.push(DocumentBlock::Paragraph(closing));
    blocks.push(DocumentBlock::Paragraph(format!("The procedure: {PROCEDURE}")));
    (subject, blocks)
}

/// Who has to act, as part of a sentence.
pub(super) fn audience(owner: Owner) -> &'static str {
    match owner {
        Owner::Campus => "the campus",
        Owner::Ols => owner.as_str(),
    }
}

fn opening(masthead: &Masthead, systems: Systems) -> String {
    if systems == Systems::Practice {
        return format!(
            "this was made in practice, on an Alma and an ILLiad that last-resort brings along, on {}. It tells nothing of the systems of {}, and nothing in it is to be entered there.",
            masthead.at.strftime("%Y-%m-%d at %H:%M UTC"),
            masthead.name
        );
    }
    format!(
        "this is how the set-up of ILLiad as resource sharing partner of last resort stands for {} ({}, Alma {}), as read from both systems on {}.",
        masthead.name,
        masthead.code,
        masthead.environment.as_str(),
        masthead.at.strftime("%Y-%m-%d at %H:%M UTC")
    )
}

fn tally(masthead: &Masthead, all: usize) -> String {
    let parts = [
        (VerdictKind::Same, "as wanted and seen"),
        (VerdictKind::Attested, "as wanted by somebody's word"),
        (VerdictKind::Waiting, "waiting for a person"),
        (VerdictKind::Differs, "different"),
        (VerdictKind::Absent, "not there"),
        (VerdictKind::Unread, "not readable"),
    ];
    let count_of = |kind| masthead.counts.iter().find(|(each, _)| *each == kind).map(|(_, count)| count);
    let parts = parts.into_iter().filter_map(|(kind, words)| count_of(kind).map(|count| format!("{count} {words}")));
    format!("Of the procedure's {}: {}.", count(all, "value"), parts.collect::<Vec<_>>().join(", "))
}

/// A value as it appears in an e-mail. If the e-mail would make it look like the wanted value, typographic characters
/// are shown by their code.
fn told_apart(there: &str, want: &str) -> String {
    if plain(there) != plain(want) {
        return there.to_owned();
    }
    there.chars().map(|c| if c.is_ascii() { c.to_string() } else { format!("<U+{:04X}>", u32::from(c)) }).collect()
}

fn wrong(row: &EvidenceRow) -> Option<String> {
    let there = told_apart(row.known.instead.as_deref()?, &row.want);
    Some(format!("{} > {}: there is \"{there}\", it should be \"{}\"", row.heading, row.label, row.want))
}

fn contradicted(row: &EvidenceRow) -> Option<String> {
    let against = row.contradicted.as_deref()?;
    Some(format!("{} > {}: signed off as \"{}\", against {against}", row.heading, row.label, row.want))
}

fn could_not_look(step: &StepReport, values: &[EvidenceRow], findings: &[OtherFinding]) -> Option<String> {
    let of_values = values.iter().filter(|row| row.step == step.id && row.verdict == VerdictKind::Unread);
    let others = findings.iter().filter(|other| other.step == step.id && other.verdict == VerdictKind::Unread);
    let why = of_values.map(|row| &row.known.how).chain(others.map(|other| &other.words)).next()?;
    Some(format!("{}: {why}", step.title))
}

fn closing(masthead: &Masthead, waits: &[OpenStep]) -> String {
    let done = is_done(masthead.state);
    let words = match (done, masthead.stance) {
        (true, _) if !waits.is_empty() => {
            "Every value is as the procedure wants it; what is listed above is still missing before anybody can say that it works."
        }
        (true, Stance::Ahead) => {
            "Everything is set up ahead of time. The rule is to be disabled until the library is ready for ILLiad to be the default resource sharing partner; \"last-resort golive\" lists what must hold before."
        }
        (true, Stance::Live) => {
            "Everything is set up and live: what no library in Alma can fill is to go on to ILLiad."
        }
        (false, Stance::Ahead) => {
            "The rule is to be disabled until all of this is done and the library is ready. Exact values to enter are in the to-do card."
        }
        (false, Stance::Live) => {
            "The rule is to be enabled: what is not as wanted above concerns requests of patrons now. Exact values to enter are in the to-do card."
        }
    };
    let back = masthead.taken_back.map(|at| format!("It was live, and was taken back on {}. ", day(at)));
    let count = match masthead.stance {
        Stance::Ahead => format!(" {}", masthead.conditions.words()),
        Stance::Live => String::new(),
    };
    format!("{}{words}{count}", back.unwrap_or_default())
}
