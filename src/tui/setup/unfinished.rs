//! A set-up left unfinished: what is stored of it, and how it is resumed.
use super::question::{Question, SetupPage};
use super::state::Setup;
use super::types::{Offer, UnfinishedSetup};
use crate::recipe::KeySlot;
use crate::site::{CampusCode, CampusField, SavedSetup, Site, SiteDraft};
use crate::text;
use crate::text::clean;
use crate::tui::entry::Entry;
use jiff::Timestamp;

impl UnfinishedSetup {
    /// The campus's name, or else its code.
    fn name(&self) -> String {
        let name = self.begun.draft.get(CampusField::Name);
        clean(&if name.is_empty() { self.begun.draft.get(CampusField::Institution) } else { name }, 40)
    }

    /// The line that offers to resume it.
    pub(super) fn offer(&self) -> Offer {
        Offer {
            value: self.begun.draft.get(CampusField::Institution),
            label: format!("Resume: {}", self.name()),
            note: Some(format!("set-up begun {}", self.when)),
            code: None,
        }
    }

    /// The status after it was resumed.
    fn words(&self) -> String {
        format!("Resuming the set-up of {} begun {}.", self.name(), self.when)
    }
}

impl Setup {
    /// Returns whether the selected line is the unfinished set-up.
    pub fn goes_on(&self) -> bool {
        self.unfinished.as_ref().is_some_and(|begun| self.offers().get(self.row()) == Some(&begun.offer()))
    }

    /// Resumes the unfinished set-up at the first open question. Returns the status for it.
    pub fn go_on(&mut self) -> Option<String> {
        let unfinished = self.unfinished.take()?;
        for slot in CampusField::ALL {
            let kept = unfinished.begun.draft.get(slot);
            if !kept.is_empty() {
                self.draft.set(slot, &kept);
            }
        }
        self.fill_entries();
        self.filter = Entry::open("");
        self.going_on = Some(unfinished.begun.at);
        let open = Question::all().find(|ask| self.must_be_typed_again(*ask) || self.problem(*ask).is_some());
        let reached = SetupPage::ALL.into_iter().find(|page| page.number() == unfinished.begun.page);
        self.page = open.map_or(reached.unwrap_or(SetupPage::Review), Question::page);
        self.focus = open.or_else(|| self.page.asks().next()).unwrap_or(self.focus);
        self.moved = None;
        for ask in SetupPage::ALL.into_iter().flat_map(SetupPage::asks).take_while(|ask| Some(*ask) != open) {
            self.confirm(ask);
        }
        let words = unfinished.words();
        self.kept = Some(unfinished.begun);
        Some(words)
    }

    /// Whether this page was answered before the set-up was left, so that it need not be answered again.
    pub fn was_answered(&self, page: SetupPage) -> bool {
        let reached = self.kept.as_ref().filter(|_| self.going_on.is_some()).map_or(0, |kept| kept.page);
        page.number() < reached && page.asks().all(|ask| self.problem(ask).is_none() && !self.must_be_typed_again(ask))
    }

    /// Drops the unfinished set-up. New answers will replace what is stored of it. Returns the status for it.
    pub fn start_afresh(&mut self) -> Option<String> {
        self.going_on = None;
        self.kept = None;
        let left = self.unfinished.take()?;
        Some(format!("The set-up of {} begun {} is not kept.", left.name(), left.when))
    }

    /// Returns whether a key may have been typed before the set-up was left. Such keys were not stored.
    pub fn must_be_typed_again(&self, ask: Question) -> bool {
        let Question::Key(slot) = ask else { return false };
        let empty = self.entries.get(&ask).is_none_or(Entry::is_empty);
        self.going_on.is_some() && slot != KeySlot::Export && self.serves(slot).is_none() && empty
    }

    /// Returns whether an answer differs from the campus file, or a key was typed.
    pub fn changes(&self, site: &Site) -> bool {
        !self.keys().is_empty() || !same(&self.draft, &Self::of(site, self.focus, Vec::new()).draft)
    }

    /// Returns the answers to store, if they differ from those stored last: only accepted answers, and nothing that may be a key.
    pub fn to_keep(&mut self, now: Timestamp) -> Option<SavedSetup> {
        let typed = self.keys();
        let mut draft = SiteDraft::default();
        for slot in CampusField::ALL {
            let text = self.draft.get(slot);
            let holds_key = text::holds_stars(&text)
                || text::key_like(&text).next().is_some()
                || typed.iter().any(|(_, key)| key.stands_partly_in(&text));
            if !holds_key && self.draft.problem_of(slot).is_none() {
                draft.set(slot, &text);
            }
        }
        CampusCode::parse(&draft.get(CampusField::Institution))?;
        let page = self.kept.as_ref().map_or(0, |kept| kept.page).max(self.page.number());
        if self.kept.as_ref().is_some_and(|kept| kept.page == page && same(&kept.draft, &draft)) {
            return None;
        }
        let at = self.kept.as_ref().map_or(now, |kept| kept.at);
        let begun = SavedSetup { at, page, draft };
        self.kept = Some(begun.clone());
        Some(begun)
    }
}

