//! What was typed so far, and what the two systems said to it.
use super::ask::{Ask, Page, Widget};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{Site, SiteDraft, Slot, Zone, zones};
use crate::tui::entry::Entry;
use crate::tui::model::Job;
use crate::tui::msg::Explored;
use std::collections::BTreeMap;

/// What the two systems were last asked with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Alma's address, ILLiad's address, the library.
    pub texts: [String; 3],
    /// The Alma key typed.
    pub alma: Option<ApiKey>,
    /// The ILLiad key typed.
    pub illiad: Option<ApiKey>,
}

/// The set-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    /// Shown now.
    pub page: Page,
    /// What was typed of the campus file.
    pub draft: SiteDraft,
    /// Narrows the list of campuses.
    pub filter: Entry,
    /// Which line of the list shown is chosen.
    pub row: usize,
    /// Text fields, keys among them.
    pub entries: BTreeMap<Ask, Entry>,
    /// The question that has the cursor.
    pub focus: Ask,
    /// Why the cursor stays.
    pub refused: Option<String>,
    /// The two systems being asked.
    pub explored: Job<()>,
    /// What they said last.
    pub seen: Option<Explored>,
    /// What they were asked with.
    pub asked: Option<Asked>,
    /// Being stored.
    pub saving: Job<()>,
    /// What is known of keys stored already.
    pub stored: Vec<(KeySlot, String)>,
    /// The first line shown.
    pub top: usize,
}

/// A line that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it stands for in the campus file.
    pub value: String,
    /// As people say it.
    pub label: String,
    /// Something to know of it.
    pub note: Option<String>,
}

/// The gateway of CUNY's region (facts/alma.md §8).
const ALMA_URL: &str = "https://api-na.hosted.exlibrisgroup.com";

impl Setup {
    /// Nothing typed yet.
    #[must_use]
    pub fn fresh() -> Self {
        let mut draft = SiteDraft::default();
        draft.set(Slot::Environment, "sandbox");
        draft.set(Slot::AlmaUrl, ALMA_URL);
        Self::with(draft, Page::Campus, Ask::Slot(Slot::Institution), Vec::new())
    }

    /// A campus that is set up already, to change the answer to one question.
    #[must_use]
    pub fn of(site: &Site, focus: Ask, stored: Vec<(KeySlot, String)>) -> Self {
        let mut draft = SiteDraft::default();
        for slot in Slot::ALL {
            draft.set(slot, &text_of(site, slot));
        }
        Self::with(draft, focus.page(), focus, stored)
    }

    fn with(draft: SiteDraft, page: Page, focus: Ask, stored: Vec<(KeySlot, String)>) -> Self {
        let mut setup = Self {
            page,
            draft,
            filter: Entry::open(""),
            row: 0,
            entries: BTreeMap::new(),
            focus,
            refused: None,
            explored: Job::Idle,
            seen: None,
            asked: None,
            saving: Job::Idle,
            stored,
            top: 0,
        };
        setup.fill_entries();
        setup
    }

    /// Puts the draft into the text fields. Keys that were typed stay.
    pub fn fill_entries(&mut self) {
        for ask in Ask::all() {
            match ask {
                Ask::Slot(slot) => drop(self.entries.insert(ask, Entry::open(&self.draft.get(slot)))),
                Ask::Key(_) => drop(self.entries.entry(ask).or_insert_with(Entry::secret)),
            }
        }
    }

    /// Takes a campus from the list. An ILLiad address that somebody typed stays.
    pub fn choose(&mut self, code: &str) {
        let before = zones().iter().find(|zone| zone.code.as_str() == self.draft.get(Slot::Institution));
        let known = zones().iter().find(|zone| zone.code.as_str() == code);
        let untouched = self.draft.get(Slot::IlliadUrl);
        let untouched = untouched.is_empty() || before.and_then(Zone::illiad_url).as_ref() == Some(&untouched);
        self.draft.set(Slot::Institution, code);
        self.draft.set(Slot::Name, known.map_or("", |zone| zone.name.as_str()));
        if untouched {
            self.draft.set(Slot::IlliadUrl, &known.and_then(Zone::illiad_url).unwrap_or_default());
        }
        self.fill_entries();
    }

