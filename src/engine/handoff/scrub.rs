//! Cleans texts that leave the library: removes control characters and patrons' ids.
use crate::site::Site;
use crate::text::clean;

/// Replaces a patron's id.
const GONE: &str = "[EMPLID]";

/// The longest text of a cell, in characters.
const MOST: usize = 600;

/// Removes control characters and the ids of the campus's sample patrons.
pub(super) fn scrubbed(site: &Site, text: &str) -> String {
    let mut ids: Vec<String> = site.sample.iter().flat_map(|id| [id.clone(), percent(id)]).collect();
    // Longest first: if one id begins another, the rest of the longer one must not remain.
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids.dedup();
    clean(&ids.iter().fold(text.to_owned(), |text, id| without(&text, id)), MOST)
}

/// An id as it appears percent-encoded in a URL.
fn percent(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    id.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Replaces an id that is a word by itself. Inside a longer number or word it is not an id.
fn without(text: &str, id: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(id).filter(|_| !id.is_empty()) {
        let (before, after) = (&rest[..at], &rest[at + id.len()..]);
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let previous = before.chars().next_back().or_else(|| out.chars().next_back());
        out.push_str(before);
        out.push_str(if inside(previous) || inside(after.chars().next()) { id } else { GONE });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_out_where_it_stands_by_itself() {
        assert_eq!(without("GET /users/1001: 500, 1001", "1001"), "GET /users/[EMPLID]: 500, [EMPLID]");
        assert_eq!(without("21001 and 10011 and A1001", "1001"), "21001 and 10011 and A1001");
        assert_eq!(without("as it is", ""), "as it is");
        assert_eq!(percent("a b/é"), "a%20b%2F%C3%A9");
    }
}
