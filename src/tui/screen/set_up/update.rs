//! Handles the set-up. Each field refuses invalid answers with a reason, while Alma and ILLiad are asked in the background.
use super::moves::{leave, page_back, page_on, pass_on, put_cursor, step_back, step_on, turn_choice, turn_to};
use super::remarks::{is_unreached, unread};
use super::replies::explore;
use super::state::SetUpScreen;
use crate::engine::observed::UnreadReason;
use crate::site::{CampusCode, CampusField};
use crate::tui::entry::{Edit, Entry, Mask};
use crate::tui::job::Job;
use crate::tui::keys::binding::Binding;
use crate::tui::model::{Model, Screen};
use crate::tui::msg::{Effect, Intent, Work};
use crate::tui::parts::area::Area;
use crate::tui::parts::checks::ticket;
use crate::tui::parts::scroll::scroll;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::reveal;
use crate::tui::screen::behaviour::{AtStake, Behaviour, EntryChange, TextUse};
use crate::tui::screen::steps::StepsScreen;
use crate::tui::setup::{A_KEY_HERE, Question, Setup, SetupPage, Widget};
use crate::tui::text;
use std::sync::Arc;

/// Columns of the offer's name in the footer's "take …".
const TAKEN: usize = 24;

/// The status after another environment was chosen.
const KEYS_CLEARED: &str = "The keys you typed were for the other environment, and are cleared.";

/// Opens the set-up of the campus at one question, with what was typed before.
pub(in crate::tui) fn open(model: &mut Model, ask: Question) -> Vec<Effect> {
    let Some(campus) = &model.campus else { return Vec::new() };
    let code = campus.site.institution.as_str();
    let held = model.setup.take().filter(|setup| setup.draft.get(CampusField::Institution) == code);
    let mut setup = held.unwrap_or_else(|| {
        let setup = Setup::of(&campus.site, ask, campus.keys_words.clone());
        Box::new(Setup { consortium: Arc::clone(&model.consortium), ..setup })
    });
    setup.store.clone_from(&campus.store);
    setup.page = ask.page();
    put_cursor(&mut setup, ask);
    setup.refused = None;
    model.setup = Some(setup);
    model.screen = Screen::SetUp(SetUpScreen);
    explore(model)
}

impl Behaviour for SetUpScreen {
    fn key(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
        let Some(setup) = &mut model.setup else { return Vec::new() };
        if setup.saving.since().is_some() {
            return Vec::new();
        }
        match intent {
            Intent::Back => return back(model),
            Intent::Check => {
                // The same question as before, which is not asked again otherwise.
                setup.asked = None;
                return explore(model);
            }
            _ => {}
        }
        match setup.page {
            SetupPage::Campus => in_campuses(model, intent, screenful),
            SetupPage::Systems | SetupPage::Places => in_form(model, intent),
            SetupPage::Review => in_review(model, intent, screenful),
        }
    }

    fn edit(model: &mut Model, change: EntryChange<'_>) {
        if let Some(setup) = &mut model.setup {
            setup.edit(change);
        }
    }

    /// Refuses a key pasted into a field where it would be visible.
    fn paste(model: &mut Model, text: &str) -> bool {
        let Some(setup) = model.setup.as_mut() else { return false };
        if !setup.would_show_a_key(text) {
            return false;
        }
        match setup.page {
            SetupPage::Campus => model.status = Some(A_KEY_HERE.to_owned()),
            SetupPage::Systems | SetupPage::Places | SetupPage::Review => setup.refuse_a_key(),
        }
        true
    }

