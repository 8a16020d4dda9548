//! The hand-off as JSON: what `check --json` says, with who is waited for and how the conditions for going live stand.
use super::row::{HandoffInput, evidence_rows};
use super::wait::{OpenStep, open_steps};
use crate::engine::golive::{GateCount, gates};
use crate::engine::judge::{Report, Snapshot};
use crate::engine::render::{CheckJson, check_json};
use crate::recipe::Recipe;
use crate::site::Site;
use serde::Serialize;

/// The output of `report --json`.
#[derive(Debug, Serialize)]
pub struct HandoffJson {
    #[serde(flatten)]
    check: CheckJson,
    stance: &'static str,
    waits: Vec<WaitJson>,
    conditions: GateCount,
}

/// A step that is not done, in JSON.
#[derive(Debug, Serialize)]
struct WaitJson {
    who: &'static str,
    since: String,
    step: String,
    #[serde(rename = "for")]
    words: String,
}

/// Builds the hand-off as JSON. `report` must hold all steps and be made from this snapshot.
pub fn handoff_json(
    recipe: &Recipe,
    site: &Site,
    snapshot: &Snapshot,
    report: &Report,
    remarks: &[String],
) -> HandoffJson {
    let input = HandoffInput { recipe, site, snapshot, report };
    let wait = |step: OpenStep| WaitJson {
        who: step.owner.as_str(),
        since: step.since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        step: step.title,
        words: step.words,
    };
    HandoffJson {
        check: check_json(site, report, remarks),
        stance: site.stance.as_str(),
        waits: open_steps(input, &evidence_rows(input)).into_iter().map(wait).collect(),
        conditions: GateCount::of(&gates(recipe, site, snapshot, report)),
    }
}
