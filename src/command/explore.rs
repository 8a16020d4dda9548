//! Asks Alma and ILLiad while a campus is being set up, as far as the answers typed so far allow.
use super::key_source::{KeySource, words_of};
use super::session::export_key_pointer;
use crate::engine::observed::{Desk, General, Library, Location, Observation, UnreadKind, UnreadReason};
use crate::io::{AlmaClient, Http, IlliadClient};
use crate::ports::{AlmaRead as _, IlliadRead as _, Keys};
use crate::recipe::KeySlot;
use crate::secret::ApiKey;
use crate::site::{CampusField, Site, SiteDraft};
use crate::tui::msg::SystemsAnswer;
use futures_util::future::{join, join3, join4};

/// Stand-ins for answers that are missing or wrong, so that the draft can be accepted and the rest asked. The stand-in hosts are never
/// contacted.
const NOT_TYPED: [(CampusField, &str); 3] = [
    (CampusField::AlmaLibrary, "-"),
    (CampusField::IlliadUrl, "https://not-typed.invalid"),
    (CampusField::AlmaUrl, "https://not-typed.invalid"),
];

/// Asks both systems whatever the draft and the keys allow; every other answer says what is still missing.
pub(super) async fn explore(
    http: &Http,
    keys: &KeySource,
    draft: &SiteDraft,
    typed: &[(KeySlot, ApiKey)],
) -> SystemsAnswer {
    let missing: Vec<CampusField> =
        NOT_TYPED.into_iter().filter(|(slot, _)| draft.problem_of(*slot).is_some()).map(|(slot, _)| slot).collect();
    let mut filled = draft.clone();
    for (slot, text) in NOT_TYPED {
        if missing.contains(&slot) {
            filled.set(slot, text);
        }
    }
    // A mistake in any other answer must not block the questions that do not depend on it.
    for slot in CampusField::ALL {
        if let (Some(_), Some(default)) = (filled.problem_of(slot), slot.default()) {
            filled.set(slot, default);
        }
    }
    let Ok(site) = filled.accept() else {
        return nothing_asked("no campus and environment chosen yet");
    };
    // The keyring blocks its thread, for seconds if it hangs.
    let StoredKeys { words: stored, keys: kept } = tokio::task::block_in_place(|| stored_keys(&*keys.of(&site), typed));
    let of = |slot| typed.iter().chain(&kept).find(|(of, _)| *of == slot).map(|(_, key)| key.clone());
    let [alma_key, illiad_key, export_key] = [KeySlot::Alma, KeySlot::Illiad, KeySlot::Export].map(of);
    let http = &http.hiding([&alma_key, &illiad_key, &export_key].into_iter().flatten().cloned());
    let illiad = illiad(http, &site, &missing, illiad_key, export_key);
    let (alma, illiad) = join(alma(http, &site, &missing, alma_key), illiad).await;
    let (institution, libraries, desks, locations) = alma;
    let (illiad_version, illiad_key, export_key) = illiad;
    SystemsAnswer { institution, libraries, desks, locations, illiad_version, illiad_key, export_key, stored }
}

/// The keys that are stored already, for the slots where none was typed.
#[derive(Default)]
struct StoredKeys {
    words: Vec<(KeySlot, String)>,
    keys: Vec<(KeySlot, ApiKey)>,
}

fn stored_keys(keys: &dyn Keys, typed: &[(KeySlot, ApiKey)]) -> StoredKeys {
    let mut found = StoredKeys::default();
    for slot in KeySlot::ALL.into_iter().filter(|slot| typed.iter().all(|(of, _)| of != slot)) {
        match keys.get(slot) {
            Ok(Some((key, origin))) => {
                found.words.push((slot, words_of(&key, origin)));
                found.keys.push((slot, key));
            }
            // Without a usable store there are no keys, and the store itself is reported as unusable.
            Err(failure) if keys.store().usable => found.words.push((slot, format!("unknown: {}", failure.plain()))),
            Ok(None) | Err(_) => {}
        }
    }
    found
}

