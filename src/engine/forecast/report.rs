//! Presents the forecast: counts, words, JSON and exit code. Identifiers appear only if somebody asked to see them.
use super::people::UnusableLine;
use super::person::{AlmaAccount, COMPARE, Outlook, PersonForecast};
use super::reason::{Identifiers, OLDER_UNKNOWN, why};
use super::unread_people::{lines_named, unread_reasons, who};
use crate::site::Site;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The next step if there would be second accounts.
const NEXT: &str =
    "next: FAQ 383002: send OCLC the list of old usernames and EMPLIDs, and run this again once it is loaded";

/// The next step for people who already have two accounts.
const NEXT_DOUBLED: &str = "next, for those with two accounts: agree with OCLC which one stays before the list is loaded; a username already in use cannot be given to the old account";

/// The next step for people whose account takes no requests.
const NEXT_TROUBLE: &str = "next, for accounts that need attention: open them in the ILLiad client; if an account was merged away, agree with OCLC which account the EMPLID belongs to";

/// Said first if the list says nothing about anybody, because Alma knows none of them.
const ALMA_KNOWS_NOBODY: &str =
    "Nobody could be matched: Alma knows none of these people, so their accounts could not be checked";

/// Said first if the list says nothing about anybody, because an older account would not be seen.
const NOBODY_SEEN: &str =
    "Nobody could be matched: ILLiad has none of these EMPLIDs, and there was no old username to look for";

/// Said first if the list says nothing about anybody, because ILLiad has none of its names.
const ILLIAD_KNOWS_NOBODY: &str = "Nobody could be matched: ILLiad has none of these people, neither by EMPLID nor by \
     old username. Is this the right ILLiad, and the right column?";

/// The forecast for all people asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// In the order given.
    pub people: Vec<PersonForecast>,
    /// Lines of the file without anybody who could be looked up.
    pub unusable: Vec<UnusableLine>,
    /// Lines of the file in which a spreadsheet had changed an identifier, and the change was undone.
    pub restored: Vec<u64>,
    pub at: Timestamp,
}

/// The number of people with each outlook.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub(super) same: usize,
    pub(super) other_spelling: usize,
    pub(super) not_yet: usize,
    pub(super) would_double: usize,
    pub(super) already_doubled: usize,
    pub(super) account_trouble: usize,
    pub(super) unknown_to_alma: usize,
    pub(super) unread: usize,
}

impl Forecast {
    /// The number of people with each outlook. A line without a usable name counts as unread.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { unread: self.unusable.len(), ..Counts::default() };
        for person in &self.people {
            let count = match person.outlook() {
                Outlook::Same => &mut counts.same,
                Outlook::OtherSpelling => &mut counts.other_spelling,
                Outlook::NotYet => &mut counts.not_yet,
                Outlook::WouldDouble(_) => &mut counts.would_double,
                Outlook::AlreadyDoubled(_) => &mut counts.already_doubled,
                Outlook::AccountTrouble(_) => &mut counts.account_trouble,
                Outlook::UnknownToAlma => &mut counts.unknown_to_alma,
                Outlook::Unread => &mut counts.unread,
            };
            *count += 1;
        }
        counts
    }

    /// 0: nobody gets a second account. 3: somebody would, already has one, or has one that takes no requests. 1: somebody
    /// could not be read, or nobody could be matched.
    pub fn exit_code(&self) -> u8 {
        let counts = self.counts();
        let somebody = counts.would_double + counts.already_doubled + counts.account_trouble;
        match (counts.unread, somebody) {
            (0, 0) if self.matches_nobody().is_some() => 1,
            (0, 0) => 0,
            (0, _) => 3,
            _ => 1,
        }
    }

    /// Why the list says nothing about anybody, if so: nobody in it could be found in both systems.
    fn matches_nobody(&self) -> Option<&'static str> {
        let count = |of: fn(&PersonForecast) -> bool| self.people.iter().filter(|person| of(person)).count();
        let unknown = count(|person| person.outlook() == Outlook::UnknownToAlma);
        let (missing, unseen) = (count(|person| person.outlook() == Outlook::NotYet), count(PersonForecast::is_unseen));
        match self.people.len() {
            0 => None,
            all if all == unknown => Some(ALMA_KNOWS_NOBODY),
            all if all == unknown + unseen => Some(NOBODY_SEEN),
            all => (all == unknown + missing).then_some(ILLIAD_KNOWS_NOBODY),
        }
    }

    /// The lines in which a spreadsheet had changed an identifier. That zeros are missing shows only once Alma knows the
    /// person with them.
    fn restored_lines(&self) -> Vec<u64> {
        let without_zeros = |person: &&PersonForecast| {
            person.known.as_ref().is_ok_and(|known| known.facts.alma == AlmaAccount::LostZeros)
        };
        let zeros = self.people.iter().filter(without_zeros).filter_map(|person| person.person.line);
        let lines: BTreeSet<u64> = self.restored.iter().copied().chain(zeros).collect();
        lines.into_iter().collect()
    }

    pub(super) fn asked(&self) -> usize {
        self.people.len() + self.unusable.len()
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
        "lines_without_emplid": forecast.unusable.iter().map(|unusable| unusable.line).collect::<Vec<_>>(),
        "unusable_lines": forecast.unusable.iter().map(line_json).collect::<Vec<_>>(),
        "restored_lines": forecast.restored_lines(),
    })
}

fn line_json(unusable: &UnusableLine) -> Value {
    json!({"line": unusable.line, "why": unusable.why.to_string()})
}

