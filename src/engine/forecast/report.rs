//! Presents the forecast: counts, words, JSON and exit code. Identifiers appear only if somebody asked to see them.
use super::person::{
    AlmaAccount, COMPARE, IlliadAccount, OtherName, Outlook, PersonForecast, PersonKnowledge, UNKNOWN_TO_ALMA,
};
use crate::engine::journal::{JournalEvent, Target};
use crate::site::Site;
use crate::text::clean;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The consequence, worded the same in every report.
const SECOND: &str = "with \"create user\" on, Alma would silently make a second account";

/// The limit of a forecast without an old username.
const OLDER_UNKNOWN: &str = "an older account under another name would not be seen here";

/// The next step if there would be second accounts.
const NEXT: &str =
    "next: FAQ 383002: send OCLC the list of old usernames and EMPLIDs, and run this again after it was loaded";

/// The next step for people who already have two accounts.
const NEXT_DOUBLED: &str = "next, for those with two accounts: settle with OCLC which one stays before the list is loaded; a username that is taken cannot be given to the old account";

/// Whether a report shows identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identifiers {
    /// A pseudonym stands for each person.
    Hashed,
    Shown,
}

/// The forecast for all people asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// In the order given.
    pub people: Vec<PersonForecast>,
    /// Line numbers of the file without anybody who could be looked up.
    pub nameless: Vec<u64>,
    pub at: Timestamp,
}

/// The number of people with each outlook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    same: usize,
    other_spelling: usize,
    not_yet: usize,
    would_double: usize,
    already_doubled: usize,
    unknown_to_alma: usize,
    unread: usize,
}

impl Forecast {
    /// The number of people with each outlook. A line without a usable name counts as unread.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { unread: self.nameless.len(), ..Counts::default() };
        for person in &self.people {
            let count = match person.outlook() {
                Outlook::Same => &mut counts.same,
                Outlook::OtherSpelling => &mut counts.other_spelling,
                Outlook::NotYet => &mut counts.not_yet,
                Outlook::WouldDouble(_) => &mut counts.would_double,
                Outlook::AlreadyDoubled(_) => &mut counts.already_doubled,
                Outlook::UnknownToAlma => &mut counts.unknown_to_alma,
                Outlook::Unread => &mut counts.unread,
            };
            *count += 1;
        }
        counts
    }

    /// 0: nobody gets a second account. 3: somebody would, or already has one. 1: somebody could not be read.
    pub fn exit_code(&self) -> u8 {
        let counts = self.counts();
        match (counts.unread, counts.would_double + counts.already_doubled) {
            (0, 0) => 0,
            (0, _) => 3,
            _ => 1,
        }
    }

    /// The journal event for this forecast. It has numbers only, no names.
    pub fn entry(&self, site: &Site) -> JournalEvent {
        let counts = self.counts();
        let doubled = counts.would_double + counts.already_doubled;
        JournalEvent::Foreseen {
            environment: site.environment,
            people: self.asked(),
            doubled,
            unread: counts.unread,
            target: Some(Target::of(site)),
        }
    }

    fn asked(&self) -> usize {
        self.people.len() + self.nameless.len()
    }
}

#[derive(Debug, Serialize)]
struct PersonJson<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    emplid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_usernames: Option<&'a [String]>,
    line: Option<u64>,
    outlook: &'static str,
    why: String,
    read_at: Option<String>,
}

/// The JSON object that `patrons --json` prints.
pub fn forecast_json(site: &Site, forecast: &Forecast, show: Identifiers) -> Value {
    let person = |foreseen| person_json(foreseen, show);
    json!({
        "schema": 1,
        "version": env!("CARGO_PKG_VERSION"),
        "campus": site.institution,
        "environment": site.environment,
        "forecast_at": time_words(forecast.at),
        "asked": forecast.asked(),
        "counts": forecast.counts(),
        "people": forecast.people.iter().map(person).collect::<Vec<_>>(),
        "lines_without_emplid": forecast.nameless,
    })
}

