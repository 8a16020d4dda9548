//! Draws the last screen.
use super::state::FinishScreen;
use crate::engine::judge::{Completion, Evidence, Finding, Verdict};
use crate::recipe::Owner;
use crate::site::Environment;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::area::Area;
use crate::tui::parts::columned::columned;
use crate::tui::parts::section::section;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, hanging};
use crate::tui::script::Mark;
use crate::tui::text::count;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Column where the words begin, beside what they are about.
const WORDS: usize = 18;

/// What was set up, what was proved and how, what rests on a person's word, and what others still have to do.
pub(in crate::tui) fn page(model: &Model, screen: &FinishScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let completion = campus.completion();
    let words = match completion {
        Some(completion) => completion.words(&campus.site),
        None => format!("There is still something to do. {} shows the steps.", area.input.back),
    };
    let title = if completion.is_some() { " Finished" } else { " Not finished" };
    let mut head = vec![Row::of(Tone::Heading, title)];
    head.extend(hanging((Tone::Good, Mark::Same), Tone::Strong, &words, 1, columns));
    head.push(Row::blank());
    let two = |(left, right): (String, String)| columned(&left, WORDS, &right, columns);
    let mut body = Vec::new();
    section(&mut body, "Set up", set_up(model, campus).into_iter().flat_map(two));
    section(&mut body, "Proved", proved(campus).into_iter().flat_map(two));
    section(&mut body, "Signed off", signed_off(model, campus).into_iter().flat_map(two));
    section(&mut body, "What comes next", left_to_others(campus, completion).into_iter().flat_map(two));
    Sheet { head, body, top: screen.top, foot: Vec::new(), ..Sheet::default() }
}

fn findings(campus: &Campus) -> impl Iterator<Item = &Finding> {
    campus.steps.iter().flat_map(|standing| &standing.report.findings)
}

/// How many of the procedure's values are as wanted, by how we know.
fn set_up(model: &Model, campus: &Campus) -> Vec<(String, String)> {
    let values: Vec<&Finding> =
        findings(campus).filter(|finding| model.recipe().field(&finding.key).is_some()).collect();
    let known_by = |evidence| values.iter().filter(|finding| finding.verdict.evidence() == Some(evidence)).count();
    let kinds = [
        (Evidence::Read, "read from Alma"),
        (Evidence::Imported, "from lists or pasted forms"),
        (Evidence::Proved, "proved"),
        (Evidence::Attested, "signed off"),
    ];
    let kinds = kinds.into_iter().map(|(evidence, words)| (known_by(evidence), words)).filter(|(some, _)| *some > 0);
    let words: Vec<String> = kinds.map(|(some, words)| format!("{some} {words}")).collect();
    vec![(count(values.len(), "value"), words.join(", "))]
}

/// What was seen to work, and what it was.
fn proved(campus: &Campus) -> Vec<(String, String)> {
    let seen = |finding: &&Finding| finding.verdict == Verdict::Same(Evidence::Proved) && finding.got.is_some();
    let reports = campus.steps.iter().map(|standing| &standing.report);
    let current = reports.flat_map(|report| report.findings.iter().filter(|finding| !report.is_outdated(finding)));
    current
        .filter(seen)
        .map(|finding| {
            // The heading says that it was proved.
            let what = finding.label.strip_suffix(" proved").unwrap_or(&finding.label);
            (what.to_owned(), finding.got.clone().unwrap_or_default())
        })
        .collect()
}

/// Who signed off how many values, and when last.
fn signed_off(model: &Model, campus: &Campus) -> Vec<(String, String)> {
    let mut people: BTreeMap<&str, (usize, Timestamp)> = BTreeMap::new();
    for said in findings(campus).filter_map(|finding| finding.verdict.sign_off()) {
        let (some, last) = people.entry(&said.who).or_insert((0, said.when));
        (*some, *last) = (*some + 1, said.when.max(*last));
    }
    let person = |(who, (some, last)): (&str, (usize, Timestamp))| {
        (who.to_owned(), format!("{}, last {}", count(some, "value"), model.clock(last)))
    };
    people.into_iter().map(person).collect()
}

/// What somebody else has to do, or what comes later.
fn left_to_others(campus: &Campus, completion: Option<Completion>) -> Vec<(String, String)> {
    let mut rows = vec![("You".to_owned(), format!("Send {} and the campus the hand-off.", campus.site.office()))];
    if completion == Some(Completion::SetUpAhead) {
        rows.push((
            Owner::Ols.at(&campus.site).title().to_owned(),
            "On the day you go live: enable the rota rule. g shows how.".to_owned(),
        ));
        rows.push((
            "Before going live".to_owned(),
            "g lists what must hold. Two checks need the exported lists and a forecast (f on Patrons).".to_owned(),
        ));
    }
    if campus.site.environment == Environment::Sandbox {
        rows.push((
            "Production".to_owned(),
            "This is the sandbox. The README says how to set up production.".to_owned(),
        ));
    }
    rows
}