fn not_yet<T>(what: &str, next: &str) -> Observation<T> {
    Observation::Unread(UnreadReason::new(UnreadKind::NotAsked, what, next))
}

fn nothing_asked(why: &str) -> SystemsAnswer {
    let next = "choose them first";
    SystemsAnswer {
        institution: not_yet(why, next),
        libraries: not_yet(why, next),
        desks: not_yet(why, next),
        locations: not_yet(why, next),
        illiad_version: not_yet(why, next),
        illiad_key: not_yet(why, next),
        export_key: not_yet(why, next),
        stored: Vec::new(),
    }
}

type AlmaAnswers =
    (Observation<General>, Observation<Vec<Library>>, Observation<Vec<Desk>>, Observation<Vec<Location>>);

async fn alma(http: &Http, site: &Site, missing: &[CampusField], key: Option<ApiKey>) -> AlmaAnswers {
    let (Some(key), false) = (key, missing.contains(&CampusField::AlmaUrl)) else {
        let (what, next) = ("the Alma key or the Alma address is missing", "enter them");
        return (not_yet(what, next), not_yet(what, next), not_yet(what, next), not_yet(what, next));
    };
    let alma = AlmaClient::new(http, site, key, export_key_pointer());
    if missing.contains(&CampusField::AlmaLibrary) {
        let (general, libraries) = join(alma.general(), alma.libraries()).await;
        let (what, next) = ("no library entered yet", "enter one");
        return (general.into(), libraries.into(), not_yet(what, next), not_yet(what, next));
    }
    let read = join4(alma.general(), alma.libraries(), alma.desks(&site.library), alma.locations(&site.library));
    let (general, libraries, desks, locations) = read.await;
    (general.into(), libraries.into(), desks.into(), locations.into())
}

async fn illiad(
    http: &Http,
    site: &Site,
    missing: &[CampusField],
    key: Option<ApiKey>,
    export: Option<ApiKey>,
) -> (Observation<String>, Observation<()>, Observation<()>) {
    if missing.contains(&CampusField::IlliadUrl) {
        let (what, next) = ("no ILLiad address entered yet", "enter it");
        return (not_yet(what, next), not_yet(what, next), not_yet(what, next));
    }
    let has_key = key.is_some();
    let client = IlliadClient::new(http, site, key);
    let own = async {
        match has_key {
            true => client.key_accepted().await.into(),
            false => not_yet("no ILLiad key entered yet", "enter it"),
        }
    };
    let others = async {
        match &export {
            Some(key) => client.export_key_accepted(key).await.into(),
            None => not_yet("no separate key for Alma entered", "enter it, or leave it empty to use the ILLiad key"),
        }
    };
    let (version, own, others) = join3(client.version(), own, others).await;
    (version.into(), own, others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::SessionKeys;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    #[tokio::test(flavor = "multi_thread")]
    async fn keys_that_are_there_are_told_beside_those_typed() {
        let key = |text: &str| ApiKey::parse(text.to_owned()).expect("a key");
        let held = [(KeySlot::Alma, key("planted-key-0000000000000000000000a1b2")), (KeySlot::Illiad, key("12345678"))];
        let keys = KeySource::Given(Arc::new(SessionKeys::holding(held)));
        let http = Http::new(Instant::now() + Duration::from_secs(5)).expect("a client");
        let mut draft = SiteDraft::default();
        for (slot, text) in [
            (CampusField::Institution, "01CUNY_BB"),
            (CampusField::Environment, "sandbox"),
            (CampusField::IlliadNvtgc, "A B"),
        ] {
            draft.set(slot, text);
        }
        let seen = explore(&http, &keys, &draft, &[(KeySlot::Illiad, key("typed-by-hand-0001"))]).await;
        let words = "set (38 characters, ends a1b2), until you quit".to_owned();
        assert_eq!(seen.stored, [(KeySlot::Alma, words)], "a slip elsewhere is in nobody's way");
    }
}
