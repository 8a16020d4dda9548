//! The keys of the proof, before it begins.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK_UNSENT, KeyTable, LAST, SCROLL, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "prove",
    groups: &[
        SCROLL,
        &[
            bind(
                &[Key::Tab],
                Intent::Next,
                "ILLiad only/from Alma",
                "Switches between ILLiad only and the whole chain from Alma",
            ),
            BACK_UNSENT,
        ],
        LAST,
    ],
}];