fn person_json(foreseen: &PersonForecast, show: Identifiers) -> PersonJson<'_> {
    let shown = (show == Identifiers::Shown).then_some(&foreseen.person);
    PersonJson {
        id: &foreseen.pseudonym,
        emplid: shown.map(|person| person.emplid.as_str()),
        old_usernames: shown.map(|person| person.earlier.as_slice()),
        line: foreseen.person.line,
        outlook: foreseen.outlook().as_str(),
        why: why(foreseen, show),
        read_at: foreseen.known.as_ref().ok().map(|known| time_words(known.at)),
    }
}

fn time_words(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The reason for a person's outlook, in words.
fn why(foreseen: &PersonForecast, show: Identifiers) -> String {
    let known = match &foreseen.known {
        Ok(known) => known,
        Err(unread) => return unread.what.clone(),
    };
    let named = |name: Option<&String>| match (show, name) {
        (Identifiers::Shown, Some(name)) => format!(" ({})", clean(name, 60)),
        _ => String::new(),
    };
    let earlier = &foreseen.person.earlier;
    let old = (known.facts.other == Some(OtherName::OldUsername)).then(|| earlier.first()).flatten();
    let (alma, illiad) = (named(known.names.alma.as_ref()), named(known.names.illiad.as_ref().or(old)));
    match foreseen.outlook() {
        Outlook::Same => "one account, the EMPLID in both systems".to_owned(),
        Outlook::OtherSpelling => spelling(known, &alma, &illiad),
        Outlook::NotYet if earlier.is_empty() => format!(
            "not in ILLiad under this EMPLID: Alma will make an account; no old username was given, so {OLDER_UNKNOWN}"
        ),
        Outlook::NotYet => "not in ILLiad, under the old username neither: Alma will make the first account".to_owned(),
        Outlook::WouldDouble(by) => {
            format!(
                "ILLiad has {}, and none under the identifier that Alma sends{alma}: {SECOND}",
                account(by, &illiad)
            )
        }
        Outlook::AlreadyDoubled(by) => format!(
            "ILLiad has two accounts already: {}, and one under the identifier that Alma sends{alma}",
            account(by, &illiad)
        ),
        Outlook::UnknownToAlma => UNKNOWN_TO_ALMA.to_owned(),
        Outlook::Unread => String::new(),
    }
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
        AlmaAccount::OtherCase => Some(format!("Alma writes the identifier in other letter case{alma}")),
        AlmaAccount::OtherIdentifier => {
            Some(format!("Alma's primary identifier is another{alma}, and ILLiad has that one"))
        }
        AlmaAccount::Primary | AlmaAccount::Unknown => None,
    };
    let in_illiad = (known.facts.account == IlliadAccount::OtherCase)
        .then(|| format!("ILLiad writes the username in other letter case{illiad}"));
    in_alma.into_iter().chain(in_illiad).collect::<Vec<_>>().join("; ")
}

/// A line of the report, before it has a place on a screen or in a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForecastLine {
    Blank,
    Sentence(String),
    /// An outlook, and whom it is about and why.
    Columns(&'static str, String),
    /// Says that hashes stand for people. How to see the names depends on where the report is read.
    HashesForPeople,
}

impl ForecastLine {
    /// The line as text. `names` is what to type or press to see the names.
    #[must_use]
    pub fn text(&self, names: &str) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Sentence(words) => words.clone(),
            Self::Columns(left, right) => format!("{left}  {right}"),
            Self::HashesForPeople => {
                format!("Hashes stand for people, the same in every report made here; {names} names them")
            }
        }
    }
}

