//! Texts that leave the house: without what steers a terminal, and without patrons' ids.
use crate::site::Site;
use crate::text::clean;

/// Stands where a patron's id was.
const GONE: &str = "[EMPLID]";

/// Longest text of a hand-off's cell.
const MOST: usize = 600;

/// A text without control characters and without the ids of the campus's sample patrons.
pub(super) fn scrubbed(site: &Site, text: &str) -> String {
    let mut ids: Vec<String> = site.sample.iter().flat_map(|id| [id.clone(), percent(id)]).collect();
    // An id that begins another one must not leave the rest of it standing.
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids.dedup();
    clean(&ids.iter().fold(text.to_owned(), |text, id| without(&text, id)), MOST)
}

/// As a URL writes it.
fn percent(id: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    id.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Takes out an id where it stands by itself: part of a longer number or word it is something else.
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
