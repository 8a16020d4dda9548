//! The parts of a recipe: steps, groups, fields, where a field can be read, and which values must agree.
use super::key::{FieldKey, StepId};
use super::want::Expectation;
use crate::site::{Consortium, Site};
use std::fmt;

/// Who carries out a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum Owner {
    /// CUNY's Office of Library Services, which owns Alma.
    #[serde(rename = "OLS")]
    Ols,
    /// The office that owns Alma in another consortium.
    #[serde(skip)]
    Office,
    /// The campus's ILL staff, who own ILLiad.
    #[serde(rename = "campus")]
    Campus,
}

impl Owner {
    /// Everybody a step may wait for.
    pub const ALL: [Self; 3] = [Self::Ols, Self::Office, Self::Campus];

    /// Who it is at a campus: only the consortium that the procedure was written for has OLS.
    pub fn at(self, site: &Site) -> Self {
        self.where_home(site.is_home())
    }

    /// Who it is in a consortium, which may be the one that the procedure was written for.
    pub fn within(self, consortium: &Consortium) -> Self {
        self.where_home(consortium.is_home())
    }

    fn where_home(self, is_home: bool) -> Self {
        if self == Self::Ols && !is_home { Self::Office } else { self }
    }

    /// The name at the start of a row.
    pub fn title(self) -> &'static str {
        match self {
            Self::Ols => "OLS",
            Self::Office => "Office",
            Self::Campus => "Campus",
        }
    }

    /// The name used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ols => "OLS",
            Self::Office => "office",
            Self::Campus => "campus",
        }
    }
}

/// One of the procedure's 61 values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub key: FieldKey,
    /// As the screen shows it, where every name is the procedure's.
    pub label: String,
    /// The label with other values named in braces. [`Field::label_at`] fills them in.
    pub(super) label_template: String,
    pub want: Expectation,
    pub channel: Channel,
    /// Why the value matters, for the person setting it.
    pub why: String,
}

impl Field {
    /// Whether a person may sign the value off: one on a screen, the export key, which Alma may hide, and one with a
    /// name, since several things in Alma may have that name.
    pub fn may_be_signed(&self) -> bool {
        use Expectation::{Coded, FromSite, Location, Secret};
        self.channel == Channel::Screen || matches!(self.want, Secret(_) | Coded { .. } | Location(_) | FromSite(_))
    }
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
    /// What the step is about, in a few words.
    pub about: String,
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
    /// All of [`StepId::ALL`], in that order.
    pub steps: [Step; StepId::ALL.len()],
    pub ties: Vec<Tie>,
}

impl Recipe {
    /// The step with this id.
    pub fn step(&self, id: StepId) -> &Step {
        &self.steps[id as usize]
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

    /// The label of a field, after the title of its group where another field of the step has the same label.
    pub fn distinct_label(&self, key: &FieldKey) -> Option<String> {
        let (group, field) = (self.group_of(key)?, self.field(key)?);
        let alike = self.fields().filter(|other| other.key.step() == key.step() && other.label == field.label).count();
        Some(if alike > 1 { format!("{}: {}", group.title, field.label) } else { field.label.clone() })
    }

    /// The ties that a field is part of.
    pub fn ties_of<'a>(&'a self, key: &'a FieldKey) -> impl Iterator<Item = &'a Tie> {
        self.ties.iter().filter(move |tie| tie.a == *key || tie.b == *key)
    }
}

/// The records that can be asked for. A closed list, so that the recipe cannot invent an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// `GET /almaws/v1/partners/{code}` (facts/alma.md §2).
    Partner,
}

/// A JSON pointer (RFC 6901) into the record. For a coded field it names the object, not its `/value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer(String);

impl Pointer {
    /// Parses a pointer made of plain member names. `None` if it has empty or escaped names.
    pub fn parse(text: &str) -> Option<Self> {
        let named = text.strip_prefix('/')?.split('/').all(|part| !part.is_empty() && !part.contains('~'));
        named.then(|| Self(text.to_owned()))
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The member names along the pointer.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0[1..].split('/')
    }
}

/// The menus that lead to a screen, outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuPath(pub Vec<String>);

impl MenuPath {
    /// What stands between two menus, in words.
    pub const BETWEEN: &str = " > ";
}

impl fmt::Display for MenuPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(Self::BETWEEN))
    }
}

/// How a value is read and, if possible, written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// The API reads and writes it.
    Api { resource: Resource, pointer: Pointer },
    /// Only a person can see it, on the screen of the field's group.
    Screen,
}

/// How the two values of a tie must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// The same, character by character.
    Equal,
    /// `a` is a column name, and `b` a MatchString that uses this column of `t`.
    ColumnIn,
}

/// A tie between two fields whose values must agree.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    pub kind: TieKind,
    pub a: FieldKey,
    pub b: FieldKey,
    /// What breaks if they disagree.
    pub why: String,
}

impl Tie {
    /// Whether two values satisfy the tie. We assume that column names ignore case and that queue names do not.
    pub fn holds(&self, a: &str, b: &str) -> bool {
        match self.kind {
            TieKind::Equal => a == b,
            TieKind::ColumnIn => {
                let column = format!("t.{a}").to_ascii_lowercase();
                b.to_ascii_lowercase()
                    .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'))
                    .any(|word| word == column)
            }
        }
    }
}
