//! What comments cite is in the repository: every citation of a fact or of the contract leads to a heading there.
use super::source::sources;
use std::fs;
use std::path::Path;

/// The name under which a file is cited, and where it stands.
const CITED: [(&str, &str); 3] = [
    ("facts/alma.md", "src/io/alma/facts.md"),
    ("facts/illiad.md", "src/io/illiad/facts.md"),
    ("CONTRACT.md", "src/CONTRACT.md"),
];

/// What begins a citation, of a known file or of none.
const STARTS: [&str; 2] = ["facts/", "CONTRACT.md"];

/// Files that cite and are no Rust.
const OTHERS: [&str; 4] = ["assets/campuses.toml", "src/io/alma/facts.md", "src/io/illiad/facts.md", "src/CONTRACT.md"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The headings of a file: `5`, `3.1` where they are numbered, else their words.
fn headings(text: &str) -> Vec<String> {
    let titles =
        text.lines().filter_map(|line| line.strip_prefix("##")).map(|line| line.trim_start_matches('#').trim());
    titles.map(|title| numbered(title).unwrap_or(title).trim_end_matches('.').to_owned()).collect()
}

/// The number that a text begins with, if any.
fn numbered(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    (end > 0).then(|| text[..end].trim_end_matches('.'))
}

/// The sections that are cited right after a file's name: `§2, §7`, `§6 and §10`, `, "Writing"`.
fn sections(after: &str) -> Vec<&str> {
    if let Some((title, _)) = after.strip_prefix(", \"").and_then(|quoted| quoted.split_once('"')) {
        return vec![title];
    }
    let (mut found, mut rest) = (Vec::new(), after);
    while let Some(number) = [" §", ", §", " and §"].iter().find_map(|lead| rest.strip_prefix(lead)).and_then(numbered)
    {
        rest = &rest[rest.find(number).unwrap_or_default() + number.len()..];
        found.push(number);
    }
    found
}

/// Citations of a text that lead nowhere, a line each.
fn astray(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for (start, _) in STARTS.iter().flat_map(|start| line.match_indices(start)) {
            let rest = &line[start..];
            let place = format!("{path}:{}", at + 1);
            match CITED.iter().find(|(name, _)| rest.starts_with(name)) {
                // A file of facts, by a path of its own.
                _ if line[..start].ends_with('/') => {}
                None if !rest.split([' ', ',', ')']).next().unwrap_or_default().contains(".md") => {}
                None => wrong.push(format!("{place}: cites a file that is not here")),
                Some((name, file)) => {
                    let known = headings(&read(file));
                    let cited = sections(&rest[name.len()..]);
                    let lost = cited.into_iter().filter(|section| !known.iter().any(|heading| heading == section));
                    wrong.extend(lost.map(|section| format!("{place}: {file} has no section {section}")));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_citation_leads_to_a_heading() {
    let own = |path: &str| path == "tests/it/house/citations.rs";
    let rust = sources("src").into_iter().chain(sources("tests")).map(|source| source.path).filter(|path| !own(path));
    let paths: Vec<String> = rust.chain(OTHERS.map(str::to_owned)).collect();
    let wrong: Vec<String> = paths.iter().flat_map(|path| astray(path, &read(path))).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    let cites = |path: &&String| read(path).contains("facts/alma.md §");
    assert!(paths.iter().filter(cites).count() > 20, "the citations were looked for in the wrong place");
}

#[test]
fn a_citation_that_leads_nowhere_is_found() {
    for (text, told) in [
        ("/// As said (facts/alma.md §99).", "no section 99"),
        ("/// As said (facts/alma.md §2, §3.9).", "no section 3.9"),
        ("/// As said (facts/alma.md §6 and §77).", "no section 77"),
        ("/// As said (CONTRACT.md, \"Manners\").", "no section Manners"),
        ("/// As said (facts/others.md §2).", "a file that is not here"),
    ] {
        let wrong = astray("src/x.rs", text);
        assert!(wrong.len() == 1 && wrong[0].contains(told), "{text}: {wrong:?}");
    }
    let fine = "//! facts/alma.md §2, §3.1 and §7; facts/illiad.md §1.3: as (CONTRACT.md, \"Exit codes\") says, and facts/ too.";
    assert_eq!(astray("src/x.rs", fine), Vec::<String>::new());
}
