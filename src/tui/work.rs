//! What goes out: effects, and work for the worker.
use super::board::BoardKey;
use super::ticket::Ticket;
use crate::engine::journal::ProofScope;
use crate::engine::plan::{Confirmed, Consent, Plan};
use crate::recipe::{FieldKey, KeySlot, StepId};
use crate::secret::ApiKey;
use crate::site::{CampusCode, Environment, SavedSetup, SiteDraft, Stance};
use std::collections::BTreeMap;

/// Something to be done outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Work for the worker, which replies with exactly one message.
    Work(Work),
    /// Hand this text to the terminal's clipboard. The terminal gives no reply.
    Copy(String),
    /// Leave the alternate screen, print this text plainly, wait for Enter, come back.
    Print(String),
    /// Ask the running proof or forecast to stop. It ends what it began, and then replies.
    StopWork,
    /// Ask the running proof to end at once and name what it leaves. It then replies.
    LeaveWork,
    /// Store the answers of an unfinished set-up, before any other effect of the same turn. No reply.
    KeepSetup(Box<SavedSetup>),
    /// Suspend the program, as Ctrl-Z does anywhere.
    Suspend,
    /// Leave with this exit code.
    Quit(u8),
}

/// Work on Alma, ILLiad, the journal and the campus files. The reply carries the same ticket.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    /// Read and judge. Reply: [`super::msg::Msg::Checked`].
    Check { ticket: Ticket, steps: Vec<StepId> },
    /// Plan what would change. Reply: [`super::msg::Msg::Planned`].
    MakePlan { ticket: Ticket, steps: Vec<StepId> },
    /// Write. Reply: [`super::msg::Msg::Applied`]. Such a plan exists only after a person typed the campus code.
    Apply { ticket: Ticket, plan: Box<Plan<Confirmed>> },
    /// Put the record back as it was before the last write. Reply: [`super::msg::Msg::Undone`].
    Undo { ticket: Ticket, consent: Consent },
    /// Make test requests, watch and cancel them. Reply: [`super::msg::Msg::Proved`], after any number of [`super::msg::Msg::Proving`].
    Prove { ticket: Ticket, half: ProofScope, consent: Consent },
    /// Check all gates. Reply: [`super::msg::Msg::Gated`].
    Gates { ticket: Ticket },
    /// Set the campus live if all gates still hold, or set it back. Reply: [`super::msg::Msg::Gated`].
    SetStance { ticket: Ticket, to: Stance, consent: Consent },
    /// Write the hand-off. Reply: [`super::msg::Msg::HandedOff`].
    HandOff { ticket: Ticket },
    /// Forecast which people on the list in `file` would become duplicate accounts, or of the campus file's sample if `file` is empty.
    /// Reply: [`super::msg::Msg::ForecastEnded`], after any number of [`super::msg::Msg::ForecastProgressed`].
    Forecast { ticket: Ticket, file: String },
    /// Sign off values in the journal. Reply: [`super::msg::Msg::Attested`].
    Attest { ticket: Ticket, keys: Vec<FieldKey>, note: Option<String> },
    /// Withdraw sign-offs. Reply: [`super::msg::Msg::Attested`].
    Revoke { ticket: Ticket, keys: Vec<FieldKey>, note: Option<String> },
    /// Record pasted evidence in the journal, each value as its screen shows it. Reply: [`super::msg::Msg::EvidenceRecorded`].
    Show { ticket: Ticket, fields: BTreeMap<FieldKey, String> },
    /// Ask both systems during the set-up, as far as URLs and keys allow. For slots without a typed key, the stored key is used.
    /// Reply: [`super::msg::Msg::SystemsAnswered`].
    Explore { ticket: Ticket, draft: Box<SiteDraft>, keys: Vec<(KeySlot, ApiKey)> },
    /// Open a campus that is set up here, in this environment or in the only one it has a file for. Nothing is stored.
    /// Reply: [`super::msg::Msg::CampusStored`].
    OpenCampus { ticket: Ticket, code: CampusCode, environment: Option<Environment> },
    /// Check these campuses at once. Reply: [`super::msg::Msg::BoardEnded`], after one [`super::msg::Msg::BoardProgressed`] for each.
    ReadBoard { ticket: Ticket, campuses: Vec<BoardKey> },
    /// Store the campus file and the typed keys. Other stored keys stay. Reply: [`super::msg::Msg::CampusStored`].
    SaveCampus { ticket: Ticket, draft: Box<SiteDraft>, keys: Vec<(KeySlot, ApiKey)> },
}
