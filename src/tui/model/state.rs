//! The whole state.
use super::campus::Campus;
use super::screen::Screen;
use crate::recipe::Recipe;
use crate::tui::mouse::Mouse;
use crate::tui::screen::paste_back::PasteBackScreen;
use crate::tui::screen::sign_off::SignOffScreen;
use crate::tui::script::Script;
use crate::tui::setup::Setup;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// How many milliseconds a picture of the spinner stands. Few pictures: each is a packet on somebody's slow line.
pub const SPIN_MS: i64 = 250;

/// A window's size in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

/// The whole state.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Whose name goes into the journal.
    pub user: String,
    /// The practice world, if nothing here is real.
    pub practice: Option<String>,
    /// What the terminal can show.
    pub script: Script,
    /// Whose the mouse is.
    pub mouse: Mouse,
    /// For showing times.
    pub zone: TimeZone,
    /// As of the last tick.
    pub now: Timestamp,
    /// The window.
    pub size: Size,
    /// The campus worked on, once there is one.
    pub campus: Option<Campus>,
    /// What was typed into the set-up, kept whatever happens.
    pub setup: Option<Box<Setup>>,
    /// What is shown.
    pub screen: Screen,
    /// The help over it, and its first line.
    pub help: Option<usize>,
    /// A word about what just happened.
    pub status: Option<String>,
    /// A word for whoever comes back after a pause, until it was shown to them.
    pub back: Option<String>,
    /// The text copied by the key pressed last.
    pub copied: Option<String>,
    /// Whoever wants to leave waits for a write in flight; with which exit code.
    pub leaving: Option<u8>,
    /// Typed and not sent, for when the screen is opened again.
    pub held: Drafts,
    /// The next ticket.
    pub next_ticket: u64,
}

/// Typed and not sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drafts {
    /// A remark to a sign-off.
    pub sign_off: Option<SignOffScreen>,
    /// A text pasted back.
    pub paste: Option<PasteBackScreen>,
}

impl Model {
    /// The procedure.
    #[must_use]
    pub fn recipe(&self) -> &'static Recipe {
        Recipe::embedded()
    }

    /// The set-up while it is shown.
    #[must_use]
    pub fn setup_shown(&self) -> Option<&Setup> {
        match self.screen {
            Screen::SetUp(_) => self.setup.as_deref(),
            _ => None,
        }
    }

    /// Which picture of the spinner, for something that runs since then.
    #[must_use]
    pub fn spin(&self, since: Timestamp) -> usize {
        let ms = self.now.as_millisecond().saturating_sub(since.as_millisecond()).max(0);
        usize::try_from(ms / SPIN_MS).unwrap_or(0)
    }

    /// How long something runs, in whole seconds, once that is worth saying.
    #[must_use]
    pub fn age(&self, since: Timestamp) -> Option<i64> {
        let seconds = self.now.as_millisecond().saturating_sub(since.as_millisecond()) / 1000;
        (seconds >= 1).then_some(seconds)
    }

    /// How many minutes ago something was read, once that is worth saying.
    #[must_use]
    pub fn old(&self, at: Timestamp) -> Option<i64> {
        const FRESH: i64 = 5;
        let minutes = self.now.duration_since(at).as_mins();
        (minutes >= FRESH).then_some(minutes)
    }

    /// A time of day today, or the date with it.
    #[must_use]
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
