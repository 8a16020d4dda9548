//! What a person pasted from a screen, one value or the whole form, held against what is wanted.
use super::model::{Campus, Model, PasteBack};
use crate::engine::lint::{Asked, Compared, Form, Meant, Pasted, Read, Requests, Trial, asked, compare, read, trial};
use crate::engine::may_be_shown;
use crate::recipe::{FieldKey, StepId};
use crate::tui::text::count;
use std::collections::BTreeMap;

/// How the one value typed or pasted compares.
#[must_use]
pub fn compared(model: &Model, screen: &PasteBack) -> Compared {
    compare(Meant::of(&screen.key), wanted(model, &screen.key), screen.typed.text())
}

/// What is wanted of a value; nothing where it is not known.
fn wanted<'a>(model: &'a Model, key: &FieldKey) -> &'a str {
    let finding = model.campus.as_ref().and_then(|campus| campus.find(key));
    finding.and_then(|finding| finding.want.as_deref()).unwrap_or_default()
}

/// A condition that is not the procedure's, tried on sample requests of this campus.
#[must_use]
pub fn tried(model: &Model, key: &FieldKey, got: &str) -> Option<Trial> {
    let site = &model.campus.as_ref()?.site;
    let requests = Requests::new(site.institution.as_str(), &site.nvtgc);
    (Meant::of(key) == Meant::MatchString).then(|| trial(wanted(model, key), got, &requests))
}

/// The fields of the step that the value belongs to.
#[must_use]
pub fn fields(model: &Model, key: &FieldKey) -> Vec<Asked> {
    let findings = |campus: &Campus, step: StepId| {
        let standing = campus.steps.iter().find(|standing| standing.report.id == step)?;
        Some(asked(model.recipe(), &standing.report.findings))
    };
    model.campus.as_ref().zip(key.step()).and_then(|(campus, step)| findings(campus, step)).unwrap_or_default()
}

/// The form in a pasted text; none where it is one value, which belongs to the field under the cursor.
#[must_use]
pub fn form(model: &Model, key: &FieldKey, text: &str) -> Option<Form> {
    match read(&fields(model, key), text) {
        Read::Form(form) => Some(form),
        Read::Value(_) => None,
    }
}

/// How each value of a form compares.
#[must_use]
pub fn form_compared(model: &Model, screen: &PasteBack, form: &Form) -> Vec<(Asked, Pasted, Compared)> {
    let fields = fields(model, &screen.key);
    let one = |pasted: &Pasted| {
        let field = fields.iter().find(|field| field.key == pasted.key)?.clone();
        let compared = pasted.compared(&field);
        Some((field, pasted.clone(), compared))
    };
    form.pasted.iter().filter_map(one).collect()
}

/// What Enter does, in words; none where there is nothing to record.
#[must_use]
pub fn enter_words(model: &Model, screen: &PasteBack) -> Option<String> {
    match recorded(model, screen).len() {
        0 => None,
        1 => Some("record it".to_owned()),
        some => Some(format!("record {}", count(some, "value"))),
    }
}

/// What Enter records: the values recognised, equal or not, of which no API tells.
#[must_use]
pub fn recorded(model: &Model, screen: &PasteBack) -> BTreeMap<FieldKey, String> {
    let all: Vec<(FieldKey, String)> = match &screen.form {
        Some(form) => form.pasted.iter().map(|pasted| (pasted.key.clone(), pasted.got.clone())).collect(),
        None if screen.typed.held_a_key() || compared(model, screen) == Compared::Nothing => Vec::new(),
        None => vec![(screen.key.clone(), screen.typed.text().to_owned())],
    };
    all.into_iter().filter(|(key, _)| may_be_shown(model.recipe(), key)).collect()
}

#[cfg(test)]
#[path = "paste_tests.rs"]
mod tests;
