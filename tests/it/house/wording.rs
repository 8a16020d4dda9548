//! Sentences for users do not sound translated: none has a phrase that `src/text/style.md` lists.
use super::source::{literals, sources, word_places};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const STYLE: &str = include_str!("../../../src/text/style.md");

/// Texts that users read as a whole.
const PAGES: [&str; 2] = ["README.md", "CHANGELOG.md"];

/// A file or folder of data with sentences for users; lines that begin with `#` are comments.
const DATA: [&str; 2] = ["assets/recipe.toml", "assets/worlds"];

/// The pictures of all screens. A picture is searched line by line, as columns of several lines belong to each other.
const PICTURES: &str = "tests/golden";

fn phrases() -> Vec<&'static str> {
    let list = STYLE.lines().skip_while(|line| *line != "## Phrases not written here");
    list.filter_map(|line| line.strip_prefix("- ")).collect()
}

/// The phrases that a text contains. Case and line wraps do not matter.
fn found(phrases: &[&'static str], text: &str) -> Vec<&'static str> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    phrases.iter().copied().filter(|phrase| word_places(&words, phrase).next().is_some()).collect()
}

/// The string literals of a Rust file; of the command line its doc comments too, which are the help.
fn texts_of_source(path: &str, text: &str) -> Vec<(usize, String)> {
    let mut all = literals(text);
    if path == "src/cli.rs" || path.starts_with("src/cli/") {
        let mut block = String::new();
        for (at, line) in text.lines().chain([""]).enumerate() {
            match line.trim_start().strip_prefix("///") {
                Some(words) => block += words,
                None => all.push((at, std::mem::take(&mut block))),
            }
        }
    }
    all
}

/// The listed phrases that something printed contains.
pub(crate) fn translated(printed: &str) -> Vec<&'static str> {
    found(&phrases(), printed)
}

fn wrong(phrases: &[&'static str], path: &str, texts: impl IntoIterator<Item = (usize, String)>) -> Vec<String> {
    let of = |(line, text): (usize, String)| {
        found(phrases, &text).into_iter().map(move |phrase| format!("{path}:{line}: \"{phrase}\""))
    };
    texts.into_iter().flat_map(of).collect()
}

fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).map(|line| format!("{line}\n")).collect()
}

fn by_line(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned()))
}

/// A file, or every file below a folder, each with its path in the package and its text.
fn files(path: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut open, mut all): (Vec<PathBuf>, _) = (vec![root.join(path)], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else {
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let inner = path.strip_prefix(root).expect("inside the package").to_string_lossy().replace('\\', "/");
            all.push((inner, text));
        }
    }
    all.sort();
    all
}

#[test]
fn no_sentence_for_users_sounds_translated() {
    let phrases = phrases();
    let mut all = Vec::new();
    for source in sources("src") {
        all.extend(wrong(&phrases, &source.path, texts_of_source(&source.path, &source.text)));
    }
    for (path, text) in PAGES.into_iter().flat_map(files) {
        all.extend(wrong(&phrases, &path, [(1, text)]));
    }
    for (path, text) in DATA.into_iter().flat_map(files) {
        all.extend(wrong(&phrases, &path, [(1, without_comments(&text))]));
    }
    let pictures = files(PICTURES);
    assert!(pictures.len() > 200, "the pictures were looked for in the wrong place");
    for (path, text) in pictures {
        all.extend(wrong(&phrases, &path, by_line(&text)));
    }
    assert!(all.is_empty(), "src/text/style.md says how to write these:\n{}", all.join("\n"));
}

#[test]
fn the_style_lists_phrases_that_can_be_found() {
    let phrases = phrases();
    let unlike: BTreeSet<&str> = phrases.iter().copied().collect();
    assert!((25..=50).contains(&phrases.len()) && unlike.len() == phrases.len(), "{phrases:?}");
    for phrase in &phrases {
        assert_eq!(found(&[phrase], phrase), [*phrase], "in lower case, with single blanks");
    }
}

#[test]
fn planted_phrases_are_found() {
    let phrases = ["of such a one", "is none"];
    let of = |path: &str, text: &str| wrong(&phrases, path, texts_of_source(path, text));
    assert_eq!(of("src/io/x.rs", "\nf(\"The key Of Such a one.\");"), ["src/io/x.rs:2: \"of such a one\""]);
    assert_eq!(of("src/io/x.rs", "f(\"of such \\\n   a one\", \"x\");"), ["src/io/x.rs:1: \"of such a one\""]);
    assert_eq!(of("src/io/x.rs", "f(r#\"This \"key\" is none\"#);"), ["src/io/x.rs:1: \"is none\""]);
    assert_eq!(of("src/io/x.rs", "f(\"of such\\na one\");"), ["src/io/x.rs:1: \"of such a one\""]);
    assert_eq!(of("src/cli.rs", "/// The key of\n/// such a one.\nkey: u8,"), ["src/cli.rs:2: \"of such a one\""]);
    assert_eq!(wrong(&phrases, "README.md", [(1, "of such\na one".to_owned())]), ["README.md:1: \"of such a one\""]);
    assert_eq!(wrong(&phrases, "a.snap", by_line("x\n│ This is none │")), ["a.snap:2: \"is none\""]);
}

#[test]
fn what_only_looks_like_a_phrase_passes() {
    let phrases = ["of such a one", "is none"];
    for text in ["// This is none.\nf(\"x\");", "/// of such a one\nfn f() { '\"'; }", "f(\"It is nonetheless so.\");"]
    {
        assert_eq!(wrong(&phrases, "src/io/x.rs", texts_of_source("src/io/x.rs", text)), Vec::<String>::new());
    }
    assert_eq!(wrong(&phrases, "a.snap", by_line("this is\nnone")), Vec::<String>::new());
    let comment = without_comments("  # is none\nsentence = \"All set.\"");
    assert_eq!(wrong(&phrases, "a.toml", [(1, comment)]), Vec::<String>::new());
}

/// The texts that name OLS or CUNY: those of the consortium that the procedure was written for, of the manual and of practice.
const OF_HOME: [&str; 13] = [
    "src/cli",
    "src/command/manual/",
    "src/engine/forecast/headings.rs",
    "src/engine/handoff/ticket.rs",
    "src/engine/judge/connect.rs",
    "src/recipe/types.rs",
    "src/sim/",
    "src/site/consortium.rs",
    "src/site/types.rs",
    "src/site/zones.rs",
    "src/tui/screen/set_up/remarks.rs",
    "src/tui/screen/welcome/page.rs",
    "src/tui/setup/question.rs",
];

/// A campus of another consortium reads none of them, so a new text asks [`last_resort::site::Site::office`] who it is.
#[test]
fn no_other_text_names_ols_or_cuny() {
    let shipped = |path: &str| !path.ends_with("_tests.rs") && !OF_HOME.iter().any(|home| path.starts_with(home));
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| shipped(&source.path)) {
        let tests = source.text.lines().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(usize::MAX);
        let named = |words: &str| words.contains("CUNY") || word_places(words, "OLS").next().is_some();
        let texts = literals(&source.text).into_iter().filter(|(line, words)| *line <= tests && named(words));
        wrong.extend(texts.map(|(line, words)| format!("{}:{line}: {words}", source.path)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
