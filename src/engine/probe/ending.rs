//! How a probe ended, judged by the statuses of its requests (facts/illiad.md §2.5, §2.6).
use crate::engine::judge::Route;
use crate::text::clean;
use std::time::Duration;

/// The status that the probe and its twin are routed to at the end.
pub const CANCELLED: &str = "Cancelled by ILL Staff";

/// What to do where somebody moved a test request.
pub(super) const HANDS_OFF: &str =
    "ask the ILL staff not to touch requests titled \"TEST please cancel\", and prove again";

/// The note on both requests, for staff who come across them.
pub const NOTE: &str = "Made by the set-up check of last-resort, and cancelled by it.";

/// The pauses between looks, three minutes in all. Rules seem to run at once, but other services work at intervals
/// (facts/illiad.md §2.2).
pub const LOOKS: [Duration; 6] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(15),
    Duration::from_secs(30),
    Duration::from_secs(60),
    Duration::from_secs(60),
];

/// What the last look at a request showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestView {
    Status(String),
    /// The request does not exist any more.
    Gone,
}

/// Whether a request was watched long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WatchState {
    /// Watched until it left its first status, or until the last look.
    ToTheEnd,
    /// Somebody stopped the watch, or the last looks failed.
    CutShort,
}

/// Where a request ended up that the rule should have routed (facts/illiad.md §2.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProbeEnding {
    /// In the queue it belongs to.
    Routed,
    /// In a queue whose name is almost the wanted one.
    OtherSpelling(String),
    /// Still in the first status after the last look.
    NotRouted(String),
    OtherQueue(String),
    /// In the copyright clearance queue, where articles go.
    CopyrightClearance(String),
    /// In a queue for patrons who are not cleared.
    Blocked(String),
    /// Somebody else cancelled it meanwhile.
    Cancelled(String),
    /// The request does not exist any more.
    Gone,
    /// In the first status, or on its way, when the watch was cut short. `None` when no look showed a status.
    StillWaiting(Option<String>),
}

impl ProbeEnding {
    /// Judges the last look at the probe. `None` when it was never read by its number: a list alone proves nothing.
    pub fn read(route: &Route, sight: Option<&RequestView>, watch: WatchState) -> Self {
        let status = match sight {
            None => return Self::StillWaiting(None),
            Some(RequestView::Gone) => return Self::Gone,
            Some(RequestView::Status(status)) => status.clone(),
        };
        let small = status.to_lowercase();
        if status == route.queue {
            Self::Routed
        } else if is_cancelled(&status) {
            Self::Cancelled(status)
        } else if watch == WatchState::CutShort {
            // Who was stopped has not waited long enough to say where it ends.
            Self::StillWaiting(Some(status))
        } else if route.awaits(&status) {
            Self::NotRouted(status)
        } else if is_near(&status, &route.queue) {
            Self::OtherSpelling(status)
        } else if small.contains("copyright clearance") {
            Self::CopyrightClearance(status)
        } else if ["unverified", "block", "not cleared", "disavow"].iter().any(|word| small.contains(word)) {
            Self::Blocked(status)
        } else {
            Self::OtherQueue(status)
        }
    }

    /// What was seen, with its likely cause.
    pub fn words(&self, route: &Route) -> String {
        let queue = &route.queue;
        match self {
            Self::Routed => format!("it was routed to \"{queue}\""),
            Self::OtherSpelling(status) => format!(
                "it was routed to \"{}\", which is not exactly \"{queue}\": the rule's NewTransactionStatus probably has a typo, \
                 and staff may not see the request in the queue",
                clean(status, 80)
            ),
            Self::NotRouted(_) => format!(
                "it was still in \"{}\" after three minutes: perhaps the rule does not exist or was not saved, RoutingOn is not Yes, the rule is inactive, its TransactionStatus \
                 or MatchString has a typo (curly quotes?), or a rule with a lower number is broken and stopped the run",
                route.from
            ),
            Self::OtherQueue(status) => format!(
                "it went to \"{}\" instead of \"{queue}\": perhaps a rule with a lower number won, or a service such as RAPID or ARM took it",
                clean(status, 80)
            ),
            Self::CopyrightClearance(status) => {
                format!(
                    "it went to \"{}\", where articles go: ILLiad probably took it for an article",
                    clean(status, 80)
                )
            }
            Self::Blocked(status) => format!(
                "it went to \"{}\": perhaps the test patron is not cleared in ILLiad, or a site rule checks the patron's status",
                clean(status, 80)
            ),
            Self::Cancelled(status) => format!("someone else moved it to \"{}\" in the meantime", clean(status, 80)),
            Self::Gone => "it is no longer in ILLiad: someone deleted it in the meantime".to_owned(),
            Self::StillWaiting(Some(status)) => {
                format!("it was in \"{}\" when watching ended early", clean(status, 80))
            }
            Self::StillWaiting(None) => "it could not be read by its number while it was watched".to_owned(),
        }
    }

