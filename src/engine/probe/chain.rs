//! The whole chain: a borrowing request in Alma goes through its rota and export into ILLiad's queue
//! (facts/alma.md §6, §9).
use super::ending::{ProbeEnding, is_cancelled};
use crate::engine::journal::{ProbeKind, ProbeToken, ProofResult, ProofScope, ProofStatus, TITLE, is_marked, title};
use crate::engine::judge::Route;
use crate::secret::Fingerprint;
use crate::site::{Site, Stance};
use crate::text::clean;

/// A borrowing request to be created in Alma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBorrowing {
    /// Contains the token that finds the request again, since Alma replaces any id we send with its own.
    pub title: String,
    pub author: String,
    /// Code of the Resource Sharing Library, which is both the owner and the pickup location.
    pub library: String,
}

impl NewBorrowing {
    /// The borrowing request for a proof.
    pub fn of(site: &Site, token: &ProbeToken) -> Self {
        Self {
            title: title(ProbeKind::Borrowing, token),
            author: "last-resort set-up check".to_owned(),
            library: site.library.clone(),
        }
    }
}

/// A borrowing request as Alma returns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BorrowingRequest {
    pub id: String,
    /// The id that Alma writes into the tag named by the partner's parameters.
    pub external_id: Option<String>,
    pub title: Option<String>,
    /// The primary identifier of the patron whose request it is. `None` when Alma does not name one.
    pub requester: Option<String>,
    /// The code of the request's status in Alma.
    pub status: String,
    /// The description of the status. `None` when Alma gives none.
    pub status_words: Option<String>,
    /// Code of the partner that has the request now.
    pub partner: Option<String>,
}

/// How far Alma has got with the rota of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RotaProgress {
    /// Alma is still building the rota, so the partner shown is not final.
    Working,
    AtIlliad,
    Exported,
    /// Another partner has the request. Holds its code.
    Elsewhere(String),
    /// The request is cancelled, completed or otherwise finished.
    Ended,
}

impl BorrowingRequest {
    /// The status and partner in words.
    pub fn words(&self) -> String {
        let status = clean(self.status_words.as_deref().unwrap_or(&self.status), 80);
        match &self.partner {
            Some(partner) => format!("{status}, partner {}", clean(partner, 60)),
            None => status,
        }
    }

    /// Whether the title says that the request is a test to be cancelled.
    pub fn is_a_test(&self) -> bool {
        self.title.as_deref().is_some_and(is_marked)
    }

    /// Judges the progress from status and partner. The code of the exported status is not documented, so we also
    /// search its description.
    pub fn rota(&self, illiad: &str) -> RotaProgress {
        let at_illiad = self.partner.as_deref().is_some_and(|partner| partner.eq_ignore_ascii_case(illiad));
        let status = format!("{} {}", self.status, self.status_words.as_deref().unwrap_or_default()).to_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| status.contains(word));
        if has(&["DELETED", "CANCEL", "HISTORY", "EXPIRED", "COMPLETED", "REJECTED"]) {
            RotaProgress::Ended
        } else if has(&["EXPORT"]) && at_illiad {
            RotaProgress::Exported
        } else if has(&["LOCATE_IN_PROCESS", "REQUEST_CREATED", "PENDING"]) {
            RotaProgress::Working
        } else if at_illiad {
            RotaProgress::AtIlliad
        } else {
            self.partner.clone().map_or(RotaProgress::Working, RotaProgress::Elsewhere)
        }
    }

    /// Whether the request needs no cancelling any more.
    pub fn is_over(&self) -> bool {
        let status = self.status.to_uppercase();
        status == "DELETED" || status.contains("CANCEL") || self.status_words.as_deref().is_some_and(is_cancelled)
    }
}

/// Where a request from Alma ended up in ILLiad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The transaction number in ILLiad.
    pub number: i64,
    pub ending: ProbeEnding,
}

/// How the test of a whole chain ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChainEnding {
    /// The request reached ILLiad. The arrival says where.
    Arrived(Arrival),
    /// ILLiad had the request in Alma, but Alma exported nothing. Holds the status.
    NotExported(String),
    /// The request reached ILLiad, but only its title identifies it: its `CitedIn` does not hold Alma's id. Holds the
    /// transaction number.
    Untagged(i64),
    /// The request reached ILLiad, but Alma gave no external id to compare its `CitedIn` with. Holds the transaction number.
    NoExternalId(i64),
    /// ILLiad's list has the request, but it could not be read by the number in it. Holds that number.
    Unread(i64),
    /// Alma says that the request was exported, but it is not in ILLiad.
    NotFound,
    /// Another partner had the request before ILLiad. Holds its code.
    OtherPartner(String),
    /// Alma did not finish building the rota in time. Holds the status.
    StillLocating(String),
    /// The request ended before it reached ILLiad. Holds the status.
    Over(String),
    /// The user stopped the watch. Holds the status.
    Stopped(String),
}

