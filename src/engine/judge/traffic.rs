//! Which request in the queue shows that the routing works: one that our rule could have routed, and not long ago. The list
//! of requests only says which one to look at. What counts is that request, read by its number.
use super::route::Route;
use crate::engine::observed::{Observation, PatronRequests, Transaction, UnreadKind, UnreadReason};
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// What is known of a request that a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CandidateSight<'r> {
    /// Read by its number it stands where the list shows it.
    Confirmed(&'r Transaction),
    /// The two answers differ. Holds both, in words.
    Contradicted(String),
    /// It could not be read by its number, or another request was read.
    Unread(UnreadReason),
}

/// Decides which request of the test patron proves that the routing works.
pub struct TrafficRule<'a> {
    route: &'a Route,
    site: &'a Site,
    /// ILLiad gives local times. A CUNY library's clock is behind UTC, so a time that is later even when taken as UTC is
    /// later in truth.
    now: DateTime,
}

impl<'a> TrafficRule<'a> {
    /// The rule for this campus, at this time.
    pub fn new(route: &'a Route, site: &'a Site, now: Timestamp) -> Self {
        Self { route, site, now: TimeZone::UTC.to_datetime(now) }
    }

    /// The numbers by which to read requests of this list: the newest that would prove it, and the newest that would speak
    /// against it.
    pub fn to_read(&self, rows: &[Transaction]) -> Vec<i64> {
        [self.listed_routed(rows), self.listed_waiting(rows)].into_iter().flatten().map(|row| row.number).collect()
    }

