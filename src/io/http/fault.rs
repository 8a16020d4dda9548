//! Requests that got no complete answer, and the words for them.
use super::request::HttpRequest;
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::failure::{Failure, FailureKind};
use crate::ports::failed;
use std::time::Duration;

/// Next step when something other than the service answers.
pub(in crate::io) const BEHIND_SIGN_IN: &str =
    "compare the address with the service's own: it is the wrong host or path, or the site is behind a sign-in";

/// The reasons why there is no complete answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::io) enum HttpFault {
    /// The command's time ran out before the request was sent.
    NoTime,
    /// The address would have had a key in it, so nothing was sent.
    KeyInAddress,
    /// No connection was made, so nothing was sent. Holds the cause.
    NotSent(String),
    /// The proxy made no connection to the host, so nothing was sent. Holds the proxy's address and the cause.
    NoTunnel { proxy: String, why: String },
    /// No connection was made within this time, so nothing was sent.
    NoConnection(Duration),
    /// The request was sent, but no complete answer came within this time.
    TimedOut(Duration),
    /// The request was sent, but the connection broke before the answer began. Holds the cause.
    Broken(String),
    /// The answer began with this status but broke off, for this cause.
    CutOff { status: u16, why: String },
    /// The answer is longer than this limit, in bytes.
    TooLong(usize),
}

impl HttpFault {
    /// Whether the request certainly never reached the server.
    pub(in crate::io) fn never_left(&self) -> bool {
        matches!(
            self,
            Self::NoTime | Self::KeyInAddress | Self::NotSent(_) | Self::NoTunnel { .. } | Self::NoConnection(_)
        )
    }

    /// Whether the answer began as a success.
    pub(in crate::io) fn began_well(&self) -> bool {
        matches!(self, Self::CutOff { status: 200..300, .. })
    }

    /// What happened, for a message.
    pub(in crate::io) fn words(&self) -> String {
        match self {
            Self::NoTime => "not sent: the time for this command was used up".into(),
            Self::KeyInAddress => "not sent: a value in it is a key or a part of one, or looks like one".into(),
            Self::NotSent(why) => format!("no connection, {why}"),
            Self::NoTunnel { proxy, why } => format!("no connection through the proxy {proxy} (HTTPS_PROXY), {why}"),
            Self::NoConnection(time) => format!("no connection within {}", seconds(*time)),
            Self::TimedOut(time) => format!("no complete answer within {}", seconds(*time)),
            Self::Broken(why) => format!("the connection broke before an answer came, {why}"),
            Self::CutOff { why, .. } => format!("the answer broke off, {why}"),
            Self::TooLong(cap) => format!("the answer is longer than {cap} bytes; the rest was not read"),
        }
    }

    /// What happened to a request, in one plain sentence.
    pub(in crate::io) fn plain(&self, ask: &HttpRequest) -> String {
        let host = &ask.host;
        match self {
            Self::NoTime => format!("There was no time left to ask {host}."),
            Self::KeyInAddress => {
                format!("{host} was not asked: a value for it looks like a key, and keys go into no address.")
            }
            Self::NoTunnel { proxy, .. } => format!("The proxy {proxy} cannot connect to {host}."),
            Self::NotSent(why) if why.contains("HTTPS_PROXY") => "HTTPS_PROXY is not the address of a proxy.".into(),
            Self::NotSent(why) if why.contains("certificate") => {
                format!("This machine does not trust the certificate of {host}.")
            }
            Self::NotSent(why) if why.contains("lookup") || why.contains("dns") => {
                format!("This machine cannot find a host named {host}.")
            }
            Self::NotSent(_) | Self::NoConnection(_) => format!("This machine cannot reach {host}."),
            Self::TimedOut(time) => format!("{host} did not answer completely within {}.", seconds(*time)),
            Self::Broken(_) => format!("The connection to {host} broke."),
            Self::CutOff { .. } => format!("The answer of {host} broke off."),
            Self::TooLong(_) => format!("The answer of {host} is far too long."),
        }
    }

    /// The next step for the user.
    pub(in crate::io) fn next(&self) -> &'static str {
        match self {
            Self::NoTime => "retry with fewer steps",
            Self::KeyInAddress => {
                "look for a key where none belongs: in the campus file, in a list, or in what was typed"
            }
            Self::NotSent(why) if why.contains("HTTPS_PROXY") => {
                "set HTTPS_PROXY to the proxy's address, http://host:port, or unset it; NO_PROXY names hosts that need no proxy"
            }
            Self::NoTunnel { why, .. } if !why.contains("certificate") => {
                "check that HTTPS_PROXY names the right proxy and that it lets this machine through; NO_PROXY names hosts that need no proxy"
            }
            Self::NotSent(why) | Self::NoTunnel { why, .. } if why.contains("certificate") => {
                "ask those who run the service, or this network's proxy, for a certificate from an authority that this machine trusts"
            }
            Self::NotSent(why) if why.contains("lookup") || why.contains("dns") => {
                "compare the host with the address you were given, letter by letter; then check whether this machine can resolve other names"
            }
            Self::NotSent(_) | Self::NoTunnel { .. } | Self::NoConnection(_) => {
                "check that this machine can reach the host (firewall, VPN) and that the service is up; then check again"
            }
            Self::TimedOut(_) | Self::Broken(_) => {
                "see whether the service is up or under maintenance; then check again"
            }
            Self::CutOff { .. } | Self::TooLong(_) => {
                "check again; if this happens again, something between this machine and the service is changing the answers"
            }
        }
    }

    /// This fault as the reason why a read failed.
    pub(in crate::io) fn unread(&self, ask: &HttpRequest, tries: u32) -> UnreadReason {
        let why = match self {
            Self::CutOff { .. } | Self::TooLong(_) => UnreadKind::Nonsense,
            Self::KeyInAddress => UnreadKind::Unaskable,
            _ => UnreadKind::Network,
        };
        UnreadReason::new(why, ask.words(&tried(&self.words(), tries)), self.next()).in_short(self.plain(ask))
    }
}

/// The failure of a write that was not carried out, for this reason.
pub(in crate::io) fn not_executed(unread: UnreadReason) -> Failure {
    let kind = match unread.why {
        UnreadKind::NoKey(_)
        | UnreadKind::KeyUnfit
        | UnreadKind::KeyRefused
        | UnreadKind::NotAllowed
        | UnreadKind::WrongCampus => FailureKind::Key,
        UnreadKind::Network | UnreadKind::Down => FailureKind::Network,
        UnreadKind::Limit | UnreadKind::Nonsense | UnreadKind::Unaskable | UnreadKind::NotAsked => FailureKind::Refused,
    };
    failed(kind, unread)
}

/// Adds the number of tries, if there was more than one.
pub(super) fn tried(words: &str, tries: u32) -> String {
    if tries > 1 { format!("{words} (tried {tries} times)") } else { words.to_owned() }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The set-up form shows these hints too, before there is a campus file.
    #[test]
    fn an_address_is_compared_with_what_somebody_has_at_hand() {
        assert!(BEHIND_SIGN_IN.starts_with("compare the address") && !BEHIND_SIGN_IN.contains("campus file"));
        let next = HttpFault::NotSent("failed to lookup address information".to_owned()).next();
        assert!(next.starts_with("compare the host") && !next.contains("campus file"), "{next}");
    }
}
