//! Rules on doc comments: what others use is described, and no doc comment is a riddle. Fields and variants need none.
use super::source::{Source, has_word, sources};

/// A doc comment of so many words says nothing that the name does not say.
const RIDDLE_WORDS: usize = 3;

/// Every file says what is in it, and every item that other parts may use says what it is.
fn public_items_have_docs(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut all = Vec::new();
    if !source.shipped.trim().is_empty() && !lines.first().is_some_and(|line| line.starts_with("//!")) {
        all.push(format!("{}:1: does not say what is in it", source.path));
    }
    for (at, line) in source.shipped.lines().enumerate().filter(|(_, line)| is_public_item(line)) {
        let mut above = lines[..at].iter().rev().map(|line| line.trim());
        // Attributes stand between an item and its doc.
        let doc = above.find(|line| line.is_empty() || line.starts_with("//") || line.ends_with(['}', ';']));
        if !doc.is_some_and(|line| line.starts_with("///")) {
            all.push(format!("{}:{}: `{}` has no doc comment", source.path, at + 1, line.trim()));
        }
    }
    all
}

fn is_public_item(line: &str) -> bool {
    let Some(item) = line.trim_start().strip_prefix("pub ") else { return false };
    let before_name = item.split(['(', '{', ':', '=', ';', '<']).next().unwrap_or_default();
    ["fn", "struct", "enum", "trait", "type", "const", "static"].iter().any(|kind| has_word(before_name, kind))
}

/// No doc comment is a riddle such as "Which." or "Its code.": who has read nothing else learns nothing from it.
fn riddles(source: &Source) -> Vec<String> {
    // There the docs are the help that users read: a name of an argument in a word or two is right.
    if source.path == "src/cli.rs" || source.path.starts_with("src/cli/") {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut block = String::new();
    for (at, line) in source.text.lines().chain([""]).enumerate() {
        match line.trim_start().strip_prefix("///") {
            Some(words) => block.push_str(words),
            None => {
                if !block.is_empty() && block.split_whitespace().count() <= RIDDLE_WORDS {
                    all.push(format!("{}:{at}: a doc comment that is a riddle:{block}", source.path));
                }
                block.clear();
            }
        }
    }
    all
}

#[test]
fn what_is_public_is_described_and_no_doc_is_a_riddle() {
    let src = sources("src");
    let wrong: Vec<String> =
        src.iter().flat_map(|source| [public_items_have_docs(source), riddles(source)].concat()).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn planted_items_without_docs_are_found() {
    let of = |text: &str| public_items_have_docs(&Source::new("src/io/x.rs", text));
    assert_eq!(
        of("pub fn f() {}"),
        ["src/io/x.rs:1: does not say what is in it", "src/io/x.rs:1: `pub fn f() {}` has no doc comment"]
    );
    let text = "//! Files.\n\n/// A file.\n#[derive(\n    Debug,\n)]\npub struct F {\n    pub path: u8,\n}\n\npub(super) fn g() {}\n";
    assert_eq!(of(text), Vec::<String>::new());
    assert_eq!(of("//! Files.\nuse x;\npub const X: u8 = 1;").len(), 1);
    assert_eq!(
        of("//! Files.\nimpl F {\n    /// Opens it.\n    pub async fn f() {}\n    pub const fn g() {}\n}").len(),
        1
    );
}

#[test]
fn planted_riddles_are_found() {
    let of = |text: &str| riddles(&Source::new("src/io/x.rs", text));
    assert_eq!(of("/// Which.\nstruct X;"), ["src/io/x.rs:1: a doc comment that is a riddle: Which."]);
    assert_eq!(of("/// Of which request.\n/// It is new each time.\nstruct X;"), Vec::<String>::new());
}
