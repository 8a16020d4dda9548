//! How a session begins.
use super::model::{Campus, Held, Model, Screen, Size, Standing};
use super::mouse::Mouse;
use super::script::Script;
use super::setup::{Offer, Setup};
use crate::engine::{AlmaSeen, CardScope, IlliadSeen, Shown, Snapshot, card, verify};
use crate::recipe::{Recipe, StepId};
use crate::site::Site;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What a session knows from the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Whose name goes into the journal.
    pub user: String,
    /// The practice world, if nothing here is real.
    pub practice: Option<String>,
    /// What the terminal can show.
    pub script: Script,
    /// For showing times.
    pub zone: TimeZone,
    /// Now.
    pub now: Timestamp,
}

impl Model {
    /// A session on a campus, at its first step or at the one named. The steps are read at once, in the background.
    #[must_use]
    pub fn on_campus(start: Start, site: Site, at: Option<StepId>) -> Self {
        let campus = Campus::unread(site, start.now, at.unwrap_or(StepId::Connect));
        Self::new(start, Some(campus), None, Screen::Steps)
    }

    /// A session that begins with the set-up of a campus.
    #[must_use]
    pub fn first_time(start: Start) -> Self {
        Self::choosing(start, Vec::new(), None)
    }

    /// A session that begins with the list of campuses, those set up here first; one of these opens at the step named.
    #[must_use]
    pub fn choosing(start: Start, known: Vec<Offer>, at: Option<StepId>) -> Self {
        let setup = Setup { known, opens_at: at.unwrap_or(StepId::Connect), ..Setup::fresh() };
        Self::new(start, None, Some(Box::new(setup)), Screen::Setup)
    }

    fn new(start: Start, campus: Option<Campus>, setup: Option<Box<Setup>>, screen: Screen) -> Self {
        let Start { user, practice, script, zone, now } = start;
        Self {
            user,
            practice,
            script,
            mouse: Mouse::Terminals,
            zone,
            now,
            size: Size { columns: 80, rows: 24 },
            campus,
            setup,
            screen,
            help: None,
            status: None,
            copied: None,
            leaving: None,
            held: Held::default(),
            next_ticket: 1,
        }
    }
}

impl Campus {
    /// A campus of which nothing was read; what is wanted is known all the same.
    #[must_use]
    pub fn unread(site: Site, now: Timestamp, at: StepId) -> Self {
        let recipe = Recipe::embedded();
        let nothing = Snapshot {
            at: now,
            alma: AlmaSeen::default(),
            illiad: IlliadSeen::default(),
            patrons: Vec::new(),
            said: Vec::new(),
            shown: Shown::default(),
            export_key: None,
            key_written: None,
            proofs: Vec::new(),
        };
        let report = verify(recipe, &site, &nothing, &StepId::ALL);
        let cards = recipe.steps.iter().map(|step| card(recipe, &site, &nothing, step.id, CardScope::Whole));
        Self {
            cards: cards.collect(),
            steps: report.steps.into_iter().map(|report| Standing { report, read: None }).collect(),
            site,
            keys_words: Vec::new(),
            store: String::new(),
            remarks: Vec::new(),
            undoable: crate::engine::Undoable::default(),
            readings: Vec::new(),
            failure: None,
            at,
            places: BTreeMap::new(),
        }
    }
}
