//! The keys of the result of a forecast.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{BACK, KeyTable, LAST_WITH_QUIT, READ, WHOLE_ANSWER, bind};
use crate::tui::msg::Intent;

/// In the order in which the footer and the help list them.
pub(in crate::tui) static KEYS: &[KeyTable] = &[KeyTable {
    of: "forecast result",
    groups: &[
        READ,
        &[
            bind(
                &[Key::Tab],
                Intent::Next,
                "hashes or EMPLIDs",
                "Switches between EMPLIDs and the hashes that replace them",
            ),
            WHOLE_ANSWER,
            BACK,
        ],
        LAST_WITH_QUIT,
    ],
}];
