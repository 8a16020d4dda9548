//! What a person enters on Alma's screens, and which partner a request's rota therefore ends at.
use super::zone::AlmaZone;
use crate::sim::hand_entry::{HandEntry, NoSuchField};
use serde_json::Value;

impl AlmaZone {
    /// Enters values on one of Alma's screens.
    pub(in crate::sim) fn enter(&mut self, entered: &HandEntry<'_>) -> Result<(), NoSuchField> {
        self.screens.enter(entered)
    }

    /// Everything these screens show.
    pub(in crate::sim) fn on_screens(&self) -> Value {
        self.screens.everything()
    }

    /// The partner at the end of a request's rota, if that partner takes requests.
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
