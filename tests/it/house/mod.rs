//! The house rules, scanned off the sources: who may know whom, what pure parts must not do, how big things may grow.
//!
//! The tables here are the rules; `rules.rs` reads them. A rule that catches nothing is no rule: `planted.rs`
//! plants a violation of each.
mod circles;
mod citations;
mod docs;
mod journeys;
mod names;
mod paths;
mod planted;
mod rules;
mod shape;
mod source;
pub(crate) mod wording;

use source::{Source, sources};
use std::sync::LazyLock;

/// A part of the crate and the parts it may name, both as paths of modules; the longest path that fits a file or a name counts.
struct Layer {
    part: &'static str,
    knows: Vec<&'static str>,
}

/// The rooms of the engine, ground first: a room knows the rooms before it, and never one behind it.
const ROOMS: &[&str] = &[
    "engine/observed",
    "engine/sheet",
    "engine/time_limits",
    "engine/journal",
    "engine/lint",
    "engine/forecast",
    "engine/judge",
    "engine/paste",
    "engine/card",
    "engine/agreement",
    "engine/plan",
    "engine/probe",
    "engine/results",
    "engine/import",
    "engine/golive",
    "engine/render",
    "engine/handoff",
    "engine/board",
];

/// What every room knows besides.
const GROUND: [&str; 4] = ["recipe", "site", "secret", "text"];

/// What one room alone knows besides: room, part. Results carry the failure that ended an operation.
const ROOM_EXCEPTIONS: [(&str, &str); 1] = [("engine/results", "failure")];

/// Who may know whom. Every file below `src` belongs to a part, and every part may know itself.
static LAYERS: LazyLock<Vec<Layer>> = LazyLock::new(|| {
    let room = |(at, part): (usize, &&'static str)| {
        let exceptions = ROOM_EXCEPTIONS.iter().filter(|(room, _)| room == part).map(|(_, known)| *known);
        Layer { part, knows: ROOMS[..at].iter().copied().chain(GROUND).chain(exceptions).collect() }
    };
    let parts = PARTS.iter().map(|(part, knows)| Layer { part, knows: knows.to_vec() });
    ROOMS.iter().enumerate().map(room).chain(parts).collect()
});

/// The parts besides the engine's rooms, each with the parts it may name.
const PARTS: &[(&str, &[&str])] = &[
    ("failure", &[]),
    ("secret", &["text"]),
    ("text", &[]),
    ("site", &["failure", "secret", "text"]),
    ("recipe", &["site"]),
    ("engine", &GROUND),
    ("ports", &["engine", "recipe", "site", "secret", "failure"]),
    ("drive", &["ports", "engine", "recipe", "site", "secret", "failure", "text"]),
    // Data types of the engine only; see `ENGINE_IS_DATA_FOR`.
    ("io", &["ports", "engine", "recipe", "site", "secret", "failure", "text"]),
    // A mistake of the client must not cancel itself out.
    ("sim", &[]),
    ("tui", &["engine", "recipe", "site", "secret", "failure", "text"]),
    ("tui/view", &["tui", "engine", "recipe", "site", "text"]),
    ("tui/terminal", &["tui", "tui/backend", "failure"]),
    ("tui/backend", &["tui"]),
    (
        "tui/runtime",
        &["tui", "tui/view", "tui/terminal", "tui/backend", "engine", "recipe", "site", "secret", "failure", "text"],
    ),
    ("line", &["tui", "drive", "ports", "engine", "recipe", "site", "secret", "failure", "text"]),
    ("cli", &["recipe", "site", "text"]),
    ("command", EVERYBODY),
    ("main", &["cli", "command", "io"]),
];

const EVERYBODY: &[&str] = &["(everybody)"];

/// The parts that declare the others, and may name them for that.
const DECLARES: [(&str, &[&str]); 2] =
    [("lib", EVERYBODY), ("tui/mod", &["tui/view", "tui/runtime", "tui/terminal", "tui/backend"])];

