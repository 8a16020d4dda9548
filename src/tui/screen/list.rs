//! The screens, a line each. A new one is its folder beside this file, its `mod` line, and its line here.

/// Hands the list to another macro: what a screen is for, its name, and the type of its state.
macro_rules! screens {
    ($make:ident) => {
        $make! {
            /// The steps and their values.
            Steps(steps::StepsScreen),
            /// What would change.
            Plan(plan::PlanScreen),
            /// A write is in flight.
            Writing(writing::WritingScreen),
            /// How a write ended.
            Outcome(outcome::OutcomeScreen),
            /// Asks for the campus code before putting the record back.
            Undo(undo::UndoScreen),
            /// Asks for the campus code before test requests are made.
            Prove(prove::ProveScreen),
            /// A proof is under way.
            Proving(proving::ProvingScreen),
            /// How a proof ended.
            ProofResult(proof_result::ProofResultScreen),
            /// A person's word.
            SignOff(sign_off::SignOffScreen),
            /// What the screen shows, pasted and compared.
            PasteBack(paste_back::PasteBackScreen),
            /// Done, not done, waited for.
            Summary(summary::SummaryScreen),
            /// The gates, the switch, and the way back.
            GoLive(go_live::GoLiveScreen),
            /// The hand-off.
            HandOff(hand_off::HandOffScreen),
            /// Asks about whom to foresee.
            Forecast(forecast::ForecastScreen),
            /// A forecast is under way.
            Forecasting(forecasting::ForecastingScreen),
            /// How a forecast ended.
            ForecastResult(forecast_result::ForecastResultScreen),
            /// The set-up.
            SetUp(set_up::SetUpScreen),
        }
    };
}
pub(in crate::tui) use screens;
