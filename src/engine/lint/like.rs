//! Patterns of SQL.

/// SQL LIKE: `%` matches any text, `_` any one character. Backtracks to the last `%` only, so no pattern takes long.
pub(super) fn fits(text: &[char], pattern: &[char]) -> bool {
    let (mut at, mut in_pattern) = (0, 0);
    let mut last: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some('%') => {
                last = Some((in_pattern + 1, at));
                in_pattern += 1;
            }
            Some(c) if *c == '_' || *c == text[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => match &mut last {
                Some((after, from)) => {
                    *from += 1;
                    (at, in_pattern) = (*from, *after);
                }
                None => return false,
            },
        }
    }
    pattern[in_pattern.min(pattern.len())..].iter().all(|c| *c == '%')
}
