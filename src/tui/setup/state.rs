//! The answers so far, and what the two systems said about them.
use super::question::{Question, SetupPage, Widget, address_of, not_a_key_for};
use super::systems_query::{ADDRESSES, SystemsQuery};
use super::types::{Offer, UnfinishedSetup};
use crate::recipe::{KeySlot, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, CampusField, Consortium, Environment, SavedSetup, Site, SiteDraft, Stance, Zone};
use crate::text;
use crate::tui::entry::Entry;
use crate::tui::job::Job;
use crate::tui::key_store::KeyStore;
use crate::tui::msg::SystemsAnswer;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The state of the set-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    pub page: SetupPage,
    /// The answers for the campus file.
    pub draft: SiteDraft,
    /// Campuses that are already set up here.
    pub known: Vec<Offer>,
    /// The consortium whose campuses are offered.
    pub consortium: Arc<Consortium>,
    /// The step at which a known campus is opened.
    pub opens_at: Option<StepId>,
    /// A text that narrows the list of campuses.
    pub filter: Entry,
    /// The offer that the person moved to. `None`: the offer that is the current answer, or else the first.
    pub moved: Option<usize>,
    /// The question whose field was changed since the cursor came to it.
    pub typed_into: Option<Question>,
    /// The text that this field had before.
    pub came_with: String,
    /// The text fields, with those of the keys.
    pub entries: BTreeMap<Question, Entry>,
    /// The question under the cursor.
    pub focus: Question,
    /// Why the cursor may not move on.
    pub refused: Option<String>,
    /// Questions that the cursor has left. A wrong one shows its problem until it is corrected.
    pub left: BTreeSet<Question>,
    /// The request to both systems.
    pub explored: Job<()>,
    /// What the systems said last.
    pub seen: Option<SystemsAnswer>,
    /// What the systems were asked with.
    pub asked: Option<SystemsQuery>,
    /// The addresses that the person has confirmed: those of the campus file, and those that [`Self::confirm_left`] says. No other host is
    /// asked.
    pub confirmed: BTreeMap<CampusField, String>,
    /// The request to store the campus.
    pub saving: Job<()>,
    /// A line about each stored key for this campus and environment.
    pub stored: Vec<(KeySlot, String)>,
    /// A line about each key that is used for any campus.
    pub given: Vec<(KeySlot, String)>,
    /// Where keys will be kept, once that is known.
    pub store: KeyStore,
    /// The first visible line.
    pub top: usize,
    /// A set-up begun earlier, which can be resumed.
    pub unfinished: Option<UnfinishedSetup>,
    /// When the resumed set-up was begun.
    pub going_on: Option<Timestamp>,
    /// The stance in the campus file. Only the screen Go live changes it.
    pub stance: Stance,
    /// The environment in the campus file. `None` in a first set-up.
    pub environment: Option<Environment>,
    /// The answers stored last, in case this set-up is left unfinished.
    pub kept: Option<SavedSetup>,
}

/// Problem of an answer that held a key, of which only stars are left.
const HID_A_KEY: &str = "looked like an API key and was not saved; clear the field and type the answer";

/// The gateway of CUNY's region (facts/alma.md §8).
const ALMA_URL: &str = "https://api-na.hosted.exlibrisgroup.com";

impl Setup {
    /// Creates a set-up without answers.
    pub fn fresh() -> Self {
        let mut draft = SiteDraft::default();
        draft.set(CampusField::Environment, "sandbox");
        draft.set(CampusField::AlmaUrl, ALMA_URL);
        Self::with(draft, SetupPage::Campus, Question::Slot(CampusField::Institution), Vec::new())
    }

    /// This set-up for a campus of a consortium: with its campuses to choose from, and its Alma.
    #[must_use]
    pub fn in_consortium(mut self, consortium: Arc<Consortium>) -> Self {
        if let (true, Some(alma)) = (self.draft.get(CampusField::AlmaUrl) == ALMA_URL, &consortium.alma) {
            self.draft.set(CampusField::AlmaUrl, alma.as_str());
        }
        self.consortium = consortium;
        self.fill_entries();
        self
    }

    /// Returns whether keys were typed that will not be stored.
    pub fn keys_are_lost(&self) -> bool {
        matches!(self.store, KeyStore::Nowhere(_)) && KeySlot::ALL.into_iter().any(|slot| self.key(slot).is_some())
    }