impl ChainEnding {
    /// Whether the request was seen in ILLiad.
    pub fn reached_illiad(&self) -> bool {
        matches!(self, Self::Arrived(_) | Self::Untagged(_) | Self::NoExternalId(_))
    }

    /// The name used in `--json`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Arrived(arrival) => arrival.ending.as_str(),
            Self::NotExported(_) => "not_exported",
            Self::Untagged(_) => "untagged",
            Self::NoExternalId(_) => "no_external_id",
            Self::Unread(_) => "unread",
            Self::NotFound => "not_found",
            Self::OtherPartner(_) => "other_partner",
            Self::StillLocating(_) => "still_locating",
            Self::Over(_) => "over",
            Self::Stopped(_) => "stopped",
        }
    }

    /// What was seen, with its likely cause.
    fn words(&self, site: &Site, route: &Route) -> String {
        match self {
            Self::Arrived(Arrival { number, ending }) => {
                format!("Alma's half is proved: the request was exported and is {number} in ILLiad; {}", ending.words(route))
            }
            Self::NotExported(status) => format!(
                "Alma's half is not proved: it was ILLiad's turn, but nothing was exported (\"{}\"); perhaps the partner's URL, API Key or \
                 method is wrong, or ILLiad's host blocks Alma",
                clean(status, 80)
            ),
            Self::Untagged(number) => format!(
                "Alma's half is not proved: the request was exported and is {number} in ILLiad, but its CitedIn lacks Alma's request id, \
                 so the rule cannot match it: the Export request ID name tag is not CitedIn"
            ),
            Self::NoExternalId(number) => format!(
                "Alma's half is not proved: the request was exported and is {number} in ILLiad, but Alma named no external_id for it, so \
                 last-resort could not tell whether its CitedIn is right"
            ),
            Self::Unread(number) => format!(
                "Alma's half is not proved: ILLiad's list has the request as {number}, but reading {number} did not show it, so nothing is \
                 known of it"
            ),
            Self::NotFound => "Alma says that the request was exported, but no request of the test patron in ILLiad has its id in CitedIn: perhaps \
                               Alma created a second account for the patron, or wrote the id elsewhere"
                .to_owned(),
            Self::OtherPartner(partner) => {
                let cause = match site.stance {
                    Stance::Ahead => "as expected while the rule is disabled",
                    Stance::Live => {
                        "perhaps the rule is disabled or does not match, or a rule above it keeps its template out of the rota"
                    }
                };
                let partner = clean(partner, 60);
                format!("Alma's half is not proved: the request went to partner {partner} and not to ILLiad; {cause}")
            }
            Self::StillLocating(status) => format!(
                "Alma's half is not proved yet: Alma had not placed the request in a rota when the watch ended (\"{}\")",
                clean(status, 80)
            ),
            Self::Over(status) => {
                format!("Alma's half is not proved: the request ended before it reached ILLiad (\"{}\")", clean(status, 80))
            }
            Self::Stopped(status) => format!(
                "Alma's half is not proved yet: the watch was stopped before the request was seen in ILLiad (\"{}\")",
                clean(status, 80)
            ),
        }
    }

    fn next(&self, site: &Site) -> Option<String> {
        Some(match self {
            Self::Arrived(arrival) => return arrival.ending.next().map(str::to_owned),
            Self::NotExported(_) | Self::Untagged(_) | Self::NotFound => {
                site.command("check partner parameters patrons")
            }
            Self::OtherPartner(_) if site.stance == Stance::Ahead => {
                "prove the chain again once the rule is enabled".to_owned()
            }
            Self::OtherPartner(_) => site.command("--step rule"),
            Self::StillLocating(_) => {
                format!(
                    "place a request titled \"{TITLE}\" by hand and give its id later: {}",
                    site.confirmed("prove --request ID")
                )
            }
            Self::NoExternalId(number) => format!(
                "compare CitedIn of {number} in ILLiad with the External request ID that Alma shows for the request, and prove again"
            ),
            Self::Unread(_) => {
                "look in ILLiad for the test request by the token in its title, and prove again".to_owned()
            }
            Self::Over(_) => "check the request in Alma, and prove again".to_owned(),
            Self::Stopped(_) => "prove again, and let it watch to the end".to_owned(),
        })
    }
}

