//! Reads what the steps asked about need, each resource once, all at the same time. A failed read becomes an observation.
use crate::engine;
use crate::engine::journal::Target;
use crate::engine::judge::Snapshot;
use crate::engine::observed::{AlmaSeen, IlliadSeen, MayWrite, PartnerRecord, PatronSeen, Seen, Unread, WhyUnread};
use crate::failure::Failure;
use crate::ports::{AlmaRead, Clock, IlliadRead, Journal, Keys};
use crate::recipe::{CodeTable, KeySlot, StepId};
use crate::secret::ApiKey;
use crate::site::Site;
use futures_util::future::{join, join_all, join3, join4};
use std::collections::BTreeMap;

/// The code of the partner (procedure, "Code").
pub const PARTNER: &str = "ILLiad";

/// What a run needs to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    names: Ask,
    partner: Ask,
    others: Ask,
    illiad: Ask,
    patrons: Ask,
}

/// Whether to ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Yes,
    No,
}

impl Ask {
    fn if_any(steps: &[StepId], of: &[StepId]) -> Self {
        if steps.iter().any(|step| of.contains(step)) { Self::Yes } else { Self::No }
    }
}

impl Scope {
    /// For checking these steps.
    #[must_use]
    pub fn check(steps: &[StepId]) -> Self {
        use StepId::{Connect, Parameters, Partner, Patrons, Prove};
        Self {
            names: Ask::if_any(steps, &[Connect, Partner, Parameters]),
            partner: Ask::if_any(steps, &[Partner, Parameters]),
            others: Ask::No,
            illiad: Ask::if_any(steps, &[Connect]),
            patrons: Ask::if_any(steps, &[Patrons, Prove]),
        }
    }

    /// For planning a write: both tabs, the names, the host, and what other partners show.
    #[must_use]
    pub fn plan() -> Self {
        Self { names: Ask::Yes, partner: Ask::Yes, others: Ask::Yes, illiad: Ask::Yes, patrons: Ask::No }
    }

    /// Both of two scopes.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let either = |a, b| if a == Ask::Yes || b == Ask::Yes { Ask::Yes } else { Ask::No };
        Self {
            names: either(self.names, other.names),
            partner: either(self.partner, other.partner),
            others: either(self.others, other.others),
            illiad: either(self.illiad, other.illiad),
            patrons: either(self.patrons, other.patrons),
        }
    }

    /// Whether Alma is asked anything.
    #[must_use]
    pub fn asks_alma(self) -> bool {
        [self.names, self.partner, self.others, self.patrons].contains(&Ask::Yes)
    }
}

/// A client, or why there is none (no key, no store): then every read of it is unread for that reason.
pub type Client<T> = Result<T, Unread>;

/// The two clients of one run.
#[derive(Debug)]
pub struct Clients<A, I> {
    /// Alma.
    pub alma: Client<A>,
    /// ILLiad; made even without a key, since the version needs none.
    pub illiad: I,
    /// Why ILLiad's key cannot be used, if so.
    pub illiad_key: Result<(), Unread>,
}

/// What this program itself knows: words, keys, earlier writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Journal lines.
    pub lines: Vec<engine::journal::Line>,
    /// The key for Alma's partner, where its slot could be looked into.
    pub export_key: Seen<(KeySlot, ApiKey)>,
    /// The program's own key for ILLiad.
    pub illiad_key: Option<ApiKey>,
    /// Alma's, and the program's own of ILLiad: no value may show them.
    pub(super) other_keys: Vec<ApiKey>,
}

impl Known {
    /// Nothing is known.
    pub(super) fn nothing() -> Self {
        Self { lines: Vec::new(), export_key: Seen::NotThere, illiad_key: None, other_keys: Vec::new() }
    }

    /// The key for Alma's partner, where it is another than the program's own.
    fn own_export_key(&self) -> Option<&ApiKey> {
        let (_, key) = self.export_key.got()?;
        let shared = self.illiad_key.as_ref().is_some_and(|own| own.same_as(key));
        (!shared).then_some(key)
    }
}

