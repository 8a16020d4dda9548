//! Which modules a file names: every path that begins with `crate`, `super`, `self`, `std` or this crate's name, groups unfolded.
use super::source::{Source, is_word, line_of};

/// A path that a file names, from the crate's root (`engine/Plan`) or, for the standard library, with `std` in front (`std/fs`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: Vec<String>,
    pub(crate) line: usize,
}

/// All paths that the shipped code of a file names.
pub(crate) fn named(source: &Source) -> Vec<Named> {
    let code = &source.shipped;
    let mut all = Vec::new();
    for root in ["crate", "super", "self", "std", "last_resort"] {
        for (at, _) in code.match_indices(&format!("{root}::")) {
            // A path goes on from the left: `super::super::x` begins once, and `x::self::` is none of ours.
            if code[..at].ends_with(|c: char| is_word(c) || c == ':') {
                continue;
            }
            let mut rest = &code[at..];
            let mut paths = Vec::new();
            tree(&mut rest, &mut Vec::new(), &mut paths);
            let line = line_of(code, at);
            all.extend(paths.iter().filter_map(|path| absolute(source, path)).map(|path| Named { path, line }));
        }
    }
    all
}

/// The paths of `a::b::{c, d::e}` at the start of a text.
pub(crate) fn leaves(text: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    tree(&mut &*text, &mut Vec::new(), &mut paths);
    paths
}

/// Reads `a::b::{c, d::e}` off the text.
fn tree(rest: &mut &str, prefix: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    let depth = prefix.len();
    loop {
        *rest = rest.trim_start();
        if let Some(inner) = rest.strip_prefix('{') {
            *rest = inner;
            group(rest, prefix, out);
            break;
        }
        let length = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        *rest = after;
        if !word.is_empty() {
            prefix.push(word.to_owned());
        }
        match rest.strip_prefix("::") {
            Some(after) if !word.is_empty() => *rest = after,
            _ => {
                out.push(prefix.clone());
                break;
            }
        }
    }
    prefix.truncate(depth);
}

fn group(rest: &mut &str, prefix: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    loop {
        *rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        if let Some(after) = rest.strip_prefix('}') {
            *rest = after;
            return;
        }
        let before = rest.len();
        tree(rest, prefix, out);
        // `as name` and `*` are passed over.
        let next = rest.find([',', '}']).unwrap_or(rest.len());
        *rest = &rest[next..];
        if rest.is_empty() || rest.len() == before {
            return;
        }
    }
}

/// From the crate's root; `std` stays in front. None where `super` leads out of the crate, which does not compile.
fn absolute(source: &Source, path: &[String]) -> Option<Vec<String>> {
    let mut module = match path.first().map(String::as_str) {
        Some("std") => return Some(path.to_vec()),
        Some("crate" | "last_resort") => Vec::new(),
        _ => source.module(),
    };
    let mut steps = path.iter().peekable();
    steps.next_if(|word| matches!(word.as_str(), "crate" | "last_resort"));
    while let Some(word) = steps.next_if(|word| matches!(word.as_str(), "super" | "self")) {
        if word == "super" {
            module.pop()?;
        }
    }
    module.extend(steps.filter(|word| *word != "self").cloned());
    Some(module)
}
