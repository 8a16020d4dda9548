//! A source file as the rules see it: comments, texts and characters blanked, so that only code is judged.
use std::fs;
use std::path::Path;

/// A file, by its path from the package's folder, always with `/`.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    /// Everything, comments included.
    pub(crate) text: String,
    /// Lines as they stand in the file.
    pub(crate) lines: usize,
    /// The code, what is only built for tests included.
    pub(crate) code: String,
    /// The code that ships: what only tests build is blanked too.
    pub(crate) shipped: String,
    /// Lines of what only tests build.
    pub(crate) test_lines: usize,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let code = blanked(text);
        let (shipped, test_lines) = match is_test_file(path) {
            true => (String::new(), text.lines().count()),
            false => without_tests(&code),
        };
        Self { path: path.to_owned(), text: text.to_owned(), lines: text.lines().count(), code, shipped, test_lines }
    }

    /// The module a file below `src` is, from the crate's root: `engine/plan`; `engine` for `engine/mod.rs`, and nothing for the root.
    pub(crate) fn module(&self) -> Vec<String> {
        let inner = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let inner = inner.strip_suffix("/mod").unwrap_or(inner);
        match inner {
            "lib" | "mod" => Vec::new(),
            inner => inner.split('/').map(str::to_owned).collect(),
        }
    }
}

/// A module of tests in a file of its own (`#[cfg(test)] #[path = "…_tests.rs"] mod tests;`).
fn is_test_file(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.ends_with("_tests.rs")
}

/// Every Rust source below a folder of the package, in the order of their paths.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
                let inner = path.strip_prefix(root).expect("inside the package").to_string_lossy().replace('\\', "/");
                found.push(Source::new(&inner, &text));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The text with every comment, text and character blanked; lines and columns stay where they are.
pub(crate) fn blanked(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        match no_code_end(&chars, at) {
            end if end == at => {
                out.push(chars[at]);
                at += 1;
            }
            end => {
                out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
                at = end;
            }
        }
    }
    out
}

/// The end of the comment, text or character that begins here; the same place if none does.
fn no_code_end(chars: &[char], at: usize) -> usize {
    match chars[at] {
        '/' if chars.get(at + 1) == Some(&'/') => line_end(chars, at),
        '/' if chars.get(at + 1) == Some(&'*') => block_end(chars, at),
        '"' => text_end(chars, at),
        'r' if !(at > 0 && is_word(chars[at - 1]) && !prefixed(chars, at)) => raw_end(chars, at).unwrap_or(at),
        '\'' => char_end(chars, at).unwrap_or(at),
        _ => at,
    }
}

/// Every string literal: the line on which it begins, and its words. Lines that a backslash wraps are joined.
pub(crate) fn literals(text: &str) -> Vec<(usize, String)> {
    let chars: Vec<char> = text.chars().collect();
    let (mut all, mut at, mut line) = (Vec::new(), 0, 1);
    while at < chars.len() {
        let end = no_code_end(&chars, at);
        if end > at && matches!(chars[at], '"' | 'r') {
            let piece: String = chars[at..end].iter().collect();
            let words = piece.trim_start_matches(['r', '#']).trim_end_matches('#');
            all.push((line, unescaped(words.trim_matches('"'))));
        }
        let next = end.max(at + 1).min(chars.len());
        line += chars[at..next].iter().filter(|c| **c == '\n').count();
        at = next;
    }
    all
}

/// A literal's text with its escapes resolved as far as words need it.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, (c == '\\').then(|| rest.next()).flatten()) {
            ('\\', Some('\n')) => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('n' | 't' | 'r')) => out.push(' '),
            ('\\', Some(escaped)) => out.push(escaped),
            (c, _) => out.push(c),
        }
    }
    out
}

/// Whether the `r` here is the second letter of `br"…"` or `cr"…"`.
fn prefixed(chars: &[char], at: usize) -> bool {
    matches!(chars[at - 1], 'b' | 'c') && !(at > 1 && is_word(chars[at - 2]))
}

pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn line_end(chars: &[char], at: usize) -> usize {
    chars[at..].iter().position(|c| *c == '\n').map_or(chars.len(), |length| at + length)
}

fn block_end(chars: &[char], at: usize) -> usize {
    let (mut depth, mut at) = (0_usize, at);
    while at + 1 < chars.len() {
        match (chars[at], chars[at + 1]) {
            ('/', '*') => (depth, at) = (depth + 1, at + 2),
            ('*', '/') if depth == 1 => return at + 2,
            ('*', '/') => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    chars.len()
}

fn text_end(chars: &[char], at: usize) -> usize {
    let mut at = at + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

/// The end of `r"…"` or `r#"…"#`, if one begins here.
fn raw_end(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    (chars.get(open) == Some(&'"')).then_some(())?;
    let closes = |end: usize| chars[end] == '"' && (1..=hashes).all(|n| chars.get(end + n) == Some(&'#'));
    Some((open + 1..chars.len()).find(|end| closes(*end)).map_or(chars.len(), |end| end + 1 + hashes))
}

/// The end of `'x'`; none where a lifetime begins.
fn char_end(chars: &[char], at: usize) -> Option<usize> {
    match chars.get(at + 1)? {
        // The character after the backslash may itself be a quote.
        '\\' => chars.get(at + 3..)?.iter().position(|c| *c == '\'').map(|length| at + 4 + length),
        _ if chars.get(at + 2) == Some(&'\'') => Some(at + 3),
        _ => None,
    }
}

/// Blanks every item under `#[cfg(test)]` (or `#[cfg(all(test, …))]`), and counts its lines.
fn without_tests(code: &str) -> (String, usize) {
    let mut chars: Vec<char> = code.chars().collect();
    let (mut at, mut lines) = (0, 0);
    while let Some(start) = find(&chars, at, "#[cfg(") {
        let attribute = closing(&chars, start + 1);
        let words: String = chars[start..attribute].iter().collect();
        at = attribute;
        if has_word(&words, "test") && !has_word(&words, "not") && !has_word(&words, "any") {
            let end = item_end(&chars, attribute);
            lines += chars[start..end].iter().filter(|c| **c == '\n').count() + 1;
            chars[start..end].iter_mut().filter(|c| **c != '\n').for_each(|c| *c = ' ');
            at = end;
        }
    }
    (chars.into_iter().collect(), lines)
}

fn find(chars: &[char], from: usize, text: &str) -> Option<usize> {
    let wanted: Vec<char> = text.chars().collect();
    chars.get(from..)?.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}

/// The place after the bracket that closes the one at `open`.
pub(crate) fn closing(chars: &[char], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, c) in chars.iter().enumerate().skip(open) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    chars.len()
}

/// The place after an item: its `;`, or the brace that closes its body.
fn item_end(chars: &[char], from: usize) -> usize {
    let mut at = from;
    while at < chars.len() {
        match chars[at] {
            ';' => return at + 1,
            '{' => return closing(chars, at),
            '(' | '[' => at = closing(chars, at),
            _ => at += 1,
        }
    }
    chars.len()
}

/// Whether a word (or words joined by `::`, or a macro's name with its `!`) stands in the code by itself.
pub(crate) fn has_word(code: &str, word: &str) -> bool {
    word_places(code, word).next().is_some()
}

/// Where it stands.
pub(crate) fn word_places<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = code[..*at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        let ends_open = word.chars().next_back().is_some_and(|c| !is_word(c));
        !before.is_some_and(is_word) && (ends_open || !after.is_some_and(is_word))
    })
}

/// The line of a place in a text, counted from 1.
pub(crate) fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}
