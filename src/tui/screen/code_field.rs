//! The field for the campus code, which confirms an operation.
use crate::engine::plan::Consent;
use crate::site::CampusCode;
use crate::tui::entry::Entry;

/// The campus code typed so far, and why it was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeField {
    pub typed: Entry,
    pub refused: Option<String>,
}

impl CodeField {
    /// A field with nothing typed yet.
    pub fn empty() -> Self {
        Self { typed: Entry::open(""), refused: None }
    }

    /// Changes the text and forgets the refusal.
    pub fn edit(&mut self, change: impl FnOnce(&mut Entry)) {
        self.refused = None;
        change(&mut self.typed);
    }

    /// The consent, if exactly the campus code was typed. Otherwise the field says why not.
    pub fn consent(&mut self, campus: &CampusCode) -> Option<Consent> {
        let (typed, code) = (self.typed.text(), campus.as_str());
        let consent = Consent::given(typed, campus);
        if consent.is_none() {
            self.refused = Some(match typed {
                "" => format!("Nothing was sent: type {code} first."),
                _ => format!("Nothing was sent: \"{typed}\" is not {code}."),
            });
        }
        consent
    }
}
