//! `keys rotate`: the new key is tried, Alma has it, then it is stored; the old one is removed by hand.
use super::answer::{self, Outcome, say};
use super::keys;
use super::session::{COMMAND, Session, known};
use crate::drive::{InAlma, With};
use crate::engine::{self, Entry, Unread};
use crate::failure::{Failure, Kind};
use crate::io::{AlmaWriter, Folders, Http, Keyring, prompt, variable};
use crate::ports::{Journal as _, KeyOrigin, Keys};
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

/// Does it; `typed` is the campus code, checked already.
pub(super) async fn rotate(
    site: Site,
    folders: Folders,
    slot: KeySlot,
    typed: &str,
    in_flight: Arc<Mutex<()>>,
) -> Outcome {
    let keys: Arc<dyn Keys> = Arc::new(Keyring::of_this_user().of(&site.institution, site.environment));
    let (old, alma_uses) = today(&site, &*keys, slot)?;
    let new = asked(&site, slot).await?;
    let http = Http::new(Instant::now() + COMMAND)?.hiding(known(&*keys).into_iter().chain([new.clone()]));
    let rotation = Rotation { slot, keys: Arc::clone(&keys), old, alma_uses, new };
    let words = tried(&site, &http, &rotation).await.map_err(|why| not_accepted(&site, slot, &why))?;
    answer::lines([format!("tried    {words}")])?;
    // With the new key in its place, everything else is the ordinary way.
    let laid_over = Arc::new(With { stored: Arc::clone(&keys), slot, key: rotation.new.clone() });
    let session = Session::with(site, folders, laid_over, &http, in_flight);
    let (writer, _lock) = if rotation.alma_uses {
        let (writer, lock) = session.writer()?;
        (Some(writer), lock)
    } else {
        (None, session.lock()?)
    };
    say_where_it_stopped(&session, &rotation)?;
    let (slot, environment, new) = (rotation.slot, session.bench.site.environment, rotation.new.fingerprint());
    session.bench.journal.append(Entry::RotationBegun { slot, environment, new: new.clone() })?;
    let in_alma = match writer {
        Some(writer) => in_alma(&session, &writer, typed).await,
        None => Ok(()),
    };
    let halfway = in_alma.is_ok() && rotation.alma_uses;
    let done = in_alma.and_then(|()| stored(&rotation));
    let failed = done.as_ref().err().map(|failure| failure.what.clone());
    // What is halfway, or not known, stays open: the next run says so.
    let unknown = engine::unfinished(&session.bench.journal.read()?, environment).is_some();
    if failed.is_none() || !(halfway || unknown) {
        session.bench.journal.append(Entry::RotationEnded { slot, environment, new, failed })?;
    }
    done?;
    told(&session, &rotation)
}

/// The key that serves in the slot today, and whether Alma's partner has it.
fn today(site: &Site, keys: &dyn Keys, slot: KeySlot) -> Result<(Option<ApiKey>, bool), Failure> {
    let store = keys.store();
    if !store.usable {
        return Err(Failure::new(Kind::Key, format!("No key was rotated: {}", store.words)));
    }
    let own = keys.get(slot)?;
    if matches!(own, Some((_, KeyOrigin::Environment))) {
        let name = variable(slot);
        return Err(Failure::new(
            Kind::Key,
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
    let typed = tokio::task::spawn_blocking(move || prompt::secret(&label))
        .await
        .map_err(|error| Failure::new(Kind::Terminal, format!("The prompt broke off: {error}")))??;
    ApiKey::parse(typed.to_string()).map_err(|why| {
        Failure::new(Kind::Usage, format!("No {} key was rotated: {why}", slot.as_str()))
            .hint("paste the new key alone, on one line")
    })
}

/// The new key on its own host, without touching data.
async fn tried(site: &Site, http: &Http, rotation: &Rotation) -> Result<String, Unread> {
    match rotation.slot {
        KeySlot::Alma => keys::alma(site, http, rotation.new.clone()).await,
        KeySlot::Illiad | KeySlot::Export => keys::illiad(site, http, rotation.slot, rotation.new.clone()).await,
    }
}

fn not_accepted(site: &Site, slot: KeySlot, why: &Unread) -> Failure {
    let what = format!("The new {} key does not work, and nothing was changed: {}", slot.as_str(), why.what);
    let failure = Failure::new(Kind::Key, what);
    match slot {
        KeySlot::Alma => {
            failure.hint(format!("ask OLS for a key of {} ({})", site.institution, site.environment.as_str()))
        }
        KeySlot::Illiad | KeySlot::Export => {
            failure.hint("copy the APIKey of the new record in ILLiad's WebPlatformConfig table")
        }
    }
}

fn say_where_it_stopped(session: &Session, rotation: &Rotation) -> Result<(), Failure> {
    let lines = session.bench.journal.read()?;
    let stored = |slot| rotation.keys.get(slot).ok().flatten().map(|(key, _)| key.fingerprint());
    if let Some(stopped) = engine::stopped(&lines, session.bench.site.environment, stored) {
        say(&stopped.words(&session.bench.site));
    }
    Ok(())
}

async fn in_alma(session: &Session, writer: &AlmaWriter, typed: &str) -> Result<(), Failure> {
    match session.bench.key_into_alma(writer, typed).await? {
        InAlma::Already => answer::lines(["Alma     has the new key already"]),
        InAlma::Written(remarks) => {
            remarks.iter().for_each(|remark| say(remark));
            answer::lines(["Alma     has the new key"])
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
    Err(Failure::new(Kind::Key, format!("{alma} could not be stored here, and the old one is still stored."))
        .hint("make the keyring usable, then run it again with the same new key"))
}

fn told(session: &Session, rotation: &Rotation) -> Outcome {
    let site = &session.bench.site;
    let (campus, slot) = (&site.institution, rotation.slot);
    let mut lines =
        vec![format!("stored   {}  {}, in: {}", slot.as_str(), rotation.new.described(), rotation.keys.store().words)];
    if rotation.alma_uses {
        lines.push(format!("next: prove it: last-resort prove --campus {campus} --confirm {campus}"));
    }
    let old = rotation.old.as_ref().filter(|old| !old.same_as(&rotation.new));
    let has = |slot: &KeySlot| {
        let stored = rotation.keys.get(*slot).ok().flatten();
        stored.is_some_and(|(key, _)| old.is_some_and(|old| old.same_as(&key)))
    };
    let same = KeySlot::ALL.into_iter().filter(|other| *other != slot).find(has);
    lines.extend(engine::removal_lines(site, slot, old.map(ApiKey::described).as_deref(), same));
    answer::lines(lines)?;
    Ok(0)
}
