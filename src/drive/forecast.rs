//! The forecast: looks up a list of people in both systems, a few at a time.
//!
//! Each answer is stored before it counts as read, so an interrupted run continues where it stopped. The clients keep
//! the rate limits. A person who cannot be read is reported as unread; if nobody can be read, the forecast stops
//! asking.
use super::campus_ops::CampusOps;
use crate::engine::forecast::{
    AlmaAccount, Forecast, IlliadAccount, NameMatch, OtherName, PeopleList, Person, PersonFacts, PersonForecast,
    PersonKnowledge, PersonNames, still_counts, with_zeros,
};
use crate::engine::judge::belongs_elsewhere;
use crate::engine::observed::{AccountState, IlliadUser, UnreadKind, UnreadReason};
use crate::failure::Failure;
use crate::ports::{AlmaRead, ForecastMemory, IlliadRead};
use futures_util::future::join;
use futures_util::stream::{FuturesUnordered, StreamExt as _};

/// How many people are looked up at the same time. As many as Alma allows calls a second, so waiting for ILLiad costs no
/// time.
const AT_A_TIME: usize = 10;

/// After this many failures in a row the cause is not the people, so the forecast stops.
const IN_A_ROW: usize = 10;

/// How far a forecast has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastProgress {
    /// People read so far, including those remembered from an earlier run.
    pub done: usize,
    pub all: usize,
}

/// A person still to be looked up: their place in the list, and the salted hash under which the answer is kept.
struct DuePerson<'a> {
    place: usize,
    question: String,
    person: &'a Person,
}

impl<A: AlmaRead, I: IlliadRead> CampusOps<A, I> {
    /// Looks up everybody and forecasts what will become of their accounts. `told` is called for every person read.
    ///
    /// # Errors
    /// Fails when an answer cannot be stored. A person who cannot be read is part of the forecast, not an error.
    pub async fn forecast(
        &self,
        listed: PeopleList,
        memory: &mut impl ForecastMemory,
        mut told: impl FnMut(ForecastProgress),
    ) -> Result<Forecast, Failure> {
        let PeopleList { people, unusable, restored, .. } = listed;
        let mut known: Vec<Option<Result<PersonKnowledge, UnreadReason>>> = Vec::with_capacity(people.len());
        let mut due = Vec::new();
        for (place, person) in people.iter().enumerate() {
            let question = memory.salt().question(&self.site, person);
            let kept = memory.recall(&question).filter(|(_, at)| still_counts(*at, self.clock.now()));
            known.push(kept.map(|(facts, at)| Ok(PersonKnowledge { facts, at, names: PersonNames::default() })));
            if kept.is_none() {
                due.push(DuePerson { place, question, person });
            }
        }
        let all = people.len();
        told(ForecastProgress { done: all - due.len(), all });
        let stopped = self.ask(due, &mut known, memory, |done| told(ForecastProgress { done, all })).await?;
        let pseudonyms: Vec<String> = people.iter().map(|person| memory.salt().pseudonym(&person.emplid)).collect();
        let unasked = stopped.unwrap_or_else(UnreadReason::not_asked);
        let people = people
            .into_iter()
            .zip(pseudonyms)
            .zip(known)
            .map(|((person, pseudonym), known)| PersonForecast {
                person,
                pseudonym,
                known: known.unwrap_or_else(|| Err(unasked.clone())),
            })
            .collect();
        Ok(Forecast { people, unusable, restored, at: self.clock.now() })
    }

