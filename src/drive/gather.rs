//! Reads what the steps need, each resource once and all at the same time. A failed read becomes an observation.
use crate::engine::journal::{JournalFacts, KeyWrite};
use crate::engine::judge::{KnownKeys, Route, Snapshot, TrafficRule, partner_code};
use crate::engine::observed::{
    AlmaObservations, IlliadObservations, NumberedRequest, Observation, PartnerEntry, PartnerRecord, PatronObservation,
    PatronRequests, RowList, Transaction, UnreadKind, UnreadReason,
};
use crate::ports::{AlmaRead, Clock, IlliadRead, Keys};
use crate::recipe::{CodeTable, KeySlot, Recipe, StepId};
use crate::secret::ApiKey;
use crate::site::Site;
use crate::text::clean;
use futures_util::future::{join, join_all, join3, join4};
use std::collections::BTreeMap;

/// What a run needs to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadScope {
    names: bool,
    partner: bool,
    /// The list of all partners.
    listing: bool,
    others: bool,
    illiad: bool,
    patrons: bool,
}

impl ReadScope {
    /// What checking these steps needs.
    pub(super) fn check(steps: &[StepId]) -> Self {
        use StepId::{Connect, Parameters, Partner, Patrons, Prove};
        let any = |of: &[StepId]| steps.iter().any(|step| of.contains(step));
        Self {
            names: any(&[Connect, Partner, Parameters]),
            partner: any(&[Partner, Parameters]),
            listing: any(&[Connect]),
            others: false,
            illiad: any(&[Connect]),
            patrons: any(&[Patrons, Prove]),
        }
    }

    /// What planning a write to these steps needs: also both tabs, the names, the ILLiad host, and the other partners.
    pub(super) fn plan(steps: &[StepId]) -> Self {
        Self { names: true, partner: true, listing: true, others: true, illiad: true, ..Self::check(steps) }
    }

    /// Whether anything is read from Alma.
    fn asks_alma(self) -> bool {
        self.names || self.partner || self.listing || self.others || self.patrons
    }
}

/// A client, or the reason why it cannot be made, such as a missing key. Every read through it is then unread for that
/// reason.
pub type ClientResult<T> = Result<T, UnreadReason>;

/// The clients of one run, which can only read.
#[derive(Debug)]
pub struct Clients<A, I> {
    pub alma: ClientResult<A>,
    /// Exists even without a key, because reading the version needs none.
    pub illiad: I,
    /// Why ILLiad's key cannot be used, if it cannot.
    pub illiad_key: Result<(), UnreadReason>,
}

/// What this program knows by itself, without reading Alma or ILLiad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnKnowledge {
    pub(super) journal: JournalFacts,
    /// The keys needed for judging.
    pub(super) keys: KnownKeys,
    /// The key with which this program reads ILLiad.
    illiad_key: Option<ApiKey>,
}

impl OwnKnowledge {
    /// For when neither the journal nor the keys can be read.
    pub(super) fn nothing() -> Self {
        let keys = KnownKeys { export_key: Observation::NotThere, other_keys: Vec::new() };
        Self { journal: JournalFacts::default(), keys, illiad_key: None }
    }

    /// The export key, if it is not the key with which this program reads ILLiad.
    fn own_export_key(&self) -> Option<&ApiKey> {
        let (_, key) = self.keys.export_key.got()?;
        let shared = self.illiad_key.as_ref().is_some_and(|own| own.same_as(key));
        (!shared).then_some(key)
    }
}