    /// Chooses the clicked campus or question.
    fn click(model: &mut Model, item: usize) -> Vec<Effect> {
        let Some(setup) = model.setup.as_mut().filter(|setup| setup.saving.since().is_none()) else {
            return Vec::new();
        };
        match setup.page {
            SetupPage::Campus if item < setup.offers().len() => setup.moved = Some(item),
            SetupPage::Systems | SetupPage::Places => {
                let Some(ask) = setup.page.asks().nth(item).filter(|ask| *ask != setup.focus) else {
                    return Vec::new();
                };
                let (left, typed) = (setup.focus, setup.typed_into == Some(setup.focus));
                leave(setup);
                put_cursor(setup, ask);
                setup.confirm_left(left, typed);
                return explore(model);
            }
            SetupPage::Campus | SetupPage::Review => {}
        }
        Vec::new()
    }

    fn keep_in_sight(model: &mut Model, sheet: &Sheet, area: Area) {
        let Some(setup) = &mut model.setup else { return };
        let height = sheet.height(area);
        let focus = match setup.page {
            SetupPage::Campus => setup.row(),
            SetupPage::Systems | SetupPage::Places => setup.page.asks().position(|ask| ask == setup.focus).unwrap_or(0),
            SetupPage::Review => {
                setup.top = setup.top.min(sheet.body.len().saturating_sub(height));
                return;
            }
        };
        setup.top = reveal(&sheet.body, focus, setup.top, height);
    }

    fn table(&self, model: &Model) -> usize {
        match page_of(model) {
            SetupPage::Campus => 0,
            SetupPage::Systems | SetupPage::Places => 1,
            SetupPage::Review => 2,
        }
    }

    fn enter_words(&self, model: &Model) -> Option<String> {
        let setup = model.setup.as_ref().filter(|setup| setup.saving.since().is_none())?;
        Some(match setup.page {
            SetupPage::Campus if setup.goes_on() => "resume".to_owned(),
            SetupPage::Campus => setup.campus_chosen().map(|_| "choose".to_owned())?,
            SetupPage::Systems | SetupPage::Places => match setup.takes() {
                Some(value) => format!("use {}", text::cut(&value, TAKEN, model.script.dots())),
                None => "next".to_owned(),
            },
            SetupPage::Review if setup.is_whole() => match setup.keys_are_lost() {
                true => "save all but the keys".to_owned(),
                false => "save".to_owned(),
            },
            SetupPage::Review => "go to what is missing".to_owned(),
        })
    }

    fn works(&self, model: &Model, intent: Intent) -> bool {
        let setup = model.setup.as_deref();
        match intent {
            Intent::Reveal => setup.and_then(Setup::entry).and_then(Entry::mask).is_some(),
            Intent::Check => setup.is_some_and(is_unreached) && !self.works(model, Intent::Reveal),
            Intent::Left | Intent::Right => {
                setup.is_some_and(|setup| matches!(setup.focus.widget(), Widget::Choice(_)))
            }
            _ => true,
        }
    }

