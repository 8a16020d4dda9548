//! The reply for work that panicked.
use super::msg::Msg;
use super::work::Work;
use crate::failure::Failure;

impl Work {
    /// Returns the reply for work that panicked and gave none.
    pub fn lost(&self, failure: Failure) -> Msg {
        match self {
            Self::Check { ticket, .. } => Msg::Checked { ticket: *ticket, result: Err(failure) },
            Self::MakePlan { ticket, .. } => Msg::Planned { ticket: *ticket, result: Err(failure) },
            Self::Apply { ticket, .. } => Msg::Applied { ticket: *ticket, result: Err(failure) },
            Self::Prove { ticket, .. } => Msg::Proved { ticket: *ticket, result: Err(failure) },
            Self::Gates { ticket } | Self::SetStance { ticket, .. } => {
                Msg::Gated { ticket: *ticket, result: Err(failure) }
            }
            Self::HandOff { ticket } => Msg::HandedOff { ticket: *ticket, result: Err(failure) },
            Self::Forecast { ticket, .. } => Msg::ForecastEnded { ticket: *ticket, result: Err(failure) },
            Self::Undo { ticket, .. } => Msg::Undone { ticket: *ticket, result: Err(failure) },
            Self::Attest { ticket, .. } | Self::Revoke { ticket, .. } => {
                Msg::Attested { ticket: *ticket, result: Err(failure) }
            }
            Self::Show { ticket, .. } => Msg::EvidenceRecorded { ticket: *ticket, result: Err(failure) },
            Self::Explore { ticket, .. } => Msg::SystemsAnswered { ticket: *ticket, result: Err(failure) },
            Self::SaveCampus { ticket, .. } | Self::OpenCampus { ticket, .. } => {
                Msg::CampusStored { ticket: *ticket, result: Err(failure) }
            }
        }
    }
}
