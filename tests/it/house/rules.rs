//! Rules on what a file may name.
use super::paths::named;
use super::source::{Source, is_word, line_of, literals, word_places};
use super::{
    CRATES, DECLARES, ENGINE_IS_DATA_FOR, EVERYBODY, EXCUSED, EXPOSES, IMPURE_STD, IMPURE_WORDS, LAYERS, Layer,
    NOWHERE, PRINTS, PURE, SLEEPING_TESTS,
};

/// The part that a module or a path belongs to: the longest that fits.
pub(crate) fn layer_of(path: &[String]) -> Option<&'static Layer> {
    LAYERS.iter().filter(|layer| within(path, layer.part)).max_by_key(|layer| layer.part.len())
}

/// Whether a path is the part, or lies below it.
fn within(path: &[String], part: &str) -> bool {
    let mut words = path.iter();
    part.split('/').all(|word| words.next().is_some_and(|step| step == word))
}

/// Parts name only those that they may know.
pub(crate) fn layers(source: &Source) -> Vec<String> {
    let inner = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    let declares = DECLARES.iter().find(|(file, _)| *file == inner).map_or(&[][..], |(_, parts)| *parts);
    let Some(own) = layer_of(&source.module()) else {
        return complaint(declares != EVERYBODY, || format!("{}: belongs to no layer", source.path));
    };
    let may = |other: &str| {
        // Who knows the engine knows all its rooms; its rooms know each other as the table says.
        let whole = if own.part.starts_with("engine/") { other } else { other.split('/').next().unwrap_or(other) };
        let engine = whole == "engine" && own.knows.contains(&whole);
        own.part == other || own.knows == EVERYBODY || own.knows.contains(&other) || engine || declares.contains(&other)
    };
    named(source)
        .into_iter()
        .filter(|named| named.path.first().is_some_and(|root| root != "std"))
        .filter_map(|named| Some((layer_of(&named.path)?, named)))
        .filter(|(other, _)| !may(other.part))
        .map(|(other, named)| format!("{}:{}: {} must not know {}", source.path, named.line, own.part, other.part))
        .collect()
}

/// Adapters and ports see the engine's data, and judge nothing.
pub(crate) fn engine_is_data(source: &Source) -> Vec<String> {
    if !ENGINE_IS_DATA_FOR.iter().any(|part| within(&source.module(), part)) {
        return Vec::new();
    }
    named(source)
        .into_iter()
        .filter(|named| named.path.first().is_some_and(|root| root == "engine"))
        // Its rooms are modules; a function is what has a small letter behind them.
        .filter_map(|named| Some((named.path.last().filter(|_| named.path.len() > 2)?.clone(), named.line)))
        .filter(|(name, _)| name.starts_with(char::is_lowercase))
        .map(|(name, line)| format!("{}:{line}: calls the engine's {name}", source.path))
        .collect()
}

/// Pure parts are functions of their arguments.
pub(crate) fn pure(source: &Source) -> Vec<String> {
    let is_pure = |layer: &Layer| PURE.contains(&layer.part) || layer.part.starts_with("engine/");
    if !layer_of(&source.module()).is_some_and(is_pure) {
        return Vec::new();
    }
    let code = &source.shipped;
    let words = IMPURE_WORDS.iter().flat_map(|word| {
        word_places(code, word)
            .map(move |at| format!("{}:{}: names {word} in a pure part", source.path, line_of(code, at)))
    });
    let std = named(source).into_iter().filter_map(|named| {
        let banned = IMPURE_STD.iter().find(|banned| within(&named.path, banned))?;
        Some(format!("{}:{}: names {banned} in a pure part", source.path, named.line))
    });
    words.chain(std).collect()
}

/// Some crates are named in some parts only.
pub(crate) fn crates(source: &Source) -> Vec<String> {
    let module = source.module();
    CRATES
        .iter()
        .filter(|(_, parts)| !parts.iter().any(|part| within(&module, part)))
        .flat_map(|(name, _)| {
            let code = &source.shipped;
            let as_path = move |at: &usize| code[at + name.len()..].starts_with("::") && !code[..*at].ends_with("::");
            word_places(code, name)
                .filter(as_path)
                .map(move |at| format!("{}:{}: {name} has no business here", source.path, line_of(code, at)))
        })
        .collect()
}

