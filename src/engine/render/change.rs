//! The changes of a plan in the JSON of the contract, and the partners beside ours.
use crate::engine::judge::{PartnerNeighbour, Report, Verdict};
use crate::engine::plan::{Change, WriteResult};
use crate::text::clean;
use serde::Serialize;

/// A partner beside ours, in JSON.
#[derive(Debug, Serialize)]
pub(super) struct NeighbourJson {
    code: String,
    name: String,
    /// What was seen of it, in words.
    seen: String,
}

/// A change in JSON.
#[derive(Debug, Serialize)]
pub(super) struct ChangeJson {
    key: String,
    label: String,
    action: &'static str,
    from: Option<String>,
    to: Option<String>,
    at: String,
    why: String,
    /// What the procedure says, and why something else was agreed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<String>,
}

pub(super) fn became_json(change: &Change, became: WriteResult, report: &Report) -> ChangeJson {
    let planned = planned_json(change);
    match became {
        WriteResult::Unknown => {}
        WriteResult::NotShown => return ChangeJson { unknown: Some(became.words().to_owned()), ..planned },
        known => return ChangeJson { result: Some(known.as_str()), ..planned },
    }
    let finding = report.findings().find(|finding| finding.key == change.key);
    let why = match finding.map(|finding| &finding.verdict) {
        Some(Verdict::Absent) => Some("Alma shows no partner yet".to_owned()),
        verdict => verdict.and_then(Verdict::reason),
    };
    ChangeJson { unknown: Some(why.unwrap_or_else(|| "it could not be read back".to_owned())), ..planned }
}

pub(super) fn neighbour_json(neighbour: &PartnerNeighbour) -> NeighbourJson {
    let PartnerNeighbour { code, name, .. } = neighbour;
    NeighbourJson { code: clean(code, 60), name: clean(name, 80), seen: neighbour.to_string() }
}

pub(super) fn planned_json(change: &Change) -> ChangeJson {
    ChangeJson {
        key: change.key.to_string(),
        label: change.label.clone(),
        action: change.action.as_str(),
        from: change.from.clone(),
        to: change.to.clone(),
        at: change.at.clone(),
        why: change.why.clone(),
        procedure: change.agreed.as_ref().map(|agreed| agreed.procedure.clone()),
        reason: change.agreed.as_ref().map(|agreed| agreed.reason.clone()),
        result: None,
        unknown: None,
    }
}
