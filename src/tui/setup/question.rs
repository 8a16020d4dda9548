//! The questions, derived from [`CampusField::ALL`] and [`KeySlot::ALL`]. A slot without a page, label or widget does not compile.
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{CampusField, Consortium};

/// A question of the set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// A value of the campus file.
    Slot(CampusField),
    Key(KeySlot),
}

/// A page of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetupPage {
    Campus,
    /// Where the two systems are, and their keys.
    Systems,
    /// What the procedure needs to know about the campus.
    Places,
    /// All answers once more, before they are stored.
    Review,
}

/// An option of a fixed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedChoice {
    /// The value in the campus file.
    pub value: &'static str,
    /// The words that people read.
    pub label: &'static str,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    Text,
    /// Pasted, and never shown.
    Secret,
    /// One of a few fixed options.
    Choice(&'static [FixedChoice]),
    /// One of the names that Alma knows, or a typed one if Alma cannot be asked.
    List,
}

const ENVIRONMENTS: &[FixedChoice] = &[
    FixedChoice { value: "sandbox", label: "Sandbox, for testing" },
    FixedChoice { value: "production", label: "PRODUCTION, used by patrons" },
];

const STANCES: &[FixedChoice] = &[
    FixedChoice { value: "ahead", label: "set up ahead, rule disabled" },
    FixedChoice { value: "live", label: "live, rule enabled" },
];

impl SetupPage {
    /// All pages in order.
    pub const ALL: [Self; 4] = [Self::Campus, Self::Systems, Self::Places, Self::Review];

    /// Returns the page's heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Campus => "Which campus?",
            Self::Systems => "Alma and ILLiad",
            Self::Places => "What the procedure needs to know",
            Self::Review => "Check your answers",
        }
    }

    /// The page's number, counted from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|page| *page == self).map_or(1, |at| at + 1)
    }

    /// The page after this one.
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The page before this one.
    pub fn previous(self) -> Option<Self> {
        self.number().checked_sub(2).and_then(|at| Self::ALL.get(at)).copied()
    }

    /// The page's questions: those of the campus file in the file's order, each key after the address it is for.
    pub fn asks(self) -> impl Iterator<Item = Question> {
        Question::all().filter(move |ask| ask.page() == self)
    }
}

/// Keys that are set in the campus file alone: hardly a campus needs another value than the usual one.
const FILE_ONLY: [CampusField; 1] = [CampusField::WordMaxAge];

impl Question {
    /// All questions in order.
    pub fn all() -> impl Iterator<Item = Self> {
        CampusField::ALL.into_iter().filter(|slot| !FILE_ONLY.contains(slot)).flat_map(|slot| {
            let keys = KeySlot::ALL.into_iter().filter(move |key| address_of(*key) == slot).map(Self::Key);
            std::iter::once(Self::Slot(slot)).chain(keys)
        })
    }

    /// The page that asks this question.
    pub fn page(self) -> SetupPage {
        match self {
            Self::Key(_) => SetupPage::Systems,
            Self::Slot(slot) => match slot {
                CampusField::Institution => SetupPage::Campus,
                CampusField::Name | CampusField::Environment | CampusField::AlmaUrl | CampusField::IlliadUrl => {
                    SetupPage::Systems
                }
                CampusField::Stance
                | CampusField::AlmaLibrary
                | CampusField::AlmaReceiveDesk
                | CampusField::IlliadNvtgc
                | CampusField::PatronsSample
                | CampusField::EvidenceMaxAge
                | CampusField::WordMaxAge => SetupPage::Places,
            },
        }
    }

