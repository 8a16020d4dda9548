//! The heading of a page, and the words shown for an empty field.
use crate::recipe::KeySlot;
use crate::tui::row::{Row, Tone};
use crate::tui::setup::{Question, Setup, SetupPage};

pub(super) fn title(setup: &Setup, columns: usize) -> Row {
    let place = format!("{} of {}", setup.page.number(), SetupPage::ALL.len());
    Row::of(Tone::Heading, format!(" {}", setup.page.title())).right(columns, Tone::Faint, &place)
}

/// The words shown for an empty field that does not have the cursor.
pub fn resting_words(setup: &Setup, ask: Question) -> String {
    match ask {
        Question::Key(slot) => match setup.stored.iter().find(|(stored, _)| *stored == slot) {
            Some((_, words)) => words.clone(),
            None if setup.must_be_typed_again(ask) => "not saved: type it again".to_owned(),
            None if slot == KeySlot::Export && setup.going_on.is_some() => {
                "not saved: type it again if you had one".to_owned()
            }
            None if slot == KeySlot::Export => "the ILLiad key is used".to_owned(),
            None => "not set yet".to_owned(),
        },
        Question::Slot(_) => "empty".to_owned(),
    }
}
