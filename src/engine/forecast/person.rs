//! The identity forecast: who would get a second ILLiad account, judged
//! from what the two systems answered about a person.
//!
//! Alma sends its primary identifier (procedure, "Search user in ILLiad using"). If ILLiad has no account with that
//! name, "create user" makes one. That is a second account for anyone whom ILLiad knows by another name.
use crate::engine::observed::{AccountState, UnreadReason};
use crate::secret::hex;
use crate::site::Site;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// How long an answer about a person stays valid.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Shown when Alma has no such user; Alma then creates no ILLiad account.
pub(crate) const UNKNOWN_TO_ALMA: &str = "Alma has no user with this identifier, so no request can come from there";

/// The next step when Alma does not know a person.
pub(crate) const COMPARE: &str =
    "compare the number with the person's primary identifier in Alma: a digit may be wrong";

/// A person to look up in both systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As given, not yet checked.
    pub emplid: String,
    /// Earlier ILLiad usernames, as given.
    pub earlier: Vec<String>,
    /// The first line of the file that names the person. `None` if the person came from elsewhere.
    pub line: Option<u64>,
}

/// How Alma knows the EMPLID that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlmaAccount {
    /// The EMPLID is the primary identifier.
    Primary,
    /// It is the primary identifier in other letter case.
    OtherCase,
    /// The EMPLID is another of the person's identifiers.
    OtherIdentifier,
    /// The EMPLID was given without the zeros at its start, which a spreadsheet drops.
    LostZeros,
    /// Alma has no such user.
    Unknown,
}

/// Whether ILLiad has an account with the name that Alma will send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IlliadAccount {
    /// Under exactly that name.
    Exact,
    /// In other letter case, which ILLiad's database does not tell apart.
    OtherCase,
    /// With a blank at its end, which ILLiad's database ignores.
    TrailingBlank,
    Missing,
}

/// How ILLiad knows the person under another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherName {
    /// By the old username that was given.
    OldUsername,
    /// By the EMPLID that was given, which differs from the identifier that Alma will send.
    GivenId,
    ExternalId,
}

/// What the two systems answered about one person, without any name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    pub alma: AlmaAccount,
    /// The ILLiad account under the name that Alma will send.
    pub account: IlliadAccount,
    /// The state of that account. `None` if ILLiad has no account.
    pub state: Option<AccountState>,
    /// Another name under which ILLiad has an account for the person.
    pub other: Option<OtherName>,
    /// Another name whose account was merged away, which settles it.
    pub merged: Option<OtherName>,
}

/// Names read in this run. They are private and never stored; they are shown only to somebody who asks for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonNames {
    /// Alma's primary identifier, if it differs from the EMPLID given.
    pub alma: Option<String>,
    /// The UserName of the other ILLiad account, or of the account in other letter case.
    pub illiad: Option<String>,
}

/// What is known about a person, and when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKnowledge {
    pub facts: PersonFacts,
    pub at: Timestamp,
    /// Empty unless the names were read in this run.
    pub names: PersonNames,
}

/// A person with what is known, or the reason why nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonForecast {
    pub person: Person,
    /// Stands for the person where identifiers are hidden. Made by [`Salt::pseudonym`].
    pub pseudonym: String,
    pub known: Result<PersonKnowledge, UnreadReason>,
}

/// What will happen to a person's accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// The same name in both systems.
    Same,
    /// One account, which Alma will find although a name is spelled differently somewhere.
    OtherSpelling,
    /// Not in ILLiad under any name we looked for. Alma will create the first account.
    NotYet,
    /// ILLiad knows the person only by another name. Alma would create a second account.
    WouldDouble(OtherName),
    /// The person already has two accounts.
    AlreadyDoubled(OtherName),
    /// The account under the name that Alma will send cannot take requests, or nobody knows whether it can.
    AccountTrouble(AccountState),
    /// Alma has no such user, so no request can come.
    UnknownToAlma,
    /// At least one system could not be read.
    Unread,
}

impl Outlook {
    /// Whether somebody has to do something about the person's accounts.
    pub(super) fn needs_attention(self) -> bool {
        matches!(self, Self::WouldDouble(_) | Self::AlreadyDoubled(_) | Self::AccountTrouble(_))
    }

    /// The word for it in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::OtherSpelling => "other_spelling",
            Self::NotYet => "not_yet",
            Self::WouldDouble(_) => "would_double",
            Self::AlreadyDoubled(_) => "already_doubled",
            Self::AccountTrouble(_) => "account_trouble",
            Self::UnknownToAlma => "unknown_to_alma",
            Self::Unread => "unread",
        }
    }
}

impl PersonForecast {
    /// The outlook for this person's accounts.
    pub fn outlook(&self) -> Outlook {
        self.known.as_ref().map_or(Outlook::Unread, |known| judge(known.facts))
    }

    /// Whether ILLiad does not know the person and there was no old username to look for.
    pub(super) fn is_unseen(&self) -> bool {
        self.outlook() == Outlook::NotYet && self.person.earlier.is_empty()
    }
}

