//! What a person pasted from a screen, one value or the whole form, held against what is wanted. Nothing is recorded by it.
use super::model::{Campus, Model, PasteBack};
use super::next::may_be_signed;
use crate::engine::lint::{Asked, Compared, Form, Meant, Pasted, Read, Requests, Trial, asked, compare, read, trial};
use crate::engine::{Finding, Verdict};
use crate::recipe::{FieldKey, StepId};

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

/// What Enter does: offers the sign-off of what was found equal.
#[must_use]
pub fn enter_words(model: &Model, screen: &PasteBack) -> Option<&'static str> {
    match offers_sign_off(model, screen).len() {
        0 => None,
        1 => Some("sign it off"),
        _ => Some("sign them off"),
    }
}

/// The values that were found equal, and that wait for a person's word.
#[must_use]
pub fn offers_sign_off(model: &Model, screen: &PasteBack) -> Vec<FieldKey> {
    let equal = match &screen.form {
        Some(form) => {
            let all = form_compared(model, screen, form).into_iter();
            all.filter(|(.., compared)| *compared == Compared::Same).map(|(field, ..)| field.key).collect()
        }
        None if compared(model, screen) == Compared::Same => vec![screen.key.clone()],
        None => Vec::new(),
    };
    let finding = |key: &FieldKey| model.campus.as_ref().and_then(|campus| campus.find(key));
    let waits = |finding: &Finding| matches!(finding.verdict, Verdict::Waiting(_));
    equal.into_iter().filter(|key| finding(key).is_some_and(waits) && may_be_signed(model.recipe(), key)).collect()
}

#[cfg(test)]
#[path = "paste_tests.rs"]
mod tests;