    /// The question as people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Key(KeySlot::Alma) => "Alma API key",
            Self::Key(KeySlot::Illiad) => "ILLiad API key",
            Self::Key(KeySlot::Export) => "Key for Alma's export",
            Self::Slot(slot) => match slot {
                CampusField::Institution => "Institution",
                CampusField::Name => "Name",
                CampusField::Environment => "Environment",
                CampusField::Stance => "Rule",
                CampusField::AlmaUrl => "Alma API address",
                CampusField::AlmaLibrary => "Resource Sharing Library",
                CampusField::AlmaReceiveDesk => "Receive desk",
                CampusField::IlliadUrl => "ILLiad address",
                CampusField::IlliadNvtgc => "ILLiad NVTGC",
                CampusField::PatronsSample => "Sample EMPLIDs",
                CampusField::EvidenceMaxAge => "Evidence lasts (days)",
                CampusField::WordMaxAge => "Sign-offs last (days)",
            },
        }
    }

    /// What is accepted, or what the answer is for.
    pub fn hint(self, consortium: &Consortium) -> &'static str {
        match self {
            Self::Key(KeySlot::Alma) if !consortium.is_home() => {
                "Your consortium's office makes one for each campus and environment: Partners read/write, Configuration and Users read-only. Paste it."
            }
            Self::Key(KeySlot::Alma) => {
                "OLS makes one for each campus and environment: Partners read/write, Configuration and Users read-only. Paste it."
            }
            Self::Key(KeySlot::Illiad) => {
                "From ILLiad's System > Integration > WebPlatformConfig: a record made for this program. Paste it."
            }
            Self::Key(KeySlot::Export) => {
                "The key Alma will use to reach ILLiad. Leave empty to use the ILLiad key above."
            }
            Self::Slot(slot) => match slot {
                CampusField::PatronsSample => {
                    "EMPLIDs of staff who agreed, separated by spaces. You can leave this empty for now."
                }
                CampusField::EvidenceMaxAge => {
                    "Pasted and imported evidence counts for this many days, then it must be renewed."
                }
                CampusField::WordMaxAge => "A sign-off counts for this many days, then someone must check again.",
                CampusField::Stance => "Set up ahead of time, the rule stays disabled until the library is ready.",
                CampusField::Environment => "Keys are made for one environment only. Start with the sandbox.",
                other => other.accepts(),
            },
        }
    }

    /// How the question is answered.
    pub fn widget(self) -> Widget {
        match self {
            Self::Key(_) => Widget::Secret,
            Self::Slot(slot) => match slot {
                CampusField::Environment => Widget::Choice(ENVIRONMENTS),
                CampusField::Stance => Widget::Choice(STANCES),
                CampusField::AlmaLibrary | CampusField::AlmaReceiveDesk => Widget::List,
                CampusField::Institution
                | CampusField::Name
                | CampusField::AlmaUrl
                | CampusField::IlliadUrl
                | CampusField::IlliadNvtgc
                | CampusField::PatronsSample
                | CampusField::EvidenceMaxAge
                | CampusField::WordMaxAge => Widget::Text,
            },
        }
    }
}

/// The answer that says where the system of a key is.
pub(in crate::tui) fn address_of(key: KeySlot) -> CampusField {
    match key {
        KeySlot::Alma => CampusField::AlmaUrl,
        KeySlot::Illiad | KeySlot::Export => CampusField::IlliadUrl,
    }
}

/// Why this cannot be the key of a slot, and where it belongs instead.
pub(super) fn not_a_key_for(slot: KeySlot, key: &ApiKey) -> Option<String> {
    let here = Question::Key(slot).label();
    let alma = slot == KeySlot::Alma;
    if key.is_address() {
        let field = Question::Slot(if alma { CampusField::AlmaUrl } else { CampusField::IlliadUrl }).label();
        return Some(format!("This is a web address, not a key. It belongs in \"{field}\"; paste a key here."));
    }
    if alma && key.not_of_alma().is_some() {
        return Some(
            "This is a key of ILLiad. Paste one here that begins with l7xx or l8xx; nothing was sent.".to_owned(),
        );
    }
    if !alma && key.not_of_illiad().is_some() {
        let field = Question::Key(KeySlot::Alma).label();
        return Some(format!("This is a key of Alma. It belongs in \"{field}\"; nothing was sent to ILLiad."));
    }
    key.is_short().then(|| format!("This is too short to be the {here}. Copy the whole key and paste it here."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_and_key_is_asked_once_and_pages_follow_each_other() {
        let all: Vec<Question> = Question::all().collect();
        assert_eq!(all.len(), CampusField::ALL.len() - FILE_ONLY.len() + KeySlot::ALL.len());
        let on_pages: usize = SetupPage::ALL.iter().map(|page| page.asks().count()).sum();
        assert_eq!(on_pages, all.len());
        assert_eq!(SetupPage::Campus.next(), Some(SetupPage::Systems));
        assert_eq!((SetupPage::Campus.previous(), SetupPage::Review.next()), (None, None));
    }
}
