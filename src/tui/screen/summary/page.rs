//! Draws the summary from the report.
use super::state::SummaryScreen;
use crate::engine::judge::{Finding, Prerequisite, StepState, Verdict};
use crate::recipe::Owner;
use crate::tui::model::{Campus, Model, StepStatus};
use crate::tui::parts::area::Area;
use crate::tui::parts::judgement;
use crate::tui::parts::section::section;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::step::{name_of, step_mark};
use crate::tui::row::{PieceKind, Row, Tone, hanging, wrap_beside};
use crate::tui::script::Mark;
use crate::tui::text::{self, count};
use std::borrow::Cow;

/// Column where the words begin, beside steps and people.
const WORDS: usize = 18;

/// The steps by state, who is waited for, remarks, and keys.
pub(in crate::tui) fn page(model: &Model, screen: &SummaryScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let mut body = Vec::new();
    // A sign-off that evidence contradicts leaves something to do, though it stands.
    let done = |standing: &&StepStatus| standing.read.is_some() && standing.report.is_settled();
    let open = |standing: &&StepStatus| standing.read.is_some() && !standing.report.is_settled();
    let unread = |standing: &&StepStatus| standing.read.is_none();
    let row = |standing: &StepStatus| line(model, campus, standing, columns);
    section(&mut body, "Not done", campus.steps.iter().filter(open).flat_map(row));
    section(&mut body, "Not read yet", campus.steps.iter().filter(unread).flat_map(row));
    let owners = Owner::ALL.into_iter();
    section(&mut body, "Waiting for", owners.flat_map(|owner| waited_for(campus, owner, columns)));
    section(&mut body, "Done", campus.steps.iter().filter(done).flat_map(row));
    let remark = |remark: &String| hanging((Tone::Warn, Mark::Advice), Tone::Plain, remark, 1, columns);
    section(&mut body, "Worth knowing", campus.remarks.iter().flat_map(remark));
    section(&mut body, "Keys", judgement::keys(campus, columns));
    let mut head = vec![Row::of(Tone::Heading, " Summary")];
    head.extend(tally(model, campus));
    head.push(Row::blank());
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

/// Counts what was read so far: `44 of 61 values as wanted, 6 signed off`, and how many other checks passed.
fn tally(model: &Model, campus: &Campus) -> Vec<Row> {
    let read = campus.steps.iter().filter(|standing| standing.read.is_some());
    let counted = read.flat_map(|standing| standing.report.counted());
    let others: Vec<&Finding> = counted.filter(|finding| model.recipe().field(&finding.key).is_none()).collect();
    let values = campus.tally(model.recipe());
    if values.is_none() && others.is_empty() {
        return vec![Row::of(Tone::Plain, " Nothing has been read yet.")];
    }
    let passed = others.iter().filter(|finding| matches!(finding.verdict, Verdict::Same(_))).count();
    let beside = format!(" {passed} of {} passed", count(others.len(), "other check"));
    let values = values.map(|words| Row::of(Tone::Plain, format!(" {words}")));
    values.into_iter().chain([Row::of(Tone::Faint, beside)]).collect()
}

fn line(model: &Model, campus: &Campus, standing: &StepStatus, columns: usize) -> Vec<Row> {
    let (mark, tone) = step_mark(campus, standing);
    let title = PieceKind::Label(text::cut(&standing.report.title, WORDS - 4, model.script.dots()));
    let start = Row::default().to(1).add(tone, mark).to(3).add(Tone::Plain, title).to(WORDS);
    wrap_beside(start, Tone::Plain, &in_words(model, standing), columns)
}

/// A step's state in words.
fn in_words(model: &Model, standing: &StepStatus) -> String {
    if standing.read.is_none() {
        let reading = model.campus.as_ref().is_some_and(|campus| campus.reading(standing.report.id).is_some());
        return if reading { "being read" } else { "not read yet" }.to_owned();
    }
    let counted: Vec<&Finding> = standing.report.counted().collect();
    let named = |wanted: fn(&Verdict) -> bool| -> Vec<Cow<'_, str>> {
        counted.iter().filter(|finding| wanted(&finding.verdict)).map(|finding| name_of(finding)).collect()
    };
    if standing.report.is_to_prove_again() {
        return "proved before the last change; prove it again".to_owned();
    }
    match standing.report.state() {
        StepState::Verified => {
            judgement::rests(model, standing).map_or("verified".to_owned(), |rests| format!("verified, {rests}"))
        }
        StepState::Attested => match latest_word(standing) {
            Some((who, when)) => {
                let against: Vec<Cow<'_, str>> =
                    standing.report.contradicted().map(|(finding, _)| name_of(finding)).collect();
                let against = if against.is_empty() {
                    String::new()
                } else {
                    format!("; {}", few("contradicted by evidence", &against))
                };
                let signed = counted.iter().filter(|finding| finding.verdict.sign_off().is_some()).count();
                let some =
                    if signed < counted.len() { format!("{signed} of {} ", counted.len()) } else { String::new() };
                format!("{some}signed off by {who}, {}{against}", model.clock(when))
            }
            None => judgement::state_words(StepState::Attested).to_owned(),
        },
        StepState::Differs if counted.iter().any(|finding| finding.verdict == Verdict::Absent) => {
            "not in Alma yet".to_owned()
        }
        StepState::Differs => few("differs", &named(|verdict| matches!(verdict, Verdict::Differs(_)))),
        StepState::Unread => few("could not be read", &named(|verdict| matches!(verdict, Verdict::Unread(_)))),
        StepState::Waiting if counted.is_empty() => {
            let why = standing.report.findings.iter().find_map(|finding| finding.verdict.reason());
            why.unwrap_or_else(|| "nothing seen yet".to_owned())
        }
        StepState::Waiting => few("waits for a person", &named(|verdict| matches!(verdict, Verdict::Waiting(_)))),
        StepState::Blocked => match standing.report.ground {
            Prerequisite::Missing(other) => {
                format!("waits for {}", model.recipe().step(other).title)
            }
            Prerequisite::Firm => "blocked".to_owned(),
        },
    }
}

fn latest_word(standing: &StepStatus) -> Option<(&str, jiff::Timestamp)> {
    let said = standing.report.findings.iter().filter_map(|finding| finding.verdict.sign_off());
    let words = said.map(|said| (said.who.as_str(), said.when));
    words.max_by_key(|(_, when)| *when)
}

/// Names up to three values, or counts them.
fn few(what: &str, labels: &[Cow<'_, str>]) -> String {
    match labels {
        [] => what.to_owned(),
        [one] => format!("{what}: {one}"),
        [first @ .., last] if first.len() <= 2 => format!("{what}: {} and {last}", first.join(", ")),
        more => format!("{what}: {}", count(more.len(), "value")),
    }
}

fn waited_for(campus: &Campus, owner: Owner, columns: usize) -> Vec<Row> {
    let open: Vec<String> = campus
        .steps
        .iter()
        .filter(|standing| standing.read.is_some() && standing.report.owner == owner)
        .filter(|standing| {
            matches!(standing.report.state(), StepState::Waiting | StepState::Differs) && standing.report.counts()
        })
        .map(|standing| standing.report.title.clone())
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    let start = Row::default().to(3).add(Tone::Strong, PieceKind::Label(owner.title().to_owned())).to(WORDS);
    wrap_beside(start, Tone::Plain, &open.join(", "), columns)
}
