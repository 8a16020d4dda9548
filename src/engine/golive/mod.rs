//! The gates before going live, and the cards for enabling the rule and for the way back.
mod cards;
mod duplicates;
mod gate;
mod passing;

pub use cards::{
    GateCount, GatePassage, GoLiveJson, SwitchCard, back_out_card, enable_card, gate_lines, golive_json, missing,
    none_shut, switch,
};
pub use gate::{Gate, GateStatus};
pub use passing::{GateResult, gates, gates_exit_code};
