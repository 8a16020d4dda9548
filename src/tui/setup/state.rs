//! What was typed so far, and what the two systems said to it.
use super::question::{Question, SetupPage, Widget};
use super::types::{Offer, UnfinishedSetup};
use crate::recipe::{KeySlot, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, CampusField, SavedSetup, Site, SiteDraft, Zone, zones};
use crate::text;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::key_store::KeyStore;
use crate::tui::msg::SystemsAnswer;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What the two systems were last asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemsQuery {
    /// Alma's address, ILLiad's address, the library.
    pub texts: [String; 3],
    /// The campus and its environment: whose stored keys serve.
    pub whose: [String; 2],
    /// Keys typed.
    pub keys: Vec<(KeySlot, ApiKey)>,
}

impl SystemsQuery {
    fn key(&self, slot: KeySlot) -> Option<&ApiKey> {
        self.keys.iter().find(|(of, _)| *of == slot).map(|(_, key)| key)
    }
}

/// The set-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Shown now.
    pub page: SetupPage,
    /// What was typed of the campus file.
    pub draft: SiteDraft,
    /// Campuses that are set up here already.
    pub known: Vec<Offer>,
    /// The step at which one of them is opened.
    pub opens_at: Option<StepId>,
    /// Narrows the list of campuses.
    pub filter: Entry,
    /// The offer moved to; none: the one that is the answer already, else the first.
    pub moved: Option<usize>,
    /// Text fields, keys among them.
    pub entries: BTreeMap<Question, Entry>,
    /// The question that has the cursor.
    pub focus: Question,
    /// Why the cursor stays.
    pub refused: Option<String>,
    /// Questions the cursor has left; one that is wrong says so until it is mended.
    pub left: BTreeSet<Question>,
    /// The two systems being asked.
    pub explored: Job<()>,
    /// What they said last.
    pub seen: Option<SystemsAnswer>,
    /// What they were asked with.
    pub asked: Option<SystemsQuery>,
    /// Being stored.
    pub saving: Job<()>,
    /// What is known of keys stored already, for this campus and environment.
    pub stored: Vec<(KeySlot, String)>,
    /// Keys that serve whichever campus it is.
    pub given: Vec<(KeySlot, String)>,
    /// Where keys will be kept, once that is known.
    pub store: KeyStore,
    /// The first line shown.
    pub top: usize,
    /// A set-up begun earlier, to go on with.
    pub unfinished: Option<UnfinishedSetup>,
    /// When the set-up that is gone on with was begun.
    pub going_on: Option<Timestamp>,
    /// The answers kept last, should this set-up be left half-way.
    pub kept: Option<SavedSetup>,
}

/// Said of an answer of which stars are left: they are no answer.
const HID_A_KEY: &str = "looked like a key and was not kept; clear it and type the answer";

/// The gateway of CUNY's region (facts/alma.md §8).
const ALMA_URL: &str = "https://api-na.hosted.exlibrisgroup.com";

impl Setup {
    /// Nothing typed yet.
    #[must_use]
    pub fn fresh() -> Self {
        let mut draft = SiteDraft::default();
        draft.set(CampusField::Environment, "sandbox");
        draft.set(CampusField::AlmaUrl, ALMA_URL);
        Self::with(draft, SetupPage::Campus, Question::Slot(CampusField::Institution), Vec::new())
    }

    /// Whether keys were typed that nothing here keeps.
    #[must_use]
    pub fn keys_are_lost(&self) -> bool {
        matches!(self.store, KeyStore::Nowhere(_)) && KeySlot::ALL.into_iter().any(|slot| self.key(slot).is_some())
    }

    /// A campus that is set up already, to change the answer to one question.
    #[must_use]
    pub fn of(site: &Site, focus: Question, stored: Vec<(KeySlot, String)>) -> Self {
        let mut draft = SiteDraft::default();
        for slot in CampusField::ALL {
            draft.set(slot, &text_of(site, slot));
        }
        Self::with(draft, focus.page(), focus, stored)
    }

