//! The list of screens. To add one: a folder beside this file, a `mod` line in `mod.rs`, and a line here.

/// Passes the list to another macro. Each line has a screen's purpose, its name in code, the type
/// of its state, and its name in line mode.
macro_rules! screens {
    ($make:ident) => {
        $make! {
            /// The first screen: what this is, and what will happen.
            Welcome(welcome::WelcomeScreen) = "Welcome",
            /// Every campus in one row.
            Board(board::BoardScreen) = "Board",
            /// Main screen: the steps and their values.
            Steps(steps::StepsScreen) = "Steps",
            /// Finds a value on any step.
            Find(find::FindScreen) = "Find",
            /// A plan: what a write would change.
            Plan(plan::PlanScreen) = "Plan",
            /// A write is running.
            Writing(writing::WritingScreen) = "Writing",
            /// How a write ended.
            Outcome(outcome::OutcomeScreen) = "Result",
            /// Asks for the campus code before an undo.
            Undo(undo::UndoScreen) = "Undo",
            /// Asks for the campus code before a proof makes test requests.
            Prove(prove::ProveScreen) = "Proof",
            /// A proof is running.
            Proving(proving::ProvingScreen) = "Proof",
            /// How a proof ended.
            ProofResult(proof_result::ProofResultScreen) = "Proof result",
            /// Gives or takes back a sign-off.
            SignOff(sign_off::SignOffScreen) = "Sign-off",
            /// Compares and records what a user pasted from Alma or ILLiad.
            PasteBack(paste_back::PasteBackScreen) = "Paste back",
            /// What is done, what is not, and who is waited for.
            Summary(summary::SummaryScreen) = "Summary",
            /// Nothing is left to do: what was set up, what was proved, and what rests on a person's word.
            Finish(finish::FinishScreen) = "Finished",
            /// The go-live gates, the switch, and the way back.
            GoLive(go_live::GoLiveScreen) = "Go live",
            /// The hand-off: what is told to whom, in writing.
            HandOff(hand_off::HandOffScreen) = "Hand-off",
            /// Asks for the list of patrons to forecast.
            Forecast(forecast::ForecastScreen) = "Forecast",
            /// A forecast is running.
            Forecasting(forecasting::ForecastingScreen) = "Forecast",
            /// How a forecast ended.
            ForecastResult(forecast_result::ForecastResultScreen) = "Forecast result",
            /// The whole text of a system's answer.
            Answer(answer::AnswerScreen) = "The whole answer",
            /// The set-up of a campus.
            SetUp(set_up::SetUpScreen) = "Set-up",
        }
    };
}
pub(in crate::tui) use screens;
