//! What comes in and what goes out: plain data. Nothing here shows a secret in its `Debug`.
use super::entry::Edit;
use super::mouse::Wheel;
use crate::engine::{
    Card, Change, Confirmed, Desk, Draft, General, Half, Library, Location, Made, Plan, Progress, Report, Seen, Showed,
    Undoable, WriteResult,
};
use crate::failure::Failure;
use crate::recipe::{FieldKey, KeySlot, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Site, SiteDraft};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fmt;
use zeroize::Zeroizing;

/// Names one request, so that a late answer to an older one can be told and dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

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
    /// Opens the paste-back.
    PasteBack,
    /// Opens the sign-off of the chosen value.
    SignOff,
    /// Opens the undo.
    Undo,
    /// Opens or closes the help.
    Help,
    /// Leaves.
    Quit,
    /// Leaves from anywhere.
    Interrupt,
    /// A character of text.
    Type(Typed),
    /// A change to the text field.
    Edit(Edit),
}

/// A typed character, which may be one of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Typed(pub char);

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a character")
    }
}

/// A pasted text, which may be a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Pasted(pub Zeroizing<String>);

impl fmt::Debug for Pasted {
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
    Paste(Pasted),
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
        result: Result<Box<Looked>, Failure>,
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
        result: Result<Box<Applied>, Failure>,
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
        progress: Progress,
    },
    /// A proof ended, or could not be made.
    Proved {
        /// Of which request.
        ticket: Ticket,
        /// What was shown, made, and cancelled.
        result: Result<Box<Proved>, Failure>,
    },
    /// Values were signed off, or a word taken back.
    Attested {
        /// Of which request.
        ticket: Ticket,
        /// The steps concerned, judged again.
        result: Result<Box<Report>, Failure>,
    },
    /// What a screen shows was recorded, or not.
    Shown {
        /// Of which request.
        ticket: Ticket,
        /// The step concerned, judged again.
        result: Result<Box<Report>, Failure>,
    },
    /// Both systems were asked during set-up.
    Explored {
        /// Of which request.
        ticket: Ticket,
        /// What they said.
        result: Result<Box<Explored>, Failure>,
    },
    /// The campus file and its keys were stored, or a campus stored before was opened.
    Saved {
        /// Of which request.
        ticket: Ticket,
        /// The campus.
        result: Result<Box<Saved>, Failure>,
    },
}

/// What a check brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    /// The steps asked about; others keep what was known of them.
    pub report: Report,
    /// The value cards of all steps that have any.
    pub cards: Vec<Card>,
    /// What can be said of each key: `set (36 characters, ends a1b2), keyring`.
    pub keys_words: Vec<(KeySlot, String)>,
    /// Which key store serves.
    pub store: String,
    /// Things worth saying beside it: ties broken, an earlier write's outcome found out.
    pub remarks: Vec<String>,
    /// What an undo would take back.
    pub undoable: Undoable,
}

/// How an apply ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// Change by change.
    pub results: Vec<(Change, WriteResult)>,
    /// The steps named, judged on what was read back.
    pub report: Report,
    /// Values lost or altered beside the plan, obstacles, reasons.
    pub warnings: Vec<String>,
    /// Why nothing or not all was written, if so.
    pub failure: Option<Failure>,
}

/// How a proof ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Proved {
    /// What was shown, if it came to that.
    pub showed: Option<Showed>,
    /// A real request already shows it, in words; then nothing was made.
    pub by_traffic: Option<String>,
    /// What was made.
    pub made: Vec<Made>,
    /// What may still stand somewhere.
    pub left: Vec<Made>,
    /// Why not all was done, if so.
    pub failure: Option<Failure>,
    /// The steps concerned, judged again.
    pub report: Report,
}

impl Applied {
    /// Whether Alma took anything, or may have.
    #[must_use]
    pub fn wrote(&self) -> bool {
        let took =
            |result: &WriteResult| matches!(result, WriteResult::Written | WriteResult::Kept | WriteResult::Unknown);
        self.results.iter().any(|(_, result)| took(result))
    }
}

/// What both systems said while a campus is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explored {
    /// Whose the Alma key is.
    pub institution: Seen<General>,
    /// The libraries of the zone.
    pub libraries: Seen<Vec<Library>>,
    /// The desks of the chosen library.
    pub desks: Seen<Vec<Desk>>,
    /// The locations of the chosen library.
    pub locations: Seen<Vec<Location>>,
    /// ILLiad's version, asked without a key.
    pub illiad_version: Seen<String>,
    /// Whether ILLiad accepts the key.
    pub illiad_key: Seen<()>,
}

/// A campus as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// Accepted.
    pub site: Site,
    /// Its value cards.
    pub cards: Vec<Card>,
    /// What can be said of each key.
    pub keys_words: Vec<(KeySlot, String)>,
    /// Which key store serves.
    pub store: String,
}