    /// The text field under the cursor.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        match self.page {
            Page::Campus => Some(&self.filter),
            Page::Review => None,
            Page::Systems | Page::Places => match self.focus.widget() {
                Widget::Choice(_) => None,
                Widget::Text | Widget::Secret | Widget::List => self.entries.get(&self.focus),
            },
        }
    }

    /// Changes the text field under the cursor, and the draft with it.
    pub fn edit(&mut self, change: impl FnOnce(&mut Entry)) {
        self.refused = None;
        if self.page == Page::Campus {
            change(&mut self.filter);
            self.row = 0;
            return;
        }
        if self.entry().is_none() {
            return;
        }
        let Some(entry) = self.entries.get_mut(&self.focus) else { return };
        change(entry);
        if let Ask::Slot(slot) = self.focus {
            let text = entry.text().to_owned();
            self.draft.set(slot, &text);
            self.row = 0;
        }
    }

    /// Puts a value into the field under the cursor.
    pub fn put(&mut self, value: &str) {
        if let Ask::Slot(slot) = self.focus {
            self.draft.set(slot, value);
            self.entries.insert(self.focus, Entry::open(value));
        }
    }

    /// What can be chosen for the question under the cursor, as far as the text typed allows.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        if self.page == Page::Campus {
            return self.campuses();
        }
        let typed = self.entries.get(&self.focus).map(Entry::text).unwrap_or_default().to_lowercase();
        let mut all = match self.focus {
            Ask::Slot(Slot::AlmaLibrary) => self.libraries(),
            Ask::Slot(Slot::AlmaReceiveDesk) => self.desks(),
            _ => Vec::new(),
        };
        // A text that names one already is an answer, not a filter; it stands first, so that Enter alone keeps it.
        let named = |offer: &Offer| offer.value.to_lowercase() == typed || offer.label.to_lowercase() == typed;
        if let Some(at) = all.iter().position(named) {
            all[..=at].rotate_right(1);
            return all;
        }
        all.into_iter()
            .filter(|offer| offer.value.to_lowercase().contains(&typed) || offer.label.to_lowercase().contains(&typed))
            .collect()
    }

    fn campuses(&self) -> Vec<Offer> {
        let typed = self.filter.text().trim().to_lowercase();
        let fits = |zone: &&Zone| {
            zone.code.as_str().to_lowercase().contains(&typed) || zone.name.to_lowercase().contains(&typed)
        };
        let offers = zones().iter().filter(fits).map(|zone| Offer {
            value: zone.code.to_string(),
            label: zone.name.clone(),
            note: zone.remark(),
        });
        offers.collect()
    }

    fn libraries(&self) -> Vec<Offer> {
        let Some(rows) = self.seen.as_ref().and_then(|seen| seen.libraries.got()) else { return Vec::new() };
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|row| row.resource_sharing != Some(true));
        let note = |flag| match flag {
            Some(true) => Some("resource sharing library".to_owned()),
            _ => None,
        };
        let offer = |row: &&crate::engine::Library| Offer {
            value: row.code.clone(),
            label: row.name.clone(),
            note: note(row.resource_sharing),
        };
        rows.iter().map(offer).collect()
    }

    fn desks(&self) -> Vec<Offer> {
        let Some(rows) = self.seen.as_ref().and_then(|seen| seen.desks.got()) else { return Vec::new() };
        rows.iter()
            .map(|row| Offer { value: row.name.clone(), label: row.name.clone(), note: Some(row.code.clone()) })
            .collect()
    }

    /// The key typed into a slot.
    #[must_use]
    pub fn key(&self, slot: KeySlot) -> Option<ApiKey> {
        self.entries.get(&Ask::Key(slot)).and_then(|entry| entry.key().ok())
    }

    /// All keys typed.
    #[must_use]
    pub fn keys(&self) -> Vec<(KeySlot, ApiKey)> {
        KeySlot::ALL.into_iter().filter_map(|slot| self.key(slot).map(|key| (slot, key))).collect()
    }

    /// Why an answer is none; an optional key may stay empty.
    #[must_use]
    pub fn problem(&self, ask: Ask) -> Option<String> {
        match ask {
            Ask::Slot(slot) => {
                let problem = self.draft.problem_of(slot)?;
                Some(match problem.accepts {
                    Some(accepts) => format!("{}; accepted: {accepts}", problem.what),
                    None => problem.what,
                })
            }
            Ask::Key(_) => {
                let entry = self.entries.get(&ask)?;
                if entry.is_empty() {
                    return None;
                }
                entry.key().err().map(|why| why.to_string())
            }
        }
    }

    /// Whether something is being asked or stored.
    #[must_use]
    pub fn busy(&self) -> bool {
        self.explored.since().is_some() || self.saving.since().is_some()
    }
}

/// What a campus file says in a slot.
fn text_of(site: &Site, slot: Slot) -> String {
    match slot {
        Slot::Institution => site.institution.to_string(),
        Slot::Name => site.name.clone(),
        Slot::Environment => site.environment.as_str().to_owned(),
        Slot::Stance => site.stance.as_str().to_owned(),
        Slot::AlmaUrl => site.alma_url.to_string(),
        Slot::AlmaLibrary => site.library.clone(),
        Slot::AlmaReceiveDesk => site.receive_desk.clone(),
        Slot::IlliadUrl => site.illiad_url.to_string(),
        Slot::IlliadNvtgc => site.nvtgc.clone(),
        Slot::PatronsSample => site.sample.join(" "),
    }
}