    fn with(draft: SiteDraft, page: SetupPage, focus: Question, stored: Vec<(KeySlot, String)>) -> Self {
        let mut setup = Self {
            page,
            draft,
            known: Vec::new(),
            opens_at: None,
            filter: Entry::open(""),
            moved: None,
            entries: BTreeMap::new(),
            focus,
            refused: None,
            left: BTreeSet::new(),
            explored: Job::Idle,
            seen: None,
            asked: None,
            saving: Job::Idle,
            stored,
            given: Vec::new(),
            store: KeyStore::Untold,
            top: 0,
            unfinished: None,
            going_on: None,
            kept: None,
        };
        setup.fill_entries();
        setup
    }

    /// Puts the draft into the text fields. Keys that were typed stay.
    pub fn fill_entries(&mut self) {
        for ask in Question::all() {
            match ask {
                Question::Slot(slot) => drop(self.entries.insert(ask, Entry::open(&self.draft.get(slot)))),
                Question::Key(_) => drop(self.entries.entry(ask).or_insert_with(Entry::secret)),
            }
        }
    }

    /// Takes a campus from the list. An ILLiad address that somebody typed stays.
    pub fn choose(&mut self, code: &str) {
        let before = zones().iter().find(|zone| zone.code.as_str() == self.draft.get(CampusField::Institution));
        let known = zones().iter().find(|zone| zone.code.as_str() == code);
        let untouched = self.draft.get(CampusField::IlliadUrl);
        let untouched = untouched.is_empty() || before.and_then(Zone::illiad_url).as_ref() == Some(&untouched);
        if self.draft.get(CampusField::Institution) != code {
            self.stored.clone_from(&self.given);
        }
        self.draft.set(CampusField::Institution, code);
        self.draft.set(CampusField::Name, known.map_or("", |zone| zone.name.as_str()));
        if untouched {
            self.draft.set(CampusField::IlliadUrl, &known.and_then(Zone::illiad_url).unwrap_or_default());
        }
        self.fill_entries();
    }

