//! The field for the campus code, which confirms an operation.
use crate::engine::plan::Consent;
use crate::site::CampusCode;
use crate::text::clean;
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

    /// The consent, if the campus code was typed, in capitals or not. Otherwise the field says why not.
    pub fn consent(&mut self, campus: &CampusCode) -> Option<Consent> {
        let consent = Consent::answered(self.typed.text(), campus);
        if consent.is_none() {
            self.is(campus.as_str());
        }
        consent
    }

    /// Whether exactly this code was typed. Otherwise the field says that it was not.
    pub fn is(&mut self, code: &str) -> bool {
        let typed = self.typed.text();
        let code_words = clean(code, 60);
        self.refused = match typed {
            typed if typed == code => None,
            "" => Some(format!("Nothing was sent: type {code_words} first.")),
            _ => Some(format!("Nothing was sent: \"{typed}\" is not {code_words}.")),
        };
        self.refused.is_none()
    }
}
