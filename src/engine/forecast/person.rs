//! The identity forecast: who would become a second ILLiad account, judged from what the two systems said of one person.
//!
//! Alma sends its primary identifier (procedure, "Search user in ILLiad using"). Where ILLiad has no account of that name, "create
//! user" makes one: the first of a person who is new to ILLiad, a second one of a person whom ILLiad knows by another name.
use crate::engine::observed::UnreadReason;
use crate::secret::hex;
use crate::site::Site;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// For how long what was read of a person counts.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// What it means that Alma does not know somebody: of such a one it makes no account at all.
pub(crate) const UNKNOWN_TO_ALMA: &str = "Alma has no user with this identifier, so no request can come from there";

/// What to do about somebody whom Alma does not know.
pub(crate) const COMPARE: &str =
    "compare the number with the person's primary identifier in Alma: a digit may be wrong";

/// A person to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The EMPLID as given.
    pub emplid: String,
    /// ILLiad usernames from before, as given.
    pub earlier: Vec<String>,
    /// The first line of the file that names the person, where a file does.
    pub line: Option<u64>,
}

/// How Alma knows the person by the EMPLID that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlmaAccount {
    /// It is the primary identifier.
    Primary,
    /// It is the primary identifier in other letter case.
    OtherCase,
    /// It is another of the person's identifiers.
    OtherIdentifier,
    /// Not at all.
    Unknown,
}

/// Whether ILLiad has an account of the name that Alma will send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IlliadAccount {
    /// Under that very name.
    Exact,
    /// In other letter case, which ILLiad's database does not tell apart.
    OtherCase,
    /// None.
    Missing,
}

/// By what ILLiad knows the person under another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OtherName {
    /// The old username that was given.
    OldUsername,
    /// The EMPLID that was given, which is not the identifier that Alma will send.
    GivenId,
    /// `ExternalUserId`.
    ExternalId,
}

/// What the two systems said of one person, without any name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFacts {
    /// Alma.
    pub alma: AlmaAccount,
    /// ILLiad, under the name that Alma will send.
    pub account: IlliadAccount,
    /// ILLiad, under another name.
    pub other: Option<OtherName>,
}

/// Names that were read and that are nobody's business but the person's who asked to see them. They are never kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonNames {
    /// Alma's primary identifier, where it is not the EMPLID given.
    pub alma: Option<String>,
    /// The UserName of the other account in ILLiad, or of the account in other letter case.
    pub illiad: Option<String>,
}

/// What is known of a person, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonKnowledge {
    /// What the systems said.
    pub facts: PersonFacts,
    /// When.
    pub at: Timestamp,
    /// Names, where they were read in this run.
    pub names: PersonNames,
}

/// A person with what is known, or why nothing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonForecast {
    /// Who.
    pub person: Person,
    /// What stands for the person where no identifier may.
    pub pseudonym: String,
    /// What is known.
    pub known: Result<PersonKnowledge, UnreadReason>,
}

/// What will become of a person's accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// One person, one name in both systems.
    Same,
    /// One account that Alma will find, though a name is spelled otherwise somewhere.
    OtherSpelling,
    /// Not yet in ILLiad under any name that was looked for: Alma will make the first account.
    NotYet,
    /// ILLiad knows the person by another name only: Alma would make a second account.
    WouldDouble(OtherName),
    /// There are two accounts already.
    AlreadyDoubled(OtherName),
    /// Alma has no such user, so no request can come.
    UnknownToAlma,
    /// Could not look.
    Unread,
}

impl Outlook {
    /// As the JSON says it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::OtherSpelling => "other_spelling",
            Self::NotYet => "not_yet",
            Self::WouldDouble(_) => "would_double",
            Self::AlreadyDoubled(_) => "already_doubled",
            Self::UnknownToAlma => "unknown_to_alma",
            Self::Unread => "unread",
        }
    }
}

impl PersonForecast {
    /// What will become of the person's accounts.
    #[must_use]
    pub fn outlook(&self) -> Outlook {
        self.known.as_ref().map_or(Outlook::Unread, |known| judge(known.facts))
    }
}

fn judge(facts: PersonFacts) -> Outlook {
    match (facts.alma, facts.account, facts.other) {
        (AlmaAccount::Unknown, ..) => Outlook::UnknownToAlma,
        (_, IlliadAccount::Missing, Some(by)) => Outlook::WouldDouble(by),
        (_, _, Some(by)) => Outlook::AlreadyDoubled(by),
        (_, IlliadAccount::Missing, None) => Outlook::NotYet,
        (AlmaAccount::Primary, IlliadAccount::Exact, None) => Outlook::Same,
        _ => Outlook::OtherSpelling,
    }
}

/// Whether what was read then still counts now. What lies in the future was written by a clock that was wrong.
#[must_use]
pub fn still_counts(at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(at);
    !age.is_negative() && age < FRESH
}

/// Random bytes of this machine's, one set a campus. An EMPLID has eight digits: without salt, its hash would give it away.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt([u8; 32]);

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

impl Salt {
    /// Of these random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What stands for a person in reports: the same in every report of this machine's, and to nobody else of any use.
    #[must_use]
    pub fn pseudonym(&self, emplid: &str) -> String {
        let whole = self.digest("report", &[emplid]);
        whole.chars().take(12).collect()
    }

    /// Under what a person is remembered: another environment, host or old username is another question.
    #[must_use]
    pub fn question(&self, site: &Site, person: &Person) -> String {
        let (alma, illiad) = (site.alma_url.to_string(), site.illiad_url.to_string());
        let mut parts = vec![site.institution.as_str(), site.environment.as_str(), &alma, &illiad, &person.emplid];
        parts.extend(person.earlier.iter().map(String::as_str));
        self.digest("question", &parts)
    }

    fn digest(&self, purpose: &str, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.0);
        for part in std::iter::once(&purpose).chain(parts) {
            // With its length before it, no part can be mistaken for the end of another.
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
        assert_eq!(judge(PersonFacts { alma, account, other }), outlook);
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
