//! The screens, one folder each.
pub mod behaviour;
pub mod code_field;
pub mod dispatch;
pub(in crate::tui) mod list;

pub mod answer;
pub mod board;
pub mod find;
pub mod finish;
pub mod forecast;
pub mod forecast_result;
pub mod forecasting;
pub mod go_live;
pub mod hand_off;
pub mod outcome;
pub mod paste_back;
pub mod plan;
pub mod proof_result;
pub mod prove;
pub mod proving;
pub mod set_up;
pub mod sign_off;
pub mod steps;
pub mod summary;
pub mod undo;
pub mod welcome;
pub mod writing;
