//! Value cards: what a person enters on a screen, with the way there, derived from the recipe.
use crate::engine::judge::Snapshot;
use crate::engine::judge::wanted_words;
use crate::engine::judge::{Finding, Report};
use crate::recipe::{Channel, FieldKey, Recipe, StepId};
use crate::site::Site;
use crate::text::clean;

/// A value to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardValue {
    /// Which field.
    pub key: FieldKey,
    /// As the screen shows it.
    pub label: String,
    /// What to enter, in the procedure's words.
    pub value: String,
    /// Why it matters.
    pub why: String,
    /// What it must agree with, if anything.
    pub ties: Vec<CardTie>,
}

/// Another value that this one must agree with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTie {
    /// Its label and its step.
    pub with: String,
    /// What breaks when they disagree.
    pub why: String,
}

/// One screen's part of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardGroup {
    /// The heading.
    pub title: String,
    /// The way there.
    pub menu: String,
    /// Before entering the values.
    pub open: Vec<String>,
    /// In the screen's order.
    pub values: Vec<CardValue>,
    /// After.
    pub close: Vec<String>,
}

/// What a person has to enter for a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Which step.
    pub step: StepId,
    /// On screens.
    pub title: String,
    /// Screen by screen.
    pub groups: Vec<CardGroup>,
}

/// Which values a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardScope {
    /// All of the step.
    Whole,
    /// Only those that no API can write.
    ScreenOnly,
}

/// The card of a step.
#[must_use]
pub fn card(recipe: &Recipe, site: &Site, snapshot: &Snapshot, step: StepId, scope: CardScope) -> Card {
    let step = recipe.step(step);
    let groups = step.groups.iter().map(|group| CardGroup {
        title: group.title.clone(),
        menu: group.menu.to_string(),
        open: group.open.clone(),
        close: group.close.clone(),
        values: group
            .fields
            .iter()
            .filter(|field| scope == CardScope::Whole || field.channel == Channel::Screen)
            .map(|field| CardValue {
                key: field.key.clone(),
                label: field.label.clone(),
                value: wanted_words(recipe, site, snapshot, field)
                    .unwrap_or_else(|| "the APIKey from your ILLiad WebPlatformConfig table".to_owned()),
                why: field.why.clone(),
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
    /// As plain lines that survive an e-mail: headings, the way there, `label: value`.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.title.clone()];
        for group in &self.groups {
            lines.push(String::new());
            lines.push(format!("{} ({})", group.title, group.menu));
            lines.extend(group.open.iter().map(|text| format!("  - {text}")));
            lines.extend(group.values.iter().map(|value| format!("  {}: {}", value.label, value.value)));
            lines.extend(group.close.iter().map(|text| format!("  - {text}")));
        }
        lines
    }

    /// All values, in order.
    pub fn values(&self) -> impl Iterator<Item = &CardValue> {
        self.groups.iter().flat_map(|group| &group.values)
    }
}

/// The value cards of all steps that have any.
#[must_use]
pub fn cards(recipe: &Recipe, site: &Site, snapshot: &Snapshot) -> Vec<Card> {
    let with_fields = recipe.steps.iter().filter(|step| !step.groups.is_empty());
    with_fields.map(|step| card(recipe, site, snapshot, step.id, CardScope::Whole)).collect()
}

/// Ties that observed values break: both were seen, and they disagree.
#[must_use]
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