fn person_json(foreseen: &PersonForecast, show: Identifiers) -> PersonJson<'_> {
    let shown = (show == Identifiers::Shown).then_some(&foreseen.person);
    PersonJson {
        id: &foreseen.pseudonym,
        emplid: shown.map(|person| person.emplid.as_str()),
        old_usernames: shown.map(|person| person.earlier.as_slice()),
        line: foreseen.person.line,
        outlook: foreseen.outlook().as_str(),
        why: foreseen.known.as_ref().map_or_else(|unread| unread.what.clone(), |_| why(foreseen, show)),
        read_at: foreseen.known.as_ref().ok().map(|known| time_words(known.at)),
    }
}

fn time_words(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
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
                format!("Hashes stand for people, the same in every report made here; {names} shows who they are")
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
    let first = "would get a duplicate ILLiad account";
    let mut lines = vec![of(counts.would_double, first, "would get duplicate ILLiad accounts")];
    if let Some(why) = forecast.matches_nobody() {
        lines.insert(0, ForecastLine::Sentence(why.to_owned()));
    }
    let rest = [
        (counts.already_doubled, "has two ILLiad accounts already", "have two ILLiad accounts already"),
        (
            counts.account_trouble,
            "has an ILLiad account that needs attention",
            "have an ILLiad account that needs attention",
        ),
        (counts.same, "has the same identifiers in both", "have the same identifiers in both"),
        (counts.other_spelling, "is spelled differently somewhere", "are spelled differently somewhere"),
        (
            counts.not_yet,
            "is not in ILLiad yet (Alma will create an account)",
            "are not in ILLiad yet (Alma will create an account)",
        ),
        (counts.unknown_to_alma, "is unknown to Alma", "are unknown to Alma"),
        (counts.unread, "could not be checked", "could not be checked"),
    ];
    lines.extend(rest.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| of(count, one, many)));
    lines.extend(unsure(forecast));
    lines.extend(settled(forecast));
    lines.extend(restored(forecast));
    lines.extend(worth_telling(forecast, show));
    lines.extend(unread(forecast, show));
    let compare = format!("next, for those unknown to Alma: {COMPARE}");
    let next = [
        (counts.would_double, NEXT),
        (counts.already_doubled, NEXT_DOUBLED),
        (counts.account_trouble, NEXT_TROUBLE),
        (counts.unknown_to_alma, compare.as_str()),
    ];
    let next: Vec<&str> = next.into_iter().filter(|(count, _)| *count > 0).map(|(_, next)| next).collect();
    if !next.is_empty() {
        lines.push(ForecastLine::Blank);
    }
    lines.extend(next.into_iter().map(|next| ForecastLine::Sentence(next.to_owned())));
    lines
}

/// Tells how many older accounts were merged away, which is as it should be.
fn settled(forecast: &Forecast) -> Option<ForecastLine> {
    let merged = |foreseen: &&PersonForecast| foreseen.known.as_ref().is_ok_and(|known| known.facts.merged.is_some());
    let count = forecast.people.iter().filter(merged).count();
    (count > 0).then(|| {
        let (has, was) = if count == 1 { ("has", "was") } else { ("have", "were") };
        ForecastLine::Sentence(format!(
            "{count} of these people {has} an older account that {was} merged away (Cleared is DIS); that is settled"
        ))
    })
}

/// Names the lines in which a spreadsheet had changed something. The list goes to OCLC as well.
fn restored(forecast: &Forecast) -> Option<ForecastLine> {
    let lines = forecast.restored_lines();
    (!lines.is_empty()).then(|| {
        ForecastLine::Sentence(format!(
            "A spreadsheet had changed the EMPLID or username in line {}; each was read as it was before. Correct the \
             list before you send it to OCLC",
            lines_named(&lines)
        ))
    })
}

/// Warns about people who count as new to ILLiad although no old username was given to look for.
fn unsure(forecast: &Forecast) -> Option<ForecastLine> {
    let count = forecast.people.iter().filter(|foreseen| foreseen.is_unseen()).count();
    (count > 0).then(|| {
        ForecastLine::Sentence(format!(
            "{count} of those not in ILLiad yet came without an old username: {OLDER_UNKNOWN}"
        ))
    })
}

/// A line for everybody who needs attention, possible second accounts first.
fn worth_telling(forecast: &Forecast, show: Identifiers) -> Vec<ForecastLine> {
    let rank = |foreseen: &&PersonForecast| match foreseen.outlook() {
        Outlook::WouldDouble(_) => 0,
        Outlook::AlreadyDoubled(_) => 1,
        Outlook::AccountTrouble(_) => 2,
        Outlook::OtherSpelling => 3,
        _ => 4,
    };
    let told = |outlook| {
        matches!(
            outlook,
            Outlook::WouldDouble(_)
                | Outlook::AlreadyDoubled(_)
                | Outlook::AccountTrouble(_)
                | Outlook::OtherSpelling
                | Outlook::UnknownToAlma
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
    let who = who(foreseen, show);
    let place = foreseen.person.line.map(|line| format!("line {line}  ")).unwrap_or_default();
    ForecastLine::Columns(foreseen.outlook().as_str(), format!("{who}  {place}{}", why(foreseen, show)))
}

/// Two lines for each reason why people could not be checked: the reason, and the next thing to do.
fn unread(forecast: &Forecast, show: Identifiers) -> Vec<ForecastLine> {
    let reasons = unread_reasons(&forecast.people, &forecast.unusable, show);
    let blank = (!reasons.is_empty()).then_some(ForecastLine::Blank);
    let lines = |(what, next)| {
        let next = ForecastLine::Columns("", format!("next: {next}"));
        [ForecastLine::Columns(Outlook::Unread.as_str(), what), next]
    };
    blank.into_iter().chain(reasons.into_iter().flat_map(lines)).collect()
}
