//! The command `keys rotate`. It tests the new key on its own host, writes it to Alma if Alma uses it, stores it, and can try it on a test
//! request. A person then removes the old key by hand.
use super::key_trial::{self, TrialDecision, TrialOutcome};
use super::keys;
use super::output::{self, Outcome, say};
use super::session::{COMMAND_TIME, CampusSession, known_keys};
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
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::Mutex;

/// A rotation under way.
struct Rotation {
    slot: KeySlot,
    keys: Arc<dyn Keys>,
    /// The key in use for this slot before the rotation.
    old: Option<ApiKey>,
    /// Whether the key in this slot is the one in Alma's partner record.
    alma_uses: bool,
    new: ApiKey,
}

/// The rotation that was asked for.
pub(super) struct RotationWish {
    pub(super) slot: KeySlot,
    pub(super) consent: Consent,
    pub(super) decision: TrialDecision,
    pub(super) json: bool,
}

/// What a rotation says on standard output: line by line, or in one object at its end.
struct RotationWords {
    json: bool,
    kept: Vec<String>,
}

impl RotationWords {
    fn lines<S: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = S>) -> Result<(), Failure> {
        if !self.json {
            return output::lines(lines);
        }
        self.kept.extend(lines.into_iter().map(|line| line.as_ref().to_owned()));
        Ok(())
    }
}

/// Rotates one key, from the prompt for the new one to the card for removing the old one.
pub(super) async fn rotate(
    site: Site,
    folders: Folders,
    wish: RotationWish,
    in_flight: Arc<Mutex<()>>,
    stop: &Stop,
) -> Outcome {
    let RotationWish { slot, consent, decision, json } = wish;
    let mut told = RotationWords { json, kept: Vec::new() };
    let keys: Arc<dyn Keys> = Arc::new(Keyring::of_this_user().of_site(&site));
    let (old, alma_uses) = current_key(&site, &*keys, slot)?;
    let new = ask_for_key(&site, slot).await?;
    let http = Http::new(Instant::now() + COMMAND_TIME)?.hiding(known_keys(&*keys).into_iter().chain([new.clone()]));
    let rotation = Rotation { slot, keys: Arc::clone(&keys), old, alma_uses, new };
    let words = keys::test_key(&site, &http, slot, rotation.new.clone())
        .await
        .map_err(|why| not_accepted(&site, slot, &why))?;
    told.lines([format!("tested   {words}")])?;
    // From here on the session sees the new key in its slot, so the usual code for writing to Alma can be used.
    let with_new_key = Arc::new(RotationOptions { stored: Arc::clone(&keys), slot, key: rotation.new.clone() });
    let session = CampusSession::with(site, folders, with_new_key, &http, in_flight)?;
    // Once the key is changed, the card for the old one is due, whatever stops the command.
    stop.owe_words();
    if stop.asked() {
        return Err(Failure::new(FailureKind::Interrupted, "No key was rotated."));
    }
    let old = output::already_done(change_key(&session, &rotation, &consent, &mut told).await)?;
    let stored = format!("stored   {}  {}, in: {}", slot.as_str(), rotation.new.described(), keys.store().words);
    output::already_done(told.lines([stored]))?;
    let tried = match rotation.alma_uses {
        false => TrialOutcome { trial: KeyTrial::Enough, exit_code: 0 },
        true => match decision.consent(&session.ops.site, &consent, stop).await {
            Ok(Some(consent)) => {
                key_trial::try_on_request(&session, &http, keys, &rotation.new, &consent, stop, json).await
            }
            Ok(None) => TrialOutcome { trial: KeyTrial::NotTried, exit_code: 0 },
            Err(failure) => TrialOutcome::failed(&failure),
        },
    };
    output::already_done(print_result(&session, &rotation, old.as_ref(), &tried.trial, told))?;
    Ok(tried.exit_code)
}

/// Writes the new key to Alma if Alma uses it, then stores it, under the campus lock. Returns what is known about the old key.
async fn change_key(
    session: &CampusSession,
    rotation: &Rotation,
    consent: &Consent,
    told: &mut RotationWords,
) -> Result<Option<OldKey>, Failure> {
    let (writer, _lock) = if rotation.alma_uses {
        let (writer, lock) = session.writer()?;
        (Some(writer), lock)
    } else {
        (None, session.lock()?)
    };
    let journal = session.ops.journal_facts()?;
    keys::say_where_rotation_stopped(&session.ops.site, &journal, &*rotation.keys);
    let (slot, environment, new) = (rotation.slot, session.ops.site.environment, rotation.new.fingerprint());
    let old = match rotation.old.as_ref().filter(|old| !old.same_as(&rotation.new)) {
        Some(old) => Some(OldKey::of(old)),
        None => journal.rotations.replaced(slot, &new),
    };
    let begun = JournalEvent::RotationBegun { slot, environment, new: new.clone(), old: old.clone() };
    session.ops.journal.append(begun)?;
    let in_alma = match writer {
        Some(writer) => write_to_alma(session, &writer, consent, told).await,
        None => Ok(()),
    };
    let halfway = in_alma.is_ok() && rotation.alma_uses;
    let done = in_alma.and_then(|()| store_key(rotation));
    let failed = done.as_ref().err().map(|failure| failure.plain().to_owned());
    // If Alma has the new key but storing it failed, or a write has an unknown outcome, the rotation stays open and the next run says so.
    let unknown = session.ops.journal_facts()?.unfinished.is_some();
    if failed.is_none() || !(halfway || unknown) {
        let stands = match (&failed, rotation.alma_uses) {
            (Some(why), _) => format!("The key was not rotated ({why}), and this could not be noted"),
            (None, true) => "The new key is in Alma and stored here, but this could not be noted".to_owned(),
            (None, false) => "The new key is stored here, but this could not be noted".to_owned(),
        };
        let ended = session.ops.journal.append(JournalEvent::RotationEnded { slot, environment, new, failed });
        ended.map_err(|failure| failure.after(&stands))?;
    }
    done.map(|()| old)
}

