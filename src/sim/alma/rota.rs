//! The rota of a borrowing request. It is worked out after a delay, without staff (facts/alma.md §6). If it ends at
//! ILLiad, the request is exported there.
//!
//! What Alma really posts is not public. Here it is the fields that the partner's parameters name (facts/alma.md §9).
use super::zone::{AlmaZone, Leg};
use crate::sim::http::{SimAnswer, SimRequest};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A request to export to ILLiad. It holds the export key, so it has no `Debug`.
pub(in crate::sim) struct Export {
    request_id: String,
    /// The path of the partner's URL on this ILLiad; `None` if the URL is on another host.
    path: Option<String>,
    key: String,
    patron: String,
    creates_user: bool,
    user: Value,
    transaction: Value,
}

impl Export {
    /// Hands the request to ILLiad: finds or creates the user, then creates the transaction. Returns whether ILLiad
    /// took it.
    pub(in crate::sim) fn carry_out(&self, illiad: &mut dyn FnMut(&SimRequest) -> SimAnswer) -> bool {
        let Some(path) = &self.path else { return false };
        let base = path.rsplit_once('/').map_or("", |(base, _)| base);
        let lookup = self.ask("GET", &format!("{base}/Users/ExternalUserId/{}", self.patron), &Value::Null);
        let known = illiad(&lookup).status == 200;
        if !known && !self.creates_user {
            return false;
        }
        let creation = self.ask("POST", &format!("{base}/Users"), &self.user);
        if !known && illiad(&creation).status != 200 {
            return false;
        }
        let mut transaction = self.transaction.clone();
        transaction[if known { "ExternalUserId" } else { "Username" }] = json!(self.patron);
        illiad(&self.ask("POST", path, &transaction)).status == 200
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> SimRequest {
        let mut ask = SimRequest::new(method, path, "");
        ask.headers =
            vec![("apikey".to_owned(), self.key.clone()), ("content-type".to_owned(), "application/json".to_owned())];
        ask.body = body.to_string().into_bytes();
        ask
    }
}

impl AlmaZone {
    /// Works out the rotas that are due by now, and returns the requests that go to ILLiad.
    pub(in crate::sim) fn due_exports(&mut self, now: Instant) -> Vec<Export> {
        let delay = Duration::from_millis(self.settings.rota.delay_ms);
        let mut exports = Vec::new();
        for at in 0..self.borrowings.len() {
            let borrowing = &self.borrowings[at];
            if borrowing.leg != Leg::Locating || now.duration_since(borrowing.made) < delay {
                continue;
            }
            let last_resort = self.last_resort(&borrowing.record).cloned();
            let record = &mut self.borrowings[at].record;
            record["status"] = json!({"value": "READY_TO_SEND", "desc": "Ready to be sent"});
            if let Some(partner) = last_resort {
                let details = &partner["partner_details"];
                record["partner"] = json!({"value": details["code"], "desc": details["name"]});
                let record = record.clone();
                exports.extend(self.export(&record, &partner, at));
            }
            self.borrowings[at].leg = Leg::Settled;
        }
        exports
    }

    /// The last partner of a request's rota that takes requests. No peer library has the test requests' titles.
    fn last_resort(&self, request: &Value) -> Option<&Value> {
        let taking = |code: &str| {
            self.partners.iter().find(|partner| {
                let details = &partner["partner_details"];
                details["code"].as_str().is_some_and(|there| there.eq_ignore_ascii_case(code))
                    && details["status"] == "ACTIVE"
                    && details["borrowing_supported"] == true
            })
        };
        self.screens.rota(request).into_iter().rev().find_map(taking)
    }

    fn export(&self, request: &Value, partner: &Value, at: usize) -> Option<Export> {
        let ncip = &partner["partner_details"]["profile_details"]["ncip_details"];
        if ncip["export_to_third_party"] != "USING_API" {
            return None;
        }
        let text = |name: &str| ncip[name].as_str().unwrap_or_default().to_owned();
        let origin = self.illiad_url.trim_end_matches("/illiadwebplatform");
        let patron = self.borrowings[at].patron.clone();
        let mut transaction = json!({
            "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": request["title"], "LoanAuthor": request["author"],
            "ESPNumber": request["oclc_number"]
        });
        transaction[text("export_request_id_name_tag")] = request["external_id"].clone();
        Some(Export {
            request_id: request["request_id"].as_str().unwrap_or_default().to_owned(),
            path: text("export_url").strip_prefix(origin).map(str::to_owned),
            key: text("export_api_key"),
            user: json!({
                "UserName": patron, "ExternalUserId": patron, "NVTGC": "ILL", "Status": ncip["status"],
                "NotificationMethod": "Electronic", "DeliveryMethod": "Hold for Pickup", "LoanDeliveryMethod": "Hold for Pickup",
                "Web": ncip["electronic_delivery"] == "YES", "AuthType": "Default"
            }),
            patron,
            creates_user: ncip["create_user_on_export"] == true,
            transaction,
        })
    }

    /// Records the outcome of an export. A request that was not taken keeps its status.
    pub(in crate::sim) fn exported(&mut self, export: &Export, taken: bool) {
        let found = self.borrowings.iter_mut().find(|b| b.record["request_id"] == export.request_id.as_str());
        if let (Some(borrowing), true) = (found, taken) {
            borrowing.record["status"] = json!({"value": "EXPORTED_TO_3RD_PARTY", "desc": "Exported to third party"});
        }
    }
}
