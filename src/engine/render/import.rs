//! Shows what was imported, as plain lines and as JSON.
use super::report::{SCHEMA, StepJson, steps_json};
use crate::engine::import::{ListReading, OtherRows, OwnRow, ValueReading};
use crate::engine::journal::FileStamp;
use crate::engine::judge::Report;
use crate::engine::lint::TrialResult;
use crate::engine::paste::PasteTarget;
use crate::engine::sheet::row_name;
use crate::site::Site;
use crate::text::clean;
use serde::Serialize;
use serde_json::{Value, json};

/// A list that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportResult {
    pub file: String,
    pub stamp: FileStamp,
    /// The sheet's name. `None` when the file has only one sheet.
    pub sheet: Option<String>,
    /// The fields of the list's step.
    pub asked: Vec<PasteTarget>,
    /// What the list says.
    pub told: ListReading,
}

/// The most characters of a value that are shown.
const MOST: usize = 300;

/// An import as plain lines: the list recognised, each value, then what gets in the way.
pub fn import_lines(imported: &ImportResult, site: &Site) -> Vec<String> {
    let ImportResult { file, sheet, asked, told, .. } = imported;
    let sheet = sheet.as_ref().map_or(String::new(), |name| format!(", sheet {}", clean(name, 60)));
    let rows = if told.rows == 1 { "1 row".to_owned() } else { format!("{} rows", told.rows) };
    let mut lines = vec![format!("{}  ({}{sheet}, {rows})", told.list.title(), clean(file, 100))];
    match told.ours {
        OwnRow::Line(line) => lines.push(format!("  our row is {}", row_name(line))),
        OwnRow::Absent if told.others != OtherRows::Judged => {
            lines.push("  our row is not among the rows that could be read; no values were recorded".to_owned());
        }
        OwnRow::Unclear => lines.push("  several rows could be ours; no values were recorded".to_owned()),
        OwnRow::Absent => lines.push("  our row is missing; no values were recorded".to_owned()),
    }
    lines.extend(told.explained(asked, site).iter().flat_map(|one| explained_lines(one, asked)));
    let not_shown: Vec<String> = told.not_shown(asked).into_iter().map(|field| label(field, asked)).collect();
    if matches!(told.ours, OwnRow::Line(_)) && !not_shown.is_empty() {
        lines.push(format!("  not shown in this list: {}", not_shown.join(", ")));
    }
    let left_out: Vec<String> =
        asked.iter().filter(|field| told.left_out.contains(&field.key)).map(|field| label(field, asked)).collect();
    if !left_out.is_empty() {
        lines.push(format!("  not understood, so not compared: {}", left_out.join(", ")));
    }
    match told.troubles.as_slice() {
        [] if !told.neighbours.is_empty() => {}
        [] if told.others == OtherRows::Judged => lines.push("  no problems in the other rows".to_owned()),
        [] => lines.push("  the list does not show enough to judge the other rows".to_owned()),
        troubles => lines.extend(troubles.iter().map(|trouble| format!("  problem: {trouble}"))),
    }
    lines.extend(told.neighbours.iter().map(|neighbour| format!("  open question: {neighbour}")));
    lines.extend(told.remarks.iter().map(|remark| format!("  note: {remark}")));
    lines
}

/// The field's label, with its heading when another field of the step has the same label.
fn label(field: &PasteTarget, asked: &[PasteTarget]) -> String {
    let namesakes = asked.iter().filter(|other| other.label == field.label).count();
    if namesakes > 1 { format!("{} ({})", field.label, field.group) } else { field.label.clone() }
}

fn explained_lines(one: &ValueReading, asked: &[PasteTarget]) -> Vec<String> {
    let (label, got) = (label(&one.field, asked), clean(&one.got, MOST));
    if one.why.is_empty() {
        return vec![format!("  same     {label}: {got}")];
    }
    let mut lines = vec![
        format!("  differs  {label}"),
        format!("            wanted  {}", clean(&one.field.want, MOST)),
        format!("            found   {got}"),
    ];
    lines.extend(one.why.iter().map(|why| format!("            {why}")));
    let trial = one.trial.iter().flat_map(TrialResult::lines);
    lines.extend(trial.map(|line| format!("            on sample requests: {line}")));
    lines
}

/// The output of `evidence import --json`.
#[derive(Debug, Serialize)]
pub struct ImportJson {
    schema: u32,
    campus: String,
    environment: &'static str,
    /// Whether it is in the journal.
    recorded: bool,
    imported: Vec<Value>,
    /// The same as `check` gives now, or would give if it were recorded.
    steps: Vec<StepJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remarks: Vec<String>,
}

/// Whether an import is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    Record,
    /// Only compared and shown.
    DryRun,
}

/// The exit code of an import that was understood: 0 if all it shows is as wanted, 3 if something is not. Values that
/// it does not show do not matter (CONTRACT.md, "Exit codes").
pub fn import_exit_code(site: &Site, imported: &[ImportResult]) -> u8 {
    let is_right = |one: &ImportResult| {
        one.told.troubles.is_empty() && one.told.explained(&one.asked, site).iter().all(|value| value.why.is_empty())
    };
    if imported.iter().all(is_right) { 0 } else { 3 }
}

/// The import as JSON, with the result of a check made afterwards.
pub fn import_json(
    site: &Site,
    mode: ImportMode,
    imported: &[ImportResult],
    report: &Report,
    remarks: &[String],
) -> ImportJson {
    ImportJson {
        schema: SCHEMA,
        campus: site.institution.to_string(),
        environment: site.environment.as_str(),
        recorded: mode == ImportMode::Record,
        imported: imported.iter().map(|one| list_json(one, site)).collect(),
        steps: steps_json(report),
        remarks: remarks.to_vec(),
    }
}

fn list_json(imported: &ImportResult, site: &Site) -> Value {
    let ImportResult { file, stamp, sheet, asked, told } = imported;
    let field = |one: ValueReading| {
        let trial = one.trial.iter().flat_map(TrialResult::lines);
        json!({
            "key": one.field.key,
            "label": one.field.label,
            "want": one.field.want,
            "got": clean(&one.got, MOST),
            "verdict": if one.why.is_empty() { "same" } else { "differs" },
            "why": one.why.iter().map(ToString::to_string).chain(trial).collect::<Vec<_>>(),
        })
    };
    let not_compared =
        asked.iter().map(|field| &field.key).filter(|key| told.list.covers(key) && !told.fields.contains_key(key));
    json!({
        "file": clean(file, 100),
        "sha256": clean(&stamp.sha256, 64),
        "modified": stamp.modified.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        "sheet": sheet.as_ref().map(|name| clean(name, 60)),
        "list": told.list,
        "rows": told.rows,
        // The number of our row, as the texts name it. None when it is not there.
        "row": match told.ours {
            OwnRow::Line(line) => Some(line),
            OwnRow::Absent | OwnRow::Unclear => None,
        },
        "fields": told.explained(asked, site).into_iter().map(field).collect::<Vec<_>>(),
        "not_shown": not_compared.collect::<Vec<_>>(),
        "left_out": told.left_out,
        "troubles": told.troubles,
        "neighbours": told.neighbours,
        "remarks": told.remarks,
    })
}
