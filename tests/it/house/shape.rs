//! Rules on how files and functions look: sizes, and `mod.rs` without logic.
use super::source::{Source, closing, line_of, word_places};
use super::{MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_MAIN, MOST_LINES_WITH_TESTS};

/// Files stay small enough to be read at one go.
pub(crate) fn file_size(source: &Source) -> Vec<String> {
    let code = source.lines - source.test_lines;
    let most = if source.path == "src/main.rs" { MOST_LINES_OF_MAIN } else { MOST_LINES };
    let mut all = Vec::new();
    if code > most {
        all.push(format!("{}: {code} lines of code, more than {most}", source.path));
    }
    all.extend(test_file_size(source));
    all
}

/// The same, tests included.
pub(crate) fn test_file_size(source: &Source) -> Option<String> {
    let too_long = source.lines > MOST_LINES_WITH_TESTS;
    too_long.then(|| format!("{}: {} lines, more than {MOST_LINES_WITH_TESTS}", source.path, source.lines))
}

/// Functions stay short enough to be seen at one go.
pub(crate) fn function_sizes(source: &Source) -> Vec<String> {
    functions(&source.code)
        .into_iter()
        .filter(|(_, lines, _)| *lines > MOST_LINES_OF_A_FUNCTION)
        .map(|(line, lines, name)| {
            format!("{}:{line}: {name} has {lines} lines, more than {MOST_LINES_OF_A_FUNCTION}", source.path)
        })
        .collect()
}

/// First line, number of lines and name of each function that has a body.
pub(crate) fn functions(code: &str) -> Vec<(usize, usize, String)> {
    let mut all = Vec::new();
    for at in word_places(code, "fn") {
        let rest = code[at + 2..].trim_start();
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        // `fn(…)` is a type.
        if name.is_empty() {
            continue;
        }
        let chars: Vec<char> = code[at..].chars().collect();
        let Some(body) = body(&chars) else { continue };
        let lines = chars[..closing(&chars, body)].iter().filter(|c| **c == '\n').count() + 1;
        all.push((line_of(code, at), lines, name));
    }
    all
}

/// Where the body begins; none where the declaration ends with `;`.
fn body(chars: &[char]) -> Option<usize> {
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            ';' => return None,
            '{' => return Some(at),
            '(' | '[' => at = closing(chars, at),
            _ => at += 1,
        }
    }
    None
}

/// `mod.rs` and `lib.rs` declare and re-export, and hold nothing else.
pub(crate) fn declares_only(source: &Source) -> Vec<String> {
    if !(source.path.ends_with("/mod.rs") || source.path == "src/lib.rs") {
        return Vec::new();
    }
    let code = without_attributes(&source.code);
    let fits = |item: &str| {
        let item = item.trim();
        let item = item.strip_prefix("pub").map_or(item, |rest| match rest.trim_start().strip_prefix('(') {
            Some(inside) => inside.split_once(')').map_or("", |(_, rest)| rest),
            None => rest,
        });
        let item = item.trim_start();
        let module = item.strip_prefix("mod ").is_some_and(|name| !name.contains('{'));
        item.is_empty() || module || item.starts_with("use ")
    };
    let mut line = 1;
    let mut all = Vec::new();
    for item in code.split(';') {
        if !fits(item) {
            let first = item.trim_start();
            let at = line + item[..item.len() - first.len()].matches('\n').count();
            all.push(format!("{}:{at}: more than declarations and re-exports", source.path));
        }
        line += item.matches('\n').count();
    }
    all
}

fn without_attributes(code: &str) -> String {
    let mut chars: Vec<char> = code.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if chars[at] == '#' {
            let open = at + 1 + usize::from(chars.get(at + 1) == Some(&'!'));
            let end = closing(&chars, open);
            chars[at..end].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
            at = end;
        } else {
            at += 1;
        }
    }
    chars.into_iter().collect()
}