/// Looks up the stored keys. The ILLiad key serves as the export key only if the slot `export` is known to be empty, and this
/// program wrote no other key to Alma. If the store cannot be used, the export key is unknown and judged as `waiting`; we do not guess.
pub(super) fn known(journal: JournalFacts, keys: &dyn Keys) -> OwnKnowledge {
    let illiad_key = stored(keys, KeySlot::Illiad);
    let export_key = match stored(keys, KeySlot::Export) {
        Observation::NotThere => stand_in(&illiad_key, journal.key_write.as_ref()),
        export => export,
    };
    let illiad_key = illiad_key.got().map(|(_, key)| key.clone());
    let alma_key = stored(keys, KeySlot::Alma).got().map(|(_, key)| key.clone());
    let other_keys = alma_key.into_iter().chain(illiad_key.clone()).collect();
    OwnKnowledge { journal, keys: KnownKeys { export_key, other_keys }, illiad_key }
}

/// The ILLiad key in place of the export key. Where this program wrote another key to Alma, that one is missing here.
fn stand_in(illiad: &Observation<(KeySlot, ApiKey)>, written: Option<&KeyWrite>) -> Observation<(KeySlot, ApiKey)> {
    match (illiad.got(), written) {
        (Some((_, key)), Some(written)) if key.fingerprint() != written.fingerprint => {
            let (who, on) = (clean(&written.who, 60), written.when.strftime("%Y-%m-%d"));
            let why = format!("the key that {who} wrote to Alma on {on} is not stored here");
            let why = UnreadReason::new(UnreadKind::NoKey(KeySlot::Export), why, "last-resort keys set --slot export");
            Observation::Unread(why)
        }
        _ => illiad.clone(),
    }
}

fn stored(keys: &dyn Keys, slot: KeySlot) -> Observation<(KeySlot, ApiKey)> {
    match keys.get(slot) {
        Ok(Some((key, _))) => Observation::Got((slot, key)),
        Ok(None) => Observation::NotThere,
        Err(failure) => {
            let next = failure.hints.into_iter().next();
            let next = next.unwrap_or_else(|| format!("last-resort keys status --slot {}", slot.as_str()));
            let why = UnreadReason::new(UnreadKind::KeyUnfit, failure.what, next);
            Observation::Unread(UnreadReason { short: failure.short.map(String::from), ..why })
        }
    }
}

/// Reads everything in scope.
pub(super) async fn gather<A: AlmaRead, I: IlliadRead>(
    site: &Site,
    clients: &Clients<A, I>,
    known: OwnKnowledge,
    scope: ReadScope,
    clock: &dyn Clock,
) -> Snapshot {
    let (alma, illiad, patrons) =
        join3(alma(site, &clients.alma, scope), illiad(site, clients, &known, scope), patrons(site, clients, scope))
            .await;
    let proxies = [("Alma", clients.alma.as_ref().ok().and_then(AlmaRead::proxy)), ("ILLiad", clients.illiad.proxy())];
    let proxies = proxies.into_iter().filter_map(|(system, proxy)| Some((system, proxy?))).collect();
    let mut snapshot =
        Snapshot { at: clock.now(), alma, illiad, patrons, journal: known.journal, keys: known.keys, proxies };
    let route = Route::wanted(Recipe::embedded(), site, &snapshot);
    if let Observation::Got(requests) = &mut snapshot.illiad.requests {
        let rule = TrafficRule::new(&route, site, snapshot.at);
        requests.by_number = read_by_number(&clients.illiad, &rule, &requests.list.rows).await;
    }
    snapshot
}

/// Reads by their numbers the requests of a list on which a claim would rest, at most two. ILLiad's key must be usable.
pub(super) async fn read_by_number(
    illiad: &impl IlliadRead,
    rule: &TrafficRule<'_>,
    rows: &[Transaction],
) -> BTreeMap<i64, Observation<NumberedRequest>> {
    let read = async |number| (number, Observation::from(illiad.transaction(number).await));
    join_all(rule.to_read(rows).into_iter().map(read)).await.into_iter().collect()
}

