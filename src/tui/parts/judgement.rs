//! Marks and words that several screens share.
use crate::engine::judge::{Evidence, StateBasis, StepState, Verdict, Weight};
use crate::engine::time_limits;
use crate::tui::model::{Campus, Model, StepStatus};
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::script::Mark;
use crate::tui::setup::Question;
use jiff::Timestamp;

/// Returns the mark of a state.
pub(in crate::tui) fn state_mark(state: StepState) -> (Mark, Tone) {
    match state {
        StepState::Verified => (Mark::Same, Tone::Good),
        StepState::Differs => (Mark::Differs, Tone::Bad),
        StepState::Unread => (Mark::Unread, Tone::Warn),
        StepState::Waiting => (Mark::Waiting, Tone::Warn),
        StepState::Attested => (Mark::Attested, Tone::SignedOff),
        StepState::Blocked => (Mark::Blocked, Tone::Warn),
    }
}

/// Returns the word for a state.
pub(crate) fn state_words(state: StepState) -> &'static str {
    state.words()
}

/// Returns the word for a verdict.
pub(crate) fn verdict_words(verdict: &Verdict) -> &'static str {
    verdict.words()
}

/// Returns the mark of a verdict.
pub(in crate::tui) fn verdict_mark(verdict: &Verdict, weight: Weight) -> (Mark, Tone) {
    match (verdict, weight) {
        (Verdict::Same(_), _) => (Mark::Same, Tone::Good),
        (Verdict::Attested(_), _) => (Mark::Attested, Tone::SignedOff),
        (Verdict::Contradicted(_), _) => (Mark::Contradicted, Tone::Bad),
        (Verdict::Differs(_) | Verdict::Absent, Weight::Advisory) => (Mark::Advice, Tone::Warn),
        (Verdict::Differs(_) | Verdict::Absent, Weight::Counts) => (Mark::Differs, Tone::Bad),
        (Verdict::Unread(_), _) => (Mark::Unread, Tone::Warn),
        (Verdict::Waiting(_), _) => (Mark::Waiting, Tone::Warn),
    }
}

/// What a verdict rests on, if it is more than a plain reading.
pub(in crate::tui) fn evidence_words(verdict: &Verdict) -> &'static str {
    match verdict.evidence() {
        Some(Evidence::Proved) if matches!(verdict, Verdict::Differs(_)) => "the proof failed",
        Some(Evidence::Proved) => "proved",
        Some(Evidence::Imported) => "compared with evidence",
        Some(Evidence::Read | Evidence::Attested) | None => "",
    }
}

/// What a step's state rests on, and since when: `read 20:14:03`. `None` without evidence or sign-off.
pub(in crate::tui) fn rests(model: &Model, standing: &StepStatus) -> Option<String> {
    let (what, when) = match (standing.report.rests(), standing.read) {
        (StateBasis::OnReading, read) => ("read", read?),
        (StateBasis::OnShown(when), _) => ("shown", when),
        (StateBasis::OnWord(when), _) => ("signed", when),
        (StateBasis::OnProof(when), _) if standing.report.state() == StepState::Verified => ("proved", when),
        // What a failed proof was about is not proved.
        (StateBasis::OnProof(when), _) => ("tried", when),
        (StateBasis::OnNothing, _) => return None,
    };
    Some(format!("{what} {}", model.clock(when)))
}

/// The lines about the keys, and where they are kept.
pub(in crate::tui) fn keys(campus: &Campus, columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = campus
        .keys_words
        .iter()
        .flat_map(|(slot, words)| {
            paragraph(Tone::Plain, &format!("{}: {words}", Question::Key(*slot).label()), 3, columns)
        })
        .collect();
    rows.extend(campus.store.line().iter().flat_map(|words| paragraph(Tone::Plain, words, 3, columns)));
    rows
}

/// The start of a row about running work.
pub(in crate::tui) fn busy(model: &Model, since: Timestamp) -> Row {
    Row::of(Tone::Plain, " ").add(Tone::Plain, Mark::Busy(model.spin(since))).add(Tone::Plain, " ")
}

/// A row about running work, and how long it may still take.
pub(in crate::tui) fn busy_with(model: &Model, since: Timestamp, tone: Tone, what: &str) -> Row {
    busy(model, since).add(tone, what).add(Tone::Plain, format!(", {}", model.time_left(since, time_limits::COMMAND)))
}

/// The environment in capitals, where it must not be overlooked.
pub(in crate::tui) fn environment(campus: &Campus) -> String {
    campus.site.environment.as_str().to_uppercase()
}
