//! Characters that arrive together are typed together, because the page is laid out again after each message.
use super::input::UserInput;
use crate::tui::keys::{self, Key};
use crate::tui::model::Model;
use crate::tui::msg::{Intent, TypedChar};
use std::collections::VecDeque;
use zeroize::Zeroizing;

/// Takes the characters off the front of the batch that go into the text field, if there are several.
pub(super) fn typed_together(model: &Model, batch: &mut VecDeque<UserInput>) -> Option<Zeroizing<String>> {
    let typed = |input: &UserInput| match input {
        UserInput::Key(key @ Key::Char(_)) => match keys::intent(model, *key) {
            Some(Intent::Type(TypedChar(c))) => Some(c),
            _ => None,
        },
        _ => None,
    };
    let several = batch.iter().map_while(typed).count();
    if several < 2 {
        return None;
    }
    // In room of its own size: growing would leave a copy of a key in freed memory.
    let mut text = Zeroizing::new(String::with_capacity(4 * several));
    text.extend(batch.iter().map_while(typed));
    batch.drain(..several);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::msg::{Msg, PastedText};
    use crate::tui::script::Script;
    use crate::tui::start::Start;
    use crate::tui::update::update;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    fn choosing() -> Model {
        let (user, practice, script, zone) = ("ada".to_owned(), None, Script::Unicode, TimeZone::UTC);
        let mut model =
            Model::choosing(Start { user, practice, script, zone, now: Timestamp::UNIX_EPOCH }, Vec::new(), None);
        model.size = crate::tui::model::Size { columns: 80, rows: 24 };
        model
    }

    fn keys(text: &str) -> VecDeque<UserInput> {
        text.chars().map(|c| UserInput::Key(if c == '\n' { Key::Enter } else { Key::Char(c) })).collect()
    }

    /// As many messages as there are stretches of text, not as there are characters.
    #[test]
    fn a_thousand_characters_are_one_message() {
        let mut model = choosing();
        let mut batch = keys(&format!("{}\nq", "x".repeat(1000)));
        let text = typed_together(&model, &mut batch).expect("text");
        assert_eq!((text.len(), batch.len()), (1000, 2), "Enter stays a key");
        update(&mut model, Msg::Typed(PastedText(text)));
        assert_eq!(model.entry().map(|entry| entry.text().len()), Some(1000));
        assert_eq!(typed_together(&model, &mut batch), None, "a key");
    }

    #[test]
    fn what_is_typed_together_is_as_if_typed_one_by_one() {
        let (mut together, mut alone) = (choosing(), choosing());
        for text in ["Qu\u{e9}ens", "ab", "?x", &"y".repeat(40)] {
            let mut batch = keys(text);
            while !batch.is_empty() {
                if let Some(text) = typed_together(&together, &mut batch) {
                    update(&mut together, Msg::Typed(PastedText(text)));
                } else if let Some(UserInput::Key(key)) = batch.pop_front()
                    && let Some(intent) = keys::intent(&together, key)
                {
                    update(&mut together, Msg::Key(intent));
                }
            }
            for c in text.chars() {
                if let Some(intent) = keys::intent(&alone, Key::Char(c)) {
                    update(&mut alone, Msg::Key(intent));
                }
            }
            assert_eq!(together, alone);
        }
    }
}
