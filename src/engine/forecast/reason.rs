//! Why a person has an outlook, in words. Identifiers appear only if somebody asked to see them.
use super::person::{AlmaAccount, IlliadAccount, OtherName, Outlook, PersonForecast, PersonKnowledge, UNKNOWN_TO_ALMA};
use crate::engine::observed::AccountState;
use crate::text::clean;

/// The consequence, worded the same in every report.
const SECOND: &str = "with \"Create user in ILLiad\" on, Alma would silently create a second account";

/// The limit of a forecast without an old username.
pub(super) const OLDER_UNKNOWN: &str = "an older account under another name would not show up here";

/// What is told of an older account that is disavowed.
const MERGED: &str = "an older account was merged away (Cleared is DIS)";

/// Whether a report shows identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifiers {
    /// A pseudonym stands for each person.
    Hashed,
    Shown,
}

/// The reason for a person's outlook, in words.
pub(super) fn why(foreseen: &PersonForecast, show: Identifiers) -> String {
    let known = match &foreseen.known {
        Ok(known) => known,
        Err(unread) => return unread.plain().to_owned(),
    };
    let named = |name: Option<&String>| match (show, name) {
        (Identifiers::Shown, Some(name)) => format!(" ({})", clean(name, 60)),
        _ => String::new(),
    };
    let earlier = &foreseen.person.earlier;
    let old = (known.facts.other == Some(OtherName::OldUsername)).then(|| earlier.first()).flatten();
    let (alma, illiad) = (named(known.names.alma.as_ref()), named(known.names.illiad.as_ref().or(old)));
    match foreseen.outlook() {
        Outlook::Same => format!("one account, the EMPLID in both systems{}", unhindered(known)),
        Outlook::OtherSpelling => spelling(known, &alma, &illiad),
        Outlook::NotYet if known.facts.merged.is_some() => format!(
            "not in ILLiad under this EMPLID: Alma will create an account; {MERGED}, but not into one of this name"
        ),
        Outlook::NotYet if earlier.is_empty() => format!(
            "not in ILLiad under this EMPLID: Alma will create an account; no old username was given, so {OLDER_UNKNOWN}"
        ),
        Outlook::NotYet => {
            "not in ILLiad, not even under the old username: Alma will create the first account".to_owned()
        }
        Outlook::WouldDouble(by) => {
            format!(
                "ILLiad has {}, but none under the identifier that Alma sends{alma}: {SECOND}",
                account(by, &illiad)
            )
        }
        Outlook::AlreadyDoubled(by) => format!(
            "ILLiad has two accounts already: {}, and one under the identifier that Alma sends{alma}",
            account(by, &illiad)
        ),
        Outlook::AccountTrouble(state) => {
            let beside = known.facts.other.map(|by| format!("; ILLiad also has {}", account(by, &illiad)));
            format!(
                "the ILLiad account under the identifier that Alma sends{alma} {}{}",
                state.trouble().unwrap_or("needs attention"),
                beside.unwrap_or_default()
            )
        }
        Outlook::UnknownToAlma => UNKNOWN_TO_ALMA.to_owned(),
        Outlook::Unread => String::new(),
    }
}

/// What is told of an account that works.
fn unhindered(known: &PersonKnowledge) -> String {
    let cleared = (known.facts.state == Some(AccountState::NotCleared))
        .then_some("; ILLiad has not cleared it yet, which does not stop requests");
    let merged = known.facts.merged.map(|_| format!("; {MERGED}, so that is settled"));
    format!("{}{}", cleared.unwrap_or_default(), merged.unwrap_or_default())
}

fn account(by: OtherName, name: &str) -> String {
    match by {
        OtherName::OldUsername => format!("an account under the old username{name}"),
        OtherName::GivenId => {
            format!("an account under the EMPLID given{name}, which is not Alma's primary identifier")
        }
        OtherName::ExternalId => format!("an account under another username{name} with this ExternalUserId"),
    }
}

fn spelling(known: &PersonKnowledge, alma: &str, illiad: &str) -> String {
    let in_alma = match known.facts.alma {
        AlmaAccount::OtherCase => Some(format!("Alma's identifier differs in upper and lower case{alma}")),
        AlmaAccount::OtherIdentifier => {
            Some(format!("Alma's primary identifier is a different one{alma}, and ILLiad has that one"))
        }
        AlmaAccount::LostZeros => {
            Some(format!("the list lost zeros at the start of the EMPLID: Alma's primary identifier has them{alma}"))
        }
        AlmaAccount::Primary | AlmaAccount::Unknown => None,
    };
    let in_illiad = match known.facts.account {
        IlliadAccount::OtherCase => Some(format!("ILLiad's username differs in upper and lower case{illiad}")),
        IlliadAccount::TrailingBlank => Some(format!("ILLiad's username ends with a space{illiad}")),
        IlliadAccount::Exact | IlliadAccount::Missing => None,
    };
    in_alma.into_iter().chain(in_illiad).collect::<Vec<_>>().join("; ") + &unhindered(known)
}