    /// Looks up everybody who is due. Returns why it stopped early, if it did.
    async fn ask(
        &self,
        due: Vec<DuePerson<'_>>,
        known: &mut [Option<Result<PersonKnowledge, UnreadReason>>],
        memory: &mut impl ForecastMemory,
        mut told: impl FnMut(usize),
    ) -> Result<Option<UnreadReason>, Failure> {
        if due.is_empty() {
            return Ok(None);
        }
        if let Some(why) = self.closed_to_all().await {
            return Ok(Some(why));
        }
        let mut done = known.iter().flatten().count();
        let mut waiting = due.into_iter();
        let mut reads = FuturesUnordered::new();
        waiting.by_ref().take(AT_A_TIME).for_each(|due| reads.push(self.one(due)));
        let mut failed = 0;
        while let Some((read, due)) = reads.next().await {
            waiting.by_ref().take(1).for_each(|due| reads.push(self.one(due)));
            let read = read.map(|(facts, names)| PersonKnowledge { facts, at: self.clock.now(), names });
            match &read {
                Ok(now) => {
                    memory.keep(&due.question, now.facts, now.at)?;
                    failed = 0;
                    done += 1;
                    told(done);
                }
                // One person's name says nothing about the next one's.
                Err(why) if why.why == UnreadKind::Unaskable => {}
                Err(why) => {
                    failed += 1;
                    if failed >= IN_A_ROW || holds_for_all(why) {
                        let why = not_asked_since(why);
                        known[due.place] = Some(read);
                        return Ok(Some(why));
                    }
                }
            }
            known[due.place] = Some(read);
        }
        Ok(None)
    }

    async fn one<'a>(&self, due: DuePerson<'a>) -> (Result<(PersonFacts, PersonNames), UnreadReason>, DuePerson<'a>) {
        (self.person(due.person).await, due)
    }

    /// Finds out before the first person whether nobody can be read, and why.
    async fn closed_to_all(&self) -> Option<UnreadReason> {
        let alma = match &self.clients.alma {
            Ok(alma) => alma,
            Err(why) => return Some(why.clone()),
        };
        if let Err(why) = &self.clients.illiad_key {
            return Some(why.clone());
        }
        let (general, key) = join(alma.general(), self.clients.illiad.key_accepted()).await;
        match general {
            // A key without permission for Alma's configuration may still read users.
            Err(why) if why.why == UnreadKind::NotAllowed => key.err(),
            Err(why) => Some(why),
            Ok(general) => belongs_elsewhere(&self.site, &general).or(key.err()),
        }
    }

    /// Looks up one person: first in Alma, because its primary identifier is what Alma will send, then in ILLiad.
    async fn person(&self, person: &Person) -> Result<(PersonFacts, PersonNames), UnreadReason> {
        let (alma, illiad) = (self.clients.alma.as_ref().map_err(Clone::clone)?, &self.clients.illiad);
        let emplid = &person.emplid;
        let given: Vec<&str> = std::iter::once(emplid).chain(&person.earlier).map(String::as_str).collect();
        let (known, primary) = in_alma(alma, emplid).await.map_err(|why| nameless(why, &given))?;
        let sent = primary.as_deref().unwrap_or(emplid);
        let all = [given.as_slice(), &[sent]].concat();
        let found = illiad.user(sent).await.map_err(|why| nameless(why, &all))?;
        let account = match &found {
            None => IlliadAccount::Missing,
            Some(user) => match NameMatch::of(sent, &user.user_name) {
                NameMatch::Exact => IlliadAccount::Exact,
                NameMatch::TrailingBlank => IlliadAccount::TrailingBlank,
                NameMatch::OtherCase | NameMatch::Another => IlliadAccount::OtherCase,
            },
        };
        let others = another(illiad, person, sent, account).await.map_err(|why| nameless(why, &all))?;
        let OtherAccounts { live, merged } = others;
        let state = found.as_ref().map(IlliadUser::state);
        let spelled = found.map(|user| user.user_name).filter(|name| name != sent);
        let names = PersonNames {
            alma: primary.clone().filter(|id| id != emplid),
            illiad: live.as_ref().map(|(_, name)| name.clone()).or(spelled),
        };
        Ok((PersonFacts { alma: known, account, state, other: live.map(|(by, _)| by), merged }, names))
    }
}