    /// The newest request that proves it, if there is one: the list and the request read by its number both say so.
    pub fn proven_by<'r>(&self, requests: &'r PatronRequests) -> Option<&'r Transaction> {
        match self.routed(requests)? {
            CandidateSight::Confirmed(request) => Some(request),
            CandidateSight::Contradicted(_) | CandidateSight::Unread(_) => None,
        }
    }

    /// What is known of the newest request that the list shows in the queue.
    pub fn routed<'r>(&self, requests: &'r PatronRequests) -> Option<CandidateSight<'r>> {
        let row = self.listed_routed(&requests.list.rows)?;
        Some(self.sight(requests, row, |record| self.is_in_queue(record)))
    }

    /// The newest request that the rule should have routed and that still waits for it, as it was read by its number.
    pub(super) fn left_alone<'r>(&self, requests: &'r PatronRequests) -> Option<&'r Transaction> {
        let read = requests.by_number.values().filter_map(|read| Some(read.got()?.record()));
        read.filter(|one| self.was_left_alone(one)).max_by_key(|one| one.number)
    }

    /// The newest request that the list shows waiting for the rule, if it could not be read by its number. Returns that
    /// number and the reason.
    pub(super) fn perhaps_left_alone(&self, requests: &PatronRequests) -> Option<(i64, UnreadReason)> {
        let row = self.listed_waiting(&requests.list.rows)?;
        match self.sight(requests, row, |record| self.route.awaits(&record.status)) {
            CandidateSight::Unread(why) => Some((row.number, why)),
            CandidateSight::Confirmed(_) | CandidateSight::Contradicted(_) => None,
        }
    }

    /// Whether a request that proves it was made after this time.
    pub(super) fn arrived_since(&self, requests: &PatronRequests, since: Timestamp) -> bool {
        self.proven_by(requests).is_some_and(|request| made_after(request, since))
    }

    /// Names a request that the list shows in the queue although it proves nothing, and says why it does not.
    pub(super) fn doubt(&self, requests: &[Transaction]) -> Option<String> {
        let in_queue = requests.iter().filter(|request| self.is_in_queue(request));
        let (request, why) = in_queue
            .filter_map(|request| Some((request, self.objection(request)?)))
            .max_by_key(|(one, _)| one.number)?;
        Some(format!(
            "ILLiad's list has request {} in \"{}\", but it proves nothing: {why}",
            request.number, self.route.queue
        ))
    }

    fn listed_routed<'r>(&self, rows: &'r [Transaction]) -> Option<&'r Transaction> {
        let proves = |row: &&Transaction| self.is_in_queue(row) && self.objection(row).is_none();
        rows.iter().filter(proves).max_by_key(|row| row.number)
    }

    fn listed_waiting<'r>(&self, rows: &'r [Transaction]) -> Option<&'r Transaction> {
        rows.iter().filter(|row| self.was_left_alone(row)).max_by_key(|row| row.number)
    }

    fn was_left_alone(&self, request: &Transaction) -> bool {
        self.route.awaits(&request.status) && !is_test(request) && self.objection(request).is_none()
    }

    /// Compares a row of the list with the request that was read by its number.
    fn sight<'r>(
        &self,
        requests: &'r PatronRequests,
        row: &Transaction,
        is_there: impl Fn(&Transaction) -> bool,
    ) -> CandidateSight<'r> {
        let listed =
            format!("ILLiad's list has request {} of the test patron in \"{}\"", row.number, short(&row.status));
        let unread = |kind, why: String, next: &str| {
            CandidateSight::Unread(UnreadReason::new(kind, format!("{listed}, but {why}"), next))
        };
        let by_hand = format!("open request {} in the ILLiad client", row.number);
        let record = match requests.by_number.get(&row.number) {
            Some(Observation::Got(read)) => read.record(),
            Some(Observation::NotThere) => {
                return unread(
                    UnreadKind::Nonsense,
                    "asked for that number it says that there is no such request".to_owned(),
                    &by_hand,
                );
            }
            Some(Observation::Unread(why)) => {
                return unread(why.why, format!("it could not be read by its number: {}", why.what), &why.next);
            }
            None => return unread(UnreadKind::NotAsked, "it was not read by its number".to_owned(), &by_hand),
        };
        if !is(&record.username, row.username.as_deref().unwrap_or_default()) || record.cited_in != row.cited_in {
            let why = "read by its number it has another username or CitedIn".to_owned();
            return unread(UnreadKind::Nonsense, why, &by_hand);
        }
        let by_number = match self.objection(record) {
            None if is_there(record) => return CandidateSight::Confirmed(record),
            Some(why) if is_there(record) => why,
            _ => format!("it is in \"{}\"", short(&record.status)),
        };
        CandidateSight::Contradicted(format!("{listed}, but read by its number {by_number}, so it proves nothing"))
    }

    fn is_in_queue(&self, request: &Transaction) -> bool {
        request.status == self.route.queue && !is_test(request)
    }

    /// Why the rule cannot have routed this request, or why nobody knows when it did.
    fn objection(&self, request: &Transaction) -> Option<String> {
        let (route, site) = (self.route, self.site);
        let quoted = |value: &Option<String>| {
            value.as_deref().map_or_else(|| "empty".to_owned(), |value| format!("\"{}\"", short(value)))
        };
        if !is(&request.process_type, &route.process_type) {
            return Some(format!(
                "its process type is {}, not \"{}\"",
                quoted(&request.process_type),
                route.process_type
            ));
        }
        if let Some(lending) = request.lending_string.as_deref().filter(|lending| !lending.trim().is_empty()) {
            return Some(format!("its LendingString is \"{}\", and the rule wants it empty", short(lending)));
        }
        if !request.cited_in.as_deref().is_some_and(|tag| self.is_our_tag(tag)) {
            let campus = &site.institution;
            return Some(format!("its CitedIn is {}, which does not begin with {campus}", quoted(&request.cited_in)));
        }
        if !site.sample.first().is_some_and(|patron| is(&request.username, patron)) {
            return Some("its username is not the test patron's".to_owned());
        }
        self.untimely(request)
    }

    /// Whether a tag has the rule's prefix and our campus's code, which another campus's longer code may begin with.
    fn is_our_tag(&self, tag: &str) -> bool {
        let Self { route, site, .. } = self;
        let rest = tag.strip_prefix(site.institution.as_str());
        !route.prefix.is_empty()
            && tag.starts_with(&route.prefix)
            && rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_alphabetic()))
    }

    fn untimely(&self, request: &Transaction) -> Option<String> {
        let Some(made) = request.created else {
            return Some("ILLiad does not say when it was created".to_owned());
        };
        let day = made.strftime("%Y-%m-%d");
        let age = self.now.duration_since(made).as_hours() / 24;
        if made > self.now {
            Some(format!("ILLiad says it was created on {day}, which is in the future"))
        } else if age > i64::from(self.site.evidence_days) {
            Some(format!("it was created on {day}, {age} days ago"))
        } else {
            None
        }
    }
}

/// Whether a request was surely made after this time. ILLiad's clock is behind UTC, so one made shortly after it may seem older.
pub(super) fn made_after(request: &Transaction, since: Timestamp) -> bool {
    let since = TimeZone::UTC.to_datetime(since);
    request.created.is_some_and(|made| made > since)
}

/// Whether a request was surely made before this time, wherever ILLiad's clock is.
pub(super) fn made_before(request: &Transaction, time: Timestamp) -> bool {
    let time = TimeZone::UTC.to_datetime(time);
    request.created.is_some_and(|made| time.duration_since(made).as_hours() >= 24)
}

/// Whether a request is one of our test requests.
fn is_test(request: &Transaction) -> bool {
    request.cited_in.as_deref().is_some_and(|tag| tag.contains("-lastresort-"))
}

fn is(value: &Option<String>, wanted: &str) -> bool {
    value.as_deref().is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted.trim()))
}

fn short(value: &str) -> String {
    clean(value, 60)
}
