//! Text from a server, a file or a paste, made fit for a screen.
use crate::text;

/// Line ends and tabs become blanks, whatever else steers a terminal becomes a visible mark; at most `most` characters stay.
/// What goes back to a server is never passed through here.
#[must_use]
pub fn clean(shown: &str, most: usize) -> String {
    // Every text on every screen comes by here, and nearly every one is fit already.
    if shown.len() <= most && text::is_plain(shown) {
        return shown.to_owned();
    }
    let blanked: String = shown.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).collect();
    text::cut(&text::value(&blanked), most)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn lines_become_one_and_nothing_steers() {
        assert_eq!(clean("a\nb\x1b[2J", 100), "a b\u{fffd}[2J");
        assert_eq!(clean("abcdef", 3), "ab…");
    }
}
