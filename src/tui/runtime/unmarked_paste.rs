//! Recognises pastes from terminals that do not mark them: the text arrives as keys and its line ends as Enter. Nobody types that fast,
//! and an Enter that nobody pressed must send nothing.
use super::input::UserInput;
use crate::tui::keys::Key;
use std::collections::VecDeque;
use zeroize::Zeroizing;

/// This many characters at once are more than a person types.
const MANY: usize = 4;

/// Takes a paste off the front of the batch, with its line ends. Characters without a line end stay to be typed.
pub(super) fn take(batch: &mut VecDeque<UserInput>) -> Option<Zeroizing<String>> {
    let text: Zeroizing<String> = Zeroizing::new(batch.iter().map_while(pasted).collect());
    let first_line = text.chars().take_while(|c| *c != '\n').count();
    // A line end with more text after it is a paste, however short its first line is.
    let goes_on = first_line > 0 && text.trim_end_matches('\n').contains('\n');
    (text.contains('\n') && (first_line >= MANY || goes_on)).then(|| {
        batch.drain(..text.chars().count());
        text
    })
}

/// Returns whether so many characters arrived together that more of the same paste may follow.
pub(super) fn may_go_on(characters: usize) -> bool {
    characters >= MANY
}

fn pasted(input: &UserInput) -> Option<char> {
    match input {
        UserInput::Key(Key::Char(c)) => Some(*c),
        UserInput::Key(Key::Enter | Key::Ctrl('j')) => Some('\n'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(text: &str) -> VecDeque<UserInput> {
        let key = |c| match c {
            '\n' => Key::Enter,
            '\t' => Key::Tab,
            c => Key::Char(c),
        };
        text.chars().map(|c| UserInput::Key(key(c))).collect()
    }

    fn taken(text: &str) -> Option<String> {
        take(&mut batch(text)).map(|text| text.to_string())
    }

    #[test]
    fn a_line_with_its_end_is_a_paste_and_what_people_type_is_not() {
        assert_eq!(taken("5f2c1d9e\n").as_deref(), Some("5f2c1d9e\n"));
        assert_eq!(taken("a\nb").as_deref(), Some("a\nb"));
        assert_eq!(taken("01CUNY_QC\n\n").as_deref(), Some("01CUNY_QC\n\n"));
        for typed in ["", "a", "\n", "\n\nq", "ab\n", "01CUNY_QC", "abc\n\n", "\tabcdef"] {
            assert_eq!(taken(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn what_follows_it_is_left() {
        let mut batch = batch("5f2c1d9e\n\tab");
        assert!(take(&mut batch).is_some());
        assert_eq!(batch, self::batch("\tab"));
    }
}
