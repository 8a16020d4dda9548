//! `keys set|status|test|forget`
use super::answer::{self, Outcome, say};
use super::session::{COMMAND, export_key_pointer, known};
use crate::engine::journal::{JournalFacts, Target};
use crate::engine::observed::UnreadReason;
use crate::failure::{Failure, FailureKind};
use crate::io::{AlmaClient, Folders, Http, IlliadClient, JournalFile, prompt};
use crate::ports::{AlmaRead as _, IlliadRead as _, Journal as _, KeyOrigin, Keys};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::Site;
use std::time::Instant;

/// Of a key that was stored, when that could not be told.
const STORED: &str = "The key is stored.";
/// Of one that was to be forgotten.
const FORGOTTEN: &str = "What is still stored: last-resort keys status.";

/// Where a rotation stopped that nobody ended.
fn say_of_rotation(site: &Site, folders: &Folders, keys: &impl Keys) -> Result<(), Failure> {
    let journal = JournalFacts::fold(&JournalFile::of(folders, &site.institution).read()?, &Target::of(site));
    let stored = |slot| keys.get(slot).ok().flatten().map(|(key, _)| key.fingerprint());
    if let Some(stopped) = journal.rotations.stopped(stored) {
        say(&stopped.words(site));
    }
    Ok(())
}

/// `export` may be left out: then `illiad` serves.
pub(super) async fn set(site: &Site, keys: &impl Keys, slot: Option<KeySlot>) -> Outcome {
    if slot.is_none() && !prompt::at_a_terminal() {
        return Err(Failure::new(FailureKind::Usage, "keys set needs --slot when the key comes from standard input")
            .hint("last-resort keys set --slot alma < key-file"));
    }
    let store = keys.store();
    if !store.usable {
        let failure = Failure::new(FailureKind::Key, format!("No key was stored: {}", store.words));
        return Err(store
            .next
            .into_iter()
            .fold(failure, Failure::hint)
            .hint("for this run only, set LAST_RESORT_ALMA_KEY, LAST_RESORT_ILLIAD_KEY, LAST_RESORT_EXPORT_KEY"));
    }
    let wanted = slot.map_or_else(|| KeySlot::ALL.to_vec(), |slot| vec![slot]);
    let mut stored = 0;
    for slot in wanted.iter().copied() {
        let label = format!("{} key of {} ({}): ", slot.as_str(), site.institution, site.environment.as_str());
        let typed = prompt::secret(label).await?;
        if typed.trim().is_empty() && wanted.len() > 1 {
            continue;
        }
        let key = ApiKey::parse(typed.to_string()).map_err(|why| {
            Failure::new(FailureKind::Usage, format!("No {} key was stored: {why}", slot.as_str()))
                .hint("paste the key alone, on one line")
        })?;
        keys.set(slot, &key)?;
        stored += 1;
        answer::of_kept(STORED, answer::lines([format!("{}  {}", slot.as_str(), key.described())]))?;
    }
    if stored == 0 {
        return Err(Failure::new(FailureKind::Usage, "No key was typed, none was stored."));
    }
    let next = store.next.map(|next| format!("next: {next}"));
    let told = [format!("stored in: {}", store.words)].into_iter().chain(next);
    answer::of_kept(STORED, answer::lines(told))?;
    Ok(0)
}

/// Which keys are set, and where a rotation stopped.
pub(super) fn status(site: &Site, folders: &Folders, keys: &impl Keys, slots: &[KeySlot]) -> Outcome {
    say_of_rotation(site, folders, keys)?;
    let mut code = 0;
    let mut lines = vec![format!("{} ({})", site.institution, site.environment.as_str())];
    for slot in slots {
        lines.push(match keys.get(*slot) {
            Ok(Some((key, origin))) => format!("{}  {}, from {}", slot.as_str(), key.described(), origin_words(origin)),
            Ok(None) if *slot == KeySlot::Export => "export  not set; the illiad key serves".to_owned(),
            Ok(None) => {
                code = 1;
                format!("{}  not set", slot.as_str())
            }
            Err(failure) => {
                code = 1;
                format!("{}  unknown: {}", slot.as_str(), failure.what)
            }
        });
    }
    let store = keys.store();
    lines.push(format!("store: {}", store.words));
    lines.extend(store.next.map(|next| format!("next: {next}")));
    answer::lines(lines)?;
    Ok(code)
}

fn origin_words(origin: KeyOrigin) -> &'static str {
    match origin {
        KeyOrigin::Environment => "the environment",
        KeyOrigin::Keyring => "the keyring",
        KeyOrigin::ThisRun => "this run only",
    }
}

/// Tries the keys that are set, on their own hosts.
pub(super) async fn test(site: &Site, keys: &impl Keys, slots: &[KeySlot]) -> Outcome {
    let http = Http::new(Instant::now() + COMMAND)?.hiding(known(keys));
    let mut code = 0;
    for slot in slots {
        let key = match keys.get(*slot)? {
            Some((key, _)) => key,
            None if *slot == KeySlot::Export => {
                answer::lines(["export  not set; the illiad key serves"])?;
                continue;
            }
            None => {
                code = 1;
                answer::lines([format!("{}  not set", slot.as_str())])?;
                continue;
            }
        };
        let tried = match slot {
            KeySlot::Alma => alma(site, &http, key).await,
            KeySlot::Illiad | KeySlot::Export => illiad(site, &http, *slot, key).await,
        };
        match tried {
            Ok(words) => answer::lines([format!("{}  {words}", slot.as_str())])?,
            Err(why) => {
                code = 1;
                answer::lines([format!("{}  not accepted: {}", slot.as_str(), why.what)])?;
                say(&format!("next: {}", why.next));
            }
        }
    }
    Ok(code)
}

pub(super) async fn alma(site: &Site, http: &Http, key: ApiKey) -> Result<String, UnreadReason> {
    let general = AlmaClient::new(http, site, key, export_key_pointer()).general().await?;
    let there = general.environment.map_or("an environment Alma does not name", |environment| environment.as_str());
    if general.institution != site.institution.as_str() || general.environment != Some(site.environment) {
        return Err(UnreadReason::new(
            crate::engine::observed::UnreadKind::WrongCampus,
            format!(
                "it belongs to {} ({there}), not to {} ({})",
                general.institution,
                site.institution,
                site.environment.as_str()
            ),
            format!("last-resort keys set --slot alma --campus {}", site.institution),
        ));
    }
    Ok(format!("accepted by {}: {} ({there})", site.alma_url.host(), general.institution))
}

pub(super) async fn illiad(site: &Site, http: &Http, slot: KeySlot, key: ApiKey) -> Result<String, UnreadReason> {
    match slot {
        KeySlot::Export => IlliadClient::new(http, site, None).export_key_accepted(&key).await?,
        KeySlot::Alma | KeySlot::Illiad => IlliadClient::new(http, site, Some(key)).key_accepted().await?,
    }
    Ok(format!("accepted by {}", site.illiad_url.host()))
}

/// Forgets keys.
pub(super) fn forget(keys: &impl Keys, slots: &[KeySlot]) -> Outcome {
    for slot in slots {
        let words = if keys.forget(*slot)? { "forgotten" } else { "was not set" };
        answer::of_kept(FORGOTTEN, answer::lines([format!("{}  {words}", slot.as_str())]))?;
    }
    Ok(0)
}
