//! The parts of a recipe: steps, groups and fields.
use super::channel::{Channel, MenuPath};
use super::key::FieldKey;
use super::step::StepId;
use super::tie::Tie;
use super::want::Expectation;

/// Who carries out a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum Owner {
    /// CUNY's Office of Library Services, which owns Alma.
    #[serde(rename = "OLS")]
    Ols,
    /// The campus's ILL staff, who own ILLiad.
    #[serde(rename = "campus")]
    Campus,
}

impl Owner {
    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ols => "OLS",
            Self::Campus => "campus",
        }
    }
}

/// One of the procedure's 61 values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    pub want: Expectation,
    pub channel: Channel,
    /// Why the value matters, for the person setting it.
    pub why: String,
}

/// The fields under one heading of a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading on the screen.
    pub title: String,
    pub menu: MenuPath,
    /// What to do before entering the values.
    pub open: Vec<String>,
    /// What to do after entering the values.
    pub close: Vec<String>,
    /// In the screen's order; never empty.
    pub fields: Vec<Field>,
}

/// A step of the procedure. Steps are run again, owned and signed off as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: StepId,
    /// As screens show it.
    pub title: String,
    pub owner: Owner,
    /// Steps whose records must exist first.
    pub needs: Vec<StepId>,
    /// The heading of the procedure it comes from.
    pub cite: String,
    /// Explains the step in a sentence or two.
    pub intro: String,
    /// The fields by screen heading. Empty for `connect`, `patrons` and `prove`, which have findings of their own.
    pub groups: Vec<Group>,
}

impl Step {
    /// The step's fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }
}

/// The whole procedure: its steps, and the fields that must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// All eight, in order.
    pub steps: Vec<Step>,
    pub ties: Vec<Tie>,
}

impl Recipe {
    /// The step with this id.
    ///
    /// # Panics
    /// Never, because parsing refuses a recipe without all eight steps.
    pub fn step(&self, id: StepId) -> &Step {
        match self.steps.iter().find(|step| step.id == id) {
            Some(step) => step,
            None => unreachable!("parsing requires all steps"),
        }
    }

    /// All fields, in the order of the procedure.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.steps.iter().flat_map(Step::fields)
    }

    /// The field with this key, if there is one.
    pub fn field(&self, key: &FieldKey) -> Option<&Field> {
        self.fields().find(|field| field.key == *key)
    }

    /// The group that contains a field.
    pub fn group_of(&self, key: &FieldKey) -> Option<&Group> {
        self.steps.iter().flat_map(|step| &step.groups).find(|group| group.fields.iter().any(|field| field.key == *key))
    }

    /// The ties that a field is part of.
    pub fn ties_of<'a>(&'a self, key: &'a FieldKey) -> impl Iterator<Item = &'a Tie> {
        self.ties.iter().filter(move |tie| tie.a == *key || tie.b == *key)
    }
}
