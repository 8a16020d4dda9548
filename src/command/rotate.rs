//! `keys rotate`: the new key is tried, Alma has it, it is stored, and tried on a request; the old one is removed by hand.
use super::answer::{self, Outcome, say};
use super::keys;
use super::new_key::{self, Probing, Tried};
use super::session::{COMMAND, CampusSession, known};
use crate::drive::{KeyInAlma, RotationOptions, Stop};
use crate::engine;
use crate::engine::journal::{JournalEvent, OldKey};
use crate::engine::observed::UnreadReason;
use crate::engine::plan::Consent;
use crate::engine::render::KeyTrial;
use crate::failure::{Failure, FailureKind};
use crate::io::{AlmaWriter, Folders, Http, Keyring, prompt, variable};
use crate::ports::{KeyOrigin, Keys};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::Site;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Mutex;

/// A rotation on its way.
struct Rotation {
    slot: KeySlot,
    keys: Arc<dyn Keys>,
    /// The key that serves in this slot today.
    old: Option<ApiKey>,
    /// Whether Alma's partner has it.
    alma_uses: bool,
    new: ApiKey,
}

/// What was asked for.
pub(super) struct Wish {
    pub(super) slot: KeySlot,
    pub(super) consent: Consent,
    pub(super) probing: Probing,
}

/// Does it.
pub(super) async fn rotate(
    site: Site,
    folders: Folders,
    wish: Wish,
    in_flight: Arc<Mutex<()>>,
    stop: &Stop,
) -> Outcome {
    let Wish { slot, consent, probing } = wish;
    let keys: Arc<dyn Keys> = Arc::new(Keyring::of_this_user().of(&site.institution, site.environment));
    let (old, alma_uses) = today(&site, &*keys, slot)?;
    let new = asked(&site, slot).await?;
    let http = Http::new(Instant::now() + COMMAND)?.hiding(known(&*keys).into_iter().chain([new.clone()]));
    let rotation = Rotation { slot, keys: Arc::clone(&keys), old, alma_uses, new };
    let words = tried(&site, &http, &rotation).await.map_err(|why| not_accepted(&site, slot, &why))?;
    answer::lines([format!("tried    {words}")])?;
    // With the new key in its place, everything else is the ordinary way.
    let laid_over = Arc::new(RotationOptions { stored: Arc::clone(&keys), slot, key: rotation.new.clone() });
    let session = CampusSession::with(site, folders, laid_over, &http, in_flight);
    let old = answer::of_done(changed(&session, &rotation, &consent).await)?;
    let stored = format!("stored   {}  {}, in: {}", slot.as_str(), rotation.new.described(), keys.store().words);
    answer::of_done(answer::lines([stored]))?;
    let tried = match rotation.alma_uses {
        false => Tried { shown: KeyTrial::Enough, code: 0 },
        true => match probing.agreed(&session.ops.site, &consent).await? {
            Some(consent) => new_key::tried(&session, &http, keys, &rotation.new, &consent, stop).await,
            None => Tried { shown: KeyTrial::NotTried, code: 0 },
        },
    };
    answer::of_done(told(&session, &rotation, old.as_ref(), &tried.shown))?;
    Ok(tried.code)
}

/// The new key into Alma where Alma uses it, then into the store; gives what is known of the old one. Nobody else writes meanwhile.
async fn changed(session: &CampusSession, rotation: &Rotation, consent: &Consent) -> Result<Option<OldKey>, Failure> {
    let (writer, _lock) = if rotation.alma_uses {
        let (writer, lock) = session.writer()?;
        (Some(writer), lock)
    } else {
        (None, session.lock()?)
    };
    say_where_it_stopped(session, rotation)?;
    let (slot, environment, new) = (rotation.slot, session.ops.site.environment, rotation.new.fingerprint());
    let old = match rotation.old.as_ref().filter(|old| !old.same_as(&rotation.new)) {
        Some(old) => Some(OldKey::of(old)),
        None => session.ops.journal_facts()?.rotations.replaced(slot, &new),
    };
    let begun = JournalEvent::RotationBegun { slot, environment, new: new.clone(), old: old.clone() };
    session.ops.journal.append(begun)?;
    let in_alma = match writer {
        Some(writer) => in_alma(session, &writer, consent).await,
        None => Ok(()),
    };
    let halfway = in_alma.is_ok() && rotation.alma_uses;
    let done = in_alma.and_then(|()| stored(rotation));
    let failed = done.as_ref().err().map(|failure| failure.what.clone());
    // What is halfway, or not known, stays open: the next run says so.
    let unknown = session.ops.journal_facts()?.unfinished.is_some();
    if failed.is_none() || !(halfway || unknown) {
        session.ops.journal.append(JournalEvent::RotationEnded { slot, environment, new, failed })?;
    }
    done.map(|()| old)
}

