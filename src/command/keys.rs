//! The commands `keys set`, `keys status`, `keys test` and `keys forget`.
use super::key_source::words_of;
use super::output::{self, Outcome, say};
use super::session::{COMMAND_TIME, export_key_pointer, known_keys};
use crate::engine::journal::{JournalEvent, JournalFacts, Target};
use crate::engine::observed::{UnreadKind, UnreadReason};
use crate::failure::{Failure, FailureKind};
use crate::io::{AlmaClient, Folders, Http, IlliadClient, JournalFile, SystemClock, prompt};
use crate::ports::{AlmaRead as _, Clock as _, IlliadRead as _, Journal as _, Keys};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::Site;
use serde_json::{Value, json};
use std::time::Instant;

/// Added to the failure if a key was stored but standard output could not be written.
const STORED: &str = "The key is stored.";
/// The same, after forgetting keys.
const SEE_WHAT_IS_STORED: &str = "To see what is still stored: last-resort keys status.";

/// Says on standard error where an unfinished rotation of a key stopped, if there is one.
pub(super) fn say_where_rotation_stopped(site: &Site, journal: &JournalFacts, keys: &dyn Keys) {
    let stored = |slot| keys.get(slot).ok().flatten().map(|(key, _)| key.fingerprint());
    if let Some(stopped) = journal.rotations.stopped(stored) {
        say(&stopped.words(site));
    }
}

/// Reads keys from a prompt or standard input and stores them. Without a slot it asks for each one, and Enter skips; if `export` is
/// skipped, the `illiad` key counts as Alma's too.
pub(super) async fn set(site: &Site, keys: &impl Keys, slot: Option<KeySlot>, json: bool) -> Outcome {
    if slot.is_none() && !prompt::at_a_terminal() {
        return Err(Failure::new(FailureKind::Usage, "keys set needs --slot if the key comes from standard input.")
            .hint("last-resort keys set --slot alma < key-file"));
    }
    let store = keys.store();
    if !store.usable {
        let failure = Failure::new(FailureKind::Key, format!("No key was stored: {}", store.words));
        return Err(store
            .next
            .into_iter()
            .fold(failure, Failure::hint)
            .hint("to use keys without storing them, set LAST_RESORT_ALMA_KEY, LAST_RESORT_ILLIAD_KEY, LAST_RESORT_EXPORT_KEY"));
    }
    let wanted = slot.map_or_else(|| KeySlot::ALL.to_vec(), |slot| vec![slot]);
    let mut stored = Vec::new();
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
        let (misplaced, system) = match slot {
            KeySlot::Alma => (key.not_of_alma(), "Alma"),
            KeySlot::Illiad | KeySlot::Export => (key.not_of_illiad(), "ILLiad"),
        };
        if let Some(why) = misplaced {
            let slot = slot.as_str();
            output::say(&format!(
                "This key is stored but will not be sent to {system}: {why}. If the {slot} key is another one, set it: \
                 {}",
                site.command(&format!("keys set --slot {slot}"))
            ));
        }
        stored.push(json!({"slot": slot.as_str(), "set": true, "words": key.described()}));
        if !json {
            output::already_kept(STORED, output::lines([format!("{}  {}", slot.as_str(), key.described())]))?;
        }
    }
    if stored.is_empty() {
        return Err(Failure::new(FailureKind::Usage, "No key was entered, so none was stored.")
            .hint("paste the key at the prompt, or send it in: last-resort keys set --slot alma < key-file"));
    }
    let next = store.next.as_ref().map(|next| format!("next: {next}"));
    let lines = [format!("stored in: {}", store.words)].into_iter().chain(next);
    let more = json!({"store": store.words, "next": store.next});
    output::already_kept(STORED, if json { keys_json(site, stored, more) } else { output::lines(lines) })?;
    Ok(0)
}

