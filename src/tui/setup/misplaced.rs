//! Answers in a field where they do not belong: a key where it would be visible, one system's address in the other's field.
use super::question::{Question, SetupPage, Widget};
use super::state::Setup;
use crate::secret::ApiKey;
use crate::site::{CampusField, ServiceUrl};

/// What is said of a key that was pasted where it would be visible.
pub const A_KEY_HERE: &str = "this looks like an API key; paste it into its own field";

/// Problem of an address where a name or a code belongs.
const AN_ADDRESS_HERE: &str = "This is a web address. It belongs in the field of Alma's or ILLiad's address.";

/// Problem of ILLiad's address in the field of Alma's.
const ILLIAD_HERE: &str = "This is an address of ILLiad, so the Alma key is not sent there. Type Alma's here; it begins with https://api-, as in https://api-na.hosted.exlibrisgroup.com.";

/// Problem of Alma's address in the field of ILLiad's.
const ALMA_HERE: &str = "This is an address of Alma, so no ILLiad key is sent there. Type ILLiad's here; it usually ends in /illiadwebplatform.";

/// Problem of an address that is in both fields.
const SAME_HOST: &str = "ILLiad's address names the same host, so no Alma key is sent there. Type Alma's address here, or correct ILLiad's.";

impl Setup {
    /// Returns whether a pasted text looks like a key but would be readable in this field and stored in clear. Keys are one long word of
    /// letters and digits; addresses have `:` or `/`.
    pub fn would_show_a_key(&self, pasted: &str) -> bool {
        let word = pasted.trim();
        let hidden = self.page != SetupPage::Campus && self.focus.widget() == Widget::Secret;
        let mixed = word.contains(|c: char| c.is_ascii_digit()) && word.contains(|c: char| c.is_ascii_alphabetic());
        !hidden && word.len() >= 20 && mixed && !word.contains([':', '/']) && ApiKey::parse(word.to_owned()).is_ok()
    }

    /// Refuses a key that was pasted where it would be visible. The answer from before is put back.
    pub fn refuse_a_key(&mut self) {
        self.refused = Some(A_KEY_HERE.to_owned());
        if let (Question::Slot(_), true) = (self.focus, self.typed_into == Some(self.focus)) {
            self.put(&self.came_with.clone());
        }
    }

    /// The problem with an address where a name or a code belongs.
    pub(super) fn an_address_here(&self, slot: CampusField) -> Option<String> {
        let text = self.draft.get(slot).trim().to_ascii_lowercase();
        (text.contains("://") || text.starts_with("www.")).then(|| AN_ADDRESS_HERE.to_owned())
    }

    /// The problem with an address that is the other system's, because the key of this one would be sent there.
    pub(super) fn of_the_other_system(&self, slot: CampusField) -> Option<String> {
        let [here, alma, illiad] = [slot, CampusField::AlmaUrl, CampusField::IlliadUrl]
            .map(|slot| ServiceUrl::parse(&self.draft.get(slot)).ok());
        let here = here?;
        // On this computer, both may be practice systems.
        let elsewhere = here.as_str().starts_with("https://");
        let same = elsewhere && alma.zip(illiad).is_some_and(|(alma, illiad)| alma.host() == illiad.host());
        match slot {
            CampusField::AlmaUrl if here.is_like_illiads() => Some(ILLIAD_HERE.to_owned()),
            CampusField::IlliadUrl if here.is_like_almas() => Some(ALMA_HERE.to_owned()),
            CampusField::AlmaUrl if same && !here.is_like_almas() => Some(SAME_HOST.to_owned()),
            _ => None,
        }
    }
}
