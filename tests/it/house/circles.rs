//! No circle of files: what a file names, directly or by way of others, never names that file.
use super::paths::{leaves, named};
use super::source::{Source, is_word};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Every file of `src` by its module.
type Files<'a> = BTreeMap<Vec<String>, &'a Source>;

/// The circles, each told once, by the shortest way around it.
pub(crate) fn circles(sources: &[Source]) -> Vec<String> {
    let inner = |source: &&Source| !matches!(source.path.as_str(), "src/lib.rs" | "src/main.rs");
    let files: Files<'_> = sources.iter().filter(inner).map(|source| (source.module(), source)).collect();
    let graph: BTreeMap<&str, BTreeSet<&str>> =
        files.values().map(|source| (source.path.as_str(), names(&files, source))).collect();
    let mut told = BTreeSet::new();
    let mut all = Vec::new();
    for file in graph.keys() {
        let Some(way) = way_back(&graph, file) else { continue };
        let mut members = way.clone();
        members.sort_unstable();
        if told.insert(members) {
            all.push(format!("a circle of files: {} → {}", way.join(" → "), file));
        }
    }
    all
}

/// The shortest way from a file over others back to it.
fn way_back<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut before: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(file) = open.pop_front() {
        for next in graph.get(file).into_iter().flatten() {
            if *next == start {
                let mut way = vec![file];
                while let Some(previous) = before.get(way[way.len() - 1]) {
                    way.push(previous);
                }
                way.reverse();
                return Some(way);
            }
            if !before.contains_key(next) {
                before.insert(next, file);
                open.push_back(next);
            }
        }
    }
    None
}

/// The other files that a file names, each item followed to where it is defined. A file that only declares and re-exports names nobody.
fn names<'a>(files: &Files<'a>, source: &Source) -> BTreeSet<&'a str> {
    if source.path.ends_with("/mod.rs") {
        return BTreeSet::new();
    }
    let mut paths: Vec<Vec<String>> = named(source).into_iter().map(|named| named.path).collect();
    // `use crate::engine::judge;` and then `judge::verify(…)`.
    let modules: Vec<Vec<String>> = paths.iter().filter(|path| files.contains_key(*path)).cloned().collect();
    for module in modules {
        let Some(name) = module.last() else { continue };
        for (at, _) in source.shipped.match_indices(&format!("{name}::")) {
            if !source.shipped[..at].ends_with(|c: char| is_word(c) || c == ':') {
                let below = leaves(&source.shipped[at + name.len() + 2..]);
                paths.extend(below.into_iter().map(|path| [module.clone(), path].concat()));
            }
        }
    }
    let found = paths.iter().filter_map(|path| home(files, path, 0));
    found.filter(|path| *path != source.path).collect()
}

/// The file in which what a path names is defined.
fn home<'a>(files: &Files<'a>, path: &[String], depth: usize) -> Option<&'a str> {
    let known = (1..=path.len()).rev().find(|length| files.contains_key(&path[..*length]))?;
    let source = files[&path[..known]];
    let declares = source.path.ends_with("/mod.rs");
    let Some(name) = path.get(known).filter(|_| declares && depth < 8) else {
        return (!declares).then_some(source.path.as_str());
    };
    let mut exports = exported(source).into_iter().filter(|export| export.last() == Some(name));
    exports.find_map(|export| home(files, &export, depth + 1))
}

/// What a `mod.rs` passes on, from the crate's root.
fn exported(source: &Source) -> Vec<Vec<String>> {
    let uses = source.shipped.match_indices("use ").filter(|(at, _)| !source.shipped[..*at].ends_with(is_word));
    let paths = uses.flat_map(|(at, _)| leaves(&source.shipped[at + 4..]));
    let from_root = |path: Vec<String>| match path.first().map(String::as_str) {
        Some("crate") => path[1..].to_vec(),
        Some("self") => [source.module(), path[1..].to_vec()].concat(),
        Some("super") => [source.module()[..source.module().len() - 1].to_vec(), path[1..].to_vec()].concat(),
        _ => [source.module(), path].concat(),
    };
    paths.map(from_root).collect()
}

/// Three files in a circle, and three that are not.
#[test]
fn a_planted_circle_is_found() {
    let files = |last: &str| {
        let texts = [
            ("src/engine/a/mod.rs", "mod x;\npub use x::Plan;"),
            ("src/engine/a/x.rs", "use crate::engine::b::Verdict;\npub struct Plan(Verdict);"),
            ("src/engine/b/mod.rs", "mod y;\npub use y::{Verdict, judge};"),
            ("src/engine/b/y.rs", last),
        ];
        texts.map(|(path, text)| Source::new(path, text))
    };
    let way = "a circle of files: src/engine/a/x.rs → src/engine/b/y.rs → src/engine/a/x.rs";
    assert_eq!(circles(&files("use crate::engine::a::Plan;\npub fn judge(plan: &Plan) {}")), [way]);
    assert_eq!(circles(&files("use crate::engine::a;\npub fn judge(plan: &a::Plan) {}")), [way]);
    assert_eq!(circles(&files("pub struct Verdict;")), Vec::<String>::new());
}