/// `ApiKey::expose` is called in `io` only.
pub(crate) fn keys_stay_hidden(source: &Source) -> Vec<String> {
    let module = source.module();
    if EXPOSES.iter().any(|part| within(&module, part)) {
        return Vec::new();
    }
    let code = &source.shipped;
    word_places(code, "expose").map(|at| format!("{}:{}: exposes a key", source.path, line_of(code, at))).collect()
}

/// Printing is left to the command line.
pub(crate) fn prints(source: &Source) -> Vec<String> {
    let module = source.module();
    if PRINTS.iter().any(|part| within(&module, part)) {
        return Vec::new();
    }
    let code = &source.shipped;
    ["println!", "print!", "eprintln!", "eprint!"]
        .iter()
        .flat_map(|word| {
            word_places(code, word).map(move |at| format!("{}:{}: {word}", source.path, line_of(code, at)))
        })
        .collect()
}

/// What is left half-done or switched off stands nowhere.
pub(crate) fn nowhere(source: &Source) -> Vec<String> {
    let code = &source.code;
    let attribute = |at: usize, word: &str| {
        let before = code[..at].trim_end();
        word != "ignore"
            || before.ends_with("#[")
            || before.ends_with("#![")
            || before.ends_with(',') && in_cfg_attr(before)
    };
    let excused = |word: &str| EXCUSED.iter().any(|(path, excused, _)| *path == source.path && *excused == word);
    NOWHERE
        .iter()
        .filter(|word| !excused(word))
        .flat_map(|word| word_places(code, word).filter(move |at| attribute(*at, word)).map(move |at| (word, at)))
        .map(|(word, at)| format!("{}:{}: {word}", source.path, line_of(code, at)))
        .collect()
}

/// The one place that makes a command which names a campus. It knows when the environment must be named too.
const NAMING: &str = "src/site/types.rs";

/// No hint writes such a command itself, since it would not know.
pub(crate) fn names_a_campus(source: &Source) -> Vec<String> {
    let wrong =
        literals(&source.text).into_iter().filter(|(_, text)| source.path != NAMING && text.contains("--campus {"));
    wrong
        .map(|(line, _)| format!("{}:{line}: a command with --campus, which Site::command makes", source.path))
        .collect()
}

/// Whether a word stands in some code.
pub(crate) fn says(code: &str, word: &str) -> bool {
    word_places(code, word).next().is_some()
}

fn in_cfg_attr(before: &str) -> bool {
    before.rfind("#[").is_some_and(|at| before[at..].starts_with("#[cfg_attr(") && !before[at..].contains(']'))
}

/// Tests wait for what they wait for, not for the clock.
pub(crate) fn sleeps(source: &Source) -> Vec<String> {
    let is_test = source.path.starts_with("tests/");
    // In a file of `src`, only what tests alone build is looked at: what ships may have to pause.
    let asleep = match is_test {
        true => says_sleep(&source.code),
        false => count_sleep(&source.code) > count_sleep(&source.shipped),
    };
    let excused = SLEEPING_TESTS.iter().any(|(path, _)| *path == source.path);
    complaint(asleep && !excused, || format!("{}: a test that sleeps", source.path))
}

pub(crate) fn says_sleep(code: &str) -> bool {
    count_sleep(code) > 0
}

fn count_sleep(code: &str) -> usize {
    let called = |at: &usize| code[*at..].trim_start_matches(is_word).starts_with('(');
    ["sleep", "sleep_ms", "sleep_until", "park_timeout"]
        .iter()
        .map(|word| word_places(code, word).filter(called).count())
        .sum()
}

fn complaint(so: bool, what: impl FnOnce() -> String) -> Vec<String> {
    if so { vec![what()] } else { Vec::new() }
}