/// Reads journal and keys. A store that cannot be used leaves the export key unknown, which is said as `waiting`, not guessed: the
/// program's own key serves only where the slot `export` is known to be empty.
///
/// # Errors
/// The journal is there but cannot be read.
pub(super) fn known(journal: &impl Journal, keys: &impl Keys) -> Result<Known, Failure> {
    let illiad_key = stored(keys, KeySlot::Illiad);
    let export_key = match stored(keys, KeySlot::Export) {
        Seen::NotThere => illiad_key.clone(),
        export => export,
    };
    let illiad_key = illiad_key.got().map(|(_, key)| key.clone());
    let alma_key = stored(keys, KeySlot::Alma).got().map(|(_, key)| key.clone());
    let other_keys = alma_key.into_iter().chain(illiad_key.clone()).collect();
    Ok(Known { lines: journal.read()?, export_key, illiad_key, other_keys })
}

fn stored(keys: &impl Keys, slot: KeySlot) -> Seen<(KeySlot, ApiKey)> {
    match keys.get(slot) {
        Ok(Some((key, _))) => Seen::Got((slot, key)),
        Ok(None) => Seen::NotThere,
        Err(failure) => {
            let next = failure.hints.into_iter().next();
            let next = next.unwrap_or_else(|| format!("last-resort keys status --slot {}", slot.as_str()));
            Seen::Unread(Unread::new(WhyUnread::NoKey, failure.what, next))
        }
    }
}

/// Reads everything in scope.
pub(super) async fn gather<A: AlmaRead, I: IlliadRead>(
    site: &Site,
    clients: &Clients<A, I>,
    known: &Known,
    scope: Scope,
    clock: &impl Clock,
) -> Snapshot {
    let (alma, illiad, patrons) =
        join3(alma(site, &clients.alma, scope), illiad(site, clients, known, scope), patrons(site, clients, scope))
            .await;
    Snapshot {
        at: clock.now(),
        alma,
        illiad,
        patrons,
        said: engine::journal::said(&known.lines, &Target::of(site)),
        voided: engine::journal::voided(&known.lines, &Target::of(site)),
        shown: engine::journal::shown(&known.lines, &Target::of(site)),
        export_key: known.export_key.clone(),
        other_keys: known.other_keys.clone(),
        key_written: engine::journal::key_written(&known.lines, site.environment),
        proofs: engine::journal::proofs(&known.lines),
    }
}

async fn alma<A: AlmaRead>(site: &Site, client: &Client<A>, scope: Scope) -> AlmaSeen {
    let alma = match client {
        Ok(alma) => alma,
        Err(why) if scope.asks_alma() => return all_unread(why),
        Err(_) => return AlmaSeen::default(),
    };
    if !scope.asks_alma() {
        return AlmaSeen::default();
    }
    let first = join4(
        async { Seen::from(alma.general().await) },
        wanted(scope.partner, async { Seen::from(alma.partner(PARTNER).await) }),
        wanted(scope.names, async { Seen::from(alma.libraries().await) }),
        wanted(scope.names, async { Seen::from(alma.may_write().await) }),
    );
    let second = join4(
        wanted(scope.names, async { Seen::from(alma.locations(&site.library).await) }),
        wanted(scope.names, async { Seen::from(alma.desks(&site.library).await) }),
        tables(alma, scope),
        wanted(scope.others, others(alma)),
    );
    let ((general, partner, libraries, may_write), (locations, desks, tables, others)) = join(first, second).await;
    AlmaSeen { general, libraries, locations, desks, tables, partner, others, may_write }
}

async fn wanted<T>(ask: Ask, read: impl Future<Output = Seen<T>>) -> Seen<T> {
    match ask {
        Ask::Yes => read.await,
        Ask::No => Seen::Unread(Unread::not_asked()),
    }
}

async fn tables<A: AlmaRead>(
    alma: &A,
    scope: Scope,
) -> BTreeMap<CodeTable, Seen<Vec<crate::engine::observed::CodeRow>>> {
    let reads = CodeTable::ALL.map(|table| async move {
        (table, wanted(scope.names, async { Seen::from(alma.code_table(table).await) }).await)
    });
    join_all(reads).await.into_iter().collect()
}

