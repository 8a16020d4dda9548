//! Compares what a user pasted, one value or a whole form, with what is wanted.
use super::state::PasteBackScreen;
use crate::engine::journal::takes_evidence;
use crate::engine::lint::{FieldRole, PasteComparison, SampleRequests, TrialResult, compare, held, trial};
use crate::engine::paste::{PasteReading, PasteTarget, PastedForm, PastedValue, paste_targets, read_paste};
use crate::recipe::{BLANK, FieldKey, StepId};
use crate::tui::model::{Campus, Model};
use crate::tui::text::count;
use std::collections::BTreeMap;

/// Compares the one value in the text field.
pub(super) fn compared(model: &Model, screen: &PasteBackScreen) -> PasteComparison {
    let (meant, want) = (FieldRole::of(&screen.key), wanted(model, &screen.key));
    if says_blank(screen.typed.text()) {
        return held(meant, want, "");
    }
    compare(meant, want, screen.typed.text())
}

/// Whether the user typed the word for an empty field. No field wants that word as its value.
fn says_blank(typed: &str) -> bool {
    let typed = typed.trim();
    typed.eq_ignore_ascii_case(BLANK) || typed.eq_ignore_ascii_case(BLANK.trim_matches(['[', ']']))
}

/// Whether the field should be empty, so that there is nothing to paste.
pub(super) fn wants_blank(model: &Model, key: &FieldKey) -> bool {
    wanted(model, key) == BLANK
}

/// Counts what Enter records: `3 values as wanted, 1 differs`.
pub(super) fn tally(model: &Model, screen: &PasteBackScreen) -> String {
    let all = recorded(model, screen);
    let same = all
        .iter()
        .filter(|(key, got)| held(FieldRole::of(key), wanted(model, key), got) == PasteComparison::Same)
        .count();
    let differs = |n: usize| if n == 1 { "differs" } else { "differ" };
    match (same, all.len() - same) {
        (same, 0) => format!("{} as wanted", count(same, "value")),
        (0, other) => format!("{} that {} from what is wanted", count(other, "value"), differs(other)),
        (same, other) => format!("{} as wanted, {other} {}", count(same, "value"), differs(other)),
    }
}

/// The wanted value of a field. Empty if it is not known.
fn wanted<'a>(model: &'a Model, key: &FieldKey) -> &'a str {
    let finding = model.campus.as_ref().and_then(|campus| campus.find(key));
    finding.and_then(|finding| finding.want.as_deref()).unwrap_or_default()
}

/// Tries a pasted match string on sample requests of this campus. `None` for any other field.
pub(super) fn tried(model: &Model, key: &FieldKey, got: &str) -> Option<TrialResult> {
    let site = &model.campus.as_ref()?.site;
    let requests = SampleRequests::of(site);
    (FieldRole::of(key) == FieldRole::MatchString).then(|| trial(wanted(model, key), got, &requests))
}

/// All fields of the step that `key` belongs to.
pub(super) fn fields(model: &Model, key: &FieldKey) -> Vec<PasteTarget> {
    let findings = |campus: &Campus, step: StepId| {
        let standing = campus.steps.iter().find(|standing| standing.report.id == step)?;
        Some(paste_targets(model.recipe(), &standing.report.findings))
    };
    model.campus.as_ref().zip(key.step()).and_then(|(campus, step)| findings(campus, step)).unwrap_or_default()
}

/// The form in a pasted text. `None` if the text is one value, which belongs into the text field.
pub(super) fn form(model: &Model, key: &FieldKey, text: &str) -> Option<PastedForm> {
    match read_paste(&fields(model, key), text) {
        PasteReading::Form(form) => Some(form),
        PasteReading::Value(_) => None,
    }
}

/// Compares each value of a pasted form.
pub(super) fn form_compared(
    model: &Model,
    screen: &PasteBackScreen,
    form: &PastedForm,
) -> Vec<(PasteTarget, PastedValue, PasteComparison)> {
    let fields = fields(model, &screen.key);
    let one = |pasted: &PastedValue| {
        let field = fields.iter().find(|field| field.key == pasted.key)?.clone();
        let compared = pasted.compared(&field);
        Some((field, pasted.clone(), compared))
    };
    form.pasted.iter().filter_map(one).collect()
}

/// What Enter does, in words. `None` if there is nothing to record.
pub(super) fn enter_words(model: &Model, screen: &PasteBackScreen) -> Option<String> {
    match recorded(model, screen).len() {
        0 => None,
        1 => Some("record it".to_owned()),
        some => Some(format!("record {}", count(some, "value"))),
    }
}

/// What Enter records: the recognised values, equal or not, that no API can read.
pub(super) fn recorded(model: &Model, screen: &PasteBackScreen) -> BTreeMap<FieldKey, String> {
    let all: Vec<(FieldKey, String)> = match &screen.form {
        Some(form) => form.pasted.iter().map(|pasted| (pasted.key.clone(), pasted.got.clone())).collect(),
        None if screen.typed.held_a_key() || compared(model, screen) == PasteComparison::Nothing => Vec::new(),
        // An empty field is recorded as an empty value, as in a form.
        None if says_blank(screen.typed.text()) => vec![(screen.key.clone(), String::new())],
        None => vec![(screen.key.clone(), screen.typed.text().to_owned())],
    };
    all.into_iter().filter(|(key, _)| takes_evidence(model.recipe(), key)).collect()
}

#[cfg(test)]
#[path = "comparison_tests.rs"]
mod tests;