/// The key now in use for the slot, and whether it is the one in Alma's partner record.
fn current_key(site: &Site, keys: &dyn Keys, slot: KeySlot) -> Result<(Option<ApiKey>, bool), Failure> {
    let store = keys.store();
    if !store.usable {
        let failure = Failure::new(FailureKind::Key, format!("No key was rotated: {}", store.words));
        return Err(store.next.into_iter().fold(failure, Failure::hint));
    }
    let own = keys.get(slot)?;
    let given = match own {
        Some((_, KeyOrigin::Environment)) => Some(variable(slot)),
        Some((_, KeyOrigin::Credential)) => Some("CREDENTIALS_DIRECTORY"),
        Some((_, KeyOrigin::CampusFile)) => Some("[keys] in the campus file"),
        _ => None,
    };
    if let Some(name) = given {
        return Err(Failure::new(
            FailureKind::Key,
            format!(
                "No key was rotated: {name} is set, and is used instead of the key stored for {}.",
                site.institution
            ),
        )
        .hint(format!("unset {name}, then rotate; if it is set for unattended runs, change it there too")));
    }
    let export = keys.get(KeySlot::Export)?;
    let old = match (own, slot) {
        // If no key is stored for Alma alone, we take it that Alma uses the same ILLiad key as this program.
        (None, KeySlot::Export) => keys.get(KeySlot::Illiad)?,
        (own, _) => own,
    };
    let alma_uses = slot == KeySlot::Export || (slot == KeySlot::Illiad && export.is_none());
    Ok((old.map(|(key, _)| key), alma_uses))
}

async fn ask_for_key(site: &Site, slot: KeySlot) -> Result<ApiKey, Failure> {
    let label = format!("new {} key of {} ({}): ", slot.as_str(), site.institution, site.environment.as_str());
    let typed = prompt::secret(label).await?;
    ApiKey::parse(typed.to_string()).map_err(|why| {
        Failure::new(FailureKind::Usage, format!("No {} key was rotated: {why}", slot.as_str()))
            .hint("paste the new key alone, on one line")
    })
}

fn not_accepted(site: &Site, slot: KeySlot, why: &UnreadReason) -> Failure {
    let lead = format!("The new {} key could not be confirmed, so nothing was changed", slot.as_str());
    let why = why.within(|words| format!("{lead}: {words}"));
    let failure = Failure::new(FailureKind::Key, why.what).in_short(why.short);
    match slot {
        KeySlot::Alma => failure.hint(format!(
            "ask {} for a key of {} ({})",
            site.office(),
            site.institution,
            site.environment.as_str()
        )),
        KeySlot::Illiad | KeySlot::Export => {
            failure.hint("copy the APIKey of the new record in ILLiad's WebPlatformConfig table")
        }
    }
}

async fn write_to_alma(
    session: &CampusSession,
    writer: &AlmaWriter,
    consent: &Consent,
    told: &mut RotationWords,
) -> Result<(), Failure> {
    match session.ops.key_into_alma(writer, consent).await? {
        KeyInAlma::Already => told.lines(["Alma     already has the new key"]),
        KeyInAlma::Written(remarks) => {
            output::say_all(&remarks);
            told.lines(["Alma     has the new key, read back"])
        }
        KeyInAlma::Taken(remarks) => {
            output::say_all(&remarks);
            told.lines(["Alma     accepted the new key; Alma does not show keys, so it could not be read back"])
        }
    }
}

/// Stores the new key. If that fails, the old one is put back.
fn store_key(rotation: &Rotation) -> Result<(), Failure> {
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
        .hint("unlock or start the keyring, then run the same command again with the same new key"))
}

/// Prints what the trial showed about the new key, then the card for removing the old one.
fn print_result(
    session: &CampusSession,
    rotation: &Rotation,
    old: Option<&OldKey>,
    trial: &KeyTrial,
    mut told: RotationWords,
) -> Result<(), Failure> {
    let (site, slot) = (&session.ops.site, rotation.slot);
    let has = |other: &KeySlot| {
        let stored = rotation.keys.get(*other).ok().flatten();
        stored.is_some_and(|(key, _)| old.is_some_and(|old| old.fingerprint == key.fingerprint()))
    };
    let same = KeySlot::ALL.into_iter().filter(|other| *other != slot).find(has);
    let removal = engine::render::removal_lines(site, slot, old.map(|old| old.words.as_str()), same, trial);
    told.lines(engine::render::trial_lines(site, slot, trial).into_iter().chain(removal))?;
    if !told.json {
        return Ok(());
    }
    let (number, why_not) = match trial {
        KeyTrial::Took(number) => (Some(number), None),
        KeyTrial::Not(why) | KeyTrial::BrokenOff(why) => (None, Some(why)),
        KeyTrial::Enough | KeyTrial::NotTried => (None, None),
    };
    output::json(&json!({
        "schema": 1, "campus": site.institution, "environment": site.environment, "slot": slot.as_str(),
        "new": rotation.new.described(), "old": old.map(|old| &old.words), "in_alma": rotation.alma_uses,
        "request": number, "not_tried": why_not, "words": told.kept
    }))
}