    /// The text field under the cursor.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        match self.page {
            SetupPage::Campus => Some(&self.filter),
            SetupPage::Review => None,
            SetupPage::Systems | SetupPage::Places => match self.focus.widget() {
                Widget::Choice(_) => None,
                Widget::Text | Widget::Secret | Widget::List => self.entries.get(&self.focus),
            },
        }
    }

    /// Changes the text field under the cursor, and the draft with it.
    pub fn edit(&mut self, change: impl FnOnce(&mut Entry)) {
        self.refused = None;
        if self.page == SetupPage::Campus {
            change(&mut self.filter);
            self.moved = None;
            return;
        }
        if self.entry().is_none() {
            return;
        }
        let Some(entry) = self.entries.get_mut(&self.focus) else { return };
        change(entry);
        if let Question::Slot(slot) = self.focus {
            let text = entry.text().to_owned();
            self.draft.set(slot, &text);
            self.moved = None;
        }
    }

    /// The campus that Enter takes: the line chosen, or a code typed that is not in the list.
    #[must_use]
    pub fn campus_chosen(&self) -> Option<String> {
        let typed = || CampusCode::parse(self.filter.text().trim()).map(|code| code.to_string());
        self.offers().get(self.row()).map(|offer| offer.value.clone()).or_else(typed)
    }

    /// Whether what the two systems said was said to the answer that stands there now.
    #[must_use]
    pub fn was_told(&self, ask: Question) -> bool {
        let Some(asked) = &self.asked else { return false };
        let [alma, illiad, library] =
            [CampusField::AlmaUrl, CampusField::IlliadUrl, CampusField::AlmaLibrary].map(|slot| self.draft.get(slot));
        let with = |slot| asked.key(slot) == self.key(slot).as_ref();
        let whose = asked.whose == whose(&self.draft);
        let of_alma = whose && asked.texts[0] == alma && with(KeySlot::Alma);
        match ask {
            Question::Key(KeySlot::Alma) => of_alma,
            Question::Key(slot @ (KeySlot::Illiad | KeySlot::Export)) => {
                whose && asked.texts[1] == illiad && with(slot)
            }
            Question::Slot(CampusField::IlliadUrl) => asked.texts[1] == illiad,
            Question::Slot(_) => of_alma && asked.texts[2] == library,
        }
    }

    /// Puts a value into the field under the cursor.
    pub fn put(&mut self, value: &str) {
        if let Question::Slot(slot) = self.focus {
            self.draft.set(slot, value);
            self.entries.insert(self.focus, Entry::open(value));
        }
    }

    /// The key typed into a slot.
    #[must_use]
    pub fn key(&self, slot: KeySlot) -> Option<ApiKey> {
        self.entries.get(&Question::Key(slot)).and_then(|entry| entry.key().ok())
    }

    /// What can be said of the stored key that serves an empty field.
    #[must_use]
    pub fn serves(&self, slot: KeySlot) -> Option<&str> {
        let words = self.stored.iter().find(|(stored, _)| *stored == slot).map(|(_, words)| words.as_str());
        let empty = self.entries.get(&Question::Key(slot)).is_none_or(Entry::is_empty);
        words.filter(|words| empty && words.starts_with("set"))
    }

    /// All keys typed.
    #[must_use]
    pub fn keys(&self) -> Vec<(KeySlot, ApiKey)> {
        KeySlot::ALL.into_iter().filter_map(|slot| self.key(slot).map(|key| (slot, key))).collect()
    }

    /// Why an answer is none; an optional key may stay empty.
    #[must_use]
    pub fn problem(&self, ask: Question) -> Option<String> {
        match ask {
            Question::Slot(slot) if text::holds_stars(&self.draft.get(slot)) => Some(HID_A_KEY.to_owned()),
            Question::Slot(slot) => match self.draft.problem_of(slot) {
                Some(problem) => Some(match problem.accepts {
                    Some(accepts) => format!("{}; accepted: {accepts}", problem.what),
                    None => problem.what,
                }),
                None => self.unknown_to_alma(slot),
            },
            Question::Key(_) => {
                let entry = self.entries.get(&ask)?;
                if entry.is_empty() {
                    return None;
                }
                match entry.key() {
                    Ok(key) => key.is_short().then(|| "is too short for a key".to_owned()),
                    Err(why) => Some(why.to_string()),
                }
            }
        }
    }

    /// Whether every answer is one, so that they can be stored.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        Question::all().all(|ask| self.problem(ask).is_none())
    }

    /// Why the answer that stands there is none, once the person has moved on from it, or tried to.
    #[must_use]
    pub fn complaint(&self, ask: Question) -> Option<String> {
        let refused = self.refused.clone().filter(|_| self.focus == ask);
        refused.or_else(|| self.problem(ask).filter(|_| self.left.contains(&ask)))
    }

    /// Whether a pasted text is a key in a field where everybody could read it, and where it would be stored in clear. Keys are
    /// one long word of letters and digits; addresses have `:` or `/`.
    #[must_use]
    pub fn would_show_a_key(&self, pasted: &str) -> bool {
        let word = pasted.trim();
        let hidden = self.page != SetupPage::Campus && self.focus.widget() == Widget::Secret;
        let mixed = word.contains(|c: char| c.is_ascii_digit()) && word.contains(|c: char| c.is_ascii_alphabetic());
        !hidden && word.len() >= 20 && mixed && !word.contains([':', '/']) && ApiKey::parse(word.to_owned()).is_ok()
    }

    /// Whether something is being asked or stored.
    #[must_use]
    pub fn busy(&self) -> bool {
        self.explored.since().is_some() || self.saving.since().is_some()
    }
}

/// Whose stored keys serve: the campus and its environment.
pub(in crate::tui) fn whose(draft: &SiteDraft) -> [String; 2] {
    [CampusField::Institution, CampusField::Environment].map(|slot| draft.get(slot))
}

/// What a campus file says in a slot.
fn text_of(site: &Site, slot: CampusField) -> String {
    match slot {
        CampusField::Institution => site.institution.to_string(),
        CampusField::Name => site.name.clone(),
        CampusField::Environment => site.environment.as_str().to_owned(),
        CampusField::Stance => site.stance.as_str().to_owned(),
        CampusField::AlmaUrl => site.alma_url.to_string(),
        CampusField::AlmaLibrary => site.library.clone(),
        CampusField::AlmaReceiveDesk => site.receive_desk.clone(),
        CampusField::IlliadUrl => site.illiad_url.to_string(),
        CampusField::IlliadNvtgc => site.nvtgc.clone(),
        CampusField::PatronsSample => site.sample.join(" "),
        CampusField::EvidenceMaxAge => site.evidence_days.to_string(),
    }
}