    /// Opens a campus that is already set up, to change the answer to one question.
    pub fn of(site: &Site, focus: Question, stored: Vec<(KeySlot, String)>) -> Self {
        let mut draft = SiteDraft::default();
        for slot in CampusField::ALL {
            draft.set(slot, &text_of(site, slot));
        }
        let confirmed = ADDRESSES.map(|slot| (slot, text_of(site, slot))).into();
        let (stance, environment) = (site.stance, Some(site.environment));
        Self { stance, environment, confirmed, ..Self::with(draft, focus.page(), focus, stored) }
    }

    fn with(draft: SiteDraft, page: SetupPage, focus: Question, stored: Vec<(KeySlot, String)>) -> Self {
        let mut setup = Self {
            page,
            draft,
            known: Vec::new(),
            consortium: Arc::default(),
            opens_at: None,
            filter: Entry::open(""),
            moved: None,
            typed_into: None,
            came_with: String::new(),
            entries: BTreeMap::new(),
            focus,
            refused: None,
            left: BTreeSet::new(),
            explored: Job::Idle,
            seen: None,
            asked: None,
            confirmed: BTreeMap::new(),
            saving: Job::Idle,
            stored,
            given: Vec::new(),
            store: KeyStore::Untold,
            top: 0,
            unfinished: None,
            going_on: None,
            stance: Stance::Ahead,
            environment: None,
            kept: None,
        };
        setup.fill_entries();
        setup
    }

    /// Puts the draft into the text fields. Typed keys stay.
    pub fn fill_entries(&mut self) {
        for ask in Question::all() {
            match ask {
                Question::Slot(slot) => drop(self.entries.insert(ask, Entry::open(&self.draft.get(slot)))),
                Question::Key(_) => drop(self.entries.entry(ask).or_insert_with(Entry::secret)),
            }
        }
    }

    /// Takes a campus from the list. Keeps an ILLiad address that the person typed.
    pub fn choose(&mut self, code: &str) {
        let before = self.consortium.campus(&self.draft.get(CampusField::Institution));
        let known = self.consortium.campus(code).cloned();
        let untouched = self.draft.get(CampusField::IlliadUrl);
        let untouched = untouched.is_empty() || before.and_then(Zone::illiad_url).as_ref() == Some(&untouched);
        if self.draft.get(CampusField::Institution) != code {
            self.stored.clone_from(&self.given);
        }
        self.draft.set(CampusField::Institution, code);
        self.draft.set(CampusField::Name, known.as_ref().map_or("", |zone| zone.name.as_str()));
        if untouched {
            self.draft.set(CampusField::IlliadUrl, &known.as_ref().and_then(Zone::illiad_url).unwrap_or_default());
        }
        self.fill_entries();
    }