fn judge(facts: PersonFacts) -> Outlook {
    let trouble = facts.state.filter(|state| state.trouble().is_some());
    if let (true, Some(state)) = (facts.alma != AlmaAccount::Unknown, trouble) {
        return Outlook::AccountTrouble(state);
    }
    match (facts.alma, facts.account, facts.other) {
        (AlmaAccount::Unknown, ..) => Outlook::UnknownToAlma,
        (_, IlliadAccount::Missing, Some(by)) => Outlook::WouldDouble(by),
        (_, _, Some(by)) => Outlook::AlreadyDoubled(by),
        (_, IlliadAccount::Missing, None) => Outlook::NotYet,
        (AlmaAccount::Primary, IlliadAccount::Exact, None) => Outlook::Same,
        _ => Outlook::OtherSpelling,
    }
}

/// Whether an answer read at `at` is still valid. A time in the future comes from a wrong clock and never counts.
pub fn still_counts(at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(at);
    !age.is_negative() && age < FRESH
}

/// Random bytes of this machine, one set for each campus. An EMPLID has only
/// eight digits, so without a salt its hash could be reversed.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

impl Salt {
    /// Makes a salt from random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The pseudonym of a person in reports. It is the same in every
    /// report made on this machine, and useless to anyone else.
    pub fn pseudonym(&self, emplid: &str) -> String {
        let whole = self.digest("report", &[emplid]);
        whole.chars().take(12).collect()
    }

    /// The key under which answers about a person are cached. Another
    /// environment, host or old username makes another key.
    pub fn question(&self, site: &Site, person: &Person) -> String {
        let (alma, illiad) = (site.alma_url.to_string(), site.illiad_url.to_string());
        let mut parts = vec![site.institution.as_str(), site.environment.as_str(), &alma, &illiad, &person.emplid];
        parts.extend(person.earlier.iter().map(String::as_str));
        self.digest("question with account state", &parts)
    }

    fn digest(&self, purpose: &str, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.0);
        for part in std::iter::once(&purpose).chain(parts) {
            // The length goes first, so two different lists of parts never give the same bytes.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hex(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(AlmaAccount::Primary, IlliadAccount::Exact, None, Outlook::Same)]
    #[case(AlmaAccount::LostZeros, IlliadAccount::Exact, None, Outlook::OtherSpelling)]
    #[case(AlmaAccount::Primary, IlliadAccount::TrailingBlank, None, Outlook::OtherSpelling)]
    #[case(AlmaAccount::OtherCase, IlliadAccount::Exact, None, Outlook::OtherSpelling)]
    #[case(AlmaAccount::Primary, IlliadAccount::OtherCase, None, Outlook::OtherSpelling)]
    #[case(AlmaAccount::OtherIdentifier, IlliadAccount::Exact, None, Outlook::OtherSpelling)]
    #[case(AlmaAccount::Primary, IlliadAccount::Missing, None, Outlook::NotYet)]
    #[case(AlmaAccount::OtherIdentifier, IlliadAccount::Missing, None, Outlook::NotYet)]
    #[case(
        AlmaAccount::Primary,
        IlliadAccount::Missing,
        Some(OtherName::OldUsername),
        Outlook::WouldDouble(OtherName::OldUsername)
    )]
    #[case(
        AlmaAccount::OtherIdentifier,
        IlliadAccount::Missing,
        Some(OtherName::GivenId),
        Outlook::WouldDouble(OtherName::GivenId)
    )]
    #[case(
        AlmaAccount::Primary,
        IlliadAccount::Exact,
        Some(OtherName::OldUsername),
        Outlook::AlreadyDoubled(OtherName::OldUsername)
    )]
    #[case(AlmaAccount::Unknown, IlliadAccount::Missing, Some(OtherName::OldUsername), Outlook::UnknownToAlma)]
    fn outlooks(
        #[case] alma: AlmaAccount,
        #[case] account: IlliadAccount,
        #[case] other: Option<OtherName>,
        #[case] outlook: Outlook,
    ) {
        assert_eq!(judge(PersonFacts { alma, account, state: None, other, merged: None }), outlook);
    }

    #[test]
    fn an_account_that_takes_no_requests_needs_somebody() {
        let of = |state| {
            judge(PersonFacts {
                alma: AlmaAccount::Primary,
                account: IlliadAccount::Exact,
                state: Some(state),
                other: None,
                merged: Some(OtherName::OldUsername),
            })
        };
        assert_eq!((of(AccountState::Usable), of(AccountState::NotCleared)), (Outlook::Same, Outlook::Same));
        for state in [AccountState::Disavowed, AccountState::Blocked, AccountState::HalfEmpty, AccountState::NotKnown] {
            assert_eq!(of(state), Outlook::AccountTrouble(state));
        }
    }

    #[test]
    fn a_day_counts_and_no_longer() {
        let then: Timestamp = "2026-11-23T20:00:00Z".parse().expect("a time");
        let after = |hours: i64, seconds: i64| then + SignedDuration::from_secs(hours * 3600 + seconds);
        assert!(still_counts(then, then) && still_counts(then, after(24, -1)));
        assert!(!still_counts(then, after(24, 0)) && !still_counts(then, after(0, -1)));
    }

    #[test]
    fn a_pseudonym_is_of_this_salt_and_parts_do_not_run_together() {
        let (one, two) = (Salt::new([1; 32]), Salt::new([2; 32]));
        assert_eq!(one.pseudonym("10000001"), one.pseudonym("10000001"));
        assert_ne!(one.pseudonym("10000001"), two.pseudonym("10000001"));
        assert_ne!(one.digest("a", &["bc", "d"]), one.digest("a", &["b", "cd"]));
        assert_eq!(format!("{one:?}"), "Salt(…)");
    }
}
