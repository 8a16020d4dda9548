//! What Alma and ILLiad say about the answers of the set-up.
use crate::engine::observed::{Observation, UnreadKind};
use crate::engine::time_limits;
use crate::recipe::{Expectation, KeySlot, Recipe};
use crate::site::{CampusField, Environment};
use crate::tui::job::Job;
use crate::tui::model::Model;
use crate::tui::msg::SystemsAnswer;
use crate::tui::row::Tone;
use crate::tui::script::Mark;
use crate::tui::setup::{Question, Setup};
use crate::tui::text;

/// What is said about an answer.
pub(super) type Remark = (Mark, Tone, String);

fn good(words: impl Into<String>) -> Option<Remark> {
    Some((Mark::Same, Tone::Good, words.into()))
}

fn wrong(words: impl Into<String>) -> Option<Remark> {
    Some((Mark::Differs, Tone::Bad, words.into()))
}

fn unsure(words: impl Into<String>) -> Option<Remark> {
    Some((Mark::Unread, Tone::Warn, words.into()))
}

fn advice(words: &str) -> Option<Remark> {
    Some((Mark::Advice, Tone::Faint, words.to_owned()))
}

/// Digits in a CUNY EMPLID.
const EMPLID: usize = 8;

/// What Alma and ILLiad say about an answer. `None` if there is nothing to say.
pub(super) fn remark(model: &Model, setup: &Setup, ask: Question) -> Option<Remark> {
    if let (Some(since), true) = (setup.explored.since(), concerns(setup, ask)) {
        return Some((
            Mark::Busy(model.spin(since)),
            Tone::Faint,
            format!("checking, {}", model.time_left(since, time_limits::COMMAND)),
        ));
    }
    if let (Job::Failed { failure, .. }, Question::Slot(CampusField::AlmaUrl)) = (&setup.explored, ask) {
        return unsure(failure.what.clone());
    }
    if let (Some(before), Question::Slot(CampusField::Environment)) = (setup.environment_left(), ask) {
        return Some((Mark::Advice, Tone::Warn, left_behind(before)));
    }
    if let (true, Question::Key(slot)) = (setup.focus == ask, ask)
        && setup.serves(slot).is_some()
    {
        return advice("a key is saved; leave this empty to keep it");
    }
    if setup.focus == ask && setup.must_be_typed_again(ask) {
        return advice("keys are not saved: type it again");
    }
    if let (false, Question::Slot(CampusField::PatronsSample)) = (setup.focus == ask, ask) {
        return unlike_emplids(model, &setup.draft.get(CampusField::PatronsSample));
    }
    // The pending query has other keys or another environment, so the last answer about a key may no longer hold.
    let stale = setup.explored.since().is_some() && matches!(ask, Question::Key(_));
    let seen = setup.seen.as_ref().filter(|_| setup.was_told(ask) && !stale)?;
    match ask {
        Question::Key(KeySlot::Alma) => whose_key(setup, seen),
        Question::Key(KeySlot::Illiad) => key_answer_words(&seen.illiad_key, |()| "accepted by ILLiad".to_owned()),
        Question::Slot(CampusField::IlliadUrl) => {
            answer_words(&seen.illiad_version, |version| format!("answers: ILLiad {version}"))
        }
        Question::Slot(CampusField::AlmaLibrary) => library(setup, seen),
        Question::Slot(CampusField::AlmaReceiveDesk) => desk(setup, seen),
        Question::Key(KeySlot::Export) => key_answer_words(&seen.export_key, |()| "accepted by ILLiad".to_owned()),
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

/// Warns about the first sample patron that does not look like a CUNY EMPLID. Alma may use other identifiers, so it is not refused.
fn unlike_emplids(model: &Model, sample: &str) -> Option<Remark> {
    let like = |id: &str| id.len() == EMPLID && id.bytes().all(|byte| byte.is_ascii_digit());
    let ids = sample.split(", ").filter(|id| !id.is_empty());
    let first = ids.into_iter().find(|id| !like(id))?;
    unsure(format!("{}: a CUNY EMPLID has {EMPLID} digits", text::cut(first, 20, model.script.dots())))
}

/// Whether the running query concerns this answer.
fn concerns(setup: &Setup, ask: Question) -> bool {
    match ask {
        Question::Key(slot) => setup.key(slot).is_some(),
        Question::Slot(slot @ (CampusField::IlliadUrl | CampusField::AlmaLibrary)) => !setup.draft.get(slot).is_empty(),
        Question::Slot(_) => false,
    }
}

fn answer_words<T>(seen: &Observation<T>, words: impl Fn(&T) -> String) -> Option<Remark> {
    match seen {
        Observation::Got(value) => good(words(value)),
        Observation::NotThere => unsure("not found"),
        Observation::Unread(why) if why.why == UnreadKind::NotAsked => None,
        Observation::Unread(why) => unsure(format!("{}; {}", why.what, why.next)),
    }
}

/// [`answer_words`] for a key. A refused key is shown as wrong.
fn key_answer_words<T>(seen: &Observation<T>, words: impl Fn(&T) -> String) -> Option<Remark> {
    match seen {
        // Names the field on this page instead of the command that stores a key.
        Observation::Unread(why) if why.why == UnreadKind::KeyRefused => {
            wrong(format!("{}; paste the right one here", why.what))
        }
        _ => answer_words(seen, words),
    }
}

fn whose_key(setup: &Setup, seen: &SystemsAnswer) -> Option<Remark> {
    let Observation::Got(general) = &seen.institution else {
        return key_answer_words(&seen.institution, |_| String::new());
    };
    let environment =
        general.environment.map_or("an environment Alma does not name", |environment| environment.as_str());
    let wanted = (setup.draft.get(CampusField::Institution), setup.draft.get(CampusField::Environment));
    let words = format!("belongs to {}, {environment}", general.institution);
    if (general.institution.as_str(), environment) == (wanted.0.as_str(), wanted.1.as_str()) {
        return good(words);
    }
    wrong(format!("{words}, not to {}, {}", wanted.0, wanted.1))
}

fn library(setup: &Setup, seen: &SystemsAnswer) -> Option<Remark> {
    let Observation::Got(rows) = &seen.libraries else { return answer_words(&seen.libraries, |_| String::new()) };
    let code = setup.draft.get(CampusField::AlmaLibrary);
    if code.is_empty() {
        return None;
    }
    let Some(row) = rows.iter().find(|row| row.code == code) else {
        return wrong("Alma has no library with that code");
    };
    if row.resource_sharing == Some(false) {
        return wrong(format!("{} is not a resource sharing library", row.name));
    }
    let missing = missing_locations(seen);
    if missing.is_empty() {
        return good(row.name.clone());
    }
    wrong(format!("{} has no location called {}", row.name, missing.join(" nor ")))
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
    let Observation::Got(rows) = &seen.desks else { return answer_words(&seen.desks, |_| String::new()) };
    let typed = setup.draft.get(CampusField::AlmaReceiveDesk);
    match rows.iter().find(|row| row.name == typed || row.code == typed) {
        Some(row) => good(format!("{}, code {}", row.name, row.code)),
        None if typed.is_empty() => None,
        None => wrong("the library has no desk with that name or code"),
    }
}