/// The zone's other NCIP partners. At most a dozen are read: the first that the same library owns is enough.
async fn others<A: AlmaRead>(alma: &A) -> Seen<Vec<PartnerRecord>> {
    let codes = match alma.ncip_partners().await {
        Ok(codes) => codes,
        Err(why) => return Seen::Unread(why),
    };
    let codes: Vec<String> = codes.into_iter().filter(|code| !code.eq_ignore_ascii_case(PARTNER)).take(12).collect();
    let read = join_all(codes.iter().map(|code| alma.partner(code))).await;
    Seen::Got(read.into_iter().filter_map(|result| result.ok().flatten()).collect())
}

fn all_unread(why: &Unread) -> AlmaSeen {
    AlmaSeen {
        general: Seen::Unread(why.clone()),
        libraries: Seen::Unread(why.clone()),
        locations: Seen::Unread(why.clone()),
        desks: Seen::Unread(why.clone()),
        tables: CodeTable::ALL.map(|table| (table, Seen::Unread(why.clone()))).into(),
        partner: Seen::Unread(why.clone()),
        others: Seen::Unread(why.clone()),
        may_write: Seen::<MayWrite>::Unread(why.clone()),
    }
}

async fn illiad<A, I: IlliadRead>(site: &Site, clients: &Clients<A, I>, known: &Known, scope: Scope) -> IlliadSeen {
    let (version, key, of_its_own) = match scope.illiad {
        Ask::No => {
            (Seen::Unread(Unread::not_asked()), Seen::Unread(Unread::not_asked()), Seen::Unread(Unread::not_asked()))
        }
        Ask::Yes => {
            let key = async {
                match &clients.illiad_key {
                    Ok(()) => Seen::from(clients.illiad.key_accepted().await),
                    Err(why) => Seen::Unread(why.clone()),
                }
            };
            let of_its_own = async {
                match known.own_export_key() {
                    Some(key) => Seen::from(clients.illiad.export_key_accepted(key).await),
                    None => Seen::Unread(Unread::not_asked()),
                }
            };
            join3(async { Seen::from(clients.illiad.version().await) }, key, of_its_own).await
        }
    };
    // Where one key serves both, ILLiad is asked about it once.
    let export_key = match &known.export_key {
        Seen::Unread(why) if scope.illiad == Ask::Yes => Seen::Unread(why.clone()),
        _ if known.own_export_key().is_some() => of_its_own,
        _ => key.clone(),
    };
    let requests = match (scope.patrons, site.sample.first(), &clients.illiad_key) {
        (Ask::No, ..) => Seen::Unread(Unread::not_asked()),
        (Ask::Yes, None, _) => Seen::Unread(Unread::new(
            WhyUnread::NotAsked,
            "no test patron is named",
            "add patrons.sample to the campus file",
        )),
        (Ask::Yes, Some(_), Err(why)) => Seen::Unread(why.clone()),
        (Ask::Yes, Some(id), Ok(())) => Seen::from(clients.illiad.user_requests(id).await),
    };
    IlliadSeen { version, key, export_key, requests }
}

/// Patrons looked up at a time: more than the pace of Alma lets through. Of thousands, each would be woken whenever one moves.
const PATRONS_AT_A_TIME: usize = 20;

/// Each patron in both systems; a patron at a time would be slow, all at once a burst: the clients keep the limits.
async fn patrons<A: AlmaRead, I: IlliadRead>(site: &Site, clients: &Clients<A, I>, scope: Scope) -> Vec<PatronSeen> {
    if scope.patrons == Ask::No {
        return Vec::new();
    }
    let look = async |id: &str| {
        let alma = async {
            match &clients.alma {
                Ok(alma) => Seen::from(alma.user(id).await),
                Err(why) => Seen::Unread(why.clone()),
            }
        };
        let illiad = async {
            match &clients.illiad_key {
                Ok(()) => {
                    let both = join(clients.illiad.user(id), clients.illiad.user_by_external_id(id)).await;
                    (Seen::from(both.0), Seen::from(both.1))
                }
                Err(why) => (Seen::Unread(why.clone()), Seen::Unread(why.clone())),
            }
        };
        let (alma, (illiad, by_external_id)) = join(alma, illiad).await;
        PatronSeen { emplid: id.to_owned(), alma, illiad, by_external_id }
    };
    let mut seen = Vec::with_capacity(site.sample.len());
    for some in site.sample.chunks(PATRONS_AT_A_TIME) {
        seen.extend(join_all(some.iter().map(|id| look(id))).await);
    }
    seen
}
