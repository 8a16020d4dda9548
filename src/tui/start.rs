//! How a session begins.
use super::board::Board;
use super::entry::Entry;
use super::model::{Campus, Drafts, Model, Opening, Screen, Size, StepStatus};
use super::mouse::Mouse;
use super::screen::board::BoardScreen;
use super::screen::paste_back::PasteBackScreen;
use super::screen::set_up::SetUpScreen;
use super::screen::sign_off::{SignOffKind, SignOffScreen};
use super::screen::steps::StepsScreen;
use super::screen::welcome::WelcomeScreen;
use super::script::Script;
use super::setup::{Offer, Setup, UnfinishedSetup};
use super::text::count;
use crate::engine::card::{CardScope, card};
use crate::engine::journal::{JournalFacts, LastSession, SessionEnd, UnsentInput, UnwatchedWork, Verb};
use crate::engine::judge::{KnownKeys, Snapshot, verify};
use crate::engine::observed::{AlmaObservations, IlliadObservations, Observation};
use crate::recipe::{Recipe, StepId};
use crate::site::{Consortium, SavedSetup, Site};
use crate::tui::key_store::KeyStore;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a session knows from the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// The name that goes into the journal.
    pub user: String,
    /// The name of the practice world. `None` on real systems.
    pub practice: Option<String>,
    pub script: Script,
    /// Time zone for the times shown.
    pub zone: TimeZone,
    pub now: Timestamp,
}

impl Model {
    /// Starts a session on a campus at the given step. Without one it starts at the first step and, if work was begun, soon moves to the
    /// first one that is not done. The steps are read at once, in the background.
    pub fn on_campus(start: Start, site: Site, at: Option<StepId>) -> Self {
        let campus = Campus::unread(site, start.now, at.unwrap_or(StepId::Connect));
        let campus = Campus { opening: at.map_or(Opening::AtFirstOpen, |_| Opening::Settled), ..campus };
        Self::new(start, Some(campus), None, Screen::Steps(StepsScreen))
    }

    /// This session in a consortium of its own.
    #[must_use]
    pub fn in_consortium(mut self, consortium: Arc<Consortium>) -> Self {
        self.setup = self.setup.map(|setup| Box::new(setup.in_consortium(Arc::clone(&consortium))));
        self.consortium = consortium;
        self
    }

    /// Shows the first screen before anything else.
    pub fn welcoming(mut self) -> Self {
        self.screen = Screen::Welcome(WelcomeScreen::default());
        self
    }

    /// Starts a session with the list of campuses, those set up here first. One of these opens at the given step.
    pub fn choosing(start: Start, known: Vec<Offer>, at: Option<StepId>) -> Self {
        let setup = Setup { known, opens_at: at, ..Setup::fresh() };
        Self::new(start, None, Some(Box::new(setup)), Screen::SetUp(SetUpScreen))
    }

    /// Starts a session with the board of these campuses. They are read at once, in the background.
    pub fn on_board(start: Start, board: Board) -> Self {
        let model = Self::new(start, None, None, Screen::Board(BoardScreen::default()));
        Self { board: Some(Box::new(board)), ..model }
    }

    /// Offers to resume an unfinished set-up.
    pub fn offering(mut self, begun: SavedSetup) -> Self {
        let when = begun.at.to_zoned_datetime(self.zone.clone()).strftime("%-d %b %H:%M").to_string();
        if let Some(setup) = &mut self.setup {
            setup.unfinished = Some(UnfinishedSetup { begun, when });
        }
        self
    }

    /// Selects the named campus in the list. A code that is not in the list is put into the field, for Enter to take.
    pub fn at_campus(mut self, code: &str) -> Self {
        let Some(setup) = &mut self.setup else { return self };
        let small = code.to_lowercase();
        setup.moved = setup.offers().iter().position(|offer| offer.value.to_lowercase() == small);
        if setup.moved.is_none() {
            let code = code.to_uppercase();
            setup.filter = Entry::open(&code);
            self.status = Some(format!("{code} is not in the list of campuses. Is it spelled as in Alma?"));
        }
        self
    }

