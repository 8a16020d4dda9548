//! Rules on names: a type has one name and a name one type; the words that lost stand nowhere.
use super::source::{Source, is_word, line_of, word_places};
use super::{LOST_MODULES, LOST_WORDS, PARTICIPLES};
use std::collections::BTreeMap;

/// A type that is defined somewhere.
struct Definition<'a> {
    name: &'a str,
    place: String,
    /// Whether other files can see it.
    is_open: bool,
}

fn definitions(source: &Source) -> Vec<Definition<'_>> {
    let code = source.shipped.as_str();
    let mut all = Vec::new();
    for word in ["struct", "enum", "trait", "union", "type"] {
        for at in word_places(code, word) {
            let before = code[..at].rsplit('\n').next().unwrap_or_default();
            let name = code[at + word.len()..].trim_start().split(|c| !is_word(c)).next().unwrap_or_default();
            // A type inside an `impl` or a function belongs to it.
            if name.starts_with(char::is_uppercase) && !before.starts_with(' ') {
                let place = format!("{}:{}", source.path, line_of(code, at));
                all.push(Definition { name, place, is_open: before.starts_with("pub") });
            }
        }
    }
    all
}

/// No type name is defined twice, unless every definition but one is private to its file.
pub(crate) fn types_have_one_name(sources: &[Source]) -> Vec<String> {
    let mut open: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for definition in sources.iter().flat_map(definitions).filter(|definition| definition.is_open) {
        open.entry(definition.name).or_default().push(definition.place);
    }
    let twice = open.into_iter().filter(|(_, places)| places.len() > 1);
    twice.map(|(name, places)| format!("{name} is defined in {}", places.join(" and "))).collect()
}

/// No type is called by a bare participle, and nothing by a word that lost against the glossary of `src/lib.rs`.
pub(crate) fn names(source: &Source) -> Vec<String> {
    let mut all = Vec::new();
    for Definition { name, place, is_open } in definitions(source) {
        let lower = name.to_lowercase();
        let one_word = name.chars().filter(|c| c.is_uppercase()).count() == 1;
        let participle = one_word && (lower.ends_with("ed") || PARTICIPLES.contains(&lower.as_str()));
        if is_open && participle && !is_no_participle(name) {
            all.push(format!("{place}: {name} is a participle, no name for a type"));
        }
        if LOST_WORDS.contains(&lower.as_str()) {
            all.push(format!("{place}: {name} is a word that lost"));
        }
    }
    let code = source.shipped.as_str();
    for at in word_places(code, "fn") {
        let name = code[at + 2..].trim_start().split(|c| !is_word(c)).next().unwrap_or_default();
        if LOST_WORDS.contains(&name) {
            all.push(format!("{}:{}: {name} is a word that lost", source.path, line_of(code, at)));
        }
    }
    if let Some(lost) = source.module().iter().find(|part| LOST_MODULES.contains(&part.as_str())) {
        all.push(format!("{}: {lost} does not say what is in there", source.path));
    }
    all
}

/// The state of a plan that was consented to, as DESIGN calls it, and words that only end like one.
fn is_no_participle(name: &str) -> bool {
    matches!(name, "Confirmed" | "Feed" | "Seed" | "Speed")
}

/// What the rules say of a file.
fn of(text: &str) -> Vec<String> {
    let source = Source::new("src/engine/x.rs", text);
    [names(&source), types_have_one_name(&[source, Source::new("src/io/y.rs", "pub struct Plan;")])].concat()
}

#[test]
fn planted_names_are_found() {
    assert_eq!(of("pub struct Applied;"), ["src/engine/x.rs:1: Applied is a participle, no name for a type"]);
    assert_eq!(of("fn told() {}"), ["src/engine/x.rs:1: told is a word that lost"]);
    assert_eq!(of("pub enum Plan {}"), ["Plan is defined in src/engine/x.rs:1 and src/io/y.rs:1"]);
    assert_eq!(of("struct Plan;\npub struct ApplyResult;\nfn tell() {}"), Vec::<String>::new());
}
