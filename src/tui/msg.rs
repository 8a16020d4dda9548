//! What comes in and what goes out: plain data. Nothing here shows a secret in its `Debug`.
use super::entry::Edit;
use super::mouse::Wheel;
pub use super::results::{ForecastResult, GateRun, HandOffResult};
pub use super::ticket::Ticket;
pub use super::work::{Effect, Work};
use crate::engine::card::Card;
use crate::engine::journal::Interruption;
use crate::engine::judge::Report;
use crate::engine::observed::{Desk, General, Library, Location, Observation};
use crate::engine::plan::{Draft, Plan};
use crate::engine::probe::ProofProgress;
use crate::engine::results::{ApplyResult, CheckResult, ProofRun};
use crate::failure::Failure;
use crate::recipe::KeySlot;
use crate::site::Site;
use crate::tui::key_store::KeyStore;
use jiff::Timestamp;
use std::fmt;
use zeroize::Zeroizing;

/// What a person means by a key, whichever key it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// One up.
    Up,
    /// One down.
    Down,
    /// To the left: the choice or step before.
    Left,
    /// To the right: the choice or step after.
    Right,
    /// A screenful up.
    PageUp,
    /// A screenful down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// The next step or form field.
    Next,
    /// The step or form field before.
    Previous,
    /// What the footer says first.
    Enter,
    /// Back.
    Back,
    /// Reads this step again.
    Check,
    /// Reads everything again.
    CheckAll,
    /// Copies the value.
    Copy,
    /// Copies the whole card.
    CopyCard,
    /// Opens the set-up, to change this campus's answers.
    Answers,
    /// Opens the paste-back.
    PasteBack,
    /// Opens the sign-off of the chosen value.
    SignOff,
    /// Opens the undo; on the go-live screen the way back.
    Undo,
    /// Opens the gates.
    GoLive,
    /// Opens the hand-off.
    HandOff,
    /// Opens the forecast.
    Forecast,
    /// Make test requests once more, though the proof is there.
    ProveAgain,
    /// Shows the key typed here, or hides it again.
    Reveal,
    /// Opens or closes the help.
    Help,
    /// Leaves.
    Quit,
    /// Leaves from anywhere.
    Interrupt,
    /// Stops the program until the shell goes on with it.
    Suspend,
    /// A character of text.
    Type(TypedChar),
    /// A change to the text field.
    Edit(Edit),
}

/// A typed character, which may be one of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TypedChar(pub char);

impl fmt::Debug for TypedChar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a character")
    }
}

/// A pasted text, which may be a key.
#[derive(Clone, PartialEq, Eq)]
pub struct PastedText(pub Zeroizing<String>);

impl fmt::Debug for PastedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} characters", self.0.chars().count())
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Intent),
    /// A text was pasted, in one piece.
    Paste(PastedText),
    /// The mouse was pressed in this cell: column, row.
    Click(u16, u16),
    /// The mouse's wheel was turned by a notch.
    Wheel(Wheel),
    /// The window has this size now: columns, rows.
    Resize(u16, u16),
    /// It is that late. Comes before every other message, and in between while something runs.
    Tick(Timestamp),
    /// A signal asks to leave with this exit code.
    Leave(u8),
    /// The steps were read.
    Checked {
        /// Of which request.
        ticket: Ticket,
        /// What was seen, or why nothing can be said.
        result: Result<Box<CheckReply>, Failure>,
    },
    /// A plan was made.
    Planned {
        /// Of which request.
        ticket: Ticket,
        /// The plan.
        result: Result<Box<Plan<Draft>>, Failure>,
    },
    /// A plan was applied, or not.
    Applied {
        /// Of which request.
        ticket: Ticket,
        /// Change by change, read back.
        result: Result<Box<ApplyResult>, Failure>,
    },
    /// The last write was undone, or not.
    Undone {
        /// Of which request.
        ticket: Ticket,
        /// What was done, in words, and what stands there now.
        result: Result<Box<(String, Report)>, Failure>,
    },
    /// A proof goes on: live, while it runs.
    Proving {
        /// Of which request.
        ticket: Ticket,
        /// What happened.
        progress: ProofProgress,
    },
    /// A proof ended, or could not be made.
    Proved {
        /// Of which request.
        ticket: Ticket,
        /// What was shown, made, and cancelled, and what stands there now.
        result: Result<Box<(ProofRun, Report)>, Failure>,
    },
    /// The gates were looked at, or the campus was set live or back.
    Gated {
        /// Of which request.
        ticket: Ticket,
        /// How every gate stands now.
        result: Result<Box<GateRun>, Failure>,
    },
    /// The hand-off was written down.
    HandedOff {
        /// Of which request.
        ticket: Ticket,
        /// Its lines.
        result: Result<Box<HandOffResult>, Failure>,
    },
    /// A forecast goes on.
    ForecastProgressed {
        /// Of which request.
        ticket: Ticket,
        /// How many people are read.
        done: usize,
        /// Of how many.
        all: usize,
    },
    /// A forecast ended, or was stopped.
    ForecastEnded {
        /// Of which request.
        ticket: Ticket,
        /// Who would become a duplicate account.
        result: Result<Box<ForecastResult>, Failure>,
    },
    /// Values were signed off, or a word taken back.
    Attested {
        /// Of which request.
        ticket: Ticket,
        /// The steps concerned, judged again.
        result: Result<Box<Report>, Failure>,
    },
    /// What a screen shows was recorded, or not.
    EvidenceRecorded {
        /// Of which request.
        ticket: Ticket,
        /// The step concerned, judged again.
        result: Result<Box<Report>, Failure>,
    },
    /// Both systems were asked during set-up.
    SystemsAnswered {
        /// Of which request.
        ticket: Ticket,
        /// What they said.
        result: Result<Box<SystemsAnswer>, Failure>,
    },
    /// The campus file and its keys were stored, or a campus stored before was opened.
    CampusStored {
        /// Of which request.
        ticket: Ticket,
        /// The campus.
        result: Result<Box<StoredCampus>, Failure>,
    },
}

/// What a check brings, and the keys as they are then.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReply {
    /// What was found.
    pub result: CheckResult,
    /// What can be said of each key: `set (36 characters, ends a1b2), keyring`.
    pub keys_words: Vec<(KeySlot, String)>,
    /// Which key store serves.
    pub store: KeyStore,
}

/// What both systems said while a campus is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemsAnswer {
    /// Whose the Alma key is.
    pub institution: Observation<General>,
    /// The libraries of the zone.
    pub libraries: Observation<Vec<Library>>,
    /// The desks of the chosen library.
    pub desks: Observation<Vec<Desk>>,
    /// The locations of the chosen library.
    pub locations: Observation<Vec<Location>>,
    /// ILLiad's version, asked without a key.
    pub illiad_version: Observation<String>,
    /// Whether ILLiad accepts the key.
    pub illiad_key: Observation<()>,
    /// Whether ILLiad accepts the key that Alma is to use, where it is one of its own.
    pub export_key: Observation<()>,
    /// What can be said of the keys not typed that are there already for this campus and environment; no word of those that are not.
    pub stored: Vec<(KeySlot, String)>,
}

/// A campus as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCampus {
    /// Accepted.
    pub site: Site,
    /// Its value cards.
    pub cards: Vec<Card>,
    /// What can be said of each key.
    pub keys_words: Vec<(KeySlot, String)>,
    /// Which key store serves.
    pub store: KeyStore,
    /// Where the last sitting at it was broken off.
    pub broken: Option<Interruption>,
}