    /// Opens where the last session ended, unless another step was asked for, and with what was typed there.
    pub fn resume(&mut self, last: &LastSession, asked: Option<StepId>) {
        let title = self.recipe().step(last.at).title.clone();
        if let Some(campus) = &mut self.campus {
            campus.at = asked.unwrap_or(last.at);
            campus.places.entry(last.at).or_default().key.clone_from(&last.value);
            campus.opening = if asked.is_some() { Opening::Settled } else { Opening::WhereLeft };
        }
        if last.end == SessionEnd::BrokenOff {
            self.say_what_broke_off(last, &title);
        }
    }

    /// Restores what was typed when a session broke off, and says what became of its work until everything has been read again.
    fn say_what_broke_off(&mut self, broken: &LastSession, title: &str) {
        for unsent in &broken.unsent {
            match unsent {
                UnsentInput::Remark { fields, text } => {
                    let held = SignOffScreen::of(SignOffKind::Sign, fields.clone(), Entry::open(text));
                    self.held.sign_off = Some(held);
                }
                UnsentInput::Value { field, text } => {
                    let (key, typed) = (field.clone(), Entry::open(text));
                    self.held.paste = Some(PasteBackScreen::of(key, typed));
                }
            }
        }
        let write = match broken.write {
            UnwatchedWork::None => String::new(),
            UnwatchedWork::Written(some) => format!(", {} written", count(some, "value")),
            UnwatchedWork::Undone(Verb::Delete) => ", partner deleted".to_owned(),
            UnwatchedWork::Undone(Verb::Create | Verb::Replace) => ", record restored".to_owned(),
            UnwatchedWork::NotDone => ", nothing written".to_owned(),
            UnwatchedWork::Unknown => ", during a write".to_owned(),
        };
        let unknown = broken.write == UnwatchedWork::Unknown;
        let kept = if broken.unsent.is_empty() { "" } else { ", text kept" };
        let next = if unknown { "Checking what it did." } else { "Reading again." };
        self.status = Some(format!("Interrupted at {title}, {}{write}{kept}. {next}", self.clock(broken.when)));
        if let Some(campus) = &mut self.campus {
            let found =
                if unknown { "Connect says what the write did".to_owned() } else { format!("read again{write}{kept}") };
            campus.interrupted = Some(found);
        }
        self.back.clone_from(&self.status);
    }

    fn new(start: Start, campus: Option<Campus>, setup: Option<Box<Setup>>, screen: Screen) -> Self {
        let Start { user, practice, script, zone, now } = start;
        Self {
            user,
            practice,
            meant_to_fail: Vec::new(),
            script,
            mouse: Mouse::Terminals,
            zone,
            now,
            size: Size { columns: 80, rows: 24 },
            consortium: Arc::default(),
            campus,
            setup,
            board: None,
            screen,
            help: None,
            status: None,
            back: None,
            copied: None,
            quit: false,
            paused_until: None,
            leaving: None,
            held: Drafts::default(),
            held_elsewhere: Vec::new(),
            next_ticket: 1,
            answers: Vec::new(),
        }
    }
}

impl Campus {
    /// Creates a campus of which nothing was read. The wanted values are known already.
    pub fn unread(site: Site, now: Timestamp, at: StepId) -> Self {
        let recipe = Recipe::embedded();
        let nothing = Snapshot {
            at: now,
            alma: AlmaObservations::default(),
            illiad: IlliadObservations::default(),
            patrons: Vec::new(),
            journal: JournalFacts::default(),
            keys: KnownKeys { export_key: Observation::NotThere, other_keys: Vec::new() },
            proxies: BTreeMap::new(),
        };
        let report = verify(recipe, &site, &nothing, &StepId::ALL);
        let cards = recipe.steps.iter().map(|step| card(recipe, &site, &nothing, step.id, CardScope::Whole));
        Self {
            cards: cards.collect(),
            steps: report.steps.into_iter().map(|report| StepStatus { report, read: None }).collect(),
            site,
            keys_words: Vec::new(),
            store: KeyStore::Untold,
            remarks: Vec::new(),
            undoable: crate::engine::journal::UndoState::default(),
            readings: Vec::new(),
            failure: None,
            at,
            opening: Opening::Settled,
            interrupted: None,
            places: BTreeMap::new(),
            finish_shown: None,
        }
    }
}
