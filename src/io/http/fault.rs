//! Exchanges that gave no whole answer, and the words for them.
use super::ask::HttpRequest;
use crate::engine::observed::{UnreadKind, UnreadReason};
use std::time::Duration;

/// What to do where something that is not the service answers.
pub(in crate::io) const BEHIND_SIGN_IN: &str = "compare the address you were given with the service's own: this is the wrong host or path, or the site is behind a sign-in";

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::io) enum HttpFault {
    /// The command's time was used up before this was sent.
    NoTime,
    /// No connection came about: nothing was sent.
    NotSent(String),
    /// No connection came about in time: nothing was sent.
    NoConnection(Duration),
    /// Sent, and no whole answer in time.
    TimedOut(Duration),
    /// Sent, and the connection broke before the answer began.
    Broken(String),
    /// The answer began and broke off.
    CutOff(String),
    /// The answer is longer than the cap, in bytes.
    TooLong(usize),
}

impl HttpFault {
    /// Whether the request certainly never reached the server.
    pub(in crate::io) fn never_left(&self) -> bool {
        matches!(self, Self::NoTime | Self::NotSent(_) | Self::NoConnection(_))
    }

    /// What happened.
    pub(in crate::io) fn words(&self) -> String {
        match self {
            Self::NoTime => "not sent, since the time for this command was used up".into(),
            Self::NotSent(why) => format!("no connection, {why}"),
            Self::NoConnection(time) => format!("no connection within {}", seconds(*time)),
            Self::TimedOut(time) => format!("no whole answer within {}", seconds(*time)),
            Self::Broken(why) => format!("the connection broke before an answer came, {why}"),
            Self::CutOff(why) => format!("the answer broke off, {why}"),
            Self::TooLong(cap) => format!("the answer is longer than {cap} bytes, and was not read further"),
        }
    }

    /// What to do next.
    pub(in crate::io) fn next(&self) -> &'static str {
        match self {
            Self::NoTime => "try again, with fewer steps at once",
            Self::NotSent(why) if why.contains("certificate") => {
                "ask who runs the service, or this network's proxy, for a certificate that this machine's authorities have signed"
            }
            Self::NotSent(why) if why.contains("lookup") || why.contains("dns") => {
                "compare the host with the address you were given, letter by letter; then see whether this machine resolves other names"
            }
            Self::NotSent(_) | Self::NoConnection(_) => {
                "see whether this machine may reach the host (firewall, VPN), and whether the service is up; then check again"
            }
            Self::TimedOut(_) | Self::Broken(_) => {
                "see whether the service is up or under maintenance; then check again"
            }
            Self::CutOff(_) | Self::TooLong(_) => {
                "check again; if it stays, something between here and the service changes its answers"
            }
        }
    }

    /// As the outcome of a read.
    pub(in crate::io) fn unread(&self, ask: &HttpRequest, tries: u32) -> UnreadReason {
        let why = match self {
            Self::CutOff(_) | Self::TooLong(_) => UnreadKind::Nonsense,
            _ => UnreadKind::Network,
        };
        UnreadReason::new(why, ask.words(&tried(&self.words(), tries)), self.next())
    }
}

/// Adds how often it was tried, where more than once.
pub(super) fn tried(words: &str, tries: u32) -> String {
    if tries > 1 { format!("{words} (tried {tries} times)") } else { words.to_owned() }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A set-up shows it too, before there is a campus file to look into.
    #[test]
    fn an_address_is_compared_with_what_somebody_has_at_hand() {
        assert!(BEHIND_SIGN_IN.starts_with("compare the address") && !BEHIND_SIGN_IN.contains("campus file"));
        let next = HttpFault::NotSent("failed to lookup address information".to_owned()).next();
        assert!(next.starts_with("compare the host") && !next.contains("campus file"), "{next}");
    }
}
