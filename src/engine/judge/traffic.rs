//! Which request in the queue shows that the routing works: one that our rule could have routed, and not long ago.
use super::route::Route;
use crate::engine::observed::Transaction;
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

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

    /// The newest request that proves it, if there is one.
    pub fn proven_by<'r>(&self, requests: &'r [Transaction]) -> Option<&'r Transaction> {
        requests.iter().filter(|request| self.proves(request)).max_by_key(|request| request.number)
    }

    /// The newest request that the rule should have routed and that still waits for it.
    pub(super) fn left_alone<'r>(&self, requests: &'r [Transaction]) -> Option<&'r Transaction> {
        let waits = |one: &&Transaction| self.route.awaits(&one.status) && !is_test(one);
        requests.iter().filter(waits).filter(|one| self.objection(one).is_none()).max_by_key(|one| one.number)
    }

    /// Whether a request that proves it was made after this time.
    pub(super) fn arrived_since(&self, requests: &[Transaction], since: Timestamp) -> bool {
        requests.iter().filter(|request| self.proves(request)).any(|request| made_after(request, since))
    }

    /// Names a request that stands in the queue although it proves nothing, and says why it does not.
    pub(super) fn doubt(&self, requests: &[Transaction]) -> Option<String> {
        let in_queue = requests.iter().filter(|request| self.is_in_queue(request));
        let (request, why) = in_queue
            .filter_map(|request| Some((request, self.objection(request)?)))
            .max_by_key(|(one, _)| one.number)?;
        Some(format!("request {} is in \"{}\" but proves nothing: {why}", request.number, self.route.queue))
    }

    fn proves(&self, request: &Transaction) -> bool {
        self.is_in_queue(request) && self.objection(request).is_none()
    }

    fn is_in_queue(&self, request: &Transaction) -> bool {
        request.status == self.route.queue && !is_test(request)
    }

    /// Why the rule cannot have routed this request, or why nobody knows when it did.
    fn objection(&self, request: &Transaction) -> Option<String> {
        let (route, site) = (self.route, self.site);
        let is = |value: &Option<String>, wanted: &str| {
            value.as_deref().is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted.trim()))
        };
        let shown = |value: &Option<String>| {
            value.as_deref().map_or_else(|| "empty".to_owned(), |value| format!("\"{}\"", clean(value, 60)))
        };
        if !is(&request.process_type, &route.process_type) {
            return Some(format!(
                "its process type is {}, not \"{}\"",
                shown(&request.process_type),
                route.process_type
            ));
        }
        if let Some(lending) = request.lending_string.as_deref().filter(|lending| !lending.trim().is_empty()) {
            return Some(format!("its LendingString is \"{}\", and the rule wants it empty", clean(lending, 60)));
        }
        if !request.cited_in.as_deref().is_some_and(|tag| self.is_our_tag(tag)) {
            let campus = &site.institution;
            return Some(format!("its CitedIn is {}, which does not begin with {campus}", shown(&request.cited_in)));
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
