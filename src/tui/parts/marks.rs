//! What the marks of steps and values mean.
use crate::tui::row::Tone;
use crate::tui::script::Mark;

/// A mark, its tone, and what it means on a screen.
pub type Meaning = (Mark, Tone, &'static str);

/// The marks of steps and values.
pub(in crate::tui) const STATES: &[Meaning] = &[
    (Mark::Same, Tone::Good, "as wanted: read from the system, or pasted, imported, seen to work"),
    (Mark::Differs, Tone::Bad, "differs, or is not there"),
    (Mark::Unread, Tone::Warn, "could not be read; never the same as missing"),
    (Mark::Waiting, Tone::Warn, "waits for a person, or was not read yet"),
    (Mark::Attested, Tone::SignedOff, "a person signed it off"),
    (Mark::Blocked, Tone::Warn, "builds on a step that has nothing yet"),
    (Mark::Advice, Tone::Warn, "worth a look, and counts for nothing"),
];
