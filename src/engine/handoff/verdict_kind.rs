//! A verdict without its details: its name, its sign and its meaning.
use crate::engine::judge::Verdict;

/// The six verdicts, in the order of a hand-off: the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VerdictKind {
    Differs,
    Absent,
    Unread,
    Waiting,
    Attested,
    Same,
}

impl VerdictKind {
    pub(super) const ALL: [Self; 6] =
        [Self::Differs, Self::Absent, Self::Unread, Self::Waiting, Self::Attested, Self::Same];

    /// The name used in the contract, and for looks.
    pub(super) fn word(self) -> &'static str {
        self.entry().0
    }

    /// The word for it as people read it.
    pub(super) fn spoken(self) -> &'static str {
        if self == Self::Attested { "signed off" } else { self.word() }
    }

    /// A sign that shows the verdict without colour.
    pub(super) fn sign(self) -> &'static str {
        self.entry().1
    }

    pub(super) fn meaning(self) -> &'static str {
        self.entry().2
    }

    fn entry(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Differs => ("differs", "\u{2717}", "not what is wanted"),
            Self::Absent => ("absent", "\u{2205}", "the record does not exist"),
            Self::Unread => ("unread", "?", "could not be read; this never means missing"),
            Self::Waiting => ("waiting", "\u{2026}", "no sign-off or evidence yet"),
            Self::Attested => ("attested", "\u{270d}", "a person confirmed it, with name and time"),
            Self::Same => ("same", "\u{2713}", "as wanted: read now, or shown by evidence"),
        }
    }
}

impl From<&Verdict> for VerdictKind {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Differs(_) => Self::Differs,
            Verdict::Absent => Self::Absent,
            Verdict::Unread(_) => Self::Unread,
            Verdict::Waiting(_) => Self::Waiting,
            Verdict::Attested(_) | Verdict::Contradicted(_) => Self::Attested,
            Verdict::Same(_) => Self::Same,
        }
    }
}