async fn alma<A: AlmaRead>(site: &Site, client: &ClientResult<A>, scope: ReadScope) -> AlmaObservations {
    let alma = match client {
        Ok(alma) => alma,
        Err(why) if scope.asks_alma() => return all_unread(why),
        Err(_) => return AlmaObservations::default(),
    };
    if !scope.asks_alma() {
        return AlmaObservations::default();
    }
    let code = partner_code(Recipe::embedded(), site);
    let first = join4(
        wanted(true, alma.general()),
        wanted(scope.partner, alma.partner(&code)),
        wanted(scope.names, alma.libraries()),
        wanted(scope.names, alma.may_write()),
    );
    let second = join4(
        wanted(scope.names, alma.locations(&site.library)),
        wanted(scope.names, alma.desks(&site.library)),
        join_all(CodeTable::ALL.map(async |table| (table, wanted(scope.names, alma.code_table(table)).await))),
        partners_and_others(alma, &code, scope),
    );
    let ((general, partner, libraries, may_write), (locations, desks, tables, (partners, others))) =
        join(first, second).await;
    let tables = tables.into_iter().collect();
    let partner = unless_listed(&code, partner, &partners);
    let others_gap = others.got().and_then(|others| others.gap.clone());
    let others = others.map(|others| others.read.clone());
    AlmaObservations { general, libraries, locations, desks, tables, partner, partners, others, others_gap, may_write }
}

/// A partner that Alma does not find, while its list has one with the same code, may or may not be there.
fn unless_listed(
    code: &str,
    partner: Observation<PartnerRecord>,
    partners: &Observation<RowList<PartnerEntry>>,
) -> Observation<PartnerRecord> {
    let listed = partners.got().is_some_and(|list| list.rows.iter().any(|row| row.code == code));
    match partner {
        Observation::NotThere if listed => Observation::Unread(UnreadReason::new(
            UnreadKind::Nonsense,
            format!(
                "two answers of Alma contradict each other: it says that there is no partner {code} (GET /partners/{code}), but its list of partners has one (GET /partners)"
            ),
            "try again a little later; if the answers still differ, look for the partner in Alma",
        )),
        partner => partner,
    }
}

/// Reads something if it is in scope.
async fn wanted<T, R: Into<Observation<T>>>(ask: bool, read: impl Future<Output = R>) -> Observation<T> {
    if ask { read.await.into() } else { Observation::Unread(UnreadReason::not_asked()) }
}

/// Reads something that needs a key, if there is one.
async fn keyed<T, R: Into<Observation<T>>>(
    key: &Result<(), UnreadReason>,
    read: impl Future<Output = R>,
) -> Observation<T> {
    match key {
        Ok(()) => read.await.into(),
        Err(why) => Observation::Unread(why.clone()),
    }
}

/// Reads the list of partners, once for both uses, and the records of other partners on it.
async fn partners_and_others<A: AlmaRead>(
    alma: &A,
    ours: &str,
    scope: ReadScope,
) -> (Observation<RowList<PartnerEntry>>, Observation<OtherPartners>) {
    let partners = wanted(scope.listing || scope.others, alma.partners()).await;
    let others = match &partners {
        Observation::Got(list) if scope.others => Observation::Got(others(alma, ours, list).await),
        Observation::Got(_) => {
            wanted(false, async { Ok::<OtherPartners, UnreadReason>(OtherPartners::default()) }).await
        }
        Observation::NotThere => Observation::NotThere,
        Observation::Unread(why) => Observation::Unread(why.clone()),
    };
    (partners, others)
}

/// The other partners of the zone.
#[derive(Default)]
struct OtherPartners {
    read: Vec<PartnerRecord>,
    /// Why one of them could not be read.
    gap: Option<UnreadReason>,
}

/// Reads the zone's other partners whose profile is or may be NCIP, at most twelve. One owned by the same library is
/// enough to learn identifiers from.
async fn others<A: AlmaRead>(alma: &A, ours: &str, list: &RowList<PartnerEntry>) -> OtherPartners {
    let maybe_ncip = |row: &&PartnerEntry| row.profile.as_ref().is_none_or(|profile| profile == "NCIP");
    let codes = list.rows.iter().filter(maybe_ncip).map(|row| row.code.as_str());
    let codes = codes.filter(|code| !code.eq_ignore_ascii_case(ours)).take(12);
    let mut others = OtherPartners::default();
    for result in join_all(codes.map(|code| alma.partner(code))).await {
        match result {
            Ok(record) => others.read.extend(record),
            Err(why) => others.gap = others.gap.or(Some(why)),
        }
    }
    others
}