/// Something to be done outside of the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Work for the worker, which answers with exactly one message.
    Work(Work),
    /// Hand this text to the terminal's clipboard. No answer: the terminal gives none.
    Copy(String),
    /// Leave the alternate screen, print this text plainly, wait for Enter, come back.
    Print(String),
    /// Ask the proof under way to stop: it cancels what it made, and then answers.
    StopProof,
    /// Leave with this exit code.
    Quit(u8),
}

/// Work on Alma, ILLiad, the journal and the campus files. Each is answered by the message of the same ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Read and judge; answered by [`Msg::Checked`].
    Check {
        /// To be answered with.
        ticket: Ticket,
        /// Which steps.
        steps: Vec<StepId>,
    },
    /// Plan what would change; answered by [`Msg::Planned`].
    MakePlan {
        /// To be answered with.
        ticket: Ticket,
        /// Which steps.
        steps: Vec<StepId>,
    },
    /// Write; answered by [`Msg::Applied`]. A person has typed the campus code, or there would be no such plan.
    Apply {
        /// To be answered with.
        ticket: Ticket,
        /// Confirmed.
        plan: Box<Plan<Confirmed>>,
    },
    /// Put the record back as it was before the last write; a person has typed the campus code. Answered by [`Msg::Undone`].
    Undo {
        /// To be answered with.
        ticket: Ticket,
    },
    /// Make test requests, watch and cancel them; a person has typed the campus code. Answered by [`Msg::Proved`], after any number of
    /// [`Msg::Proving`].
    Prove {
        /// To be answered with.
        ticket: Ticket,
        /// ILLiad alone, or the whole chain.
        half: Half,
    },
    /// Put a person's word into the journal; answered by [`Msg::Attested`].
    Attest {
        /// To be answered with.
        ticket: Ticket,
        /// For which values.
        keys: Vec<FieldKey>,
        /// A remark.
        note: Option<String>,
    },
    /// Take a person's word back; answered by [`Msg::Attested`].
    Revoke {
        /// To be answered with.
        ticket: Ticket,
        /// For which values.
        keys: Vec<FieldKey>,
        /// A remark.
        note: Option<String>,
    },
    /// Put what a screen shows into the journal; answered by [`Msg::Shown`].
    Show {
        /// To be answered with.
        ticket: Ticket,
        /// Field by field, as it stands there.
        fields: BTreeMap<FieldKey, String>,
    },
    /// Ask both systems during set-up, as far as URLs and keys allow; answered by [`Msg::Explored`].
    Explore {
        /// To be answered with.
        ticket: Ticket,
        /// What is typed so far.
        draft: Box<SiteDraft>,
        /// The Alma key typed, else the one stored serves.
        alma_key: Option<ApiKey>,
        /// The ILLiad key typed, else the one stored serves.
        illiad_key: Option<ApiKey>,
    },
    /// Open a campus that is set up here; answered by [`Msg::Saved`], and nothing is stored.
    OpenCampus {
        /// To be answered with.
        ticket: Ticket,
        /// Which one.
        code: CampusCode,
    },
    /// Store the campus file and the keys typed; answered by [`Msg::Saved`].
    SaveCampus {
        /// To be answered with.
        ticket: Ticket,
        /// Accepted when it was sent.
        draft: Box<SiteDraft>,
        /// Only those typed; the others stay.
        keys: Vec<(KeySlot, ApiKey)>,
    },
}

impl Work {
    /// The answer where the worker gave none: it broke.
    #[must_use]
    pub fn lost(&self, failure: Failure) -> Msg {
        match self {
            Self::Check { ticket, .. } => Msg::Checked { ticket: *ticket, result: Err(failure) },
            Self::MakePlan { ticket, .. } => Msg::Planned { ticket: *ticket, result: Err(failure) },
            Self::Apply { ticket, .. } => Msg::Applied { ticket: *ticket, result: Err(failure) },
            Self::Prove { ticket, .. } => Msg::Proved { ticket: *ticket, result: Err(failure) },
            Self::Undo { ticket } => Msg::Undone { ticket: *ticket, result: Err(failure) },
            Self::Attest { ticket, .. } | Self::Revoke { ticket, .. } => {
                Msg::Attested { ticket: *ticket, result: Err(failure) }
            }
            Self::Show { ticket, .. } => Msg::Shown { ticket: *ticket, result: Err(failure) },
            Self::Explore { ticket, .. } => Msg::Explored { ticket: *ticket, result: Err(failure) },
            Self::SaveCampus { ticket, .. } | Self::OpenCampus { ticket, .. } => {
                Msg::Saved { ticket: *ticket, result: Err(failure) }
            }
        }
    }
}