/// Prints which keys are set and where, and where an unfinished rotation stopped.
pub(super) fn status(site: &Site, folders: &Folders, keys: &impl Keys, slots: &[KeySlot], json: bool) -> Outcome {
    let journal = JournalFacts::fold(
        &JournalFile::of(folders, &site.institution).read()?.lines,
        &Target::of(site),
        SystemClock.now(),
    );
    say_where_rotation_stopped(site, &journal, keys);
    let mut code = 0;
    let mut rows = Vec::new();
    for slot in slots {
        rows.push(match keys.get(*slot) {
            Ok(Some((key, origin))) => (*slot, Some(true), words_of(&key, origin)),
            Ok(None) if *slot == KeySlot::Export => (*slot, Some(false), SERVES.to_owned()),
            Ok(None) => {
                code = 1;
                (*slot, Some(false), "not set".to_owned())
            }
            Err(failure) => {
                code = 1;
                (*slot, None, format!("unknown: {}", failure.plain()))
            }
        });
    }
    let store = keys.store();
    if json {
        let rows = rows.iter().map(|(slot, set, words)| json!({"slot": slot.as_str(), "set": set, "words": words}));
        keys_json(site, rows.collect(), json!({"store": store.words, "next": store.next}))?;
        return Ok(code);
    }
    let mut lines = vec![format!("{} ({})", site.institution, site.environment.as_str())];
    lines.extend(rows.iter().map(|(slot, _, words)| format!("{}  {words}", slot.as_str())));
    lines.push(format!("store: {}", store.words));
    let kept = rows.iter().any(|(_, set, _)| *set != Some(false));
    lines.extend(store.next.filter(|_| kept).map(|next| format!("next: {next}")));
    output::lines(lines)?;
    Ok(code)
}

/// Tests the keys that are set, each on its own host.
pub(super) async fn test(site: &Site, keys: &impl Keys, slots: &[KeySlot], json: bool) -> Outcome {
    let http = Http::new(Instant::now() + COMMAND_TIME)?.hiding(known_keys(keys));
    let mut code = 0;
    let mut rows = Vec::new();
    let mut row = |slot: KeySlot, accepted: Option<bool>, words: String| {
        rows.push(json!({"slot": slot.as_str(), "accepted": accepted, "words": words}));
        if json { Ok(()) } else { output::lines([format!("{}  {words}", slot.as_str())]) }
    };
    for slot in slots {
        let key = match keys.get(*slot)? {
            Some((key, _)) => key,
            None if *slot == KeySlot::Export => {
                row(*slot, None, SERVES.to_owned())?;
                continue;
            }
            None => {
                code = 1;
                row(*slot, None, "not set".to_owned())?;
                continue;
            }
        };
        match test_key(site, &http, *slot, key).await {
            Ok(words) => row(*slot, Some(true), words)?,
            Err(why) => {
                code = 1;
                let said = refused_or_not_tried(why.why);
                let accepted = (said == NOT_ACCEPTED).then_some(false);
                row(*slot, accepted, format!("{said}: {}", why.plain()))?;
                say(&format!("next: {}", why.next));
                if let Some(folded) = why.folded() {
                    say(&output::details().line(folded));
                }
            }
        }
    }
    if json {
        keys_json(site, rows, json!({}))?;
    }
    Ok(code)
}

/// What is said of a key that a system refused.
const NOT_ACCEPTED: &str = "not accepted";

/// What is said of an export key that is not set.
const SERVES: &str = "not set; the illiad key is used";

/// Whether a system said no to a key, or nobody knows what it says.
fn refused_or_not_tried(why: UnreadKind) -> &'static str {
    match why {
        UnreadKind::KeyRefused | UnreadKind::NotAllowed | UnreadKind::WrongCampus => NOT_ACCEPTED,
        UnreadKind::NoKey(_)
        | UnreadKind::KeyUnfit
        | UnreadKind::Network
        | UnreadKind::Down
        | UnreadKind::Limit
        | UnreadKind::Nonsense
        | UnreadKind::Unaskable
        | UnreadKind::NotAsked => "could not be tested",
    }
}