    /// What the user should do next. `None` when nothing is wrong.
    pub fn next(&self) -> Option<&'static str> {
        Some(match self {
            Self::Routed => return None,
            Self::OtherSpelling(_) => {
                "correct NewTransactionStatus in System | Routing | Routing: copy the queue's name from the value card"
            }
            Self::NotRouted(_) => {
                "in the Customization Manager, check that the rule is saved in System | Routing | Routing; then check System | Routing | RoutingOn, then the rule's RuleActive, TransactionStatus and MatchString, then every rule with a lower RuleNo"
            }
            Self::OtherQueue(_) => {
                "look in System | Routing | Routing for a rule with a lower RuleNo that also matches the request, and give the Alma rule the lowest RuleNo"
            }
            Self::CopyrightClearance(_) => "look for a rule that sends loans to copyright clearance",
            Self::Blocked(_) => {
                "set the test patron's Cleared to Yes in ILLiad, or put another person first in the sample"
            }
            Self::Cancelled(_) | Self::Gone => HANDS_OFF,
            Self::StillWaiting(_) => "prove again, and let it watch to the end",
        })
    }

    /// The name used in `--json`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Routed => "routed",
            Self::OtherSpelling(_) => "other_spelling",
            Self::NotRouted(_) => "not_routed",
            Self::OtherQueue(_) => "other_queue",
            Self::CopyrightClearance(_) => "copyright_clearance",
            Self::Blocked(_) => "blocked",
            Self::Cancelled(_) => "cancelled",
            Self::Gone => "gone",
            Self::StillWaiting(_) => "still_waiting",
        }
    }
}

/// Where the twin ended up, which the rule must leave alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TwinEnding {
    /// In some other queue. Holds its status.
    LeftAlone(String),
    /// In the queue of Alma's requests, so the rule catches requests from elsewhere too.
    Caught(String),
    /// Somebody ended it in the meantime. Holds its status.
    Moved(String),
    /// It does not exist any more, or was never seen.
    Unseen,
}

impl TwinEnding {
    /// Judges the last look at the twin. `None` when there was no look. Where the watch was cut short, the rule may not have got to it
    /// yet.
    pub fn read(route: &Route, sight: Option<&RequestView>, watch: WatchState) -> Self {
        match sight {
            Some(RequestView::Status(status)) if status == &route.queue || is_near(status, &route.queue) => {
                Self::Caught(status.clone())
            }
            Some(RequestView::Status(status)) if is_cancelled(status) => Self::Moved(status.clone()),
            Some(RequestView::Status(status)) if watch == WatchState::ToTheEnd => Self::LeftAlone(status.clone()),
            Some(RequestView::Status(_) | RequestView::Gone) | None => Self::Unseen,
        }
    }

    /// What was seen, with its likely cause.
    pub fn words(&self) -> String {
        match self {
            Self::LeftAlone(status) => format!("the control request was left alone, in \"{}\"", clean(status, 80)),
            Self::Caught(status) => format!(
                "the control request, which does not come from Alma, was routed to \"{}\" too: the rule catches requests from elsewhere; perhaps \
                 the parentheses around the OR in MatchString are missing, or its LIKE is too wide",
                clean(status, 80)
            ),
            Self::Moved(status) => {
                format!("someone else moved the control request to \"{}\" in the meantime", clean(status, 80))
            }
            Self::Unseen => "the outcome for the control request was not seen".to_owned(),
        }
    }
}

/// A status in which nothing is left of a request. The letter case varies (facts/illiad.md §1.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndStatus {
    /// The very status that we route to.
    Cancelled,
    /// ILLiad's other end status (facts/illiad.md §2.6). We do not route to it.
    Finished,
}

impl EndStatus {
    /// What this status is. `None` for every other status, also for one that only begins with "Cancelled".
    pub fn of(status: &str) -> Option<Self> {
        let status = status.trim();
        if status.eq_ignore_ascii_case(CANCELLED) {
            Some(Self::Cancelled)
        } else {
            status.eq_ignore_ascii_case("Request Finished").then_some(Self::Finished)
        }
    }
}

/// Whether a request with this status is closed. The status does not say who cancelled it.
pub fn is_cancelled(status: &str) -> bool {
    let small = status.trim().to_lowercase();
    small.starts_with("cancelled") || small == "request finished"
}