    fn label(&self, model: &Model, binding: &Binding) -> &'static str {
        match binding.intent {
            // There is no screen to go back to.
            Intent::Back if page_of(model) == SetupPage::Campus && model.campus.is_none() => "",
            Intent::Reveal if self.entry(model).and_then(Entry::mask) == Some(Mask::Off) => "hide key",
            Intent::Down if model.setup.as_ref().is_some_and(|setup| in_a_list(setup)) => "choose",
            _ => binding.label,
        }
    }

    fn entry<'a>(&'a self, model: &'a Model) -> Option<&'a Entry> {
        model.setup.as_deref().filter(|setup| setup.saving.since().is_none()).and_then(Setup::entry)
    }

    fn text_use(&self, model: &Model) -> TextUse {
        match model.setup.as_deref() {
            Some(setup) if setup.page == SetupPage::Campus => TextUse::Anything,
            Some(setup) if setup.focus.widget() == Widget::List && !setup.offers().is_empty() => TextUse::Listed,
            _ => TextUse::Answer,
        }
    }

    fn at_stake(&self, model: &Model) -> AtStake {
        let Some(setup) = &model.setup else { return AtStake::Nothing };
        match setup.page {
            SetupPage::Review => AtStake::Answers,
            SetupPage::Systems | SetupPage::Places if setup.focus.widget() == Widget::List => {
                AtStake::Offer(setup.page, setup.focus)
            }
            SetupPage::Campus | SetupPage::Systems | SetupPage::Places => AtStake::Nothing,
        }
    }

    fn wheel_lines(&self, model: &Model) -> usize {
        match page_of(model) {
            SetupPage::Campus => 1,
            // Leaving a field counts as answering it, which a turn of the wheel should not do.
            SetupPage::Systems | SetupPage::Places => 0,
            SetupPage::Review => 3,
        }
    }

    fn messages<'a>(&'a self, model: &'a Model) -> Vec<&'a str> {
        reasons(model).map(|why| why.what.as_str()).collect()
    }

    fn folded<'a>(&'a self, model: &'a Model) -> Option<&'a str> {
        reasons(model).find_map(UnreadReason::folded)
    }

    fn last_word(&self, model: &Model) -> Option<String> {
        match &model.setup.as_ref()?.saving {
            Job::Failed { failure, .. } => Some(format!("The campus was not saved: {}", failure.plain())),
            Job::Got { .. } => Some("The campus was saved.".to_owned()),
            Job::Idle | Job::Asked { .. } => None,
        }
    }

    fn unsent_word(&self, model: &Model) -> Option<&'static str> {
        if model.practice.is_some() {
            return None;
        }
        let setup = model.setup.as_ref()?;
        match (&model.campus, &setup.kept) {
            (None, Some(_)) => Some("Your answers so far are saved for next time; keys are not."),
            (None, None) if setup.draft.get(CampusField::Institution).is_empty() => None,
            (Some(campus), _) if !setup.changes(&campus.site) => None,
            (None, None) | (Some(_), _) => Some("Nothing from this set-up was saved."),
        }
    }
}

/// Whether the question under the cursor has several of Alma's names to choose from.
fn in_a_list(setup: &Setup) -> bool {
    matches!(setup.page, SetupPage::Systems | SetupPage::Places)
        && setup.focus.widget() == Widget::List
        && setup.offers().len() > 1
}

/// Why a system could not be asked, as this page says: about the answer under the cursor first, then about the others.
fn reasons(model: &Model) -> impl Iterator<Item = &UnreadReason> {
    model.setup.iter().filter(|setup| setup.page != SetupPage::Campus).flat_map(|setup| {
        let here = move |ask: &Question| setup.page == SetupPage::Review || ask.page() == setup.page;
        std::iter::once(setup.focus).chain(Question::all()).filter(here).filter_map(|ask| unread(setup, ask))
    })
}

fn page_of(model: &Model) -> SetupPage {
    model.setup.as_ref().map_or(SetupPage::Campus, |setup| setup.page)
}

/// Goes back to the steps if a campus is open, else to the previous page. On the first page it clears the filter. Answers stay.
fn back(model: &mut Model) -> Vec<Effect> {
    match (&model.campus, &mut model.setup) {
        (Some(campus), Some(setup)) => {
            let changed = setup.changes(&campus.site);
            model.status = changed.then(|| "Your changes are kept, but not saved. e opens them again.".to_owned());
            model.screen = Screen::Steps(StepsScreen);
        }
        (Some(_), None) => model.screen = Screen::Steps(StepsScreen),
        (None, Some(setup)) => match setup.page.previous() {
            Some(page) => turn_to(setup, page, false),
            None if setup.filter.is_empty() => {
                model.status = Some("There is no previous screen. Ctrl-C quits.".to_owned());
            }
            None => setup.edit(|filter| filter.edit(Edit::Clear)),
        },
        (None, None) => {}
    }
    Vec::new()
}

