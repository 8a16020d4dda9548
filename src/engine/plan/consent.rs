//! Consent to change something at a campus: its code, typed.
use crate::site::CampusCode;
use std::collections::BTreeSet;

/// A person's consent to changes at one campus. Nothing is written, created or enabled without one, and only a typed
/// campus code makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    campus: CampusCode,
    /// Codes of partners beside which ours may be created.
    beside: BTreeSet<String>,
}

impl Consent {
    /// Makes a consent if the typed text is exactly the campus code.
    #[must_use]
    pub fn given(typed: &str, campus: &CampusCode) -> Option<Self> {
        (typed == campus.as_str()).then(|| Self { campus: campus.clone(), beside: BTreeSet::new() })
    }

    /// Makes a consent if the answer to a question that shows the campus code is that code, in capitals or not.
    #[must_use]
    pub fn answered(typed: &str, campus: &CampusCode) -> Option<Self> {
        if typed.eq_ignore_ascii_case(campus.as_str()) { Self::given(campus.as_str(), campus) } else { None }
    }

    /// The same consent, and consent to create our partner beside the ones with these codes.
    #[must_use]
    pub fn beside(mut self, codes: impl IntoIterator<Item = String>) -> Self {
        self.beside.extend(codes);
        self
    }

    /// Whether our partner may be created beside the one with this code.
    pub fn covers(&self, code: &str) -> bool {
        self.beside.contains(code)
    }

    /// Whether it was given for this campus.
    pub fn is_for(&self, campus: &CampusCode) -> bool {
        self.campus == *campus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_code_typed_exactly_and_serves_no_other_campus() {
        let code = |text: &str| CampusCode::parse(text).expect("a code");
        let (queens, baruch) = (code("01CUNY_QC"), code("01CUNY_BB"));
        for typed in ["", "01CUNY_BB", "01cuny_qc", " 01CUNY_QC", "01CUNY_QC "] {
            assert_eq!(Consent::given(typed, &queens), None, "{typed:?}");
        }
        let consent = Consent::given("01CUNY_QC", &queens).expect("typed exactly");
        assert!(consent.is_for(&queens) && !consent.is_for(&baruch));
        assert_eq!(Consent::answered("01cuny_qc", &queens), Some(consent));
        for typed in ["", "01CUNY_BB", " 01CUNY_QC", "01cuny_q"] {
            assert_eq!(Consent::answered(typed, &queens), None, "{typed:?}");
        }
    }
}
