//! The reply to the ticket: the state, who is waited for, and what comes next, in plain words for any mail program.
use super::document::{DocumentBlock, Masthead, Systems, day};
use super::row::{EvidenceRow, OtherFinding};
use super::verdict_kind::VerdictKind;
use super::wait::{OpenStep, is_done};
use super::wrap::count;
use crate::engine::judge::{Report, StepReport};
use crate::recipe::Owner;
use crate::site::{Environment, Stance};
use crate::text::without_typography as plain;
use jiff::Timestamp;

/// The end of a reply while a sign-off is contradicted.
const CONTRADICTED: &str = "The campus cannot go live until newer evidence agrees with the sign-offs.";

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
    let subject = subject(masthead, systems);
    let unread = report.steps.iter().filter_map(|step| could_not_look(step, values, findings)).collect();
    let wait = |step: &OpenStep| {
        format!("{}, since {}: {} ({})", audience(step.owner), day(step.since), step.title, step.words)
    };
    let lists = [
        ("Not as wanted:", values.iter().filter_map(wrong).collect::<Vec<_>>()),
        ("Signed off, but contradicted by evidence:", values.iter().filter_map(contradicted).collect()),
        ("Could not be read:", unread),
        ("Who must act next:", waits.iter().map(wait).collect()),
    ];
    let mut blocks = vec![
        DocumentBlock::Paragraph("Hello,".to_owned()),
        DocumentBlock::Paragraph(opening(masthead, systems)),
        DocumentBlock::Paragraph(tally(masthead, values)),
    ];
    let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
    blocks.extend(lists.map(|(lead, items)| DocumentBlock::List { lead: Some(lead), items }));
    let closing = match values.iter().any(|row| row.contradicted.is_some()) {
        true => CONTRADICTED.to_owned(),
        false => closing(masthead, waits),
    };
    blocks.push(DocumentBlock::Paragraph(closing));
    // Other consortia have a procedure of their own, whose address nothing here knows.
    if masthead.is_home {
        blocks.push(DocumentBlock::Paragraph(format!("The procedure: {PROCEDURE}")));
    }
    (subject, blocks)
}

/// One line of ASCII, as mail programs want it. A name that does not fit is left out; the code says whose it is.
fn subject(masthead: &Masthead, systems: Systems) -> String {
    const LONGEST: usize = 78 - "Subject: ".len();
    let of = |whose: &str| format!("{}ILLiad partner of last resort: {whose}", systems.mark());
    let whole = of(&format!("{} ({})", masthead.name, masthead.code));
    if whole.is_ascii() && whole.len() <= LONGEST { whole } else { of(&masthead.code) }
}

/// Who has to act, as part of a sentence.
pub(super) fn audience(owner: Owner) -> &'static str {
    match owner {
        Owner::Campus => "the campus",
        Owner::Office => "the consortium's office",
        Owner::Ols => owner.as_str(),
    }
}

fn opening(masthead: &Masthead, systems: Systems) -> String {
    if systems == Systems::Practice {
        return format!(
            "This report was made in practice on {}, with the Alma and ILLiad built into last-resort. It says nothing about the systems of {}. Do not enter any of its values there.",
            masthead.at.strftime("%Y-%m-%d at %H:%M UTC"),
            masthead.name
        );
    }
    format!(
        "Here is the state of the set-up of ILLiad as resource sharing partner of last resort for {} ({}, Alma {}), as last-resort found it on {}.",
        masthead.whole_name,
        masthead.code,
        masthead.environment.as_str(),
        masthead.at.strftime("%Y-%m-%d at %H:%M UTC")
    )
}

fn tally(masthead: &Masthead, values: &[EvidenceRow]) -> String {
    let parts = [
        (VerdictKind::Same, "confirmed as wanted"),
        (VerdictKind::Attested, "signed off as wanted"),
        (VerdictKind::Waiting, "waiting for a person"),
        (VerdictKind::Differs, "different"),
        (VerdictKind::Absent, "absent"),
        (VerdictKind::Unread, "not readable"),
    ];
    let count_of = |kind| masthead.counts.iter().find(|(each, _)| *each == kind).map(|(_, count)| count);
    let parts = parts.into_iter().filter_map(|(kind, words)| count_of(kind).map(|count| format!("{count} {words}")));
    let all = count(values.len(), "value");
    format!("The procedure has {all}: {}.{}", parts.collect::<Vec<_>>().join(", "), shown_by_people(values))
}

/// Says how many values no system was asked for, because people imported or pasted them, and how old they are.
fn shown_by_people(values: &[EvidenceRow]) -> String {
    let shown: Vec<Timestamp> = values.iter().filter_map(|row| row.shown).collect();
    let Some(oldest) = shown.iter().min() else { return String::new() };
    let come = if shown.len() == 1 { "comes" } else { "come" };
    format!(
        " {} of them {come} from imported lists or pasted screens, the oldest of {}, and not from the systems themselves.",
        shown.len(),
        day(*oldest)
    )
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
    Some(format!("{} > {}: found \"{there}\", should be \"{}\"", row.heading, row.label, row.want))
}

fn contradicted(row: &EvidenceRow) -> Option<String> {
    let against = row.contradicted.as_deref()?;
    Some(format!("{} > {}: signed off as \"{}\", but {against}", row.heading, row.label, row.want))
}

fn could_not_look(step: &StepReport, values: &[EvidenceRow], findings: &[OtherFinding]) -> Option<String> {
    let of_values = values.iter().filter(|row| row.step == step.id && row.verdict == VerdictKind::Unread);
    let others = findings.iter().filter(|other| other.step == step.id && other.verdict == VerdictKind::Unread);
    let why = of_values.map(|row| &row.known.how).chain(others.map(|other| &other.words)).next()?;
    Some(format!("{}: {why}", step.title))
}

fn closing(masthead: &Masthead, waits: &[OpenStep]) -> String {
    let done = is_done(masthead.state);
    if let Some(owner) = masthead.reader {
        let whom = audience(owner);
        return match waits {
            [] => format!("Nothing is left to do for {whom}."),
            _ => format!("This is the part of {whom}. The to-do card below has the exact values to enter."),
        };
    }
    let words = match (done, masthead.stance) {
        (true, _) if !waits.is_empty() => {
            "Every value is as wanted. The items listed above are still missing before anyone can say that it works."
        }
        (true, Stance::Ahead) => {
            "Everything is set up ahead of time. Keep the rule disabled until the library is ready for ILLiad to be the default resource sharing partner; \"last-resort golive\" lists the conditions."
        }
        (true, Stance::Live) => {
            "Everything is set up and live: requests that no library in Alma can fill should go on to ILLiad."
        }
        (false, Stance::Ahead) => {
            "Keep the rule disabled until all of this is done and the library is ready. The to-do card lists the exact values to enter."
        }
        (false, Stance::Live) => {
            "The rule should be enabled: anything above that is not as wanted affects patrons' requests now. The to-do card lists the exact values to enter."
        }
    };
    let back = masthead.taken_back.map(|at| format!("The campus was live until {}. ", day(at)));
    let count = match masthead.stance {
        Stance::Ahead => format!(" {}", masthead.conditions.words()),
        Stance::Live => String::new(),
    };
    let production = match masthead.environment {
        Environment::Sandbox if done && waits.is_empty() => {
            " This is the sandbox: set up production separately, in the same steps."
        }
        Environment::Sandbox | Environment::Production => "",
    };
    format!("{}{words}{count}{production}", back.unwrap_or_default())
}
