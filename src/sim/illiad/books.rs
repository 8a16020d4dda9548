//! Everything ILLiad holds: users, transactions, notes, and the tables behind its routing.
use super::routing;
use crate::sim::settings::{IlliadSettings, PracticeCampus, TrafficKind, Usernames};
use crate::sim::world::zone_file;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The number of the first transaction made here.
const FIRST_NUMBER: u64 = 410_001;

/// An ILLiad site. It holds keys, so it has no `Debug`.
pub(in crate::sim) struct Illiad {
    pub(super) settings: IlliadSettings,
    pub(super) users: Vec<Value>,
    /// Names that are answered with a wrong record, and the record.
    pub(super) mistaken: Vec<(String, Value)>,
    pub(super) transactions: Vec<Value>,
    pub(super) notes: Vec<Value>,
    pub(super) histories: Vec<Value>,
    /// The rows that somebody has open in the Customization Manager, by index.
    pub(super) open_rule: Option<usize>,
    pub(super) open_queue: Option<usize>,
    /// The transactions that routing has not looked at yet, and when it will.
    awaiting: Vec<(Instant, u64)>,
    next_note: u64,
    next_transaction: u64,
}

impl Illiad {
    pub(in crate::sim) fn new(settings: &IlliadSettings, campus: &PracticeCampus) -> Self {
        let mut illiad = Self {
            settings: settings.clone(),
            users: Vec::new(),
            mistaken: Vec::new(),
            transactions: Vec::new(),
            notes: Vec::new(),
            histories: Vec::new(),
            open_rule: None,
            open_queue: None,
            awaiting: Vec::new(),
            next_note: 1,
            next_transaction: FIRST_NUMBER,
        };
        illiad.users =
            campus.sample.iter().enumerate().map(|(i, emplid)| illiad.patron(i + 1, emplid, &campus.nvtgc)).collect();
        let owner = illiad.users.first().map(|u| u["UserName"].clone()).unwrap_or_default();
        let ordinary = json!({"Username": owner, "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": "An ordinary request",
            "TransactionStatus": "Request Finished"});
        illiad.past(&ordinary, 40);
        (0..settings.older_requests).for_each(|_| illiad.past(&ordinary, 40));
        let of_others = json!({"Username": "20000001", "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": "A real request",
            "TransactionStatus": "Awaiting Request Processing"});
        (0..settings.requests_of_others).for_each(|_| illiad.past(&of_others, 2));
        if settings.traffic == TrafficKind::OneFromAlma {
            let real = json!({"Username": owner, "ProcessType": "Borrowing", "RequestType": "Loan", "LoanTitle": "A request that came from Alma",
                "LoanAuthor": "Somebody", "CitedIn": format!("{}0001234", campus.institution), "TransactionStatus": "Request Imported from Alma"});
            illiad.past(&real, 3);
        }
        illiad
    }

    fn patron(&self, number: usize, emplid: &str, nvtgc: &str) -> Value {
        let name = match self.settings.usernames {
            Usernames::Emplid => emplid.to_owned(),
            Usernames::Other => format!("practicepatron{number}"),
        };
        let fields = json!({
            "UserName": name, "ExternalUserId": null, "FirstName": "Practice", "LastName": format!("Patron {number}"), "NVTGC": nvtgc,
            "SSN": format!("2123400000{number:04}"), "Status": "Staff", "EMailAddress": format!("{emplid}@example.edu"),
            "LastChangedDate": local_time(30)
        });
        laid_over("illiad-user", &fields)
    }

    /// Adds a transaction that was made and routed days ago.
    fn past(&mut self, fields: &Value, days: i64) {
        let mut transaction = laid_over("illiad-transaction", fields);
        transaction["TransactionNumber"] = json!(self.next_transaction());
        transaction["CreationDate"] = json!(local_time(days));
        transaction["TransactionDate"] = json!(local_time(days));
        self.transactions.push(transaction);
    }

    /// The next transaction number. Numbers are never reused, even after a deletion.
    pub(super) fn next_transaction(&mut self) -> u64 {
        self.next_transaction += 1;
        self.next_transaction - 1
    }

    pub(super) fn next_note(&mut self) -> u64 {
        self.next_note += 1;
        self.next_note
    }

    /// Finds a user by name. ILLiad's database ignores letter case, and blanks at the end.
    pub(super) fn user(&self, name: &str) -> Option<&Value> {
        let mistaken = self.mistaken.iter().find(|(asked, _)| asked == name).map(|(_, record)| record);
        mistaken.or_else(|| self.by_field("UserName", name))
    }

    /// Finds a user by the field that `ExternalUserIDMapping` names.
    pub(super) fn mapped_user(&self, id: &str) -> Option<&Value> {
        self.by_field(&self.settings.external_user_id_mapping, id)
    }

    fn by_field(&self, field: &str, wanted: &str) -> Option<&Value> {
        self.users.iter().find(|u| {
            u[field]
                .as_str()
                .is_some_and(|v| v.trim_end_matches(' ').eq_ignore_ascii_case(wanted.trim_end_matches(' ')))
        })
    }

    pub(super) fn transaction(&self, number: u64) -> Option<&Value> {
        self.transactions.iter().find(|t| t["TransactionNumber"] == number)
    }

    pub(super) fn transaction_mut(&mut self, number: u64) -> Option<&mut Value> {
        self.transactions.iter_mut().find(|t| t["TransactionNumber"] == number)
    }

    /// Runs the rules on a new transaction, either now or after this world's delay.
    pub(super) fn submit(&mut self, number: u64, now: Instant) {
        if self.settings.routing_delay_ms == 0 {
            self.run_rules(number);
        } else {
            self.awaiting.push((now + Duration::from_millis(self.settings.routing_delay_ms), number));
        }
    }

    /// Runs the rules that are due by now.
    pub(in crate::sim) fn catch_up(&mut self, now: Instant) {
        let due: Vec<u64> = self.awaiting.iter().filter(|(at, _)| *at <= now).map(|(_, number)| *number).collect();
        self.awaiting.retain(|(at, _)| *at > now);
        due.into_iter().for_each(|number| self.run_rules(number));
    }

    fn run_rules(&mut self, number: u64) {
        let Some(transaction) = self.transaction(number) else {
            return;
        };
        let user = transaction["Username"].as_str().and_then(|name| self.user(name)).cloned().unwrap_or_default();
        let routed = routing::routed(&self.settings, transaction, &user);
        if let (Some(target), Some(transaction)) = (routed, self.transaction_mut(number)) {
            transaction["ProcessType"] = json!(target.process_type);
            transaction["TransactionStatus"] = json!(target.status);
            transaction["TransactionDate"] = json!(local_time(0));
        }
    }

    /// The tables behind the routing.
    pub(in crate::sim) fn tables(&self) -> Value {
        json!({"Routing": self.settings.rules, "CustomQueues": self.settings.queues})
    }

    /// All transactions, oldest first.
    pub(in crate::sim) fn all(&self) -> Vec<Value> {
        self.transactions.clone()
    }
}

/// An object with all fields of its kind, of which these are set.
pub(super) fn laid_over(kind: &str, fields: &Value) -> Value {
    let mut whole = zone_file(kind);
    for (name, value) in fields.as_object().into_iter().flatten() {
        whole[name.as_str()] = value.clone();
    }
    whole
}

/// The time `days_ago` in ILLiad's format: ISO without a time zone, with fractions of a second.
pub(super) fn local_time(days_ago: i64) -> String {
    let then = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days_ago);
    then.strftime("%Y-%m-%dT%H:%M:%S.%3f").to_string()
}