fn all_unread(why: &UnreadReason) -> AlmaObservations {
    AlmaObservations {
        general: Observation::Unread(why.clone()),
        libraries: Observation::Unread(why.clone()),
        locations: Observation::Unread(why.clone()),
        desks: Observation::Unread(why.clone()),
        tables: CodeTable::ALL.map(|table| (table, Observation::Unread(why.clone()))).into(),
        partner: Observation::Unread(why.clone()),
        partners: Observation::Unread(why.clone()),
        others: Observation::Unread(why.clone()),
        others_gap: None,
        may_write: Observation::Unread(why.clone()),
    }
}

async fn illiad<A, I: IlliadRead>(
    site: &Site,
    clients: &Clients<A, I>,
    known: &OwnKnowledge,
    scope: ReadScope,
) -> IlliadObservations {
    let of_its_own = async {
        match known.own_export_key() {
            Some(key) => wanted(scope.illiad, clients.illiad.export_key_accepted(key)).await,
            None => Observation::Unread(UnreadReason::not_asked()),
        }
    };
    let (version, key, of_its_own) = join3(
        wanted(scope.illiad, clients.illiad.version()),
        wanted(scope.illiad, keyed(&clients.illiad_key, clients.illiad.key_accepted())),
        of_its_own,
    )
    .await;
    // When one key serves both purposes, ILLiad is asked about it once.
    let export_key = match &known.keys.export_key {
        Observation::Unread(why) if scope.illiad => Observation::Unread(why.clone()),
        _ if known.own_export_key().is_some() => of_its_own,
        _ => key.clone(),
    };
    let requests = match site.sample.first() {
        Some(id) => wanted(scope.patrons, keyed(&clients.illiad_key, clients.illiad.user_requests(id))).await,
        None if scope.patrons => Observation::Unread(UnreadReason::new(
            UnreadKind::NotAsked,
            "no test patron is configured",
            site.sample_command(),
        )),
        None => Observation::Unread(UnreadReason::not_asked()),
    };
    let requests =
        requests.map(|list: &RowList<Transaction>| PatronRequests { list: list.clone(), by_number: BTreeMap::new() });
    IlliadObservations { version, key, export_key, requests }
}

/// How many patrons are looked up at the same time. This is more than Alma's rate limit allows; with thousands at once,
/// every answer would wake all of them.
const PATRONS_AT_A_TIME: usize = 20;

/// Looks up each patron in both systems, in chunks. The clients keep the rate limits.
async fn patrons<A: AlmaRead, I: IlliadRead>(
    site: &Site,
    clients: &Clients<A, I>,
    scope: ReadScope,
) -> Vec<PatronObservation> {
    if !scope.patrons {
        return Vec::new();
    }
    let look = async |id: &str| {
        let alma = async {
            match &clients.alma {
                Ok(alma) => Observation::from(alma.user(id).await),
                Err(why) => Observation::Unread(why.clone()),
            }
        };
        let illiad = keyed(&clients.illiad_key, clients.illiad.user(id));
        let by_external_id = keyed(&clients.illiad_key, clients.illiad.user_by_external_id(id));
        let (alma, illiad, by_external_id) = join3(alma, illiad, by_external_id).await;
        PatronObservation { emplid: id.to_owned(), alma, illiad, by_external_id }
    };
    let mut seen = Vec::with_capacity(site.sample.len());
    for some in site.sample.chunks(PATRONS_AT_A_TIME) {
        seen.extend(join_all(some.iter().map(|id| look(id))).await);
    }
    seen
}
