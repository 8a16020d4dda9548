//! Value cards, made from the recipe: what a person enters on a screen, and how to get there.
use crate::engine::judge::{AgreedDifference, Finding, Report, Snapshot, agreed_difference, wanted_words};
use crate::recipe::{Channel, FieldKey, Recipe, StepId};
use crate::site::Site;
use crate::text::clean;

/// One value to enter on a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardValue {
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// The value to enter, in the procedure's words.
    pub value: String,
    /// Why the value matters.
    pub why: String,
    /// What the procedure says, where something else was agreed on.
    pub agreed: Option<AgreedDifference>,
    /// Other values that this one must agree with.
    pub ties: Vec<CardTie>,
}

/// Another value that this one must agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTie {
    /// Label and step of that value.
    pub with: String,
    /// What breaks if they disagree.
    pub why: String,
}

/// The part of a card for one screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardGroup {
    pub title: String,
    /// The menu path to the screen.
    pub menu: String,
    /// What to do before entering the values.
    pub open: Vec<String>,
    /// In the screen's order.
    pub values: Vec<CardValue>,
    /// What to do after entering the values.
    pub close: Vec<String>,
}

/// Everything that a person has to enter for a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub step: StepId,
    /// As screens show it.
    pub title: String,
    /// One for each screen.
    pub groups: Vec<CardGroup>,
}

/// Which values a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardScope {
    /// All values of the step.
    Whole,
    /// Only values that no API can write.
    ScreenOnly,
}

/// Makes the card of a step, without groups that have no values.
pub fn card(recipe: &Recipe, site: &Site, snapshot: &Snapshot, step: StepId, scope: CardScope) -> Card {
    let step = recipe.step(step);
    let groups = step.groups.iter().map(|group| group.at(recipe, site)).map(|group| CardGroup {
        title: group.title,
        menu: group.menu.to_string(),
        open: group.open,
        close: group.close,
        values: group
            .fields
            .iter()
            .filter(|field| scope == CardScope::Whole || field.channel == Channel::Screen)
            .map(|field| CardValue {
                key: field.key.clone(),
                label: field.label_at(recipe, site),
                value: wanted_words(recipe, site, snapshot, field)
                    .unwrap_or_else(|| "the APIKey from your ILLiad WebPlatformConfig table".to_owned()),
                why: field.why.clone(),
                agreed: agreed_difference(recipe, site, &snapshot.alma, field),
                ties: ties(recipe, &field.key),
            })
            .collect(),
    });
    Card { step: step.id, title: step.title.clone(), groups: groups.filter(|group| !group.values.is_empty()).collect() }
}

fn ties(recipe: &Recipe, key: &FieldKey) -> Vec<CardTie> {
    recipe
        .ties_of(key)
        .map(|tie| {
            let other = if tie.a == *key { &tie.b } else { &tie.a };
            let label = recipe.field(other).map_or("", |field| field.label.as_str());
            let step = other.step().map_or("", |step| recipe.step(step).title.as_str());
            CardTie { with: format!("{label} ({step})"), why: tie.why.clone() }
        })
        .collect()
}

impl Card {
    /// The card as plain lines that survive an e-mail: headings, menu paths and `label: value`.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.title.clone()];
        for group in &self.groups {
            lines.push(String::new());
            lines.push(format!("{} ({})", group.title, group.menu));
            lines.extend(group.open.iter().map(|text| format!("  - {text}")));
            for value in &group.values {
                lines.push(format!("  {}: {}", value.label, value.value));
                lines.extend(value.agreed.iter().map(|agreed| format!("    {}", agreed.words())));
            }
            lines.extend(group.close.iter().map(|text| format!("  - {text}")));
        }
        lines
    }

    /// All values of the card, in order.
    pub fn values(&self) -> impl Iterator<Item = &CardValue> {
        self.groups.iter().flat_map(|group| &group.values)
    }
}

/// The value cards of all steps that have fields.
pub fn cards(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Card> {
    let with_fields = recipe.steps.iter().filter(|step| !step.groups.is_empty());
    with_fields.map(|step| card(recipe, site, snapshot, step.id, CardScope::Whole)).collect()
}

/// A line for each tie whose two values were both observed and disagree.
pub fn broken_ties(recipe: &Recipe, report: &Report) -> Vec<String> {
    let got = |key: &FieldKey| -> Option<(&Finding, &str)> {
        let finding = report.findings().find(|finding| finding.key == *key)?;
        Some((finding, finding.got.as_deref()?))
    };
    recipe
        .ties
        .iter()
        .filter_map(|tie| {
            let ((a, a_value), (b, b_value)) = (got(&tie.a)?, got(&tie.b)?);
            (!tie.holds(a_value, b_value)).then(|| {
                format!(
                    "{} \"{}\" and {} \"{}\" disagree. {}",
                    a.label,
                    clean(a_value, 80),
                    b.label,
                    clean(b_value, 80),
                    tie.why
                )
            })
        })
        .collect()
}
