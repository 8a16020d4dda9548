//! Fields and values taken from the recipe, so that no test repeats them.
use last_resort::engine::lint::{FieldRole, PasteComparison, SampleRequests, compare};
use last_resort::engine::paste::PasteTarget;
use last_resort::recipe::{Expectation, FieldKey, Recipe, StepId};

/// Returns the value that the recipe wants for a field, for Queens College with the rule still ahead.
pub(crate) fn want(key: &str) -> String {
    let recipe = Recipe::embedded();
    let field = recipe.field(&FieldKey::from(key)).unwrap_or_else(|| panic!("{key} is no field"));
    match &field.want {
        Expectation::Text(text) => text.clone(),
        Expectation::Template(text) => text.replace("{prefix}", "01CUNY"),
        Expectation::Number(number) => number.to_string(),
        Expectation::Checked(on) => if *on { "Checked" } else { "Not checked" }.to_owned(),
        Expectation::Blank => "[blank]".to_owned(),
        Expectation::FromSite(_) => "ILL".to_owned(),
        Expectation::SameAs(other) => want(other.as_str()),
        Expectation::ByStance { ahead, .. } => ahead.clone(),
        other => panic!("{key} wants {other:?}"),
    }
}

/// Returns the fields of a step that a person can paste back.
pub(crate) fn asked(step: StepId) -> Vec<PasteTarget> {
    let screen = |field: &&last_resort::recipe::Field| field.channel == last_resort::recipe::Channel::Screen;
    let step = Recipe::embedded().step(step);
    let field = |group: &last_resort::recipe::Group, field: &last_resort::recipe::Field| PasteTarget {
        key: field.key.clone(),
        label: field.label.clone(),
        group: group.title.clone(),
        want: want(field.key.as_str()),
    };
    step.groups.iter().flat_map(|group| group.fields.iter().filter(screen).map(move |one| field(group, one))).collect()
}

/// Returns what is said about a pasted value; empty if it is right.
pub(crate) fn said(key: &str, got: &str) -> Vec<String> {
    match compare(FieldRole::of(&FieldKey::from(key)), &want(key), got) {
        PasteComparison::Nothing => panic!("nothing was pasted for {key}"),
        PasteComparison::Same => Vec::new(),
        PasteComparison::Differs(why) => why.iter().map(ToString::to_string).collect(),
    }
}

pub(crate) const MATCH_STRING: &str = "illiad.routing.match_string";

pub(crate) fn requests() -> SampleRequests {
    SampleRequests::new("01CUNY_QC", "ILL")
}