/// The key that serves in the slot today, and whether Alma's partner has it.
fn today(site: &Site, keys: &dyn Keys, slot: KeySlot) -> Result<(Option<ApiKey>, bool), Failure> {
    let store = keys.store();
    if !store.usable {
        return Err(Failure::new(FailureKind::Key, format!("No key was rotated: {}", store.words)));
    }
    let own = keys.get(slot)?;
    if matches!(own, Some((_, KeyOrigin::Environment))) {
        let name = variable(slot);
        return Err(Failure::new(
            FailureKind::Key,
            format!("No key was rotated: {name} is set, and comes before what is stored for {}.", site.institution),
        )
        .hint(format!("unset {name}, then rotate; where it is set for unattended runs, change it there too")));
    }
    let export = keys.get(KeySlot::Export)?;
    let old = match (own, slot) {
        // Where no key of its own is stored for Alma, the program's own serves.
        (None, KeySlot::Export) => keys.get(KeySlot::Illiad)?,
        (own, _) => own,
    };
    let alma_uses = slot == KeySlot::Export || (slot == KeySlot::Illiad && export.is_none());
    Ok((old.map(|(key, _)| key), alma_uses))
}

async fn asked(site: &Site, slot: KeySlot) -> Result<ApiKey, Failure> {
    let label = format!("new {} key of {} ({}): ", slot.as_str(), site.institution, site.environment.as_str());
    let typed = prompt::secret(label).await?;
    ApiKey::parse(typed.to_string()).map_err(|why| {
        Failure::new(FailureKind::Usage, format!("No {} key was rotated: {why}", slot.as_str()))
            .hint("paste the new key alone, on one line")
    })
}

/// The new key on its own host, without touching data.
async fn tried(site: &Site, http: &Http, rotation: &Rotation) -> Result<String, UnreadReason> {
    match rotation.slot {
        KeySlot::Alma => keys::alma(site, http, rotation.new.clone()).await,
        KeySlot::Illiad | KeySlot::Export => keys::illiad(site, http, rotation.slot, rotation.new.clone()).await,
    }
}

fn not_accepted(site: &Site, slot: KeySlot, why: &UnreadReason) -> Failure {
    let what = format!("The new {} key does not work, and nothing was changed: {}", slot.as_str(), why.what);
    let failure = Failure::new(FailureKind::Key, what);
    match slot {
        KeySlot::Alma => {
            failure.hint(format!("ask OLS for a key of {} ({})", site.institution, site.environment.as_str()))
        }
        KeySlot::Illiad | KeySlot::Export => {
            failure.hint("copy the APIKey of the new record in ILLiad's WebPlatformConfig table")
        }
    }
}

fn say_where_it_stopped(session: &CampusSession, rotation: &Rotation) -> Result<(), Failure> {
    let stored = |slot| rotation.keys.get(slot).ok().flatten().map(|(key, _)| key.fingerprint());
    if let Some(stopped) = session.ops.journal_facts()?.rotations.stopped(stored) {
        say(&stopped.words(&session.ops.site));
    }
    Ok(())
}

async fn in_alma(session: &CampusSession, writer: &AlmaWriter, consent: &Consent) -> Result<(), Failure> {
    match session.ops.key_into_alma(writer, consent).await? {
        KeyInAlma::Already => answer::lines(["Alma     has the new key already"]),
        KeyInAlma::Written(remarks) => {
            remarks.iter().for_each(|remark| say(remark));
            answer::lines(["Alma     has the new key, read back"])
        }
        KeyInAlma::Taken(remarks) => {
            remarks.iter().for_each(|remark| say(remark));
            answer::lines(["Alma     took the new key; it does not show keys, so this could not be read back"])
        }
    }
}

/// Stores the new key; whatever goes wrong, the old one is what is stored then.
fn stored(rotation: &Rotation) -> Result<(), Failure> {
    let (keys, slot) = (&rotation.keys, rotation.slot);
    let before = keys.get(slot)?.map(|(key, _)| key);
    let holds = |wanted: &ApiKey| matches!(keys.get(slot), Ok(Some((key, _))) if key.same_as(wanted));
    match keys.set(slot, &rotation.new) {
        Ok(()) if holds(&rotation.new) => return Ok(()),
        Ok(()) => {}
        Err(failure) => say(&failure.to_string()),
    }
    if let Some(before) = before.filter(|before| !holds(before)) {
        keys.set(slot, &before)?;
    }
    let alma = if rotation.alma_uses { "Alma has the new key; it" } else { "The new key" };
    Err(Failure::new(FailureKind::Key, format!("{alma} could not be stored here, and the old one is still stored."))
        .hint("make the keyring usable, then run it again with the same new key"))
}

/// What was seen of the new key, then the card for the old one.
fn told(session: &CampusSession, rotation: &Rotation, old: Option<&OldKey>, shown: &KeyTrial) -> Result<(), Failure> {
    let (site, slot) = (&session.ops.site, rotation.slot);
    let has = |other: &KeySlot| {
        let stored = rotation.keys.get(*other).ok().flatten();
        stored.is_some_and(|(key, _)| old.is_some_and(|old| old.fingerprint == key.fingerprint()))
    };
    let same = KeySlot::ALL.into_iter().filter(|other| *other != slot).find(has);
    let removal = engine::render::removal_lines(site, slot, old.map(|old| old.words.as_str()), same, shown);
    answer::lines(engine::render::trial_lines(site, slot, shown).into_iter().chain(removal))
}