/// For these the engine is data: they name its types and none of its functions.
const ENGINE_IS_DATA_FOR: [&str; 2] = ["ports", "io"];

/// Parts that are functions of their arguments.
const PURE: &[&str] = &["site", "recipe", "engine", "tui", "tui/view", "failure", "secret", "text"];

/// What a pure part must not name: files, environment, clock, threads, network, waiting, the terminal.
const IMPURE_WORDS: &[&str] = &[
    "now()",
    "async",
    "await",
    "tokio",
    "reqwest",
    "keyring",
    "keyring_core",
    "tracing",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
];

/// The same, in the standard library.
const IMPURE_STD: &[&str] = &[
    "std/fs",
    "std/env",
    "std/net",
    "std/process",
    "std/thread",
    "std/io",
    "std/time/SystemTime",
    "std/time/Instant/now",
    "std/os",
];

/// Crates that only some parts may name.
const CRATES: &[(&str, &[&str])] = &[
    ("crossterm", &["tui/runtime", "tui/terminal", "tui/backend", "tui/keys"]),
    ("ratatui", &["tui/runtime", "tui/terminal", "tui/backend", "tui/view", "tui/theme"]),
    ("reqwest", &["io"]),
    ("sqlparser", &["engine/lint"]),
    ("rustls", &["io/http"]),
    ("axum", &["sim"]),
    // The crate, and our own module of that name.
    ("keyring", &["io"]),
    ("keyring_core", &["io/keyring"]),
    ("clap", &["cli", "command", "main"]),
    ("color_eyre", &["main"]),
];

/// Words that lost against the glossary of `src/lib.rs`, as names of types (in small letters) and functions.
const LOST_WORDS: &[&str] = &[
    "seen",
    "looked",
    "shown",
    "shows",
    "showed",
    "exhibits",
    "told",
    "said",
    "tale",
    "bench",
    "half",
    "foretold",
    "foreseen",
    "foretelling",
    "forgotten",
    "voided",
    "brokenoff",
];

/// Modules whose names do not say what is in them.
const LOST_MODULES: &[&str] = &[
    "errand",
    "errands",
    "brought",
    "sitting",
    "later",
    "hand",
    "around",
    "way",
    "pen",
    "look",
    "here",
    "turn",
    "sight",
    "burst",
    "echo",
    "paper",
    "meanwhile",
    "seen",
    "made",
    "told",
    "tale",
    "bench",
    "half",
];

/// Participles that do not end in `ed`.
const PARTICIPLES: &[&str] = &[
    "shown",
    "told",
    "said",
    "seen",
    "known",
    "held",
    "sent",
    "made",
    "begun",
    "written",
    "read",
    "meant",
    "ran",
    "gone",
    "kept",
    "left",
    "found",
    "given",
    "lost",
    "broken",
    "proven",
    "forgotten",
];

/// Parts that print; everybody else gives values to them.
const PRINTS: &[&str] = &["main", "command"];

/// The parts that may see a key: where it is kept, and where it is put into a header, a record or the keyring.
const EXPOSES: &[&str] = &["secret", "io"];

/// Lines of a file, tests within it left out.
const MOST_LINES: usize = 400;
/// Lines of a file, and of a file of tests.
const MOST_LINES_WITH_TESTS: usize = 600;
/// Lines of a function.
const MOST_LINES_OF_A_FUNCTION: usize = 60;
/// Lines of `main.rs`.
const MOST_LINES_OF_MAIN: usize = 60;

/// What stands nowhere, neither in code nor in tests.
const NOWHERE: &[&str] = &["allow(", "ignore", "todo!", "unimplemented!", "dbg!", "unsafe"];

/// Where one of them stands all the same, and why it must: file, word, reason.
const EXCUSED: &[(&str, &str, &str)] =
    &[("src/io/closed.rs", "unsafe", "only before `main` can a closed standard output be told from /dev/null")];

