//! What can be chosen instead of typed: campuses, and the libraries and desks that Alma knows.
use super::question::{Question, SetupPage, Widget};
use super::state::Setup;
use super::types::{Offer, UnfinishedSetup};
use crate::site::CampusField;
use crate::tui::entry::Entry;
use crate::tui::text;

/// Where Alma shows the codes of libraries (Ex Libris, "Configuring the Institution and Its Libraries").
const LIBRARIES_IN_ALMA: &str = "Configuration > General > Libraries > Add a Library or Edit Library Information";

/// Where Alma shows the circulation desks of a library (Ex Libris, "Configuring Circulation Desks").
const DESKS_IN_ALMA: &str = "Configuration > Fulfillment > Library Management > Circulation Desks";

impl Offer {
    /// Returns whether this text, in lower case, names the offer.
    fn is(&self, answer: &str) -> bool {
        [Some(&self.value), self.code.as_ref()].into_iter().flatten().any(|text| text.to_lowercase() == answer)
    }

    /// Returns whether this text, in lower case, is part of its value or label.
    fn holds(&self, typed: &str) -> bool {
        self.value.to_lowercase().contains(typed) || self.label.to_lowercase().contains(typed)
    }
}

impl Setup {
    /// The offers for the question under the cursor that match the typed text.
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
        // A text that already names an offer is an answer, not a filter.
        if all.iter().any(|offer| offer.is(&typed) || offer.label.to_lowercase() == typed) {
            return all;
        }
        // What nothing fits is a name that Alma does not have: show all that it has.
        let fits = |offer: &Offer| self.is_unlisted() || offer.holds(&typed);
        all.into_iter().filter(fits).collect()
    }

    /// Returns whether the typed text fits nothing in Alma's list for the question under the cursor.
    pub fn is_unlisted(&self) -> bool {
        let all = match self.focus {
            Question::Slot(CampusField::AlmaLibrary) => self.libraries(),
            Question::Slot(CampusField::AlmaReceiveDesk) => self.desks(),
            _ => return false,
        };
        let typed = self.entries.get(&self.focus).map(Entry::text).unwrap_or_default().to_lowercase();
        !all.is_empty() && !all.iter().any(|offer| offer.holds(&typed))
    }

    /// Whether the answer to the question under the cursor is one of the offers.
    pub(super) fn is_offered(&self) -> bool {
        let Question::Slot(slot) = self.focus else { return false };
        let answer = self.draft.get(slot).to_lowercase();
        self.offers().iter().any(|offer| offer.is(&answer))
    }

    /// Index of the offer under the cursor. It starts at the current answer, so that Enter keeps it.
    pub fn row(&self) -> usize {
        let Question::Slot(slot) = self.focus else { return 0 };
        let answer = self.draft.get(slot).to_lowercase();
        self.moved.or_else(|| self.offers().iter().position(|offer| offer.is(&answer))).unwrap_or(0)
    }

    /// Index of the offer that is taken if nobody chooses: the current answer, or the only likely one. Of several a person chooses.
    pub fn likely(&self) -> Option<usize> {
        let Question::Slot(slot) = self.focus else { return None };
        let offers = self.offers();
        let answer = self.draft.get(slot).to_lowercase();
        if self.is_unlisted() {
            return self.moved;
        }
        if self.moved.is_some() || offers.iter().any(|offer| offer.is(&answer)) {
            return Some(self.row());
        }
        let likely = |offer: &Offer| match slot {
            CampusField::Institution => {
                self.is_known(&offer.value) || self.unfinished.as_ref().is_some_and(|begun| begun.offer() == *offer)
            }
            CampusField::AlmaLibrary => offer.note.is_some(),
            _ => false,
        };
        let mut fitting =
            offers.iter().enumerate().filter(|(_, offer)| offers.len() == 1 || likely(offer)).map(|(at, _)| at);
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Index of the offer that Enter takes. `None` for an empty field with several equally likely offers, until the person moves to one.
    pub fn taken(&self) -> Option<usize> {
        let list = self.page != SetupPage::Campus && self.focus.widget() == Widget::List;
        match list && self.entry().is_none_or(Entry::is_empty) {
            true => self.likely(),
            // Enter must not take the first of them for a slip.
            false if list && self.is_unlisted() => self.moved,
            false => Some(self.row()).filter(|row| *row < self.offers().len()),
        }
    }

    /// The value that Enter puts in place of the current answer. `None` if Enter keeps that answer.
    pub fn takes(&self) -> Option<String> {
        let Question::Slot(slot) = self.focus else { return None };
        let offer = self.offers().into_iter().nth(self.taken()?)?;
        (offer.value != self.draft.get(slot)).then_some(offer.value)
    }

    /// The offer that the person moved to and that is not the answer yet. Only Enter makes it the answer, because the same keys lead
    /// through the form.
    pub fn moved_to(&self) -> Option<String> {
        let Question::Slot(slot) = self.focus else { return None };
        let offer = self.offers().into_iter().nth(self.moved?)?;
        (offer.value != self.draft.get(slot)).then_some(offer.value)
    }

    /// What the last column of the list of campuses is.
    pub fn host_words(&self) -> &'static str {
        match self.consortium.campuses.iter().any(|zone| zone.illiad.is_some()) {
            true => "ILLiad host",
            false => "ILLiad host before .illiad.oclc.org",
        }
    }

    fn campuses(&self) -> Vec<Offer> {
        let typed = self.filter.text().trim().to_lowercase();
        let others = self.consortium.campuses.iter().filter(|zone| !self.is_known(zone.code.as_str())).map(|zone| {
            Offer { value: zone.code.to_string(), label: zone.name.clone(), note: zone.remark(), code: None }
        });
        // Typing a campus's name starts it afresh.
        let unfinished = self.unfinished.iter().filter(|_| typed.is_empty()).map(UnfinishedSetup::offer);
        unfinished.chain(self.known.iter().cloned().chain(others).filter(|offer| offer.holds(&typed))).collect()
    }

    /// Returns whether a campus is already set up here.
    pub fn is_known(&self, code: &str) -> bool {
        self.known.iter().any(|offer| offer.value == code)
    }

    fn libraries(&self) -> Vec<Offer> {
        let Some(rows) = self.seen.as_ref().and_then(|seen| seen.libraries.got()) else { return Vec::new() };
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|row| row.resource_sharing != Some(true));
        rows.into_iter()
            .map(|row| Offer {
                value: row.code.clone(),
                label: row.name.clone(),
                note: (row.resource_sharing == Some(true)).then(|| "resource sharing".to_owned()),
                code: None,
            })
            .collect()
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

    /// What is said about the question under the cursor. Where there is no list of Alma's to choose from, it says so, and where in Alma a
    /// person finds what to type.
    pub fn hint(&self) -> String {
        let (what, all, menu) = match self.focus {
            Question::Slot(CampusField::AlmaLibrary) => ("its code", self.libraries(), LIBRARIES_IN_ALMA),
            Question::Slot(CampusField::AlmaReceiveDesk) => ("its name or code", self.desks(), DESKS_IN_ALMA),
            other => return text::sentence(other.hint(&self.consortium)),
        };
        match all.is_empty() && self.explored.since().is_none() {
            true => format!("Alma's list is not available: type {what}. In Alma: {menu}."),
            false => text::sentence(self.focus.hint(&self.consortium)),
        }
    }

    /// The problem with a name that Alma does not have. `None` if Alma has it or could not be asked.
    pub(super) fn unknown_to_alma(&self, slot: CampusField) -> Option<String> {
        let (what, offers) = match slot {
            CampusField::AlmaLibrary => ("library", self.libraries()),
            CampusField::AlmaReceiveDesk => ("desk of this library", self.desks()),
            _ => return None,
        };
        let answer = self.draft.get(slot).to_lowercase();
        let stale = slot == CampusField::AlmaReceiveDesk && self.explored.since().is_some();
        let known = offers.is_empty() || stale || offers.iter().any(|offer| offer.is(&answer));
        (!known).then(|| format!("Alma has no {what} with this name or code. Choose one from the list."))
    }
}
