//! Asks Alma and ILLiad in the background, and takes their replies and the stored campus.
use super::remarks::of_keys_left;
use crate::failure::Failure;
use crate::recipe::StepId;
use crate::site::CampusField;
use crate::tui::job::Job;
use crate::tui::model::{Campus, Drafts, Model, Opening, Screen};
use crate::tui::msg::{Effect, StoredCampus, SystemsAnswer, Work};
use crate::tui::parts::checks::check_all;
use crate::tui::parts::judgement;
use crate::tui::parts::leaving::leave_if_asked;
use crate::tui::screen::steps::StepsScreen;
use crate::tui::setup::{SetupPage, SystemsQuery, whose};
use crate::tui::ticket::Ticket;

/// Asks the systems whose addresses are confirmed, if an answer they depend on has changed. It also looks for stored keys.
pub(super) fn explore(model: &mut Model) -> Vec<Effect> {
    let (new_ticket, since) = (Ticket(model.next_ticket), model.now);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let draft = setup.draft_to_ask_with();
    let asked = SystemsQuery {
        texts: [CampusField::AlmaUrl, CampusField::IlliadUrl, CampusField::AlmaLibrary].map(|slot| draft.get(slot)),
        whose: whose(&draft),
        keys: setup.keys_to_ask_with(),
    };
    // If no key is typed, the query uses the stored keys.
    if setup.asked.as_ref() == Some(&asked) {
        return Vec::new();
    }
    let work = Work::Explore { ticket: new_ticket, draft: Box::new(draft), keys: asked.keys.clone() };
    setup.asked = Some(asked);
    setup.explored = Job::Asked { ticket: new_ticket, since };
    model.next_ticket += 1;
    vec![Effect::Work(work)]
}

/// Takes what the two systems said, unless an answer was changed since.
pub(in crate::tui) fn explored(model: &mut Model, ticket: Ticket, result: Result<Box<SystemsAnswer>, Failure>) {
    let now = model.now;
    let Some(setup) = &mut model.setup else { return };
    let (seen, outcome) = match result {
        Ok(seen) => (Some(*seen), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    if setup.explored.settle(ticket, outcome, now) {
        if let Some(seen) = &seen {
            setup.stored.clone_from(&seen.stored);
        }
        let before = of_keys_left(setup);
        setup.seen = seen;
        let after = of_keys_left(setup).filter(|words| before.as_ref() != Some(words));
        model.status = after.or(model.status.take());
    }
}

/// Takes the stored campus, ends the set-up and reads all steps.
pub(in crate::tui) fn saved(
    model: &mut Model,
    ticket: Ticket,
    result: Result<Box<StoredCampus>, Failure>,
) -> Vec<Effect> {
    let now = model.now;
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let (saved, outcome) = match result {
        Ok(saved) => (Some(*saved), Ok(())),
        Err(failure) => (None, Err(failure)),
    };
    if !setup.saving.settle(ticket, outcome, now) {
        return Vec::new();
    }
    if let Some(effects) = leave_if_asked(model) {
        return effects;
    }
    let Some(StoredCampus { site, cards, keys_words, store, last }) = saved else { return Vec::new() };
    let opened = model.setup.as_ref().filter(|setup| setup.page == SetupPage::Campus).map(|setup| setup.opens_at);
    let at = model.campus.as_ref().map(|campus| campus.at).or(opened.flatten()).unwrap_or(StepId::Connect);
    let lost = model.setup.as_ref().is_some_and(|setup| setup.keys_are_lost());
    let words = match model.campus.as_ref().filter(|before| before.site.environment != site.environment) {
        _ if lost => "Saved, except the keys: they are used only until you quit.".to_owned(),
        Some(before) => {
            let environment = site.environment.as_str().to_uppercase();
            format!("Saved. This is {environment}: nothing from {} counts here.", judgement::environment(before))
        }
        None => "Saved.".to_owned(),
    };
    // What was typed and not recorded was about the other campus or environment.
    let same =
        |before: &Campus| (&before.site.institution, before.site.environment) == (&site.institution, site.environment);
    if !model.campus.as_ref().is_some_and(same) {
        model.held = Drafts::default();
    }
    let keys_entered = !lost && model.campus.as_ref().is_some_and(|before| before.missing_keys().is_some());
    let opening = if opened == Some(None) || keys_entered { Opening::AtFirstOpen } else { Opening::Settled };
    model.campus = Some(Campus { cards, keys_words, store, opening, ..Campus::unread(site, now, at) });
    model.setup = None;
    model.screen = Screen::Steps(StepsScreen);
    model.status = opened.is_none().then_some(words);
    if let (Some(asked), Some(last)) = (opened, last) {
        model.resume(&last, asked);
    }
    check_all(model)
}