/// Tests that wait for the clock, and why they must. Everybody else waits for what they wait for.
const SLEEPING_TESTS: &[(&str, &str)] = &[(
    "tests/it/harness/desk.rs",
    "looks every 2 ms for what another process was caused to do, and gives up after 25 s",
)];

/// Every rule on every source; what is wrong, a line each.
fn wrong(src: &[Source], tests: &[Source]) -> Vec<String> {
    let mut all = Vec::new();
    for source in src {
        all.extend(rules::layers(source));
        all.extend(rules::engine_is_data(source));
        all.extend(rules::pure(source));
        all.extend(rules::crates(source));
        all.extend(rules::keys_stay_hidden(source));
        all.extend(rules::prints(source));
        all.extend(rules::names_a_campus(source));
        all.extend(names::names(source));
        all.extend(shape::declares_only(source));
        all.extend(shape::file_size(source));
    }
    all.extend(circles::circles(src));
    all.extend(names::types_have_one_name(src));
    for source in tests {
        all.extend(shape::test_file_size(source));
    }
    for source in src.iter().chain(tests) {
        all.extend(rules::nowhere(source));
        all.extend(shape::function_sizes(source));
        all.extend(rules::sleeps(source));
    }
    all
}

#[test]
fn the_house_is_in_order() {
    let (src, tests) = (sources("src"), sources("tests"));
    assert!(
        src.len() > 100 && tests.len() > 20,
        "{} and {} sources: looked in the wrong place",
        src.len(),
        tests.len()
    );
    let wrong = wrong(&src, &tests);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The map in `src/lib.rs`: each module with the modules it may use.
fn map() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).expect("src/lib.rs");
    let table = text.lines().skip_while(|line| !line.ends_with("| may use |")).skip(2);
    let rows = table.map_while(|line| line.strip_prefix("//! |"));
    let row = |row: &str| {
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').collect();
        let name = cells[0].trim().trim_matches(['[', ']', '`']).trim_start_matches("mod@");
        let uses =
            cells[cells.len() - 1].split(',').map(|part| part.trim().to_owned()).filter(|part| part != "nothing");
        (name.to_owned(), uses.collect())
    };
    rows.map(row).collect()
}

#[test]
fn the_map_says_what_the_rules_say() {
    let map = map();
    assert!(map.len() > 10, "{map:?}");
    for (name, uses) in map {
        let layer = LAYERS.iter().find(|layer| layer.part == name).unwrap_or_else(|| panic!("no layer {name}"));
        let knows: Vec<&str> = if layer.knows == EVERYBODY { vec!["everything"] } else { layer.knows.clone() };
        assert_eq!(uses, knows, "{name}");
    }
}

#[test]
fn every_part_of_the_crate_has_its_layer_and_every_layer_its_part() {
    let src = sources("src");
    for source in src.iter().filter(|source| source.path != "src/lib.rs") {
        assert!(rules::layer_of(&source.module()).is_some(), "{} belongs to no layer", source.path);
    }
    // The parts of the terminal are being built; whatever is there already must be named right.
    for layer in LAYERS.iter().filter(|layer| !layer.part.starts_with("tui/")) {
        let here = layer.part == "engine"
            || src.iter().any(|source| rules::layer_of(&source.module()).is_some_and(|own| own.part == layer.part));
        assert!(here, "no file belongs to {}", layer.part);
    }
    for (path, word, _) in EXCUSED {
        let there = src.iter().any(|source| source.path == *path && rules::says(&source.code, word));
        assert!(there, "{path} does not say {word} any more: strike it off");
    }
    for (path, _) in SLEEPING_TESTS {
        let asleep = sources("tests").into_iter().find(|source| source.path == *path);
        assert!(
            asleep.is_none_or(|source| rules::says_sleep(&source.code)),
            "{path} does not sleep any more: strike it off"
        );
    }
}
