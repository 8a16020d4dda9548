//! Draws the main screen: the values of one step, and the details of the chosen one.
use super::detail;
use super::finding::{ValueLayout, ValueLength, value_rows};
use super::state::StepsScreen;
use crate::engine::golive;
use crate::engine::judge::{FieldPlace, Finding, Prerequisite, StateBasis, Verdict};
use crate::engine::time_limits;
use crate::recipe::{Channel, StepId};
use crate::tui::key_store::KeyStore;
use crate::tui::model::{Campus, Model, StepStatus};
use crate::tui::parts::area::{Area, roomy, sidebar_fits};
use crate::tui::parts::judgement;
use crate::tui::parts::section::heading;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::step::{menu, open_words, reason_of, shared_reasons};
use crate::tui::row::{PieceKind, Row, RowKind, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::text;

/// The current step: its heading, values and details.
pub(in crate::tui) fn page(model: &Model, _screen: &StepsScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let top = campus.places.get(&campus.at).map_or(0, |place| place.top);
    let head = head(model, campus, area.columns);
    let (findings, read) = (&campus.here().report.findings, campus.here().read.is_some());
    let laid_out = |length| {
        let looks = ValueLayout::of(model, findings, list_columns(area), read, length);
        let (head, body) = (head.clone(), rows(model, campus, &looks, list_columns(area)));
        match area.side_at() {
            Some(side_at) => {
                let side = detail::beside(model, campus, &looks, area.columns - side_at);
                Sheet { head, body, top, side, side_at, ..Sheet::default() }
            }
            None => Sheet { head, body, top, foot: detail::below(model, campus, &looks, area), ..Sheet::default() },
        }
    };
    // Long values wrap if the list then still needs no scrolling.
    Some(laid_out(ValueLength::Whole))
        .filter(|sheet| sheet.body.len() <= sheet.height(area))
        .unwrap_or_else(|| laid_out(ValueLength::Cut))
}

/// Columns of the list, which may have the details beside it.
fn list_columns(area: Area) -> usize {
    area.side_at().map_or(area.columns, |at| at - 1)
}

fn head(model: &Model, campus: &Campus, columns: usize) -> Vec<Row> {
    let standing = campus.here();
    let end = columns.saturating_sub(1);
    let number = StepId::ALL.iter().position(|id| *id == campus.at).map_or(0, |at| at + 1);
    let alone = !sidebar_fits(model);
    let before = if alone { format!("{number}/8 ") } else { String::new() };
    let title = format!(" {before}{}", standing.report.title);
    let right = states(model, campus, standing);
    // The step's name has priority over its owner and reading time.
    let fits = |right: &&Row| text::width(&title) + 1 + right.width() <= end;
    let right = right.iter().find(fits).or(right.last()).cloned().unwrap_or_default();
    let title = text::cut(&title, end.saturating_sub(right.width() + 1), model.script.dots());
    let first = Row::of(Tone::Heading, title).to(end.saturating_sub(right.width())).append(right);
    let below = if model.meant_to_fail.contains(&campus.at) { meant_to_fail() } else { Row::blank() };
    vec![first, whereabouts(model, campus, end.saturating_sub(1)), below]
}

/// Says that nobody need try to make the step succeed.
fn meant_to_fail() -> Row {
    let row = Row::of(Tone::Plain, " ").add(Tone::Warn, Mark::Advice);
    row.add(Tone::Warn, " Practice: in this world the step is meant to fail.")
}

/// What is open on the step, or else its state, with owner and reading time in several lengths, longest first.
fn states(model: &Model, campus: &Campus, standing: &StepStatus) -> Vec<Row> {
    let faint = |words: String| Row::of(Tone::Faint, words);
    let owner = standing.report.owner.as_str();
    let with_owner = || faint(owner.to_owned()).add(Tone::Faint, PieceKind::Dot);
    match (campus.reading(campus.at), standing.read) {
        (Some(since), _) => {
            // What is read at once needs no countdown.
            let left = model.age(since).map(|_| format!(", {}", model.time_left(since, time_limits::COMMAND)));
            let turning = |words: String| faint(words + " ").add(Tone::Plain, Mark::Busy(model.spin(since)));
            let (short, long) = ("reading".to_owned(), format!("reading{}", left.unwrap_or_default()));
            vec![with_owner().append(turning(long.clone())), turning(long), turning(short.clone()), faint(short)]
        }
        (None, None) => {
            let unread = faint("not read yet".to_owned());
            vec![with_owner().append(unread.clone()), unread]
        }
        (None, Some(at)) => {
            let state = standing.report.state();
            let (tone, words) = match standing.report.is_to_prove_again() {
                true => (Tone::Warn, "to prove again"),
                false => (judgement::state_mark(state).1, judgement::state_words(state)),
            };
            let short = Row::of(tone, words);
            let counted = open_words(&standing.report).map_or(short.clone(), |words| Row::of(tone, words));
            let long = counted.clone().add(Tone::Faint, PieceKind::Dot).add(Tone::Faint, owner);
            let long = match judgement::rests(model, standing) {
                Some(rests) => long.add(Tone::Faint, PieceKind::Dot).add(Tone::Faint, rests),
                None => long,
            };
            // The age matters only if the state rests on a reading, because only a reading can be repeated.
            let old = model.old(at).filter(|_| standing.report.rests() == StateBasis::OnReading);
            let long = long.add(Tone::Faint, old.map_or(String::new(), |minutes| format!(", {minutes} min ago")));
            vec![long, counted, short]
        }
    }
}

/// The menu path to the chosen value, if it is on a screen. A long path loses its outermost menus.
fn whereabouts(model: &Model, campus: &Campus, columns: usize) -> Row {
    let row = Row::of(Tone::Faint, " ").of_kind(RowKind::MenuPath);
    let Some(finding) = campus.finding() else { return row };
    match (model.recipe().group_at(&campus.site, &finding.key), &finding.place) {
        (Some(group), _) => row.add(Tone::Faint, menu(model, &group.menu.0, columns)),
        (None, FieldPlace::Screen(at)) => row.add(Tone::Faint, text::cut_left(at, columns, model.script.dots())),
        // Librarians know no addresses. The key `i` shows this one.
        (None, FieldPlace::Api(_)) => row,
    }
}

/// All body lines of the current step.
fn rows(model: &Model, campus: &Campus, looks: &ValueLayout<'_>, columns: usize) -> Vec<Row> {
    let standing = campus.here();
    let findings = &standing.report.findings;
    // In a low window the values come first.
    let about = paragraph(Tone::Faint, intro(model, campus), 1, columns.saturating_sub(1));
    let why_all_wait = why_all_wait(standing, columns);
    let (mut rows, below) = match roomy(model) {
        true => (about, Vec::new()),
        false => (Vec::new(), why_all_wait.iter().flatten().cloned().chain(about).collect()),
    };
    rows.extend(notes(model, campus, standing, columns));
    rows.extend(why_all_wait.filter(|_| roomy(model)).into_iter().flatten());
    if let Some(words) = nothing_to_do(model, standing) {
        rows.extend(hanging((Tone::Good, Mark::Same), Tone::Strong, &words, 1, columns.saturating_sub(1)));
    }
    let picked = campus.picked(campus.at);
    let mut number = 1;
    let mut item = 0;
    for group in findings.chunk_by(|one, next| one.group == next.group) {
        heading(&mut rows, &group[0].group);
        // A finished group is there to look up, so its instructions are left out.
        let by_hand = by_hand(model, group) && group.iter().any(Finding::needs_someone);
        if by_hand {
            rows.extend(instructions(model, &group[0], true, &mut number, columns));
            let waits = group.iter().any(|finding| matches!(finding.verdict, Verdict::Waiting(_)));
            let words = match (waits, group) {
                (true, [only]) if golive::switch(model.recipe()).as_ref() == Some(&only.key) => {
                    "Set it so that it says:"
                }
                (true, [_]) => "Enter this value:",
                (true, _) => "Enter these values:",
                (false, [_]) => "This value should be there:",
                (false, _) => "These values should be there:",
            };
            let label = PieceKind::Label(number.to_string());
            let row = Row::of(Tone::Plain, "  ").of_kind(RowKind::Instruction(number)).add(Tone::Strong, label);
            rows.push(row.add(Tone::Strong, format!(" {words}")));
            number += 1;
        }
        for finding in group {
            rows.extend(value_rows(looks, finding, item == picked).into_iter().map(|row| row.of_item(item)));
            item += 1;
        }
        if by_hand {
            rows.extend(instructions(model, &group[0], false, &mut number, columns));
        }
    }
    if campus.at == StepId::Connect && campus.store != KeyStore::Untold {
        heading(&mut rows, "Keys");
        rows.extend(judgement::keys(campus, columns.saturating_sub(1)));
    }
    let gap = (!rows.is_empty() && !below.is_empty()).then(Row::blank);
    rows.extend(gap.into_iter().chain(below));
    rows
}

/// Says that a step of the procedure is done, and how that is known. `None` if it is not, or not known to be.
fn nothing_to_do(model: &Model, standing: &StepStatus) -> Option<String> {
    let values: Vec<&Finding> =
        standing.report.counted().filter(|finding| model.recipe().field(&finding.key).is_some()).collect();
    if standing.read.is_none() || !standing.report.is_settled() || values.is_empty() {
        return None;
    }
    let signed = values.iter().filter(|finding| finding.verdict.sign_off().is_some()).count();
    let known = match values.len() - signed {
        0 if signed == 1 => "the value is signed off".to_owned(),
        0 => format!("all {signed} values are signed off"),
        1 if signed == 0 => "the value is as wanted".to_owned(),
        same if signed == 0 => format!("all {same} values are as wanted"),
        1 => format!("1 value is as wanted, {signed} signed off"),
        same => format!("{same} values are as wanted, {signed} signed off"),
    };
    Some(format!("Nothing to do here: {known}."))
}

/// What the step is about. A low window shows only the first sentence.
fn intro<'a>(model: &'a Model, campus: &Campus) -> &'a str {
    let whole = model.recipe().step(campus.at).intro.as_str();
    if roomy(model) {
        return whole;
    }
    whole.find(". ").map_or(whole, |end| &whole[..=end])
}

