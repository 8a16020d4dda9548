//! What a campus wants where it agreed on something else than the procedure, and texts that name wanted values.
use super::key::FieldKey;
use super::types::{Field, Group, MenuPath, Recipe};
use super::want::{BLANK, CampusValue, Choice, ChoiceExtent, CodeStatus, Expectation};
use crate::site::{AgreedValue, Site};
use std::borrow::Cow;

impl Field {
    /// What is wanted at this campus: the value agreed on, or else the procedure's.
    pub fn wanted_at(&self, site: &Site) -> Cow<'_, Expectation> {
        let agreed = site.agreed.get(self.key.as_str()).and_then(|agreed| self.want.agreed(&agreed.value).ok());
        agreed.map_or(Cow::Borrowed(&self.want), Cow::Owned)
    }

    /// What was agreed on for this field, or for the one whose value it takes.
    pub fn agreed_at<'a>(&self, site: &'a Site) -> Option<&'a AgreedValue> {
        let other = || match &self.want {
            Expectation::SameAs(other) => site.agreed.get(other.as_str()),
            _ => None,
        };
        site.agreed.get(self.key.as_str()).or_else(other)
    }
}

impl Expectation {
    /// This expectation with an agreed value, in the procedure's words, in place of the procedure's.
    ///
    /// # Errors
    /// Why the field cannot have that value, or why none can be agreed on.
    pub fn agreed(&self, words: &str) -> Result<Self, String> {
        let text = words.to_owned();
        Ok(match self {
            Self::Secret(_) => return Err("is a key, which is never agreed on in a file".to_owned()),
            Self::ByStance { .. } => return Err("follows from stance in the campus file; change that".to_owned()),
            Self::Checked(_) => Self::Checked(checkbox(words)?),
            Self::Number(_) => {
                Self::Number(words.trim().parse().map_err(|_| format!("must be a number, not \"{words}\""))?)
            }
            _ if words == BLANK => Self::Blank,
            Self::Choice(choice) => self::choice(choice, words)?,
            Self::Coded { table, .. } => Self::Coded { table: *table, label: text, also: Vec::new() },
            Self::Location(_) => Self::Location(text),
            Self::FromSite(CampusValue::Nvtgc) => Self::Text(text),
            Self::FromSite(value) | Self::Instead(value, _) => Self::Instead(*value, text),
            // A currency is a code of three letters. Nothing shows the codes of locate profiles.
            Self::Blank | Self::Unlisted(..) => {
                let is_code = words.len() == 3 && words.bytes().all(|b| b.is_ascii_uppercase());
                Self::Unlisted(text, if is_code { CodeStatus::Code } else { CodeStatus::MaybeName })
            }
            Self::Text(_) | Self::Template(_) | Self::SameAs(_) => Self::Text(text),
        })
    }
}

fn checkbox(words: &str) -> Result<bool, String> {
    match words {
        "Checked" => Ok(true),
        "Not checked" => Ok(false),
        other => Err(format!("must be \"Checked\" or \"Not checked\", not \"{other}\"")),
    }
}

fn choice(choice: &Choice, words: &str) -> Result<Expectation, String> {
    let known = choice.all.iter().find(|(code, label)| *label == words || *code == words);
    match (known, choice.extent) {
        (Some((code, label)), _) => {
            Ok(Expectation::Choice(Choice { code: code.clone(), label: label.clone(), ..choice.clone() }))
        }
        // Codes of workflows have no spaces (facts/alma.md §3.2); a name is not tried as a code.
        (None, ChoiceExtent::Open) => {
            let status = if words.contains(' ') { CodeStatus::MaybeName } else { CodeStatus::Code };
            Ok(Expectation::Unlisted(words.to_owned(), status))
        }
        (None, ChoiceExtent::Closed) => {
            let labels: Vec<&str> = choice.all.values().map(String::as_str).collect();
            Err(format!("cannot be \"{words}\"; Alma has: {}", labels.join(", ")))
        }
    }
}

impl Recipe {
    /// A menu name or an instruction, with the values in it that this campus wants.
    pub fn worded(&self, site: &Site, text: &str) -> String {
        filled(text, |key| match self.field(key)?.wanted_at(site).into_owned() {
            Expectation::Text(value) => Some(value),
            _ => None,
        })
    }

    /// The group of a field, as this campus has it.
    pub fn group_at(&self, site: &Site, key: &FieldKey) -> Option<Group> {
        self.group_of(key).map(|group| group.at(self, site))
    }
}

/// A text with the values of the fields that it names in braces.
pub(super) fn filled(text: &str, value: impl Fn(&FieldKey) -> Option<String>) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (name, after) in parts.filter_map(|part| part.split_once('}')) {
        out += value(&FieldKey::from(name)).as_deref().unwrap_or(name);
        out += after;
    }
    out
}

impl Field {
    /// The label with the values that the campus wants in it.
    pub fn label_at(&self, recipe: &Recipe, site: &Site) -> String {
        recipe.worded(site, &self.label_template)
    }
}

impl Group {
    /// This group with the values that the campus wants in its menus and instructions.
    pub fn at(&self, recipe: &Recipe, site: &Site) -> Self {
        let worded = |all: &[String]| all.iter().map(|text| recipe.worded(site, text)).collect();
        let menu = MenuPath(worded(&self.menu.0));
        Self { menu, open: worded(&self.open), close: worded(&self.close), ..self.clone() }
    }
}
