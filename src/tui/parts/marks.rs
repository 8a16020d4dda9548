//! What the marks of steps and values mean.
use crate::tui::row::Tone;
use crate::tui::script::Mark;

/// A mark, its tone, and what it means on a screen.
pub type Meaning = (Mark, Tone, &'static str);

/// What a mark means on a screen that has no words of its own for it.
const ANYWHERE: &[Meaning] = &[
    (Mark::Same, Tone::Good, "correct, or done"),
    (Mark::Differs, Tone::Bad, "wrong, refused or failed, as the text beside it says"),
    (Mark::Unread, Tone::Warn, "unknown"),
    (Mark::Waiting, Tone::Warn, "waits for a person"),
    (Mark::Attested, Tone::SignedOff, "signed off by a person"),
    (Mark::Contradicted, Tone::Bad, "signed off, but evidence contradicts it"),
    (Mark::Blocked, Tone::Warn, "blocked: an earlier step comes first"),
    (Mark::Advice, Tone::Warn, "worth a look"),
    (Mark::Asked, Tone::Plain, "being read"),
];

/// The legend of a screen: its own meanings, and those of other marks that stand on it. A spinner needs none.
pub(in crate::tui) fn legend(own: &'static [Meaning], shown: impl IntoIterator<Item = Mark>) -> Vec<Meaning> {
    let mut all = own.to_vec();
    for mark in shown.into_iter().filter(|mark| !own.iter().any(|(known, ..)| known == mark)) {
        let meaning = ANYWHERE.iter().find(|(known, ..)| *known == mark).filter(|meaning| !all.contains(meaning));
        all.extend(meaning.copied());
    }
    all
}

/// The marks of steps and values.
pub(in crate::tui) const STATES: &[Meaning] = &[
    (Mark::Same, Tone::Good, "as wanted: read from the system, pasted, imported or proved"),
    (Mark::Differs, Tone::Bad, "differs, or does not exist"),
    (Mark::Unread, Tone::Warn, "could not be read; that does not mean missing"),
    (Mark::Waiting, Tone::Warn, "waits for a person, or not read yet"),
    (Mark::Attested, Tone::SignedOff, "signed off by a person"),
    (Mark::Contradicted, Tone::Bad, "signed off, but evidence contradicts it"),
    (Mark::Blocked, Tone::Warn, "blocked: an earlier step comes first"),
    (Mark::Advice, Tone::Warn, "advisory: does not affect the result"),
    (Mark::Asked, Tone::Plain, "being read"),
];
