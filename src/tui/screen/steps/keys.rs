//! The keys of the steps.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{CHECK_ALL, KeyTable, LAST_WITH_QUIT, LIST, STEP_BEFORE, UNDO, WHOLE_ANSWER, bind};
use crate::tui::msg::Intent;
use crate::tui::parts::open::OPEN;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "steps",
    groups: &[
        LIST,
        &[
            bind(&[Key::Home], Intent::First, "", "To the first value"),
            bind(&[Key::End], Intent::Last, "", "To the last value"),
            bind(&[Key::Tab, Key::Right], Intent::Next, "", "Next step; after the last one, the summary"),
            STEP_BEFORE,
            bind(
                &[Key::Char('a')],
                Intent::SignOff,
                "sign off",
                "Signs the value off with your name, or withdraws the sign-off or corrects its remark",
            ),
            UNDO,
            WHOLE_ANSWER,
            bind(&[Key::Char('r')], Intent::Check, "check again", "Checks this step again"),
            bind(
                &[Key::Char('e')],
                Intent::Answers,
                "answers",
                "Changes this campus's answers: addresses, keys, library, desk, sample",
            ),
            CHECK_ALL,
            bind(
                &[Key::Char('p')],
                Intent::PasteBack,
                "paste back",
                "Compares what you paste, one value or the whole form, with what is wanted, and records it",
            ),
            bind(
                &[Key::Char('c')],
                Intent::Copy,
                "copy",
                "Sends the value to the clipboard; press again to see it as plain text",
            ),
            bind(
                &[Key::Char('C')],
                Intent::CopyCard,
                "",
                "Copies the whole card of this step; press again to see it as plain text",
            ),
            bind(&[Key::Char('f')], Intent::Forecast, "forecast", "Shows who would get a second ILLiad account"),
            bind(
                &[Key::Char('t')],
                Intent::ProveAgain,
                "prove again",
                "Creates test requests again, for example after the rule was enabled",
            ),
        ],
        OPEN,
        &[bind(&[Key::Char('/')], Intent::Find, "find", "Finds a value by its name, key or text")],
        LAST_WITH_QUIT,
    ],
}];
