//! The whole state of the wizard, with the screen that is shown.
use super::campus::Campus;
use crate::engine::time_limits;
use crate::engine::whole_answer::WholeAnswer;
use crate::recipe::{Recipe, StepId};
use crate::site::Consortium;
use crate::tui::board::{Board, BoardKey};
use crate::tui::mouse::Mouse;
use crate::tui::screen::list::screens;
use crate::tui::screen::paste_back::PasteBackScreen;
use crate::tui::screen::sign_off::SignOffScreen;
use crate::tui::script::Script;
use crate::tui::setup::Setup;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;
use std::time::Duration;

macro_rules! screen_enum {
    ($($(#[$about:meta])* $name:ident($folder:ident::$state:ident) = $title:literal,)*) => {
        /// The current screen, with its own state.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Screen {
            $($(#[$about])* $name(crate::tui::screen::$folder::$state),)*
        }
    };
}

screens!(screen_enum);

impl Screen {
    /// Returns whether this is the paste-back screen.
    pub fn is_paste_back(&self) -> bool {
        matches!(self, Self::PasteBack(_))
    }

    /// All that was pasted into the paste-back so far, if there is anything.
    pub fn pasted_so_far(&self) -> Option<&str> {
        match self {
            Self::PasteBack(screen) => Some(screen.text.as_str()).filter(|text| !text.trim().is_empty()),
            _ => None,
        }
    }
}

/// How long a frame of the spinner and a step of a countdown last, in milliseconds. Both change together, and never more often, because
/// each change is a packet on a slow line.
pub const SPIN_MS: i64 = 1000;

/// The frame of a spinner at a time, for work that began at `since`.
pub fn spun(since: Timestamp, at: Timestamp) -> usize {
    let ms = at.as_millisecond().saturating_sub(since.as_millisecond()).max(0);
    usize::try_from(ms / SPIN_MS).unwrap_or(0)
}

/// The size of a window in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// The whole state of the wizard.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The name that goes into the journal.
    pub user: String,
    /// The name of the practice world. `None` on real systems.
    pub practice: Option<String>,
    /// The steps that cannot succeed in the practice world, whatever the person does.
    pub meant_to_fail: Vec<StepId>,
    pub script: Script,
    pub mouse: Mouse,
    /// Time zone for the times shown.
    pub zone: TimeZone,
    /// Time of the last tick.
    pub now: Timestamp,
    pub size: Size,
    /// The consortium whose campuses are set up here.
    pub consortium: Arc<Consortium>,
    /// The current campus. `None` until one is chosen or set up.
    pub campus: Option<Campus>,
    /// Answers typed into the set-up. They outlive its screen.
    pub setup: Option<Box<Setup>>,
    /// The board that the session began with. `None` in a session on one campus.
    pub board: Option<Box<Board>>,
    pub screen: Screen,
    /// The first visible line of the help. `None` while the help is closed.
    pub help: Option<usize>,
    /// A message about what just happened.
    pub status: Option<String>,
    /// A message for a person who returns after a pause, kept until it was shown.
    pub back: Option<String>,
    /// The text that the last key copied.
    pub copied: Option<String>,
    /// Whether the person chose to quit, and the terminal did not just close.
    pub quit: bool,
    /// Until when requests pause, because a system had too many at a time.
    pub paused_until: Option<Timestamp>,
    /// The exit code of a person who leaves and waits for a write in flight.
    pub leaving: Option<u8>,
    /// Text typed and not sent, for when its screen is opened again.
    pub held: Drafts,
    /// The same of the campuses that were left for the board, until they are opened again.
    pub held_elsewhere: Vec<(BoardKey, Drafts)>,
    pub next_ticket: u64,
    /// The long answers of both systems, whole; messages show only their beginning and their end.
    pub answers: Vec<WholeAnswer>,
}

/// Text that was typed and not sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drafts {
    pub sign_off: Option<SignOffScreen>,
    pub paste: Option<PasteBackScreen>,
}

impl Model {
    /// Returns the embedded recipe.
    pub fn recipe(&self) -> &'static Recipe {
        Recipe::embedded()
    }

    /// The set-up, while its screen is shown.
    pub fn setup_shown(&self) -> Option<&Setup> {
        match self.screen {
            Screen::SetUp(_) => self.setup.as_deref(),
            _ => None,
        }
    }

    /// The frame of the spinner for work that began at `since`.
    pub fn spin(&self, since: Timestamp) -> usize {
        spun(since, self.now)
    }

    /// How long work has been running, in whole seconds. `None` below one second.
    pub fn age(&self, since: Timestamp) -> Option<i64> {
        let seconds = self.now.as_millisecond().saturating_sub(since.as_millisecond()) / 1000;
        (seconds >= 1).then_some(seconds)
    }

    /// How long work that began at `since` may still take, and for how long a system asked for a pause.
    pub fn time_left(&self, since: Timestamp, limit: Duration) -> String {
        let left = time_limits::left(since, self.now, limit);
        let pause = self.paused_until.map(|end| end.duration_since(self.now).as_secs()).filter(|seconds| *seconds > 0);
        pause.map_or(left.clone(), |seconds| format!("pausing {seconds} s, {left}"))
    }

    /// How many minutes ago something was read. `None` below five minutes.
    pub fn old(&self, at: Timestamp) -> Option<i64> {
        const FRESH: i64 = 5;
        let minutes = self.now.duration_since(at).as_mins();
        (minutes >= FRESH).then_some(minutes)
    }

    /// Formats a time: the time of day today, date and time this year, the date alone before that.
    pub fn clock(&self, at: Timestamp) -> String {
        let (then, now) = (at.to_zoned_datetime(self.zone.clone()), self.now.to_zoned_datetime(self.zone.clone()));
        let form = if then.date() == now.date() {
            "%H:%M:%S"
        } else if then.year() == now.year() {
            "%-d %b %H:%M"
        } else {
            "%-d %b %Y"
        };
        then.strftime(form).to_string()
    }
}
