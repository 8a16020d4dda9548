//! Recognises pastes from terminals that do not mark them: the text arrives as keys and its line ends as Enter. Nobody types that fast,
//! and an Enter that nobody pressed must send nothing.
use super::input::UserInput;
use crate::tui::keys::Key;
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// This many characters at once are more than a person types.
const MANY: usize = 4;

/// Characters that follow each other this closely were not typed by a person.
const CLOSE: Duration = Duration::from_millis(60);

/// A line end or Tab that comes this soon after a piece of a paste belongs to the paste.
const SOON: Duration = Duration::from_millis(150);

/// What a text field does with a paste that arrives as keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PastedInto {
    /// A field of a form, where Tab and Enter lead on.
    Field,
    /// The paste-back, which takes a whole form in any number of pieces.
    Form,
}

/// What arrived as keys so far, by which the next pieces of the same paste are recognised.
#[derive(Debug, Default)]
pub(super) struct Arriving {
    /// Characters that followed each other closely.
    run: usize,
    last: Option<Instant>,
    /// The paste has no end yet: its end mark did not come in time.
    open: bool,
}

impl Arriving {
    /// Takes a paste, or a piece of one, off the front of the batch, with its line ends and Tabs. Other characters stay to be typed.
    pub(super) fn take(
        &mut self,
        batch: &mut VecDeque<UserInput>,
        into: PastedInto,
        now: Instant,
    ) -> Option<Zeroizing<String>> {
        let text: Zeroizing<String> = Zeroizing::new(batch.iter().map_while(pasted).collect());
        if text.is_empty() {
            return None;
        }
        let silence = self.last.map_or(Duration::MAX, |last| now.saturating_duration_since(last));
        let goes_on = self.open || (self.run >= MANY && silence < SOON);
        let close = if silence < CLOSE { self.run } else { 0 };
        let length = text.chars().count();
        (self.run, self.last) = (close + text.chars().filter(|c| *c != '\n').count(), Some(now));
        let taken = match into {
            PastedInto::Form => goes_on || self.run >= MANY || is_paste(&text),
            PastedInto::Field => is_paste(&text) || (self.open && length > 1),
        };
        // The end mark of an unfinished paste may be lost, so what comes without pause is the last that belongs to it.
        self.open = false;
        taken.then(|| {
            batch.drain(..length);
            text
        })
    }

    /// Notes a marked paste whose end mark did not come, or a whole one.
    pub(super) fn marked(&mut self, unfinished: bool) {
        self.open = unfinished;
    }
}

/// Returns whether keys that arrived together are a paste by themselves.
fn is_paste(text: &str) -> bool {
    let first_line = text.chars().take_while(|c| *c != '\n').count();
    // A line end with more text after it is a paste, however short its first line is.
    let goes_on = first_line > 0 && text.trim_end_matches('\n').contains('\n');
    let lines = text.contains('\n') && !text.starts_with('\t') && (first_line >= MANY || goes_on);
    // A Tab between two words that arrived together is a Tab of the text.
    let words = text.split('\t').filter(|word| word.chars().count() >= MANY).count();
    lines || (words >= 2 && !text.starts_with(['\t', '\n']) && !text.ends_with('\t'))
}

/// Returns whether so many characters arrived together that more of the same paste may follow.
pub(super) fn may_go_on(characters: usize) -> bool {
    characters >= MANY
}

fn pasted(input: &UserInput) -> Option<char> {
    match input {
        UserInput::Key(Key::Char(c)) => Some(*c),
        UserInput::Key(Key::Enter | Key::Ctrl('j')) => Some('\n'),
        UserInput::Key(Key::Tab) => Some('\t'),
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
        let taken = Arriving::default().take(&mut batch(text), PastedInto::Field, Instant::now());
        taken.map(|text| text.to_string())
    }

    #[test]
    fn a_line_with_its_end_is_a_paste_and_what_people_type_is_not() {
        assert_eq!(taken("5f2c1d9e\n").as_deref(), Some("5f2c1d9e\n"));
        assert_eq!(taken("a\nb").as_deref(), Some("a\nb"));
        assert_eq!(taken("01CUNY_QC\n\n").as_deref(), Some("01CUNY_QC\n\n"));
        assert_eq!(taken("RuleNo\tRuleActive").as_deref(), Some("RuleNo\tRuleActive"));
        for typed in ["", "a", "\n", "\n\nq", "ab\n", "01CUNY_QC", "abc\n\n", "\tabcdef", "abcdef\t", "ab\tc"] {
            assert_eq!(taken(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn a_form_is_taken_in_pieces_cut_anywhere() {
        let form = "RuleNo\t0\nRuleActive\tYes\n";
        let began = Instant::now();
        for (size, pause) in [(1, 20), (5, 100), (64, 0)] {
            let (mut arriving, mut now, mut text, mut sent) = (Arriving::default(), began, String::new(), 0);
            for piece in form.as_bytes().chunks(size) {
                let piece = std::str::from_utf8(piece).expect("ASCII");
                let mut batch = batch(piece);
                text.extend(arriving.take(&mut batch, PastedInto::Form, now).into_iter().map(|text| text.to_string()));
                for left in batch {
                    match left {
                        UserInput::Key(Key::Char(c)) => text.push(c),
                        _ => sent += 1,
                    }
                }
                now += Duration::from_millis(pause);
            }
            assert_eq!((text.as_str(), sent), (form, 0), "{size}");
        }
        let mut arriving = Arriving::default();
        assert!(arriving.take(&mut batch("QueueName: Q"), PastedInto::Form, began).is_some());
        let later = began + Duration::from_secs(1);
        assert!(arriving.take(&mut batch("\n"), PastedInto::Form, later).is_none(), "a person's Enter");
        arriving.marked(true);
        assert!(arriving.take(&mut batch("\n"), PastedInto::Form, later).is_some(), "the end of a paste that paused");
        assert!(arriving.take(&mut batch("\n"), PastedInto::Form, later + SOON).is_none(), "a person's Enter");
    }

    #[test]
    fn what_follows_it_is_left() {
        let mut batch: VecDeque<UserInput> = batch("5f2c1d9e\n");
        batch.push_back(UserInput::Key(Key::Up));
        assert!(Arriving::default().take(&mut batch, PastedInto::Field, Instant::now()).is_some());
        assert_eq!(batch, [UserInput::Key(Key::Up)]);
    }
}