fn in_campuses(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
    let (new_ticket, since) = (ticket(model), model.now);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let offers = setup.offers();
    let (row, last) = (setup.row(), offers.len().saturating_sub(1));
    match intent {
        Intent::Up => setup.moved = Some(row.saturating_sub(1)),
        Intent::Down => setup.moved = Some((row + 1).min(last)),
        Intent::PageUp => setup.moved = Some(row.saturating_sub(screenful)),
        Intent::PageDown => setup.moved = Some((row + screenful).min(last)),
        Intent::Enter => {
            let Some(code) = setup.campus_chosen() else { return Vec::new() };
            if setup.goes_on() {
                model.status = setup.go_on();
                return explore(model);
            }
            if let Some(code) = CampusCode::parse(&code).filter(|_| setup.is_known(&code)) {
                setup.saving = Job::Asked { ticket: new_ticket, since };
                return vec![Effect::Work(Work::OpenCampus { ticket: new_ticket, code, environment: None })];
            }
            setup.saving = Job::Idle;
            if code != setup.draft.get(CampusField::Institution) {
                model.status = setup.start_afresh();
            }
            setup.choose(&code);
            turn_to(setup, SetupPage::Systems, true);
            return explore(model);
        }
        _ => {}
    }
    Vec::new()
}

fn in_form(model: &mut Model, intent: Intent) -> Vec<Effect> {
    let Some(setup) = &mut model.setup else { return Vec::new() };
    let offers = if setup.focus.widget() == Widget::List { setup.offers() } else { Vec::new() };
    let row = setup.taken();
    let keys = setup.keys().len();
    let left = setup.focus;
    // A default that is only passed was not confirmed.
    let meant = intent == Intent::Enter || setup.typed_into == Some(left);
    let passed = setup.moved_to().filter(|_| intent != Intent::Enter).map(|value| (left, value));
    match intent {
        Intent::Up if row.is_some_and(|row| row > 0) => setup.moved = row.map(|row| row - 1),
        Intent::Down if row.is_some_and(|row| row + 1 < offers.len()) => setup.moved = row.map(|row| row + 1),
        Intent::Down if row.is_none() && !offers.is_empty() => setup.moved = Some(0),
        Intent::Up | Intent::Previous => step_back(setup),
        Intent::Enter => {
            if let Some(offer) = row.and_then(|row| offers.get(row)) {
                setup.put(&offer.value);
            }
            step_on(setup);
        }
        Intent::Down | Intent::Next => pass_on(setup),
        Intent::PageDown => page_on(setup),
        Intent::PageUp => page_back(setup, true),
        Intent::Reveal => {
            let to = if setup.entry().and_then(Entry::mask) == Some(Mask::Off) { Mask::On } else { Mask::Off };
            if let Some(entry) = setup.entries.get_mut(&setup.focus) {
                entry.set_mask(to);
            }
        }
        Intent::Left => turn_choice(setup, -1),
        Intent::Right => turn_choice(setup, 1),
        _ => {}
    }
    setup.confirm_left(left, meant);
    let passed = passed.filter(|(focus, _)| *focus != setup.focus || setup.moved.is_none());
    let cleared = (setup.keys().len() < keys).then(|| KEYS_CLEARED.to_owned());
    let passed = passed.map(|(_, value)| format!("{value} was not chosen: Enter chooses from a list."));
    let kept = setup.refused.is_some().then(|| format!("Not yet: {} needs an answer that fits.", setup.focus.label()));
    model.status = cleared.or(passed).or(kept);
    explore(model)
}

fn in_review(model: &mut Model, intent: Intent, screenful: usize) -> Vec<Effect> {
    let (new_ticket, since) = (ticket(model), model.now);
    let Some(setup) = &mut model.setup else { return Vec::new() };
    if intent != Intent::Enter {
        scroll(&mut setup.top, intent, screenful);
        return Vec::new();
    }
    if let Some(ask) = Question::all().find(|ask| setup.problem(*ask).is_some()) {
        turn_to(setup, ask.page(), true);
        put_cursor(setup, ask);
        setup.refused = setup.problem(ask);
        return Vec::new();
    }
    setup.saving = Job::Asked { ticket: new_ticket, since };
    let (draft, keys) = (Box::new(setup.draft.clone()), setup.keys());
    vec![Effect::Work(Work::SaveCampus { ticket: new_ticket, draft, keys })]
}
