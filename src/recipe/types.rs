//! Recipe, step, group, field.
use super::channel::{Channel, MenuPath};
use super::key::FieldKey;
use super::step::StepId;
use super::tie::Tie;
use super::want::Expectation;

/// Who does a step.
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
    /// As it is said in reports.
    #[must_use]
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
    /// Identity.
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// What the procedure wants.
    pub want: Expectation,
    /// Where it can be looked at.
    pub channel: Channel,
    /// Why it matters, for the person setting it.
    pub why: String,
}

/// Fields that stand together on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading on the screen.
    pub title: String,
    /// How to get there.
    pub menu: MenuPath,
    /// What to do before entering the values.
    pub open: Vec<String>,
    /// What to do after.
    pub close: Vec<String>,
    /// In the screen's order; never empty.
    pub fields: Vec<Field>,
}

/// A step: the unit of rerunning, of owning, of signing off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub id: StepId,
    /// On screens.
    pub title: String,
    /// Who does it.
    pub owner: Owner,
    /// Steps that must have something to build on first.
    pub needs: Vec<StepId>,
    /// The heading of the procedure it comes from.
    pub cite: String,
    /// What it is about, in a sentence or two.
    pub intro: String,
    /// Its fields by screen heading; empty for `connect`, `patrons` and `prove`, which have findings of their own.
    pub groups: Vec<Group>,
}

impl Step {
    /// Its fields in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }
}

/// The whole procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// All eight, in order.
    pub steps: Vec<Step>,
    /// Fields that must agree.
    pub ties: Vec<Tie>,
}

impl Recipe {
    /// A step by its id.
    ///
    /// # Panics
    /// Never: parsing refuses a recipe without all eight.
    #[must_use]
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

    /// A field by its key.
    #[must_use]
    pub fn field(&self, key: &FieldKey) -> Option<&Field> {
        self.fields().find(|field| field.key == *key)
    }

    /// The group a field stands in.
    #[must_use]
    pub fn group_of(&self, key: &FieldKey) -> Option<&Group> {
        self.steps.iter().flat_map(|step| &step.groups).find(|group| group.fields.iter().any(|field| field.key == *key))
    }

    /// The ties a field is part of.
    pub fn ties_of<'a>(&'a self, key: &'a FieldKey) -> impl Iterator<Item = &'a Tie> {
        self.ties.iter().filter(move |tie| tie.a == *key || tie.b == *key)
    }
}
