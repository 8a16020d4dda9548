//! Marks and words shared by several screens.
use crate::engine::{Evidence, Rests, State, Verdict, Weight};
use crate::tui::model::{Campus, Model, Standing};
use crate::tui::row::{Row, Tone, paragraph};
use crate::tui::script::Mark;
use crate::tui::setup::Ask;
use jiff::Timestamp;

/// The mark of a state.
pub(super) fn state_mark(state: State) -> (Mark, Tone) {
    match state {
        State::Verified => (Mark::Same, Tone::Good),
        State::Differs => (Mark::Differs, Tone::Bad),
        State::Unread => (Mark::Unread, Tone::Warn),
        State::Waiting => (Mark::Waiting, Tone::Warn),
        State::Attested => (Mark::Attested, Tone::Word),
        State::Blocked => (Mark::Blocked, Tone::Warn),
    }
}

/// The mark of a verdict.
pub(super) fn verdict_mark(verdict: &Verdict, weight: Weight) -> (Mark, Tone) {
    match (verdict, weight) {
        (Verdict::Same(_), _) => (Mark::Same, Tone::Good),
        (Verdict::Attested(_), _) => (Mark::Attested, Tone::Word),
        (Verdict::Differs(_) | Verdict::Absent, Weight::Advisory) => (Mark::Advice, Tone::Warn),
        (Verdict::Differs(_) | Verdict::Absent, Weight::Counts) => (Mark::Differs, Tone::Bad),
        (Verdict::Unread(_), _) => (Mark::Unread, Tone::Warn),
        (Verdict::Waiting(_), _) => (Mark::Waiting, Tone::Warn),
    }
}

/// What stands behind a value beyond a plain reading.
pub(super) fn evidence_words(verdict: &Verdict) -> &'static str {
    match verdict.evidence() {
        Some(Evidence::Proved) if matches!(verdict, Verdict::Differs(_)) => "seen not to work",
        Some(Evidence::Proved) => "seen to work",
        Some(Evidence::Imported) => "compared with what was shown",
        Some(Evidence::Read | Evidence::Attested) | None => "",
    }
}

/// What a step's state rests on and since when, `read 20:14:03`; nothing where nobody has said or shown anything.
pub(super) fn rests(model: &Model, standing: &Standing) -> Option<String> {
    let (what, when) = match (standing.report.rests(), standing.read) {
        (Rests::OnReading, read) => ("read", read?),
        (Rests::OnShown(when), _) => ("shown", when),
        (Rests::OnWord(when), _) => ("signed", when),
        (Rests::OnProof(when), _) if standing.report.state() == State::Verified => ("proved", when),
        // What a proof did not show is not proved.
        (Rests::OnProof(when), _) => ("tried", when),
        (Rests::OnNothing, _) => return None,
    };
    Some(format!("{what} {}", model.clock(when)))
}

/// What is known of the keys, and where they are kept.
pub(super) fn keys(campus: &Campus, columns: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = campus
        .keys_words
        .iter()
        .flat_map(|(slot, words)| paragraph(Tone::Plain, &format!("{}: {words}", Ask::Key(*slot).label()), 3, columns))
        .collect();
    rows.extend(campus.store.line().iter().flat_map(|words| paragraph(Tone::Plain, words, 3, columns)));
    rows
}

/// The start of a line about what is under way.
pub(super) fn busy(model: &Model, since: Timestamp) -> Row {
    Row::of(Tone::Plain, " ").add(Tone::Plain, Mark::Busy(model.spin(since))).add(Tone::Plain, " ")
}

/// What is under way, and for how long.
pub(super) fn busy_with(model: &Model, since: Timestamp, tone: Tone, what: &str) -> Row {
    let age = model.age(since).map_or(String::new(), |age| format!(" {age} s"));
    busy(model, since).add(tone, what).add(Tone::Plain, age)
}

/// The environment as it is said where it must not be overlooked.
pub(super) fn environment(campus: &Campus) -> String {
    campus.site.environment.as_str().to_uppercase()
}
