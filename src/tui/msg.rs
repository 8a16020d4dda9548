//! Messages and intents: plain data. Nothing here shows a secret in its `Debug`.
use super::board::BoardKey;
use super::entry::Edit;
use super::mouse::Wheel;
pub use super::ticket::Ticket;
pub use super::work::{Effect, Work};
use crate::engine::board::BoardRow;
use crate::engine::card::Card;
use crate::engine::forecast::Forecast;
use crate::engine::golive::{GatePassage, GateResult, SwitchCard};
use crate::engine::handoff::Document;
use crate::engine::journal::LastSession;
use crate::engine::judge::Report;
use crate::engine::observed::{Desk, General, Library, Location, Observation};
use crate::engine::plan::{Draft, Plan};
use crate::engine::probe::ProofProgress;
use crate::engine::results::{ApplyResult, CheckResult, ProofRun};
use crate::engine::whole_answer::WholeAnswer;
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
    Up,
    Down,
    /// The choice or step on the left.
    Left,
    /// The choice or step on the right.
    Right,
    PageUp,
    PageDown,
    First,
    Last,
    /// The next step or form field.
    Next,
    /// The previous step or form field.
    Previous,
    /// The first action in the footer.
    Enter,
    Back,
    /// The next value that needs somebody, on this step or a later one.
    NextOpen,
    /// The value before that needs somebody.
    PreviousOpen,
    /// Opens the search for a value, or the filter of the board.
    Find,
    /// Orders the board in another way.
    Sort,
    /// Reads this step again.
    Check,
    /// Reads all steps again.
    CheckAll,
    /// Copies the selected value.
    Copy,
    /// Copies the whole value card.
    CopyCard,
    /// Opens the set-up to change this campus's answers.
    Answers,
    PasteBack,
    /// Opens the sign-off of the selected value.
    SignOff,
    /// Opens the undo. On the go-live screen, sets the campus back.
    Undo,
    /// Opens the gates of going live.
    GoLive,
    HandOff,
    Forecast,
    /// Makes test requests once more, although the proof exists.
    ProveAgain,
    /// Shows or hides the typed key.
    Reveal,
    /// Shows the whole text of a system's answer.
    WholeAnswer,
    /// Opens or closes the help.
    Help,
    Quit,
    /// Leaves from any screen.
    Interrupt,
    /// Stops the program until the shell continues it.
    Suspend,
    /// A character of text.
    Type(TypedChar),
    /// A change to the text field.
    Edit(Edit),
}

/// A typed character, which may belong to a key.
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

/// A message to the update function.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Intent),
    /// Characters arrived together, each typed into the text field.
    Typed(PastedText),
    /// A text was pasted in one piece.
    Paste(PastedText),
    /// A part of a paste that arrived in several: it goes on where the last one ended.
    Piece(PastedText),
    /// The left mouse button was pressed in this cell: column, row.
    Click(u16, u16),
    /// The mouse wheel was turned by one notch.
    Wheel(Wheel),
    /// The window has a new size: columns, rows.
    Resize(u16, u16),
    /// The current time. Comes before every other message, and regularly while something runs.
    Tick(Timestamp),
    /// A signal asks to leave with this exit code.
    Leave(u8),
    /// The long answers of both systems so far, whole. Comes before the reply whose messages shorten them.
    LongAnswers(Vec<WholeAnswer>),
    /// The steps were read.
    Checked { ticket: Ticket, result: Result<Box<CheckReply>, Failure> },
    /// A plan was made.
    Planned { ticket: Ticket, result: Result<Box<Plan<Draft>>, Failure> },
    /// A plan was applied, or not. Each change was read back.
    Applied { ticket: Ticket, result: Result<Box<ApplyResult>, Failure> },
    /// The last write was undone, or not. Brings what was done, in words, and the report after it.
    Undone { ticket: Ticket, result: Result<Box<(String, Report)>, Failure> },
    /// A running proof reports progress.
    Proving { ticket: Ticket, progress: ProofProgress },
    /// A proof ended, or could not begin. Brings what was made, shown and cancelled, and the report after it.
    Proved { ticket: Ticket, result: Result<Box<(ProofRun, Report)>, Failure> },
    /// The gates were checked, or the campus was set live or back.
    Gated { ticket: Ticket, result: Result<Box<GateRun>, Failure> },
    /// The hand-off was written.
    HandedOff { ticket: Ticket, result: Result<Box<HandOffResult>, Failure> },
    /// A running forecast has read `done` of `all` people.
    ForecastProgressed { ticket: Ticket, done: usize, all: usize },
    /// A forecast ended, or was stopped.
    ForecastEnded { ticket: Ticket, result: Result<Box<ForecastResult>, Failure> },
    /// Values were signed off, or a sign-off was withdrawn. Brings the affected steps, judged again.
    Attested { ticket: Ticket, result: Result<Box<Report>, Failure> },
    /// Pasted evidence was recorded, or not. Brings the affected step, judged again.
    EvidenceRecorded { ticket: Ticket, result: Result<Box<Report>, Failure> },
    /// Both systems were asked during the set-up.
    SystemsAnswered { ticket: Ticket, result: Result<Box<SystemsAnswer>, Failure> },
    /// A campus was stored with its keys, or a stored campus was opened.
    CampusStored { ticket: Ticket, result: Result<Box<StoredCampus>, Failure> },
    /// A campus on the board was checked, while others still are.
    BoardProgressed { ticket: Ticket, campus: BoardKey, result: Result<Box<BoardRow>, Failure> },
    /// All campuses asked for were checked.
    BoardEnded { ticket: Ticket, result: Result<(), Failure> },
}

