//! The list of screens. To add one: a folder beside this file, a `mod` line in `mod.rs`, and a line here.

/// Passes the list to another macro. Each line has a screen's purpose, its name, and the type of its state.
macro_rules! screens {
    ($make:ident) => {
        $make! {
            /// Main screen: the steps and their values.
            Steps(steps::StepsScreen),
            /// A plan: what a write would change.
            Plan(plan::PlanScreen),
            /// A write is running.
            Writing(writing::WritingScreen),
            /// How a write ended.
            Outcome(outcome::OutcomeScreen),
            /// Asks for the campus code before an undo.
            Undo(undo::UndoScreen),
            /// Asks for the campus code before a proof makes test requests.
            Prove(prove::ProveScreen),
            /// A proof is running.
            Proving(proving::ProvingScreen),
            /// How a proof ended.
            ProofResult(proof_result::ProofResultScreen),
            /// Gives or takes back a sign-off.
            SignOff(sign_off::SignOffScreen),
            /// Compares and records what a user pasted from Alma or ILLiad.
            PasteBack(paste_back::PasteBackScreen),
            /// What is done, what is not, and who is waited for.
            Summary(summary::SummaryScreen),
            /// The go-live gates, the switch, and the way back.
            GoLive(go_live::GoLiveScreen),
            /// The hand-off: what is told to whom, in writing.
            HandOff(hand_off::HandOffScreen),
            /// Asks for the list of patrons to forecast.
            Forecast(forecast::ForecastScreen),
            /// A forecast is running.
            Forecasting(forecasting::ForecastingScreen),
            /// How a forecast ended.
            ForecastResult(forecast_result::ForecastResultScreen),
            /// The set-up of a campus.
            SetUp(set_up::SetUpScreen),
        }
    };
}
pub(in crate::tui) use screens;