    /// The text field under the cursor.
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
        let first = self.typed_into != Some(self.focus);
        let fresh = self.focus.widget() == Widget::List && first && self.is_offered();
        if first {
            self.came_with = self.entry().map(Entry::text).unwrap_or_default().to_owned();
        }
        self.typed_into = Some(self.focus);
        let Some(entry) = self.entries.get_mut(&self.focus) else { return };
        let before = entry.clone();
        change(entry);
        // What is typed behind a name that was chosen is a new search, not a longer name.
        let typed = entry.text().strip_prefix(before.text()).filter(|typed| fresh && !typed.is_empty());
        if let Some(search) = typed.map(Entry::open) {
            *entry = search;
        }
        if let Question::Slot(slot) = self.focus {
            let text = entry.text().to_owned();
            self.draft.set(slot, &text);
            self.moved = None;
        }
    }

    /// The campus that Enter takes: the selected line, or a typed code that is not in the list, in capitals as Alma has it.
    pub fn campus_chosen(&self) -> Option<String> {
        let typed = || CampusCode::parse(&self.filter.text().trim().to_uppercase()).map(|code| code.to_string());
        self.offers().get(self.row()).map(|offer| offer.value.clone()).or_else(typed)
    }

    /// Confirms the address that the cursor has left for what follows, where the person typed it or pressed Enter on it, and the address
    /// for which they typed a key.
    pub fn confirm_left(&mut self, left: Question, meant: bool) {
        let below = self.page.asks().skip_while(|ask| *ask != left).any(|ask| ask == self.focus && ask != left);
        if !below && self.page <= left.page() {
            return;
        }
        match left {
            Question::Key(slot) if self.key(slot).is_some() => self.confirm(Question::Slot(address_of(slot))),
            _ if meant => self.confirm(left),
            _ => {}
        }
    }

    /// Confirms the answer to a question, if it is an address.
    pub(super) fn confirm(&mut self, ask: Question) {
        if let Question::Slot(slot) = ask
            && ADDRESSES.contains(&slot)
        {
            self.confirmed.insert(slot, self.draft.get(slot));
        }
    }

    /// Whether an address is not asked yet, because the person has not confirmed it.
    pub fn is_unconfirmed(&self, slot: CampusField) -> bool {
        let text = self.draft.get(slot);
        ADDRESSES.contains(&slot) && !text.is_empty() && self.confirmed.get(&slot) != Some(&text)
    }

    /// The draft without the addresses that the person has not confirmed, or that are none.
    pub fn draft_to_ask_with(&self) -> SiteDraft {
        let mut draft = self.draft.clone();
        for slot in ADDRESSES {
            if self.is_unconfirmed(slot) || self.problem(Question::Slot(slot)).is_some() {
                draft.set(slot, "");
            }
        }
        draft
    }

    /// Returns whether the systems' last reply was about the current answer.
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

    /// Index of the current answer among the options of the question under the cursor. 0 if it is none of them.
    pub fn choice(&self) -> usize {
        let (Widget::Choice(choices), Question::Slot(slot)) = (self.focus.widget(), self.focus) else { return 0 };
        let value = self.draft.get(slot);
        choices.iter().position(|choice| choice.value == value).unwrap_or(0)
    }

    /// Puts a value into the field under the cursor.
    pub fn put(&mut self, value: &str) {
        if let Question::Slot(slot) = self.focus {
            self.draft.set(slot, value);
            self.entries.insert(self.focus, Entry::open(value));
        }
    }

    /// The key typed into a slot.
    pub fn key(&self, slot: KeySlot) -> Option<ApiKey> {
        self.entries.get(&Question::Key(slot)).and_then(|entry| entry.key().ok())
    }

    /// The line about the stored key that is used for an empty field.
    pub fn serves(&self, slot: KeySlot) -> Option<&str> {
        let words = self.stored.iter().find(|(stored, _)| *stored == slot).map(|(_, words)| words.as_str());
        let empty = self.entries.get(&Question::Key(slot)).is_none_or(Entry::is_empty);
        words.filter(|words| empty && words.starts_with("set"))
    }

    /// Returns all keys that were typed.
    pub fn keys(&self) -> Vec<(KeySlot, ApiKey)> {
        KeySlot::ALL.into_iter().filter_map(|slot| self.key(slot).map(|key| (slot, key))).collect()
    }

    /// The typed keys that may be sent: what cannot be the key of its slot goes nowhere.
    pub fn keys_to_ask_with(&self) -> Vec<(KeySlot, ApiKey)> {
        self.keys().into_iter().filter(|(slot, _)| self.problem(Question::Key(*slot)).is_none()).collect()
    }

    /// Why an answer is not accepted. `None` if it is. An empty key is accepted.
    pub fn problem(&self, ask: Question) -> Option<String> {
        match ask {
            Question::Slot(slot) if text::holds_stars(&self.draft.get(slot)) => Some(HID_A_KEY.to_owned()),
            Question::Slot(slot) => match self.draft.problem_of(slot) {
                Some(problem) => Some(match problem.accepts {
                    Some(accepts) => format!("{}; accepted: {accepts}", problem.what),
                    None => problem.what,
                }),
                None if slot == CampusField::Stance => self.another_stance(),
                None if ADDRESSES.contains(&slot) => self.of_the_other_system(slot),
                None => self.an_address_here(slot).or_else(|| self.unknown_to_alma(slot)),
            },
            Question::Key(slot) => {
                let entry = self.entries.get(&ask)?;
                if entry.is_empty() {
                    return None;
                }
                match entry.key() {
                    Ok(key) => not_a_key_for(slot, &key),
                    Err(why) => Some(why.to_string()),
                }
            }
        }
    }

    /// Returns whether all answers are accepted, so that they can be stored.
    pub fn is_whole(&self) -> bool {
        Question::all().all(|ask| self.problem(ask).is_none())
    }

    /// The problem to show for an answer, once the person has moved on from it or tried to.
    pub fn complaint(&self, ask: Question) -> Option<String> {
        let refused = self.refused.clone().filter(|_| self.focus == ask);
        let told = self.left.contains(&ask) || (self.focus == ask && self.is_unlisted());
        refused.or_else(|| self.problem(ask).filter(|_| told))
    }

    /// Returns whether a request is running.
    pub fn busy(&self) -> bool {
        self.explored.since().is_some() || self.saving.since().is_some()
    }
}

/// The campus and its environment, which decide whose stored keys are used.
pub(in crate::tui) fn whose(draft: &SiteDraft) -> [String; 2] {
    [CampusField::Institution, CampusField::Environment].map(|slot| draft.get(slot))
}

/// The text of a value in the campus file.
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
        CampusField::WordMaxAge => site.word_days.to_string(),
    }
}
