//! Texts about the rotation of a key.
use crate::recipe::KeySlot;
use crate::site::Site;

/// How far a new key was tried out after it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTrial {
    /// Alma does not use this key, so being accepted is enough.
    Enough,
    /// ILLiad took the request of this number, which was made with the key.
    Took(String),
    /// No request was made with the key, because nobody asked for one.
    NotTried,
    /// No request could be made with the key, for this reason.
    Not(String),
    /// Somebody broke the trial off. Says what may be left of it.
    BrokenOff(String),
}

/// The command that repeats a rotation with the probe. The user types the same new key again.
fn again_with_probe(site: &Site, slot: KeySlot) -> String {
    site.confirmed(&format!("keys rotate --slot {} --probe", slot.as_str()))
}

/// What was seen of the new key, and what was not.
pub fn trial_lines(site: &Site, slot: KeySlot, shown: &KeyTrial) -> Vec<String> {
    let chain = "  - only a whole-chain proof shows that Alma itself uses it";
    let next = format!("  next: {}", site.confirmed("prove --chain"));
    match shown {
        KeyTrial::Enough | KeyTrial::Not(_) | KeyTrial::BrokenOff(_) => Vec::new(),
        KeyTrial::Took(number) => vec![
            "The new key works for requests:".to_owned(),
            format!("  - ILLiad accepted request {number}, created with it"),
            chain.to_owned(),
            next,
        ],
        KeyTrial::NotTried => vec![
            "The new key was not tried on a request. ILLiad accepts it; nothing more was tested.".to_owned(),
            format!("  next: {}, with the same new key", again_with_probe(site, slot)),
            chain.to_owned(),
            next,
        ],
    }
}

/// What to do with the old key once the new one is in use. `same` is another slot that still holds the old key.
pub fn removal_lines(
    site: &Site,
    slot: KeySlot,
    old: Option<&str>,
    same: Option<KeySlot>,
    shown: &KeyTrial,
) -> Vec<String> {
    let wait = "Do not remove the old key yet:".to_owned();
    let untried = match shown {
        KeyTrial::Not(why) => {
            Some(format!("  - no request was created with the new key: {}", why.trim_end_matches('.')))
        }
        KeyTrial::BrokenOff(left) => {
            Some(format!("  - the trial of the new key was broken off: {}", left.trim_end_matches('.')))
        }
        KeyTrial::Enough | KeyTrial::Took(_) | KeyTrial::NotTried => None,
    };
    if let Some(untried) = untried {
        return vec![wait, untried, format!("  next: {}, with the same new key", again_with_probe(site, slot))];
    }
    let Some(old) = old else { return Vec::new() };
    if let Some(same) = same {
        return vec![
            wait,
            format!("  - the {} key stored here is the same key ({old})", same.as_str()),
            format!("  - rotate it first: {}", site.confirmed(&format!("keys rotate --slot {}", same.as_str()))),
        ];
    }
    let steps: &[&str] = match slot {
        KeySlot::Alma => &[
            "  Ex Libris Developer Network > Build my APIs > API keys",
            "  - make sure that nothing else uses the old key",
            "  - delete it",
        ],
        KeySlot::Illiad | KeySlot::Export => &[
            "  ILLiad Customization Manager > System > Integration > WebPlatformConfig",
            "  - make sure that nothing else uses the old record: each application has its own",
            "  - make sure that the new record's ExternalUserIDMapping matches the old one's",
            "  - make sure that System > Web Platform > ILLiadWebPlatformConfig does not name the old record's ID",
            "  - delete the old record and save",
        ],
    };
    let head = ["Remove the old key, by hand:".to_owned(), format!("  the old key: {old}")];
    let last = format!("  next: {}", site.command("keys test"));
    head.into_iter().chain(steps.iter().map(|step| (*step).to_owned())).chain([last]).collect()
}
