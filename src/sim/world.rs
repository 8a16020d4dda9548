//! Worlds: named sets of settings, embedded from `assets/worlds`. Each has one sentence that says what is special
//! about it.
use super::settings::{PracticeKeys, Settings};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde_json::Value;
use std::fmt;
use thiserror::Error;
use toml::Table;

static WORLDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/worlds");

/// The longest chain of worlds based on each other. A circle ends here.
const DEEPEST: usize = 8;

/// The reasons why a world could not be made.
#[derive(Debug, Error)]
pub enum WorldError {
    /// No embedded world has this name.
    #[error("there is no practice world called `{0}`")]
    Unknown(String),
    /// The file is not TOML, or contains something that is not a setting.
    #[error("practice world `{world}`: {why}")]
    Malformed {
        world: String,
        /// What is wrong, naming the key.
        why: String,
    },
    /// The worlds are based on each other in a circle.
    #[error("practice world `{0}` is based on itself")]
    Circle(String),
}

/// A practice world: how an Alma and an ILLiad are set up, and how they behave where the facts leave it open.
#[derive(Clone)]
pub struct World {
    name: String,
    settings: Settings,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("name", &self.name).finish_non_exhaustive()
    }
}

impl World {
    /// Loads an embedded world by its name.
    ///
    /// # Errors
    /// [`WorldError::Unknown`]: there is no world of that name. Otherwise as [`World::from_toml`].
    pub fn embedded(name: &str) -> Result<Self, WorldError> {
        Self::made(name, table_of(name, source_of(name)?)?)
    }

    /// Makes a world from text in the format of the embedded ones. It may be `based_on` an embedded one.
    pub fn from_toml(text: &str) -> Result<Self, WorldError> {
        const NAME: &str = "(given as text)";
        Self::made(NAME, table_of(NAME, text)?)
    }

    fn made(name: &str, table: Table) -> Result<Self, WorldError> {
        let table = with_base(name, table)?;
        let settings = Settings::deserialize(table).map_err(|e| malformed(name, &e))?;
        Ok(Self { name: name.to_owned(), settings })
    }

    /// The same world as the institution zone of another campus. A world whose key belongs to yet another zone keeps that.
    #[must_use]
    pub fn of_campus(mut self, code: &str) -> Self {
        let ours = self.settings.alma.institution == self.settings.campus.institution;
        if ours {
            self.settings.alma.institution = code.to_owned();
            self.settings.alma.institution_name = code.to_owned();
        }
        self.settings.campus.institution = code.to_owned();
        self.settings.campus.name = code.to_owned();
        self
    }

    /// The same world in another consortium: ILLiad's rules look for this prefix.
    #[must_use]
    pub fn with_prefix(mut self, prefix: &str) -> Self {
        for rule in &mut self.settings.illiad.rules {
            rule.match_string = rule.match_string.replace(&self.settings.alma.prefix, prefix);
        }
        self.settings.alma.prefix = prefix.to_owned();
        self
    }

    /// The same world, with this name for the campus.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        self.settings.campus.name = name.to_owned();
        self
    }

    /// The same world with keys that no other campus of a fleet has. A key that its servers refuse stays refused.
    #[must_use]
    pub(super) fn with_own_keys(mut self, number: usize) -> Self {
        let usual = PracticeKeys::default();
        let own = PracticeKeys::of_fleet(number);
        let swap = |key: &mut String| {
            for (usual, own) in [(&usual.alma, &own.alma), (&usual.illiad, &own.illiad), (&usual.export, &own.export)] {
                if key == usual {
                    key.clone_from(own);
                }
            }
        };
        let Settings { keys, alma, illiad, .. } = &mut self.settings;
        [&mut keys.alma, &mut keys.illiad, &mut keys.export, &mut alma.key].into_iter().for_each(swap);
        illiad.keys.iter_mut().for_each(swap);
        self
    }

    /// The name of the world.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One sentence that says what is special about this world.
    pub fn sentence(&self) -> &str {
        &self.settings.sentence
    }

    /// The ids of the steps that cannot succeed in this world.
    pub fn fails(&self) -> &[String] {
        &self.settings.fails
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// The name and sentence of each embedded world, sorted by name.
///
/// A file that is not TOML is left out here; [`World::embedded`] says what is wrong with it.
pub fn world_names() -> Vec<(&'static str, &'static str)> {
    let mut names: Vec<_> = WORLDS
        .files()
        .filter_map(|file| {
            let name = file.path().file_name()?.to_str()?.strip_suffix(".toml")?;
            Some((name, sentence_in(file.contents_utf8()?)?))
        })
        .collect();
    names.sort_unstable();
    names
}

/// The sentence, from the first line of a world's file. It is borrowed from the embedded text, so it is `'static`.
fn sentence_in(text: &'static str) -> Option<&'static str> {
    text.lines().find_map(|line| line.strip_prefix("sentence = \"")?.strip_suffix('"'))
}

fn source_of(name: &str) -> Result<&'static str, WorldError> {
    WORLDS
        .get_file(format!("{name}.toml"))
        .and_then(|file| file.contents_utf8())
        .ok_or_else(|| WorldError::Unknown(name.to_owned()))
}

fn table_of(name: &str, text: &str) -> Result<Table, WorldError> {
    text.parse::<Table>().map_err(|e| malformed(name, &e))
}

fn malformed(name: &str, why: &toml::de::Error) -> WorldError {
    WorldError::Malformed { world: name.to_owned(), why: why.to_string().trim().to_owned() }
}

/// Merges a world into the one it is based on, and that one into its own base, and so on.
fn with_base(name: &str, mut table: Table) -> Result<Table, WorldError> {
    for _ in 0..DEEPEST {
        let Some(base) = table.remove("based_on") else {
            return Ok(table);
        };
        let base = base.as_str().unwrap_or_default().to_owned();
        let mut under = table_of(&base, source_of(&base)?)?;
        lay_over(&mut under, table);
        table = under;
    }
    Err(WorldError::Circle(name.to_owned()))
}

/// Merges tables key by key. Everything else, lists included, is replaced.
fn lay_over(under: &mut Table, over: Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// A JSON file of `assets/worlds/zone`.
///
/// # Panics
/// The file is missing or not JSON. It is part of the program, and every test that serves a world reads it.
pub(super) fn zone_file(name: &str) -> Value {
    let text = WORLDS.get_file(format!("zone/{name}.json")).and_then(|file| file.contents_utf8());
    text.and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_else(|| unreachable!("zone/{name}.json is embedded and is JSON"))
}

#[cfg(test)]
mod tests {
    use super::{World, WorldError, world_names};

    #[test]
    fn every_embedded_file_is_a_world_and_names_its_sentence_first() {
        let files = super::WORLDS.files().filter(|f| f.path().extension().is_some_and(|e| e == "toml")).count();
        assert_eq!(world_names().len(), files);
        for (name, sentence) in world_names() {
            let world = World::embedded(name).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!((world.name(), world.sentence()), (name, sentence));
            assert!(sentence.ends_with('.') && sentence.len() < 160, "{name}: {sentence}");
        }
    }

    #[test]
    fn an_unknown_setting_is_refused_by_name() {
        let error = World::from_toml("sentence = \"x.\"\n[alma]\nweather = \"fine\"").expect_err("unknown key");
        assert!(matches!(&error, WorldError::Malformed { why, .. } if why.contains("weather")), "{error}");
        assert!(matches!(World::from_toml("based_on = \"nowhere\""), Err(WorldError::Unknown(_))));
        assert!(matches!(World::embedded("nowhere"), Err(WorldError::Unknown(_))));
    }
}