/// Combines how the chain ended with the proof of ILLiad alone. `illiad_alone` is given when the request did not reach
/// ILLiad.
pub fn judge_chain(
    site: &Site,
    route: &Route,
    ending: &ChainEnding,
    illiad_alone: Option<&ProofResult>,
    key: Option<Fingerprint>,
) -> ProofResult {
    let shows = match (ending, site.stance) {
        (ChainEnding::Arrived(Arrival { ending: ProbeEnding::Routed, .. }), _) => ProofStatus::Proved,
        (ChainEnding::Arrived(Arrival { ending: ProbeEnding::StillWaiting(_), .. }), _)
        | (ChainEnding::StillLocating(_) | ChainEnding::Stopped(_), _)
        | (ChainEnding::OtherPartner(_), Stance::Ahead) => ProofStatus::Waiting,
        (
            ChainEnding::Arrived(Arrival { ending: ProbeEnding::Gone | ProbeEnding::Cancelled(_), .. })
            | ChainEnding::Over(_)
            | ChainEnding::NoExternalId(_)
            | ChainEnding::Unread(_),
            _,
        ) => ProofStatus::Unclear,
        _ => ProofStatus::Wrong,
    };
    // We do not report "waiting for the rule to be enabled" when ILLiad's half is already known to be wrong.
    let wrong = illiad_alone.filter(|alone| shows == ProofStatus::Waiting && alone.shows == ProofStatus::Wrong);
    let (shows, next) = match wrong {
        Some(alone) => (ProofStatus::Wrong, alone.next.clone()),
        None => (shows, ending.next(site)),
    };
    let mut words = ending.words(site, route);
    if let Some(alone) = illiad_alone {
        let half = match alone.shows {
            ProofStatus::Proved => "ILLiad's half is proved",
            ProofStatus::Wrong => "ILLiad's half is wrong",
            ProofStatus::Waiting | ProofStatus::Unclear => "ILLiad's half is not proved",
        };
        words = format!("{words}. {half}: {}", alone.words);
    }
    let number = match ending {
        ChainEnding::Arrived(arrival) => Some(arrival.number),
        ChainEnding::Untagged(number) | ChainEnding::NoExternalId(number) => Some(*number),
        _ => None,
    };
    let key = key.filter(|_| shows == ProofStatus::Proved);
    ProofResult { half: ProofScope::Chain, environment: site.environment, shows, words, next, number, key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn request(status: &str, words: Option<&str>, partner: Option<&str>) -> BorrowingRequest {
        BorrowingRequest {
            id: "1".into(),
            external_id: None,
            title: Some("TEST please cancel: mine".into()),
            requester: None,
            status: status.into(),
            status_words: words.map(str::to_owned),
            partner: partner.map(str::to_owned),
        }
    }

    #[rstest]
    #[case("LOCATE_IN_PROCESS", None, Some("PEER-01"), RotaProgress::Working)]
    #[case("READY_TO_SEND", None, Some("PEER-01"), RotaProgress::Elsewhere("PEER-01".into()))]
    #[case("READY_TO_SEND", None, Some("ILLiad"), RotaProgress::AtIlliad)]
    #[case("X9", Some("Exported to third party"), Some("ILLIAD"), RotaProgress::Exported)]
    #[case("EXPORTED_TO_3RD_PARTY", None, Some("Other"), RotaProgress::Elsewhere("Other".into()))]
    #[case("DELETED", None, Some("ILLiad"), RotaProgress::Ended)]
    #[case("READY_TO_SEND", None, None, RotaProgress::Working)]
    fn status_and_partner_mean(
        #[case] status: &str,
        #[case] words: Option<&str>,
        #[case] partner: Option<&str>,
        #[case] means: RotaProgress,
    ) {
        assert_eq!(request(status, words, partner).rota("ILLiad"), means);
    }

    #[test]
    fn only_what_calls_itself_a_test_is_ours_to_cancel() {
        let mut real = request("READY_TO_SEND", None, None);
        assert!(real.is_a_test());
        real.title = Some("The Iliad".into());
        assert!(!real.is_a_test());
        for title in [
            None,
            Some("test please cancel"),
            Some(" TEST please cancel"),
            Some("TEST please cancelled books"),
            Some("The Protestant Ethic"),
            Some("Test-Driven Development"),
            Some("Latest: please cancel"),
        ] {
            real.title = title.map(str::to_owned);
            assert!(!real.is_a_test(), "{title:?}");
        }
    }
}