/// Whether two names differ only in case, spaces and punctuation, and in at most two letters.
fn is_near(one: &str, other: &str) -> bool {
    let plain = |text: &str| -> Vec<char> { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (one, other) = (plain(one), plain(other));
    !one.is_empty() && distance(&one, &other) <= 2
}

/// The edit distance: how many letters must be inserted, removed or changed.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn route() -> Route {
        Route {
            from: "Awaiting Request Processing".into(),
            queue: "Request Imported from Alma".into(),
            prefix: "01CUNY".into(),
            process_type: "Borrowing".into(),
        }
    }

    #[rstest]
    #[case("Request Imported from Alma", "routed")]
    #[case("Request imported from Alma", "other_spelling")]
    #[case("Request Imported from Alma ", "other_spelling")]
    #[case("Request Importd from Alma", "other_spelling")]
    #[case("Awaiting Request Processing", "not_routed")]
    #[case("awaiting request processing", "not_routed")]
    #[case("Awaiting RAPID Request Sending", "other_queue")]
    #[case("Awaiting Copyright Clearance", "copyright_clearance")]
    #[case("Awaiting Unverified User Processing", "blocked")]
    #[case("Blocked Users", "blocked")]
    #[case("Cancelled By Customer", "cancelled")]
    fn a_status_means(#[case] status: &str, #[case] word: &str) {
        let read = ProbeEnding::read(&route(), Some(&RequestView::Status(status.into())), WatchState::ToTheEnd);
        assert_eq!(read.as_str(), word);
        assert_eq!(read.next().is_none(), word == "routed");
    }

    #[test]
    fn what_was_not_watched_to_the_end_is_waiting_and_what_is_gone_is_gone() {
        let waits = RequestView::Status("Awaiting Request Processing".into());
        assert_eq!(ProbeEnding::read(&route(), Some(&waits), WatchState::CutShort).as_str(), "still_waiting");
        assert_eq!(ProbeEnding::read(&route(), Some(&RequestView::Gone), WatchState::ToTheEnd), ProbeEnding::Gone);
        let routed = RequestView::Status("Request Imported from Alma".into());
        assert_eq!(
            ProbeEnding::read(&route(), Some(&routed), WatchState::CutShort),
            ProbeEnding::Routed,
            "seen is seen"
        );
        for on_its_way in ["Awaiting RAPID Request Sending", "Awaiting Copyright Clearance", "Blocked Users"] {
            let view = RequestView::Status(on_its_way.into());
            let read = ProbeEnding::read(&route(), Some(&view), WatchState::CutShort);
            assert_eq!(read.as_str(), "still_waiting", "{on_its_way}: whoever is stopped has seen nothing wrong");
            assert!(read.words(&route()).contains(on_its_way), "{}", read.words(&route()));
        }
        let left_alone = TwinEnding::read(&route(), Some(&waits), WatchState::CutShort);
        assert_eq!(left_alone, TwinEnding::Unseen, "the rule may have got to it a moment later");
        let caught = TwinEnding::read(&route(), Some(&routed), WatchState::CutShort);
        assert!(matches!(caught, TwinEnding::Caught(_)), "seen is seen");
    }

    /// The most likely cause comes first.
    #[test]
    fn nothing_routed_is_first_of_all_a_rule_that_is_not_there() {
        let words = ProbeEnding::NotRouted("Awaiting Request Processing".into()).words(&route());
        let causes = words.split_once("minutes: ").map(|(_, causes)| causes);
        assert!(
            causes.is_some_and(|causes| causes.starts_with("perhaps the rule does not exist or was not saved, ")),
            "{words}"
        );
        let next = ProbeEnding::NotRouted(String::new()).next().unwrap_or_default();
        assert!(next.find("check that the rule is saved in") < next.find("RoutingOn"), "{next}");
    }

    #[test]
    fn the_twin_is_caught_by_the_queue_however_it_is_spelt() {
        let read = |status: &str| {
            let view = RequestView::Status(status.into());
            TwinEnding::read(&route(), Some(&view), WatchState::ToTheEnd)
        };
        assert!(matches!(read("Request Imported from Alma"), TwinEnding::Caught(_)));
        assert!(matches!(read("Request Imported From Alma"), TwinEnding::Caught(_)));
        assert!(matches!(read("Awaiting Request Processing"), TwinEnding::LeftAlone(_)));
        assert!(matches!(read("Awaiting RAPID Request Sending"), TwinEnding::LeftAlone(_)));
        for moved in ["Request Finished", "Cancelled by ILL Staff", "Cancelled by Customer"] {
            assert!(matches!(read(moved), TwinEnding::Moved(_)), "{moved}: nobody left it alone");
            assert!(!read(moved).words().contains("left alone"), "{}", read(moved).words());
        }
        assert_eq!(TwinEnding::read(&route(), Some(&RequestView::Gone), WatchState::ToTheEnd), TwinEnding::Unseen);
        assert_eq!(TwinEnding::read(&route(), None, WatchState::ToTheEnd), TwinEnding::Unseen);
    }

    #[test]
    fn three_minutes_in_all() {
        assert_eq!(LOOKS.iter().sum::<Duration>(), Duration::from_secs(180));
    }

    #[test]
    fn cancelled_is_cancelled_in_any_case() {
        assert!(is_cancelled("Cancelled By ILL Staff") && is_cancelled(CANCELLED) && is_cancelled("Request Finished"));
        assert!(!is_cancelled("Awaiting Cancellation") && !is_cancelled(""));
        assert_eq!(EndStatus::of(" cancelled by ILL staff "), Some(EndStatus::Cancelled));
        assert_eq!(EndStatus::of("Request Finished"), Some(EndStatus::Finished));
        for other in ["Cancelled pending staff review", "Cancelled by Customer", "Cancelled", ""] {
            assert_eq!(EndStatus::of(other), None, "{other}: nobody knows that it is the end");
        }
    }
}