/// Returns whether two drafts have the same values, whatever their lines and problems.
fn same(one: &SiteDraft, other: &SiteDraft) -> bool {
    CampusField::ALL.into_iter().all(|slot| one.get(slot) == other.get(slot))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-27T09:12:00Z".parse().expect("a time")
    }

    fn filled() -> Setup {
        let mut setup = Setup::fresh();
        setup.choose("01CUNY_QC");
        setup.draft.set(CampusField::AlmaLibrary, "QCRS");
        setup
    }

    #[test]
    fn accepted_answers_are_kept_once_and_begin_when_they_first_were() {
        let mut setup = filled();
        assert_eq!(Setup::fresh().to_keep(now()), None, "no campus yet");
        let first = setup.to_keep(now()).expect("something");
        assert_eq!((first.at, first.draft.get(CampusField::AlmaLibrary).as_str()), (now(), "QCRS"));
        assert_eq!(setup.to_keep(now()), None, "nothing new");
        setup.draft.set(CampusField::AlmaUrl, "no address");
        let later = "2026-11-28T09:12:00Z".parse().expect("a time");
        let second = setup.to_keep(later).expect("a change");
        assert_eq!(
            (second.at, second.draft.get(CampusField::AlmaUrl).as_str()),
            (now(), ""),
            "an answer refused is none"
        );
    }

    #[test]
    fn what_may_be_a_key_is_left_out() {
        let key = "70726163-7469-4365-8000-696c6c69a1b2";
        for text in
            [key, &format!("https://qc.example.org/{key}"), &format!("see {key}, please"), "l8xx0123456789abcdef"]
        {
            let mut setup = filled();
            for slot in [
                CampusField::AlmaLibrary,
                CampusField::IlliadUrl,
                CampusField::AlmaReceiveDesk,
                CampusField::PatronsSample,
                CampusField::Name,
            ] {
                setup.draft.set(slot, text);
            }
            let kept = setup.to_keep(now()).expect("something").draft;
            let all: String = CampusField::ALL.map(|slot| kept.get(slot)).concat();
            assert!(
                !all.contains(&text[text.len() - 12..]) && kept.get(CampusField::Institution) == "01CUNY_QC",
                "{all}"
            );
        }
    }

    #[test]
    fn going_on_fills_what_was_kept_and_asks_for_the_keys() {
        let begun = Setup { page: SetupPage::Systems, ..filled() }.to_keep(now()).expect("something");
        let mut setup =
            Setup { unfinished: Some(UnfinishedSetup { begun, when: "27 Nov 09:12".into() }), ..Setup::fresh() };
        assert!(setup.goes_on());
        assert_eq!(setup.go_on().as_deref(), Some("Resuming the set-up of Queens College begun 27 Nov 09:12."));
        assert_eq!((setup.page, setup.focus), (SetupPage::Systems, Question::Key(KeySlot::Alma)));
        assert_eq!((setup.draft.get(CampusField::AlmaLibrary).as_str(), setup.to_keep(now())), ("QCRS", None));
        assert!(setup.must_be_typed_again(Question::Key(KeySlot::Illiad)) && !setup.goes_on());
    }

    #[test]
    fn a_page_that_was_answered_is_not_asked_again() {
        let key = |text: &str| {
            let mut entry = Entry::secret();
            entry.paste(text);
            entry
        };
        for (page, asked) in [(SetupPage::Places, SetupPage::Places), (SetupPage::Review, SetupPage::Review)] {
            let begun = Setup { page, ..filled() }.to_keep(now()).expect("something");
            let mut setup =
                Setup { unfinished: Some(UnfinishedSetup { begun, when: "27 Nov 09:12".into() }), ..Setup::fresh() };
            setup.go_on();
            assert_eq!(setup.page, SetupPage::Systems, "keys are not kept");
            assert!(!setup.was_answered(SetupPage::Systems));
            setup.entries.insert(Question::Key(KeySlot::Alma), key("l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5"));
            setup.entries.insert(Question::Key(KeySlot::Illiad), key("5f2c1d9e-77aa-4e0b-9c51-0d7f2b9ea1b2"));
            assert_eq!(setup.was_answered(SetupPage::Places), asked == SetupPage::Review);
        }
        assert!(!Setup { page: SetupPage::Review, ..filled() }.was_answered(SetupPage::Places), "nothing was left");
    }

    #[test]
    fn another_line_starts_afresh() {
        let begun = filled().to_keep(now()).expect("something");
        let mut setup =
            Setup { unfinished: Some(UnfinishedSetup { begun, when: "27 Nov 09:12".into() }), ..Setup::fresh() };
        setup.moved = Some(1);
        assert!(!setup.goes_on());
        setup.filter = Entry::open("queens");
        setup.moved = None;
        assert!(!setup.goes_on(), "a name typed is that campus from the beginning");
    }
}