/// The lines of the report.
pub fn forecast_lines(forecast: &Forecast, show: Identifiers) -> Vec<ForecastLine> {
    let counts = forecast.counts();
    let asked = forecast.asked();
    let of = |count: usize, one: &str, many: &str| {
        ForecastLine::Sentence(format!("{count} of {asked} people {}", if count == 1 { one } else { many }))
    };
    let first = "would become a duplicate ILLiad account";
    let mut lines = vec![of(counts.would_double, first, "would become duplicate ILLiad accounts")];
    let rest = [
        (counts.already_doubled, "has two ILLiad accounts already", "have two ILLiad accounts already"),
        (counts.same, "is the same person in both", "are the same person in both"),
        (counts.other_spelling, "is spelled otherwise somewhere", "are spelled otherwise somewhere"),
        (
            counts.not_yet,
            "is not in ILLiad yet (Alma will make an account)",
            "are not in ILLiad yet (Alma will make an account)",
        ),
        (counts.unknown_to_alma, "is unknown to Alma", "are unknown to Alma"),
        (counts.unread, "could not be looked at", "could not be looked at"),
    ];
    lines.extend(rest.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| of(count, one, many)));
    lines.extend(unsure(forecast));
    lines.extend(worth_telling(forecast, show));
    lines.extend(unread(forecast));
    if counts.would_double + counts.already_doubled + counts.unknown_to_alma > 0 {
        lines.push(ForecastLine::Blank);
    }
    let compare = format!("next, for those unknown to Alma: {COMPARE}");
    let next = [
        (counts.would_double, NEXT),
        (counts.already_doubled, NEXT_DOUBLED),
        (counts.unknown_to_alma, compare.as_str()),
    ];
    lines.extend(
        next.into_iter().filter(|(count, _)| *count > 0).map(|(_, next)| ForecastLine::Sentence(next.to_owned())),
    );
    lines
}

/// Warns about people who count as new to ILLiad although no old username was given to look for.
fn unsure(forecast: &Forecast) -> Option<ForecastLine> {
    let unsure =
        |foreseen: &&PersonForecast| foreseen.outlook() == Outlook::NotYet && foreseen.person.earlier.is_empty();
    let count = forecast.people.iter().filter(unsure).count();
    (count > 0).then(|| {
        ForecastLine::Sentence(format!(
            "Of those not in ILLiad yet, {count} came without an old username: {OLDER_UNKNOWN}"
        ))
    })
}

/// A line for everybody who needs attention, possible second accounts first.
fn worth_telling(forecast: &Forecast, show: Identifiers) -> Vec<ForecastLine> {
    let rank = |foreseen: &&PersonForecast| match foreseen.outlook() {
        Outlook::WouldDouble(_) => 0,
        Outlook::AlreadyDoubled(_) => 1,
        Outlook::OtherSpelling => 2,
        _ => 3,
    };
    let told = |outlook| {
        matches!(
            outlook,
            Outlook::WouldDouble(_) | Outlook::AlreadyDoubled(_) | Outlook::OtherSpelling | Outlook::UnknownToAlma
        )
    };
    let mut people: Vec<&PersonForecast> = forecast.people.iter().filter(|foreseen| told(foreseen.outlook())).collect();
    people.sort_by_key(rank);
    if people.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![ForecastLine::Blank];
    lines.extend(people.into_iter().map(|foreseen| line(foreseen, show)));
    if show == Identifiers::Hashed {
        lines.push(ForecastLine::HashesForPeople);
    }
    lines
}

fn line(foreseen: &PersonForecast, show: Identifiers) -> ForecastLine {
    let who = match show {
        Identifiers::Hashed => foreseen.pseudonym.clone(),
        Identifiers::Shown => clean(&foreseen.person.emplid, 60),
    };
    let place = foreseen.person.line.map(|line| format!("line {line}  ")).unwrap_or_default();
    ForecastLine::Columns(foreseen.outlook().as_str(), format!("{who}  {place}{}", why(foreseen, show)))
}

/// Each reason for an unread person once, with the number of people.
fn unread(forecast: &Forecast) -> Vec<ForecastLine> {
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for why in forecast.people.iter().filter_map(|foreseen| foreseen.known.as_ref().err()) {
        *reasons.entry((why.what.as_str(), why.next.as_str())).or_default() += 1;
    }
    let line = |words: String| ForecastLine::Columns(Outlook::Unread.as_str(), words);
    let mut lines: Vec<ForecastLine> =
        reasons.into_iter().map(|((what, next), count)| line(format!("{count}: {what}; next: {next}"))).collect();
    if !forecast.nameless.is_empty() {
        let shown: Vec<String> = forecast.nameless.iter().take(20).map(u64::to_string).collect();
        let more = if forecast.nameless.len() > shown.len() { ", …" } else { "" };
        let at = shown.join(", ");
        lines.push(line(format!(
            "{}: no EMPLID or no username that could be one, in line {at}{more} of the file; next: correct the file",
            forecast.nameless.len()
        )));
    }
    if !lines.is_empty() {
        lines.insert(0, ForecastLine::Blank);
    }
    lines
}
