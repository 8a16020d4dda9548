//! What can be chosen in place of typing: campuses, and the libraries and desks that Alma answers.
use super::question::{Question, SetupPage, Widget};

use super::state::Setup;
use super::types::{Offer, UnfinishedSetup};
use crate::site::{CampusField, zones};
use crate::tui::entry::Entry;

impl Offer {
    /// Whether this text, in small letters, names it.
    fn is(&self, answer: &str) -> bool {
        [Some(&self.value), self.code.as_ref()].into_iter().flatten().any(|text| text.to_lowercase() == answer)
    }
}

impl Setup {
    /// What can be chosen for the question under the cursor, as far as the text typed allows.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        if self.page == SetupPage::Campus {
            return self.campuses();
        }
        let typed = self.entries.get(&self.focus).map(Entry::text).unwrap_or_default().to_lowercase();
        let all = match self.focus {
            Question::Slot(CampusField::AlmaLibrary) => self.libraries(),
            Question::Slot(CampusField::AlmaReceiveDesk) => self.desks(),
            _ => Vec::new(),
        };
        // A text that names one already is an answer, not a filter.
        if all.iter().any(|offer| offer.is(&typed) || offer.label.to_lowercase() == typed) {
            return all;
        }
        all.into_iter()
            .filter(|offer| offer.value.to_lowercase().contains(&typed) || offer.label.to_lowercase().contains(&typed))
            .collect()
    }

    /// The offer under the cursor. It begins at the answer there is, so that going on with Enter keeps it.
    #[must_use]
    pub fn row(&self) -> usize {
        let Question::Slot(slot) = self.focus else { return 0 };
        let answer = self.draft.get(slot).to_lowercase();
        self.moved.or_else(|| self.offers().iter().position(|offer| offer.is(&answer))).unwrap_or(0)
    }

    /// The offer that is taken where nobody chooses: what was answered before, or the only one that is likely.
    /// Of several a person chooses.
    #[must_use]
    pub fn likely(&self) -> Option<usize> {
        let Question::Slot(slot) = self.focus else { return None };
        let offers = self.offers();
        let answer = self.draft.get(slot).to_lowercase();
        if self.moved.is_some() || offers.iter().any(|offer| offer.is(&answer)) {
            return Some(self.row());
        }
        let likely = |offer: &Offer| match slot {
            CampusField::Institution => {
                self.is_known(&offer.value)
                    || self.unfinished.as_ref().map(UnfinishedSetup::offer).as_ref() == Some(offer)
            }
            CampusField::AlmaLibrary => offer.note.is_some(),
            _ => false,
        };
        let mut fitting =
            offers.iter().enumerate().filter(|(_, offer)| offers.len() == 1 || likely(offer)).map(|(at, _)| at);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// The offer that Enter takes. In an empty field of several offers that are as likely it is none, unless somebody moved to one.
    #[must_use]
    pub fn taken(&self) -> Option<usize> {
        let list = self.page != SetupPage::Campus && self.focus.widget() == Widget::List;
        match list && self.entry().is_none_or(Entry::is_empty) {
            true => self.likely(),
            false => Some(self.row()).filter(|row| *row < self.offers().len()),
        }
    }

    /// What Enter puts in the place of the answer there is; none where it leaves that one.
    #[must_use]
    pub fn takes(&self) -> Option<String> {
        let Question::Slot(slot) = self.focus else { return None };
        let offer = self.offers().into_iter().nth(self.taken()?)?;
        (offer.value != self.draft.get(slot)).then_some(offer.value)
    }

    /// Takes the offer that somebody moved to; whoever moves to one and goes on means it.
    pub fn take_moved(&mut self) {
        let Some(at) = self.moved.filter(|_| self.page != SetupPage::Campus) else { return };
        if let Some(offer) = self.offers().into_iter().nth(at) {
            self.put(&offer.value);
        }
    }

    fn campuses(&self) -> Vec<Offer> {
        let typed = self.filter.text().trim().to_lowercase();
        let fits =
            |offer: &Offer| offer.value.to_lowercase().contains(&typed) || offer.label.to_lowercase().contains(&typed);
        let others = zones().iter().filter(|zone| !self.is_known(zone.code.as_str())).map(|zone| Offer {
            value: zone.code.to_string(),
            label: zone.name.clone(),
            note: zone.remark(),
            code: None,
        });
        // Whoever types a name begins with that campus afresh.
        let unfinished = self.unfinished.iter().filter(|_| typed.is_empty()).map(UnfinishedSetup::offer);
        unfinished.chain(self.known.iter().cloned().chain(others).filter(fits)).collect()
    }

    /// Whether a campus is set up here already.
    #[must_use]
    pub fn is_known(&self, code: &str) -> bool {
        self.known.iter().any(|offer| offer.value == code)
    }

    fn libraries(&self) -> Vec<Offer> {
        let Some(rows) = self.seen.as_ref().and_then(|seen| seen.libraries.got()) else { return Vec::new() };
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|row| row.resource_sharing != Some(true));
        let note = |flag| match flag {
            Some(true) => Some("resource sharing".to_owned()),
            _ => None,
        };
        let offer = |row: &&crate::engine::observed::Library| Offer {
            value: row.code.clone(),
            label: row.name.clone(),
            note: note(row.resource_sharing),
            code: None,
        };
        rows.iter().map(offer).collect()
    }

    fn desks(&self) -> Vec<Offer> {
        let Some(rows) = self.seen.as_ref().and_then(|seen| seen.desks.got()) else { return Vec::new() };
        rows.iter()
            .map(|row| Offer {
                value: row.name.clone(),
                label: row.name.clone(),
                note: Some(row.code.clone()),
                code: Some(row.code.clone()),
            })
            .collect()
    }

    /// A name that is none of those Alma has just answered. Where Alma could not be asked, nothing is held against it.
    pub(super) fn unknown_to_alma(&self, slot: CampusField) -> Option<String> {
        let (what, offers) = match slot {
            CampusField::AlmaLibrary => ("library", self.libraries()),
            CampusField::AlmaReceiveDesk => ("desk of this library", self.desks()),
            _ => return None,
        };
        let answer = self.draft.get(slot).to_lowercase();
        let stale = slot == CampusField::AlmaReceiveDesk && self.explored.since().is_some();
        let known = offers.is_empty() || stale || offers.iter().any(|offer| offer.is(&answer));
        (!known).then(|| format!("Alma has no {what} of this name or code; choose one from the list"))
    }
}
