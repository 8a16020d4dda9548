//! Lines for a window: wrapped at blanks, never inside a word, nor inside a command that a person is to copy.
use unicode_width::UnicodeWidthStr as _;

/// The widest first column under which the rest of a line does not go, in columns.
const FIRST_COLUMN: usize = 28;

/// Wraps a line at its blanks. What follows begins under the second column of a table, else under the beginning of the line. A word
/// longer than the window stays whole, so that it can be copied.
pub fn wrapped_to(line: &str, columns: usize) -> Vec<String> {
    if line.width() <= columns {
        return vec![line.to_owned()];
    }
    let indent = " ".repeat(Some(hanging(line)).filter(|at| at * 2 <= columns).unwrap_or(0));
    if let Some(at) = command_at(line) {
        let prose = line[..at].trim_end_matches(' ');
        let lines = if prose.is_empty() { Vec::new() } else { wrapped_to(prose, columns) };
        return lines.into_iter().chain([format!("{indent}{}", &line[at..])]).collect();
    }
    let mut lines = Vec::new();
    let (mut rest, mut before) = (line, "");
    loop {
        let room = columns.saturating_sub(before.width());
        let Some(at) = break_in(rest, room, if lines.is_empty() { hanging(line) } else { 0 }) else {
            lines.push(format!("{before}{rest}"));
            return lines;
        };
        lines.push(format!("{before}{}", rest[..at].trim_end_matches(' ')));
        (rest, before) = (rest[at..].trim_start_matches(' '), &indent);
    }
}

/// Where a command begins that a person is to copy: it stands alone or after a colon, and goes on to the end of the text.
pub fn command_at(text: &str) -> Option<usize> {
    let at = text.rfind("last-resort ")?;
    let before = text[..at].trim_end_matches(' ');
    let alone = before.is_empty() || before.ends_with(':');
    (alone && !["; ", ". ", ", "].iter().any(|stop| text[at..].contains(stop))).then_some(at)
}

/// Where the text of a line begins: after its indentation, and after a first column.
fn hanging(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let gap = line[indent..].find("  ").map(|gap| indent + gap).filter(|gap| line[..*gap].width() <= FIRST_COLUMN);
    let after = |gap: usize| gap + (line[gap..].len() - line[gap..].trim_start_matches(' ').len());
    gap.map_or(indent, |gap| line[..after(gap)].width())
}

/// The place of the last blank at which a text fits the room, or of the first one if none does. `None` if all of it fits, or has no
/// blank after `least` columns.
fn break_in(text: &str, room: usize, least: usize) -> Option<usize> {
    if text.width() <= room {
        return None;
    }
    let mut blanks = text.match_indices(' ').map(|(at, _)| at).filter(|at| text[..*at].width() > least);
    let first = blanks.next().filter(|at| !text[*at..].trim_start_matches(' ').is_empty())?;
    Some(blanks.take_while(|at| text[..*at].width() <= room).last().unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::wrapped_to;

    #[test]
    fn lines_break_at_blanks_and_go_on_under_their_text() {
        assert_eq!(wrapped_to("one two three", 9), ["one two", "three"]);
        assert_eq!(wrapped_to("one two", 7), ["one two"]);
        assert_eq!(wrapped_to("  same  Name: one two three", 18), ["  same  Name: one", "        two three"]);
        assert_eq!(wrapped_to("    a bb ccc", 9), ["    a bb", "    ccc"]);
        assert_eq!(wrapped_to("a https://example.org/long b", 8), ["a", "https://example.org/long", "b"]);
        assert_eq!(wrapped_to("abcdefgh", 3), ["abcdefgh"]);
        assert_eq!(wrapped_to("", 3), [""]);
        assert_eq!(wrapped_to("  abcdefgh  ", 3), ["  abcdefgh  "]);
    }

    #[test]
    fn a_command_stands_on_a_line_of_its_own_and_is_never_wrapped() {
        let set = "last-resort keys set --slot alma --campus 01CUNY_QC";
        assert_eq!(
            wrapped_to(&format!("  next: set it again: {set}"), 30),
            ["  next: set it again:".to_owned(), format!("  {set}")]
        );
        assert_eq!(wrapped_to(&format!("  next: {set}"), 30), ["  next:".to_owned(), format!("  {set}")]);
        assert_eq!(wrapped_to(&format!("  {set}"), 30), [format!("  {set}")]);
        assert_eq!(wrapped_to(&format!("next: {set}"), 80), [format!("next: {set}")], "there is room");
        assert_eq!(
            wrapped_to("say last-resort check and more", 16),
            ["say last-resort", "check and more"],
            "within a sentence"
        );
    }

    #[test]
    fn no_word_is_lost_or_broken() {
        let values = "  waiting   MatchString [a.b]: t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or NULL); not signed off yet";
        let command = "  next: compare the key, and set it again: last-resort keys set --slot alma";
        for (line, columns) in (1..130).flat_map(|columns| [(values, columns), (command, columns)]) {
            let words: Vec<String> = wrapped_to(line, columns)
                .iter()
                .flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
                .collect();
            assert_eq!(words, line.split_whitespace().collect::<Vec<_>>(), "{columns}");
        }
    }
}
