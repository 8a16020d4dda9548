//! The commands `evidence import` and `evidence list`.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::cli::{EvidenceAction, ListName};
use crate::engine::import::ExportedSheet;
use crate::engine::import::{read_list, recognise_list};
use crate::engine::journal::{EvidenceSource, ExportedList, RowsBeside};
use crate::engine::render::{ImportResult, import_json, import_lines};
use crate::engine::render::{evidence_json, evidence_lines, report_lines};
use crate::failure::{Failure, FailureKind};
use crate::io::read_sheets;
use crate::recipe::{Recipe, StepId};
use crate::text::clean;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Imports exported lists as evidence, or prints the evidence so far.
pub(super) async fn evidence(session: &CampusSession, action: EvidenceAction) -> Outcome {
    match action {
        EvidenceAction::Import { files, list, json } => import(session, &files, list.map(exported_list), json).await,
        EvidenceAction::List { json } => list(session, json),
    }
}

fn exported_list(list: ListName) -> ExportedList {
    match list {
        ListName::RotaTemplates => ExportedList::RotaTemplates,
        ListName::RotaRules => ExportedList::RotaRules,
        ListName::Routing => ExportedList::Routing,
        ListName::Queues => ExportedList::CustomQueues,
    }
}

/// Reads all files, records what they show and prints the new verdicts. Nothing is recorded unless every file is understood.
async fn import(session: &CampusSession, files: &[PathBuf], only: Option<ExportedList>, json: bool) -> Outcome {
    let ops = &session.ops;
    let mut imported: Vec<ImportResult> = Vec::new();
    for path in files {
        for one in tokio::task::block_in_place(|| read_lists(session, path, only))? {
            if let Some(before) = imported.iter().find(|before| before.told.list == one.told.list) {
                return Err(refusal(
                    &format!("{} and {}", before.file, one.file),
                    &format!("both are {}, and which of them counts is not known", one.told.list.title()),
                ));
            }
            imported.push(one);
        }
    }
    for ImportResult { file, told, .. } in &imported {
        let lists: BTreeMap<ExportedList, RowsBeside> =
            told.verdict_on_others().map(|beside| (told.list, beside)).into_iter().collect();
        ops.show(EvidenceSource::File(file.clone()), told.fields.clone(), lists)?;
    }
    let steps: Vec<StepId> =
        StepId::ALL.into_iter().filter(|id| imported.iter().any(|one| one.told.list.step() == *id)).collect();
    let checked = ops.check(&steps).await?;
    output::say_all(&checked.remarks);
    let printed = if json {
        output::json(&import_json(&ops.site, &imported, &checked.report, &checked.remarks))
    } else {
        let of_each = imported.iter().flat_map(|one| import_lines(one, &ops.site).into_iter().chain([String::new()]));
        let after = ["What check says now of what depends on it:".to_owned()];
        output::lines(of_each.chain(after).chain(report_lines(&checked.report)))
    };
    output::already_done(printed)?;
    Ok(checked.report.exit_code())
}

/// The lists found in a file, at least one.
fn read_lists(session: &CampusSession, path: &Path, only: Option<ExportedList>) -> Result<Vec<ImportResult>, Failure> {
    let file = path.file_name().map(|name| clean(&name.to_string_lossy(), 100)).unwrap_or_default();
    let sheets = read_sheets(path)?;
    let (mut all, mut unknown) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        match recognise_list(sheet, only) {
            Ok(list) => {
                let asked = session.ops.asked(list.list.step())?;
                let told = read_list(&list, &asked, &session.ops.site);
                all.push(ImportResult { file: file.clone(), sheet: sheet_name(&sheets, sheet), asked, told });
            }
            Err(why) => unknown.push(match sheet_name(&sheets, sheet) {
                Some(name) => format!("sheet {}: {why}", clean(&name, 60)),
                None => why.to_string(),
            }),
        }
    }
    if all.is_empty() {
        let why = if sheets.is_empty() { "there is no sheet in it".to_owned() } else { unknown.join("\n  ") };
        return Err(refusal(&file, &why));
    }
    Ok(all)
}

/// The name of the sheet, if the file has several.
fn sheet_name(sheets: &[ExportedSheet], sheet: &ExportedSheet) -> Option<String> {
    sheet.name.clone().filter(|_| sheets.len() > 1)
}

fn refusal(file: &str, why: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("{file}: {why}\n  Nothing was recorded."))
}

fn list(session: &CampusSession, json: bool) -> Outcome {
    let ops = &session.ops;
    let (recipe, now, shown) = (Recipe::embedded(), ops.clock.now(), ops.journal_facts()?.evidence);
    if json {
        output::json(&evidence_json(recipe, &ops.site, &shown, now))?;
    } else {
        output::lines(evidence_lines(recipe, &ops.site, &shown, now))?;
    }
    Ok(0)
}
