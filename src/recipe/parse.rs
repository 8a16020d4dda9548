//! The recipe built into this program, and parsing of others. Unknown keys are refused; errors name the step and the field.
use super::agreed::filled;
use super::key::{FieldKey, StepId};
use super::types::{Channel, Field, Group, MenuPath, Owner, Pointer, Recipe, Resource, Step, Tie};
use super::want::{CampusValue, Choice, ChoiceExtent, CodeTable, Expectation, KeySlot};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// What is wrong with a recipe.
#[derive(Debug, thiserror::Error)]
pub enum RecipeError {
    /// Not TOML, or not in the recipe's format.
    #[error("{0}")]
    Shape(#[from] Box<toml::de::Error>),
    /// A field that cannot be understood.
    #[error("{key}: {what}")]
    Field { key: String, what: String },
    /// Steps, ties or lists that do not fit together.
    #[error("{0}")]
    Whole(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRecipe {
    step: Vec<RawStep>,
    tie: Vec<Tie>,
    choices: Choices,
}

type Choices = BTreeMap<String, BTreeMap<String, String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStep {
    id: StepId,
    title: String,
    owner: Owner,
    needs: Vec<StepId>,
    cite: String,
    about: String,
    intro: String,
    #[serde(default)]
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    title: String,
    menu: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
    #[serde(default)]
    close: Vec<String>,
    /// Kept as tables at first, so that any error in one can name the field's key.
    field: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    /// Read separately. Listed here so that it does not count as an unknown key.
    #[serde(rename = "key")]
    _key: String,
    label: String,
    want: RawWant,
    api: Option<String>,
    why: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum RawKind {
    Text(String),
    Number(i64),
    Checked(bool),
    Blank(bool),
    Location(String),
    Site(CampusValue),
    Secret(KeySlot),
    Template(String),
    SameAs(String),
    ByStance { ahead: String, live: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    choice: String,
    of: String,
    #[serde(default)]
    open: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCoded {
    coded: String,
    table: CodeTable,
    #[serde(default)]
    also: Vec<String>,
}

/// Kept as a table at first. Its keys show which of three formats it has, which keeps the errors precise.
type RawWant = toml::Table;

impl Recipe {
    /// The recipe built into this program.
    ///
    /// # Panics
    /// If `assets/recipe.toml` does not parse, which the tests in `tests/it/recipe` rule out.
    pub fn embedded() -> &'static Self {
        static RECIPE: OnceLock<Recipe> = OnceLock::new();
        RECIPE.get_or_init(|| match Self::parse(include_str!("../../assets/recipe.toml")) {
            Ok(recipe) => recipe,
            Err(error) => panic!("assets/recipe.toml: {error}"),
        })
    }

    /// Parses a recipe from TOML and checks that it is consistent.
    ///
    /// # Errors
    /// Names the step and the field that are wrong.
    pub fn parse(text: &str) -> Result<Self, RecipeError> {
        let raw: RawRecipe = toml::from_str(text).map_err(Box::new)?;
        let steps: Vec<Step> =
            raw.step.into_iter().map(|step| self::step(step, &raw.choices)).collect::<Result<_, _>>()?;
        let mut recipe = Self { steps: steps_in_order(steps)?, ties: raw.tie };
        references_hold(&recipe)?;
        name_labels(&mut recipe);
        Ok(recipe)
    }
}

/// All eight steps must be there in order, each needing only earlier ones. Needs therefore cannot form a circle.
fn steps_in_order(steps: Vec<Step>) -> Result<[Step; StepId::ALL.len()], RecipeError> {
    let ids: Vec<&str> = steps.iter().map(|step| step.id.as_str()).collect();
    let all = StepId::ALL.map(StepId::as_str);
    let others = format!("the steps must be {}, and are {}", all.join(", "), ids.join(", "));
    if ids != all {
        return Err(RecipeError::Whole(others));
    }
    for (index, step) in steps.iter().enumerate() {
        if let Some(need) = step.needs.iter().find(|need| !steps[..index].iter().any(|before| before.id == **need)) {
            return Err(RecipeError::Whole(format!("{} needs {need}, which does not come before it", step.id)));
        }
    }
    steps.try_into().map_err(|_| RecipeError::Whole(others))
}

/// Keys must be unique. A field may refer only to an earlier field, and a tie only to fields that exist.
fn references_hold(recipe: &Recipe) -> Result<(), RecipeError> {
    let mut keys = BTreeSet::new();
    for field in recipe.fields() {
        if let Expectation::SameAs(other) = &field.want
            && !keys.contains(other)
        {
            return Err(wrong(&field.key, format!("same_as names {other}, which does not come before it")));
        }
        if !keys.insert(field.key.clone()) {
            return Err(wrong(&field.key, "occurs twice"));
        }
    }
    for tie in &recipe.ties {
        for key in [&tie.a, &tie.b] {
            if !keys.contains(key) {
                return Err(RecipeError::Whole(format!("a tie names {key}, which is not a field")));
            }
        }
    }
    Ok(())
}

/// Fills the procedure's own values into the labels that name some.
fn name_labels(recipe: &mut Recipe) {
    let texts = recipe.fields().filter_map(|field| match &field.want {
        Expectation::Text(text) => Some((field.key.clone(), text.clone())),
        _ => None,
    });
    let texts: BTreeMap<FieldKey, String> = texts.collect();
    let fields = recipe.steps.iter_mut().flat_map(|step| &mut step.groups).flat_map(|group| &mut group.fields);
    for field in fields {
        field.label = filled(&field.label_template, |key| texts.get(key).cloned());
    }
}

fn wrong(key: &FieldKey, what: impl Into<String>) -> RecipeError {
    RecipeError::Field { key: key.to_string(), what: what.into() }
}

fn step(raw: RawStep, choices: &Choices) -> Result<Step, RecipeError> {
    let id = raw.id;
    let groups = raw.group.into_iter().map(|group| self::group(id, group, choices)).collect::<Result<_, _>>()?;
    Ok(Step {
        id,
        title: raw.title,
        owner: raw.owner,
        needs: raw.needs,
        cite: raw.cite,
        about: raw.about,
        intro: raw.intro,
        groups,
    })
}

fn group(step: StepId, raw: RawGroup, choices: &Choices) -> Result<Group, RecipeError> {
    if raw.field.is_empty() {
        return Err(RecipeError::Whole(format!("{step}: the group {:?} has no fields", raw.title)));
    }
    let fields = raw.field.into_iter().map(|field| self::field(step, field, choices)).collect::<Result<_, _>>()?;
    Ok(Group { title: raw.title, menu: MenuPath(raw.menu), open: raw.open, close: raw.close, fields })
}

fn field(step: StepId, raw: toml::Table, choices: &Choices) -> Result<Field, RecipeError> {
    let name = raw.get("key").and_then(toml::Value::as_str).unwrap_or("(a field without a key)");
    let key = FieldKey::new(step, name);
    let raw: RawField = raw.try_into().map_err(|error: toml::de::Error| wrong(&key, error.message()))?;
    let want = want(&key, raw.want, choices)?;
    let channel = match raw.api {
        None => Channel::Screen,
        Some(text) => {
            let pointer =
                Pointer::parse(&text).ok_or_else(|| wrong(&key, format!("{text:?} is not a JSON pointer")))?;
            Channel::Api { resource: Resource::Partner, pointer }
        }
    };
    Ok(Field { key, label: raw.label.clone(), label_template: raw.label, want, channel, why: raw.why })
}

fn want(key: &FieldKey, raw: RawWant, choices: &Choices) -> Result<Expectation, RecipeError> {
    let refused = |error: toml::de::Error| wrong(key, error.message());
    if raw.contains_key("choice") {
        return choice(key, raw.try_into().map_err(refused)?, choices);
    }
    if raw.contains_key("coded") {
        let RawCoded { coded, table, also } = raw.try_into().map_err(refused)?;
        return Ok(Expectation::Coded { table, label: coded, also });
    }
    Ok(match toml::Value::Table(raw).try_into().map_err(refused)? {
        RawKind::Text(text) => Expectation::Text(text),
        RawKind::Number(number) => Expectation::Number(number),
        RawKind::Checked(on) => Expectation::Checked(on),
        RawKind::Blank(true) => Expectation::Blank,
        RawKind::Blank(false) => return Err(wrong(key, "blank = false says nothing; leave it out")),
        RawKind::Location(name) => Expectation::Location(name),
        RawKind::Site(value) => Expectation::FromSite(value),
        RawKind::Secret(slot) => Expectation::Secret(slot),
        RawKind::Template(text) => Expectation::Template(text),
        RawKind::SameAs(other) => Expectation::SameAs(other.as_str().into()),
        RawKind::ByStance { ahead, live } => Expectation::ByStance { ahead, live },
    })
}

fn choice(key: &FieldKey, raw: RawChoice, choices: &Choices) -> Result<Expectation, RecipeError> {
    let all = choices.get(&raw.of).ok_or_else(|| wrong(key, format!("there is no list choices.{}", raw.of)))?;
    let Some((code, label)) = all.iter().find(|(_, label)| **label == raw.choice) else {
        return Err(wrong(key, format!("choices.{} has no label {:?}", raw.of, raw.choice)));
    };
    let extent = if raw.open { ChoiceExtent::Open } else { ChoiceExtent::Closed };
    Ok(Expectation::Choice(Choice { code: code.clone(), label: label.clone(), all: all.clone(), extent }))
}