/// Looks somebody up in Alma. A spreadsheet may have dropped zeros from the start of the EMPLID: if Alma knows the whole
/// one as a primary identifier, that one was meant.
async fn in_alma(alma: &impl AlmaRead, emplid: &str) -> Result<(AlmaAccount, Option<String>), UnreadReason> {
    let primary = alma.user(emplid).await?.map(|user| user.primary_id);
    let known = match &primary {
        None => AlmaAccount::Unknown,
        Some(id) if id == emplid => AlmaAccount::Primary,
        Some(id) if alike(id, emplid) => AlmaAccount::OtherCase,
        Some(_) => AlmaAccount::OtherIdentifier,
    };
    let Some(whole) = with_zeros(emplid).filter(|_| known != AlmaAccount::Primary) else { return Ok((known, primary)) };
    let meant = alma.user(&whole).await?.map(|user| user.primary_id).filter(|id| *id == whole);
    Ok(match meant {
        Some(id) => (AlmaAccount::LostZeros, Some(id)),
        None => (known, primary),
    })
}

/// The person's accounts under other names than the one that Alma will send.
#[derive(Default)]
struct OtherAccounts {
    live: Option<(OtherName, String)>,
    /// One that was merged away.
    merged: Option<OtherName>,
}

impl OtherAccounts {
    fn add(&mut self, by: OtherName, user: IlliadUser) {
        if user.state() == AccountState::Disavowed {
            self.merged = self.merged.or(Some(by));
        } else if self.live.is_none() {
            self.live = Some((by, user.user_name));
        }
    }
}

/// Finds the person's ILLiad accounts under names other than the one that Alma will send.
async fn another(
    illiad: &impl IlliadRead,
    person: &Person,
    sent: &str,
    account: IlliadAccount,
) -> Result<OtherAccounts, UnreadReason> {
    let mut others = OtherAccounts::default();
    let given = std::iter::once((OtherName::GivenId, &person.emplid));
    let earlier = person.earlier.iter().map(|name| (OtherName::OldUsername, name));
    for (by, name) in earlier.chain(given).filter(|(_, name)| !alike(name, sent)) {
        if let Some(user) = illiad.user(name).await? {
            others.add(by, user);
        }
        if others.live.is_some() {
            return Ok(others);
        }
    }
    // If ILLiad has an account of that name, the external id of other accounts does not matter.
    if account == IlliadAccount::Missing
        && let Some(user) = illiad.user_by_external_id(sent).await?.filter(|user| !alike(&user.user_name, sent))
    {
        others.add(OtherName::ExternalId, user);
    }
    Ok(others)
}

/// Compares names as both systems do: neither Alma's identifiers nor ILLiad's usernames are case-sensitive.
fn alike(one: &str, other: &str) -> bool {
    NameMatch::of(one, other) != NameMatch::Another
}

/// Shorter names are not replaced, because they could be part of any word.
const SHORTEST_NAME: usize = 4;

/// Removes names from a message. A server may repeat the name it was asked about, and the message may end up standing
/// for everybody.
fn nameless(mut why: UnreadReason, names: &[&str]) -> UnreadReason {
    for name in names.iter().filter(|name| name.len() >= SHORTEST_NAME) {
        why.what = why.what.replace(name, "[id]");
    }
    why
}

/// Whether looking up the next person would fail for the same reason.
fn holds_for_all(why: &UnreadReason) -> bool {
    match why.why {
        UnreadKind::NoKey(_)
        | UnreadKind::KeyUnfit
        | UnreadKind::KeyRefused
        | UnreadKind::NotAllowed
        | UnreadKind::WrongCampus
        | UnreadKind::Limit => true,
        UnreadKind::Network
        | UnreadKind::Down
        | UnreadKind::Nonsense
        | UnreadKind::Unaskable
        | UnreadKind::NotAsked => false,
    }
}

fn not_asked_since(why: &UnreadReason) -> UnreadReason {
    why.within(|words| format!("not looked up, because others could not be read ({})", words.trim_end_matches('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_repeats_whom_it_was_asked_about_is_not_repeated() {
        let told = |what: &str| {
            nameless(UnreadReason::new(UnreadKind::Nonsense, what, "next"), &["10000001", "jdoe", "7"]).what
        };
        assert_eq!(told("HTTP 417, \"User 10000001 (jdoe) is odd\""), "HTTP 417, \"User [id] ([id]) is odd\"");
    }
}