/// Tests a key on its own host, without touching data, and says in words that it was accepted.
///
/// # Errors
/// The host refused the key or could not be asked, or the key belongs to another campus or environment.
pub(super) async fn test_key(site: &Site, http: &Http, slot: KeySlot, key: ApiKey) -> Result<String, UnreadReason> {
    match slot {
        KeySlot::Alma => return test_alma_key(site, http, key).await,
        KeySlot::Illiad => IlliadClient::new(http, site, Some(key)).key_accepted().await?,
        KeySlot::Export => IlliadClient::new(http, site, None).export_key_accepted(&key).await?,
    }
    Ok(format!("accepted by {}", site.illiad_url.host()))
}

async fn test_alma_key(site: &Site, http: &Http, key: ApiKey) -> Result<String, UnreadReason> {
    let general = AlmaClient::new(http, site, key, export_key_pointer()).general().await?;
    let there = general.environment.map_or("unknown environment", |environment| environment.as_str());
    if general.institution != site.institution.as_str() || general.environment != Some(site.environment) {
        return Err(UnreadReason::new(
            UnreadKind::WrongCampus,
            format!(
                "it belongs to {} ({there}), not to {} ({})",
                general.institution,
                site.institution,
                site.environment.as_str()
            ),
            site.command("keys set --slot alma"),
        ));
    }
    Ok(format!("accepted by {}: {} ({there})", site.alma_url.host(), general.institution))
}

/// Asks a person at the terminal whether these keys should be removed. A script is not asked.
async fn may_forget(site: &Site, slots: &[KeySlot]) -> Result<bool, Failure> {
    if !prompt::at_a_terminal() {
        return Ok(true);
    }
    let names: Vec<&str> = slots.iter().map(|slot| slot.as_str()).collect();
    let which = match names.as_slice() {
        [one] => format!("the {one} key"),
        all => format!("all {} keys ({})", all.len(), all.join(", ")),
    };
    let label =
        format!("Remove {which} of {} ({}) from this machine? [y/N] ", site.institution, site.environment.as_str());
    let asked = tokio::task::spawn_blocking(move || prompt::line(&label)).await;
    let answer =
        asked.map_err(|error| Failure::new(FailureKind::Terminal, format!("The prompt failed: {error}")))??;
    Ok(matches!(answer.to_lowercase().as_str(), "y" | "yes"))
}

/// Removes keys from the keyring, after a person at the terminal agreed.
pub(super) async fn forget(site: &Site, folders: &Folders, keys: &impl Keys, slots: &[KeySlot], json: bool) -> Outcome {
    if !may_forget(site, slots).await? {
        return Err(Failure::new(FailureKind::Refused, "No key was removed."));
    }
    let mut rows = Vec::new();
    let mut removed = Vec::new();
    for slot in slots {
        let was_set = keys.forget(*slot)?;
        removed.extend(was_set.then_some(*slot));
        let words = if was_set { "removed" } else { "was not set" };
        rows.push(json!({"slot": slot.as_str(), "forgotten": was_set, "words": words}));
        if !json {
            output::already_kept(SEE_WHAT_IS_STORED, output::lines([format!("{}  {words}", slot.as_str())]))?;
        }
    }
    if json {
        output::already_kept(SEE_WHAT_IS_STORED, keys_json(site, rows, json!({})))?;
    }
    if !removed.is_empty() {
        // So that the history says why later checks could not read.
        let event = JournalEvent::KeysForgotten { slots: removed, environment: site.environment };
        JournalFile::of(folders, &site.institution).append(event)?;
    }
    Ok(0)
}

/// Prints what a command says of keys as one JSON object: the campus, a row for each key, and `more`.
fn keys_json(site: &Site, keys: Vec<Value>, more: Value) -> Result<(), Failure> {
    let mut told = json!({"schema": 1, "campus": site.institution, "environment": site.environment, "keys": keys});
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    output::json(&told)
}
