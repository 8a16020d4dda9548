//! Replies of the worker. A reply to an older request changes nothing.
use crate::tui::model::Model;
use crate::tui::msg::{Effect, Msg};
use crate::tui::parts::checks;
use crate::tui::screen::{board, forecasting, go_live, hand_off, paste_back, plan, proving, set_up, sign_off, writing};

/// Passes a reply to the screen that it belongs to.
pub(super) fn reply(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Checked { ticket, result } => checks::checked(model, ticket, result),
        Msg::Planned { ticket, result } => plan::planned(model, ticket, result),
        Msg::Applied { ticket, result } => return writing::applied(model, ticket, result),
        Msg::Undone { ticket, result } => return writing::undone(model, ticket, result),
        Msg::Proving { ticket, progress } => proving::progressed(model, ticket, progress),
        Msg::Proved { ticket, result } => return proving::ended(model, ticket, result),
        Msg::Gated { ticket, result } => return go_live::gated(model, ticket, result),
        Msg::HandedOff { ticket, result } => hand_off::written(model, ticket, result),
        Msg::ForecastProgressed { ticket, done, all } => forecasting::progressed(model, ticket, done, all),
        Msg::ForecastEnded { ticket, result } => forecasting::ended(model, ticket, result),
        Msg::Attested { ticket, result } => return sign_off::attested(model, ticket, result),
        Msg::EvidenceRecorded { ticket, result } => return paste_back::recorded(model, ticket, result),
        Msg::SystemsAnswered { ticket, result } => set_up::explored(model, ticket, result),
        Msg::CampusStored { ticket, result } => {
            return match board::opened(model, ticket, result) {
                Ok(effects) => effects,
                Err(result) => set_up::saved(model, ticket, result),
            };
        }
        Msg::BoardProgressed { ticket, campus, result } => board::read(model, ticket, &campus, result),
        Msg::BoardEnded { ticket, result } => board::read_all(model, ticket, result),
        Msg::LongAnswers(answers) => model.answers = answers,
        // The other messages are not replies.
        Msg::Key(_)
        | Msg::Typed(_)
        | Msg::Paste(_)
        | Msg::Piece(_)
        | Msg::Click(..)
        | Msg::Wheel(_)
        | Msg::Resize(..)
        | Msg::Tick(_)
        | Msg::Leave(_) => {}
    }
    Vec::new()
}