/// The state of all gates of going live.
#[derive(Debug, Clone, PartialEq)]
pub struct GateRun {
    /// The campus as it is stored now.
    pub site: Site,
    pub passage: GatePassage,
    /// All gates. Empty after the campus was set back, which needs none.
    pub gates: Vec<GateResult>,
    /// What a person has to do in Alma now.
    pub cards: Vec<SwitchCard>,
    pub remarks: Vec<String>,
    /// All steps, judged for this. `None` if nothing was read.
    pub report: Option<Report>,
}

/// The hand-off, with the report it is based on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOffResult {
    pub document: Document,
    /// All steps, judged for the hand-off.
    pub report: Report,
}

/// The result of a forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForecastResult {
    pub forecast: Forecast,
    /// A remark about the list of people.
    pub remark: Option<String>,
}

/// The result of a check, and what is known about the keys at that time.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReply {
    pub result: CheckResult,
    /// A line about each key: `set (36 characters, ends a1b2), keyring`.
    pub keys_words: Vec<(KeySlot, String)>,
    pub store: KeyStore,
}

/// What both systems said during the set-up of a campus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemsAnswer {
    /// The institution that the Alma key belongs to.
    pub institution: Observation<General>,
    /// The libraries of the institution.
    pub libraries: Observation<Vec<Library>>,
    /// The desks of the chosen library.
    pub desks: Observation<Vec<Desk>>,
    /// The locations of the chosen library.
    pub locations: Observation<Vec<Location>>,
    /// ILLiad's version, read without a key.
    pub illiad_version: Observation<String>,
    /// Whether ILLiad accepts the key.
    pub illiad_key: Observation<()>,
    /// Whether ILLiad accepts the export key, if it differs from the ILLiad key.
    pub export_key: Observation<()>,
    /// A line about each stored key for this campus and environment that was not typed. Slots without a key are left out.
    pub stored: Vec<(KeySlot, String)>,
}

/// A campus as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCampus {
    pub site: Site,
    pub cards: Vec<Card>,
    /// A line about each key.
    pub keys_words: Vec<(KeySlot, String)>,
    pub store: KeyStore,
    /// Where the last session on it was interrupted.
    pub last: Option<LastSession>,
}

impl Work {
    /// Returns the reply for work that panicked and gave none.
    pub fn lost(&self, failure: Failure) -> Msg {
        match *self {
            Self::Check { ticket, .. } => Msg::Checked { ticket, result: Err(failure) },
            Self::MakePlan { ticket, .. } => Msg::Planned { ticket, result: Err(failure) },
            Self::Apply { ticket, .. } => Msg::Applied { ticket, result: Err(failure) },
            Self::Prove { ticket, .. } => Msg::Proved { ticket, result: Err(failure) },
            Self::Gates { ticket } | Self::SetStance { ticket, .. } => Msg::Gated { ticket, result: Err(failure) },
            Self::HandOff { ticket } => Msg::HandedOff { ticket, result: Err(failure) },
            Self::Forecast { ticket, .. } => Msg::ForecastEnded { ticket, result: Err(failure) },
            Self::Undo { ticket, .. } => Msg::Undone { ticket, result: Err(failure) },
            Self::Attest { ticket, .. } | Self::Revoke { ticket, .. } => Msg::Attested { ticket, result: Err(failure) },
            Self::Show { ticket, .. } => Msg::EvidenceRecorded { ticket, result: Err(failure) },
            Self::Explore { ticket, .. } => Msg::SystemsAnswered { ticket, result: Err(failure) },
            Self::ReadBoard { ticket, .. } => Msg::BoardEnded { ticket, result: Err(failure) },
            Self::SaveCampus { ticket, .. } | Self::OpenCampus { ticket, .. } => {
                Msg::CampusStored { ticket, result: Err(failure) }
            }
        }
    }
}