/// Whether a person enters the whole group by hand, so that instructions are shown.
fn by_hand(model: &Model, group: &[Finding]) -> bool {
    group.iter().all(|finding| model.recipe().field(&finding.key).is_some_and(|field| field.channel == Channel::Screen))
}

fn instructions(model: &Model, finding: &Finding, before: bool, number: &mut usize, columns: usize) -> Vec<Row> {
    let site = model.campus.as_ref().map(|campus| &campus.site);
    let Some(group) = site.and_then(|site| model.recipe().group_at(site, &finding.key)) else { return Vec::new() };
    let lines = if before { &group.open } else { &group.close };
    let mut rows = Vec::new();
    for line in lines {
        let label = PieceKind::Label(number.to_string());
        let lines = hanging((Tone::Strong, label), Tone::Strong, line, 2, columns.saturating_sub(1));
        rows.extend(lines.into_iter().map(|row| row.of_kind(RowKind::Instruction(*number))));
        *number += 1;
    }
    rows
}

/// Notes about the whole step: a failure, remarks, and reasons that several values share.
fn notes(model: &Model, campus: &Campus, standing: &StepStatus, columns: usize) -> Vec<Row> {
    let columns = columns.saturating_sub(1);
    let mut rows = Vec::new();
    if let Some(failure) = &campus.failure {
        rows.extend(hanging((Tone::Bad, Mark::Differs), Tone::Bad, failure.plain(), 1, columns));
        for hint in &failure.hints {
            rows.extend(paragraph(Tone::Plain, &format!("next: {hint}"), 3, columns));
        }
    }
    let missing = campus.missing_keys().filter(|_| campus.at == StepId::Connect);
    if let Some(missing) = &missing {
        let words = format!("{} Press Enter to set keys.", missing.words());
        rows.extend(hanging((Tone::Warn, Mark::Unread), Tone::Strong, &words, 1, columns));
    }
    if campus.at == StepId::Connect {
        for remark in &campus.remarks {
            rows.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, remark, 1, columns));
        }
    }
    if let Prerequisite::Missing(other) = standing.report.ground {
        let title = &model.recipe().step(other).title;
        let words = format!("Complete {title} first: this step builds on it.");
        rows.extend(hanging((Tone::Warn, Mark::Blocked), Tone::Warn, &words, 1, columns));
    }
    if standing.read.is_none() {
        let wanted = standing.report.findings.iter().any(|finding| model.recipe().field(&finding.key).is_some());
        let words = if wanted { "Not read yet. These are the wanted values." } else { "Not read yet." };
        rows.extend(paragraph(Tone::Faint, words, 1, columns));
    } else {
        let explained = |finding: &&Finding| missing.as_ref().is_some_and(|missing| missing.explains(&finding.key));
        let said: Vec<String> = standing.report.findings.iter().filter(explained).filter_map(reason_of).collect();
        let reasons = shared_reasons(&standing.report);
        let unsaid = reasons.iter().filter(|reason| !said.contains(&reason.0) && !all_wait(standing, reason));
        rows.extend(unsaid.flat_map(|it| reason_rows(it, columns)));
    }
    rows
}

/// The reason for which all values of a step wait, if there is one. The heading counts them already.
fn why_all_wait(standing: &StepStatus, columns: usize) -> Option<Vec<Row>> {
    standing.read?;
    let reasons = shared_reasons(&standing.report);
    reasons.iter().find(|reason| all_wait(standing, reason)).map(|it| reason_rows(it, columns.saturating_sub(1)))
}

fn all_wait(standing: &StepStatus, (_, mark, count): &(String, Mark, usize)) -> bool {
    *mark == Mark::Waiting && *count == standing.report.findings.len()
}

fn reason_rows((reason, mark, count): &(String, Mark, usize), columns: usize) -> Vec<Row> {
    hanging((Tone::Warn, *mark), Tone::Plain, &format!("{}: {reason}", text::count(*count, "value")), 1, columns)
}
