//! Where a campus file says that keys are kept: `[keys]`. It names a command or a file, and never holds a key itself.
use super::problem::Problem;
use crate::text::{cut, key_shapes};
use std::collections::BTreeMap;
use toml_edit::{Item, TableLike, Value};

/// Where the key of a slot is kept, outside of any keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideKey {
    /// The program that prints it, and its arguments. Never empty.
    Command(Vec<String>),
    /// The whole path of the file that holds it; `~/` stands for the home folder.
    File(String),
}

/// The keys kept outside, by the word of their slot.
pub type OutsideKeys = BTreeMap<String, OutsideKey>;

/// The words of the slots.
const SLOTS: [&str; 3] = ["alma", "illiad", "export"];

/// Reads `[keys]`. What cannot be used becomes a problem, which never repeats a text of the file.
pub(super) fn outside_keys(
    table: &dyn TableLike,
    line: impl Fn(&toml_edit::Key) -> Option<usize>,
    problems: &mut Vec<Problem>,
) -> OutsideKeys {
    let mut all = OutsideKeys::new();
    for (slot, item) in table.iter() {
        let found = match SLOTS.contains(&slot) {
            true => outside_key(item),
            false => Err("is not a slot; the slots are alma, illiad and export"),
        };
        match found {
            Ok(key) => drop(all.insert(slot.to_owned(), key)),
            Err(what) => problems.push(Problem {
                path: Some(format!("keys.{}", cut(slot, 60))),
                line: table.key(slot).and_then(&line),
                what: what.to_owned(),
                accepts: Some("{ command = [\"pass\", \"show\", \"…\"] } or { file = \"/…\" }"),
            }),
        }
    }
    all
}

fn outside_key(item: &Item) -> Result<OutsideKey, &'static str> {
    let table = item.as_table_like().filter(|table| table.len() == 1).ok_or("must name one command or one file")?;
    if let Some(file) = table.get("file").and_then(Item::as_str) {
        let whole = file.starts_with('/') || file.starts_with("~/") || file.get(1..3).is_some_and(|at| at == ":\\");
        return match whole && !file.chars().any(char::is_control) && key_shapes(file).is_empty() {
            true => Ok(OutsideKey::File(file.to_owned())),
            false => Err("must have the whole path of a file"),
        };
    }
    let Some(Value::Array(array)) = table.get("command").and_then(Item::as_value) else {
        return Err("must name one command, as a list of its words, or one file");
    };
    let words: Option<Vec<String>> = array.iter().map(|word| word.as_str().map(str::to_owned)).collect();
    match words.filter(|words| words.first().is_some_and(|program| !program.trim().is_empty())) {
        Some(words) if words.iter().any(|word| word.contains('\0') || !key_shapes(word).is_empty()) => {
            Err("has a word that looks like an API key; keys do not belong in a campus file")
        }
        Some(words) => Ok(OutsideKey::Command(words)),
        None => Err("must name a command as a list of texts"),
    }
}
