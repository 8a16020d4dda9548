//! What goes out: effects, and work for the worker.
use super::ticket::Ticket;
use crate::engine::journal::ProofScope;
use crate::engine::plan::{Confirmed, Consent, Plan};
use crate::recipe::{FieldKey, KeySlot, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, SavedSetup, SiteDraft, Stance};
use std::collections::BTreeMap;

/// Something to be done outside of the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Work for the worker, which answers with exactly one message.
    Work(Work),
    /// Hand this text to the terminal's clipboard. No answer: the terminal gives none.
    Copy(String),
    /// Leave the alternate screen, print this text plainly, wait for Enter, come back.
    Print(String),
    /// Ask the proof or the forecast under way to stop: it ends what it began, and then answers.
    StopWork,
    /// Keep the answers of a set-up not ended yet; before anything else of the same turn. No answer.
    KeepSetup(Box<SavedSetup>),
    /// Stop the program, as Ctrl-Z does anywhere; it goes on where it was.
    Suspend,
    /// Leave with this exit code.
    Quit(u8),
}

/// Work on Alma, ILLiad, the journal and the campus files. Each is answered by the message of the same ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Read and judge; answered by [`super::msg::Msg::Checked`].
    Check {
        /// To be answered with.
        ticket: Ticket,
        /// Which steps.
        steps: Vec<StepId>,
    },
    /// Plan what would change; answered by [`super::msg::Msg::Planned`].
    MakePlan {
        /// To be answered with.
        ticket: Ticket,
        /// Which steps.
        steps: Vec<StepId>,
    },
    /// Write; answered by [`super::msg::Msg::Applied`]. A person has typed the campus code, or there would be no such plan.
    Apply {
        /// To be answered with.
        ticket: Ticket,
        /// Confirmed.
        plan: Box<Plan<Confirmed>>,
    },
    /// Put the record back as it was before the last write. Answered by [`super::msg::Msg::Undone`].
    Undo {
        /// To be answered with.
        ticket: Ticket,
        /// The campus code was typed.
        consent: Consent,
    },
    /// Make test requests, watch and cancel them. Answered by [`super::msg::Msg::Proved`], after any number of
    /// [`super::msg::Msg::Proving`].
    Prove {
        /// To be answered with.
        ticket: Ticket,
        /// ILLiad alone, or the whole chain.
        half: ProofScope,
        /// The campus code was typed.
        consent: Consent,
    },
    /// Look at every gate; answered by [`super::msg::Msg::Gated`].
    Gates {
        /// To be answered with.
        ticket: Ticket,
    },
    /// Set the campus live, if every gate holds still, or back. Answered by [`super::msg::Msg::Gated`].
    SetStance {
        /// To be answered with.
        ticket: Ticket,
        /// To what.
        to: Stance,
        /// The campus code was typed.
        consent: Consent,
    },
    /// Write the hand-off down; answered by [`super::msg::Msg::HandedOff`].
    HandOff {
        /// To be answered with.
        ticket: Ticket,
    },
    /// Foresee who would become a duplicate account; answered by [`super::msg::Msg::ForecastEnded`], after any number of [`super::msg::Msg::ForecastProgressed`].
    Forecast {
        /// To be answered with.
        ticket: Ticket,
        /// The path of a list of people; empty: the campus file's sample.
        file: String,
    },
    /// Put a person's word into the journal; answered by [`super::msg::Msg::Attested`].
    Attest {
        /// To be answered with.
        ticket: Ticket,
        /// For which values.
        keys: Vec<FieldKey>,
        /// A remark.
        note: Option<String>,
    },
    /// Take a person's word back; answered by [`super::msg::Msg::Attested`].
    Revoke {
        /// To be answered with.
        ticket: Ticket,
        /// For which values.
        keys: Vec<FieldKey>,
        /// A remark.
        note: Option<String>,
    },
    /// Put what a screen shows into the journal; answered by [`super::msg::Msg::EvidenceRecorded`].
    Show {
        /// To be answered with.
        ticket: Ticket,
        /// Field by field, as it stands there.
        fields: BTreeMap<FieldKey, String>,
    },
    /// Ask both systems during set-up, as far as URLs and keys allow; answered by [`super::msg::Msg::SystemsAnswered`].
    Explore {
        /// To be answered with.
        ticket: Ticket,
        /// What is typed so far.
        draft: Box<SiteDraft>,
        /// Keys typed; for another slot the one stored serves.
        keys: Vec<(KeySlot, ApiKey)>,
    },
    /// Open a campus that is set up here; answered by [`super::msg::Msg::CampusStored`], and nothing is stored.
    OpenCampus {
        /// To be answered with.
        ticket: Ticket,
        /// Which one.
        code: CampusCode,
    },
    /// Store the campus file and the keys typed; answered by [`super::msg::Msg::CampusStored`].
    SaveCampus {
        /// To be answered with.
        ticket: Ticket,
        /// Accepted when it was sent.
        draft: Box<SiteDraft>,
        /// Only those typed; the others stay.
        keys: Vec<(KeySlot, ApiKey)>,
    },
}
