//! What a person enters on these screens, and where the rota of a request ends by it.
use super::zone::AlmaZone;
use crate::sim::hand_entry::{HandEntry, NoSuchField};
use serde_json::Value;

impl AlmaZone {
    /// Enters values on one of these screens.
    pub(in crate::sim) fn enter(&mut self, entered: &HandEntry<'_>) -> Result<(), NoSuchField> {
        self.screens.enter(entered)
    }

    /// What these screens show.
    pub(in crate::sim) fn on_screens(&self) -> Value {
        self.screens.everything()
    }

    /// The partner that the rota of a request ends at, if requests can go to it.
    pub(super) fn last_resort(&self, request: &Value) -> Option<&Value> {
        let code = self.screens.last_partner(request)?;
        self.partners.iter().find(|partner| {
            let details = &partner["partner_details"];
            details["code"].as_str().is_some_and(|there| there.eq_ignore_ascii_case(code))
                && details["status"] == "ACTIVE"
                && details["borrowing_supported"] == true
        })
    }
}
