//! The text of a web page, for the log: what a server in front of Alma or ILLiad says is often only there.

/// What is skipped: from its beginning up to and including its end.
const UNSEEN: [(&str, &str); 3] = [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];

/// The characters that pages usually spell out. The ampersand comes last, since it begins the others.
const SPELLED: [(&str, &str); 6] =
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

/// The words of a page, without tags, comments, scripts and styles.
pub(super) fn words_of(page: &str) -> String {
    let small = page.to_ascii_lowercase();
    let (mut words, mut at) = (String::new(), 0);
    while let Some(open) = small[at..].find('<').map(|found| at + found) {
        words.push_str(&page[at..open]);
        words.push(' ');
        let end = UNSEEN.iter().find(|(begin, _)| small[open..].starts_with(begin)).map_or(">", |(_, end)| end);
        at = small[open..].find(end).map_or(page.len(), |found| open + found + end.len());
    }
    words.push_str(&page[at..]);
    SPELLED.iter().fold(words, |words, (spelled, character)| words.replace(spelled, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_are_left() {
        let page = "<html><head><title>502</title><style>b{}</style></head><SCRIPT>if (a<b) {}</SCRIPT><!-- <p>no -->\
                    <body class=\"x\">Alma &amp; more:<br>caf\u{e9} &lt;closed&gt;</body>";
        let words = words_of(page);
        assert_eq!(words.split_whitespace().collect::<Vec<_>>().join(" "), "502 Alma & more: caf\u{e9} <closed>");
        for cut in ["<html", "a <!-- b", "<script>x", "", "plain"] {
            assert!(words_of(cut).len() <= cut.len() + 1, "{cut}");
        }
    }
}
