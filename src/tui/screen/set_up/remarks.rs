//! What Alma and ILLiad say about the answers of the set-up.
use crate::engine::observed::{General, Observation, UnreadKind, UnreadReason};
use crate::engine::time_limits;
use crate::recipe::{Expectation, KeySlot, Recipe};
use crate::site::{CampusField, Environment};
use crate::text::clean;
use crate::tui::job::Job;
use crate::tui::model::Model;
use crate::tui::msg::SystemsAnswer;
use crate::tui::row::{PieceKind, Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;
use crate::tui::setup::{Question, Setup, SetupPage, address_of};
use crate::tui::text::{self, capitalised};

/// What is said about an answer.
pub(super) struct Remark {
    pub(super) mark: Mark,
    pub(super) tone: Tone,
    /// What a system said about the answer, in one plain sentence.
    pub(super) words: String,
    /// What to do about it.
    pub(super) next: Option<String>,
}

impl Remark {
    fn new(mark: Mark, tone: Tone, words: impl Into<String>) -> Self {
        Self { mark, tone, words: words.into(), next: None }
    }

    fn good(words: impl Into<String>) -> Self {
        Self::new(Mark::Same, Tone::Good, words)
    }

    fn wrong(words: impl Into<String>) -> Self {
        Self::new(Mark::Differs, Tone::Bad, words)
    }

    pub(super) fn unsure(words: impl Into<String>) -> Self {
        Self::new(Mark::Unread, Tone::Warn, words)
    }

    fn advice(words: &str) -> Self {
        Self::new(Mark::Advice, Tone::Faint, words)
    }

    fn then(mut self, next: impl Into<String>) -> Self {
        self.next = Some(next.into());
        self
    }

    /// The rows beside an answer: the sentence, and the next thing to do below it.
    pub(super) fn rows(&self, mark: impl Into<PieceKind>, at: usize, columns: usize) -> Vec<Row> {
        let mut rows = hanging((self.tone, mark), self.tone, &self.words, at, columns);
        let next = self.next.iter().map(|next| text::sentence(&capitalised(next)));
        rows.extend(next.flat_map(|next| paragraph(Tone::Plain, &next, at + 2, columns)));
        rows
    }
}

/// Digits in a CUNY EMPLID.
const EMPLID: usize = 8;

/// What Alma and ILLiad say about an answer. `None` if there is nothing to say.
pub(super) fn remark(model: &Model, setup: &Setup, ask: Question) -> Option<Remark> {
    if let (Some(since), true) = (setup.explored.since(), concerns(setup, ask)) {
        let words = format!("checking, {}", model.time_left(since, time_limits::COMMAND));
        return Some(Remark::new(Mark::Busy(model.spin(since)), Tone::Faint, words));
    }
    if let (Job::Failed { failure, .. }, Question::Slot(CampusField::AlmaUrl)) = (&setup.explored, ask) {
        return Some(Remark::unsure(failure.plain()));
    }
    if let Question::Slot(slot) = ask
        && setup.is_unconfirmed(slot)
    {
        return Some(Remark::advice("contacted only after you press Enter here"));
    }
    if let (Some(before), Question::Slot(CampusField::Environment)) = (setup.environment_left(), ask) {
        return Some(Remark::new(Mark::Advice, Tone::Warn, left_behind(before)));
    }
    if let (true, Question::Key(slot)) = (setup.focus == ask, ask)
        && setup.serves(slot).is_some()
    {
        let wrong = verdict(setup, ask).filter(|said| said.mark == Mark::Differs);
        return Some(wrong.unwrap_or_else(|| Remark::advice("a key is saved; leave this empty to keep it")));
    }
    if setup.focus == ask && setup.must_be_typed_again(ask) {
        return Some(Remark::advice("keys are not saved: type it again"));
    }
    if let (false, Question::Slot(CampusField::PatronsSample)) = (setup.focus == ask, ask) {
        return unlike_emplids(model, &setup.draft.get(CampusField::PatronsSample));
    }
    verdict(setup, ask)
}

/// What the systems' last answer means for an answer here.
fn verdict(setup: &Setup, ask: Question) -> Option<Remark> {
    let seen = answer_about(setup, ask)?;
    if let Some(why) = unread(setup, ask) {
        return Some(about_unread(why));
    }
    if let Question::Key(slot) = ask
        && let Some(unreached) = untried(setup, seen, slot)
    {
        return Some(unreached);
    }
    match ask {
        Question::Key(KeySlot::Alma) => whose_key(setup, seen.institution.got()?),
        Question::Key(KeySlot::Illiad) => seen.illiad_key.got().map(|()| Remark::good("accepted by ILLiad")),
        Question::Key(KeySlot::Export) => seen.export_key.got().map(|()| Remark::good("accepted by ILLiad")),
        Question::Slot(CampusField::IlliadUrl) => {
            seen.illiad_version.got().map(|version| Remark::good(format!("answers: ILLiad {version}")))
        }
        Question::Slot(CampusField::AlmaLibrary) => library(setup, seen),
        Question::Slot(CampusField::AlmaReceiveDesk) => desk(setup, seen),
        Question::Slot(_) => None,
    }
}

/// What does not count in another environment than the one before, and where its keys and its stance begin.
fn left_behind(before: Environment) -> String {
    format!(
        "was {before}: its keys, sign-offs, evidence and proofs stay there and do not count here. The rule begins as \"set up ahead\".",
        before = before.as_str()
    )
}

/// The systems' last answer, if it is about this answer as it is now.
fn answer_about(setup: &Setup, ask: Question) -> Option<&SystemsAnswer> {
    // The pending query has other keys or another environment, so the last answer about a key may no longer hold.
    let stale = setup.explored.since().is_some() && matches!(ask, Question::Key(_));
    setup.seen.as_ref().filter(|_| setup.was_told(ask) && !stale)
}

/// Why a system could not be asked about an answer. Each cause is told beside one answer only: a host that cannot be asked beside its
/// address, a key that is not accepted beside the key.
pub(super) fn unread(setup: &Setup, ask: Question) -> Option<&UnreadReason> {
    let seen = answer_about(setup, ask)?;
    let of_alma = seen.institution.unread();
    let of_illiad = seen.illiad_version.unread();
    let known = |causes: &[Option<&UnreadReason>], why: &UnreadReason| {
        causes.iter().flatten().any(|cause| cause.why == why.why && cause.plain() == why.plain())
    };
    let why = match ask {
        Question::Slot(CampusField::AlmaUrl) => of_alma.filter(|why| !is_about_a_key(why)),
        Question::Key(KeySlot::Alma) => of_alma.filter(|why| is_about_a_key(why)),
        Question::Slot(CampusField::AlmaLibrary) => seen.libraries.unread().filter(|why| !known(&[of_alma], why)),
        Question::Slot(CampusField::AlmaReceiveDesk) => {
            seen.desks.unread().filter(|why| !known(&[of_alma, seen.libraries.unread()], why))
        }
        Question::Slot(CampusField::IlliadUrl) => of_illiad,
        Question::Key(KeySlot::Illiad) => seen.illiad_key.unread().filter(|why| !known(&[of_illiad], why)),
        Question::Key(KeySlot::Export) => seen.export_key.unread().filter(|why| !known(&[of_illiad], why)),
        Question::Slot(_) => None,
    };
    why.filter(|why| why.why != UnreadKind::NotAsked)
}

/// What came of a typed key while its page was left already: the first that is wrong, or else that the last one is right.
pub(super) fn of_keys_left(setup: &Setup) -> Option<String> {
    if setup.page != SetupPage::Places {
        return None;
    }
    let said = |slot: KeySlot| {
        let said = setup.key(slot).and_then(|_| verdict(setup, Question::Key(slot)))?;
        let confirmed = if said.mark == Mark::Same { ", confirmed" } else { "" };
        let words = format!("{}{confirmed}: {}", Question::Key(slot).label(), said.words);
        Some((said.mark, words))
    };
    let wrong = KeySlot::ALL.into_iter().filter_map(said).find(|(mark, _)| *mark != Mark::Same);
    wrong.or_else(|| said(KeySlot::Export)).map(|(_, words)| words)
}

/// What is said of a typed key whose system cannot be asked, for the reason that is told beside its address.
fn untried(setup: &Setup, seen: &SystemsAnswer, slot: KeySlot) -> Option<Remark> {
    let (unread, system) = match slot {
        KeySlot::Alma => (seen.institution.unread(), "Alma"),
        KeySlot::Illiad => (seen.illiad_key.unread(), "ILLiad"),
        KeySlot::Export => (seen.export_key.unread(), "ILLiad"),
    };
    unread.filter(|why| why.why != UnreadKind::NotAsked && setup.key(slot).is_some())?;
    Some(Remark::unsure(format!("This key cannot be tried now, because {system} does not answer as it should.")))
}

/// Whether a system that this page needs could not be asked, for a reason that may have passed.
pub(super) fn is_unreached(setup: &Setup) -> bool {
    // The lists on the page of places are Alma's.
    let of_lists = |ask| setup.page == SetupPage::Places && ask == Question::Slot(CampusField::AlmaUrl);
    let here = |ask: &Question| setup.page == SetupPage::Review || ask.page() == setup.page || of_lists(*ask);
    let passing = |ask| unread(setup, ask).is_some_and(|why| !is_about_a_key(why));
    !setup.busy() && (matches!(setup.explored, Job::Failed { .. }) || Question::all().filter(here).any(passing))
}

fn is_about_a_key(why: &UnreadReason) -> bool {
    matches!(
        why.why,
        UnreadKind::NoKey(_)
            | UnreadKind::KeyUnfit
            | UnreadKind::KeyRefused
            | UnreadKind::NotAllowed
            | UnreadKind::NotAsked
    )
}

/// What could not be asked, and what to do. A key that is refused is pasted here, so no command is named.
fn about_unread(why: &UnreadReason) -> Remark {
    match why.why {
        UnreadKind::KeyRefused => Remark::wrong(why.plain())
            .then("paste the right one here, or ask the person who made it: it may have expired"),
        UnreadKind::Down => Remark::unsure(why.plain()).then("go on here, and check again later"),
        UnreadKind::NoKey(_) | UnreadKind::KeyUnfit => Remark::wrong(why.plain()).then("paste the right one here"),
        _ => Remark::unsure(why.plain()).then(why.next.clone()),
    }
}

/// Warns about the first sample patron that does not look like an EMPLID, at the consortium whose EMPLIDs are known. Alma may use other identifiers, so it is not refused.
fn unlike_emplids(model: &Model, sample: &str) -> Option<Remark> {
    if !model.consortium.is_home() {
        return None;
    }
    let like = |id: &str| id.len() == EMPLID && id.bytes().all(|byte| byte.is_ascii_digit());
    let ids = sample.split(", ").filter(|id| !id.is_empty());
    let first = ids.into_iter().find(|id| !like(id))?;
    let first = text::cut(first, 20, model.script.dots());
    Some(Remark::unsure(format!("{first}: a CUNY EMPLID has {EMPLID} digits")))
}

/// Whether the running query concerns this answer.
fn concerns(setup: &Setup, ask: Question) -> bool {
    let asked = |slot| setup.asked.as_ref().is_some_and(|asked| asked.asks(slot));
    match ask {
        Question::Key(slot) => setup.key(slot).is_some() && asked(address_of(slot)),
        Question::Slot(CampusField::IlliadUrl) => asked(CampusField::IlliadUrl),
        Question::Slot(CampusField::AlmaLibrary) => {
            asked(CampusField::AlmaUrl) && !setup.draft.get(CampusField::AlmaLibrary).is_empty()
        }
        Question::Slot(_) => false,
    }
}

fn whose_key(setup: &Setup, general: &General) -> Option<Remark> {
    let environment = general.environment.map_or("an environment Alma does not name", Environment::as_str);
    let wanted = [CampusField::Institution, CampusField::Environment].map(|slot| setup.draft.get(slot));
    if [general.institution.as_str(), environment] == wanted {
        return Some(Remark::good(format!("belongs to {}, {environment}", general.institution)));
    }
    if general.institution != wanted[0] {
        let name = general.name.as_deref().map_or(String::new(), |name| format!("{} (", clean(name, 40)));
        let close = if name.is_empty() { "" } else { ")" };
        let code = clean(&general.institution, 40);
        let own = setup.draft.get(CampusField::Name);
        let own = if own.is_empty() { &wanted[0] } else { &own };
        return Some(
            Remark::wrong(format!("This key belongs to {name}{code}{close}, not to {own}."))
                .then("paste this campus's key here, or go back and choose the other campus"),
        );
    }
    Some(
        Remark::wrong(format!("This key belongs to {environment}, not to {}.", wanted[1]))
            .then(format!("paste the key for {} here, or change the environment above", wanted[1])),
    )
}

fn library(setup: &Setup, seen: &SystemsAnswer) -> Option<Remark> {
    let rows = seen.libraries.got()?;
    let code = setup.draft.get(CampusField::AlmaLibrary);
    if code.is_empty() {
        return None;
    }
    let Some(row) = rows.iter().find(|row| row.code == code) else {
        return Some(Remark::wrong("Alma has no library with that code").then("choose one from the list"));
    };
    if row.resource_sharing == Some(false) {
        let next = "choose another one, or flag it in Alma";
        return Some(Remark::wrong(format!("{} is not a resource sharing library.", row.name)).then(next));
    }
    let missing = missing_locations(seen);
    if missing.is_empty() {
        return Some(Remark::good(row.name.clone()));
    }
    let words = format!("{} has no location called {}.", row.name, missing.join(" nor "));
    Some(Remark::wrong(words).then("choose another library, or add the location in Alma"))
}

/// Locations that the procedure names and the library lacks. Empty if they were not read.
fn missing_locations(seen: &SystemsAnswer) -> Vec<String> {
    let Observation::Got(rows) = &seen.locations else { return Vec::new() };
    Recipe::embedded()
        .fields()
        .filter_map(|field| match &field.want {
            Expectation::Location(name) if !rows.iter().any(|row| row.name == *name) => Some(name.clone()),
            _ => None,
        })
        .collect()
}

fn desk(setup: &Setup, seen: &SystemsAnswer) -> Option<Remark> {
    let rows = seen.desks.got()?;
    let typed = setup.draft.get(CampusField::AlmaReceiveDesk);
    match rows.iter().find(|row| row.name == typed || row.code == typed) {
        Some(row) => Some(Remark::good(format!("{}, code {}", row.name, row.code))),
        None if typed.is_empty() => None,
        None => Some(Remark::wrong("The library has no desk with that name or code.").then("choose one from the list")),
    }
}
