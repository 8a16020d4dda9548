//! `evidence`
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use crate::cli::{EvidenceAction, ListName};
use crate::engine::import::ExportedSheet;
use crate::engine::import::{read_list, recognise_list};
use crate::engine::journal::{EvidenceSource, ExportedList};
use crate::engine::render::{ImportResult, import_json, import_lines};
use crate::engine::render::{evidence_json, evidence_lines, report_lines};
use crate::failure::{Failure, FailureKind};
use crate::io::read_sheets;
use crate::recipe::{Recipe, StepId};
use crate::text::clean;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Imports, or lists what was.
pub(super) async fn evidence(session: &CampusSession, action: EvidenceAction) -> Outcome {
    match action {
        EvidenceAction::Import { files, list, json } => import(session, &files, list.map(named), json).await,
        EvidenceAction::List { json } => list(session, json),
    }
}

fn named(list: ListName) -> ExportedList {
    match list {
        ListName::RotaTemplates => ExportedList::RotaTemplates,
        ListName::RotaRules => ExportedList::RotaRules,
        ListName::Routing => ExportedList::Routing,
        ListName::Queues => ExportedList::CustomQueues,
    }
}

/// All files are understood before anything is recorded.
async fn import(session: &CampusSession, files: &[PathBuf], only: Option<ExportedList>, json: bool) -> Outcome {
    let ops = &session.ops;
    let mut imported: Vec<ImportResult> = Vec::new();
    for path in files {
        for one in tokio::task::block_in_place(|| understood(session, path, only))? {
            if let Some(before) = imported.iter().find(|before| before.told.list == one.told.list) {
                return Err(refused(
                    &format!("{} and {}", before.file, one.file),
                    &format!("both are {}, and which of them counts is not known", one.told.list.title()),
                ));
            }
            imported.push(one);
        }
    }
    for ImportResult { file, told, .. } in &imported {
        let lists: BTreeMap<ExportedList, Vec<String>> =
            told.verdict_on_others().map(|troubles| (told.list, troubles)).into_iter().collect();
        ops.show(EvidenceSource::File(file.clone()), told.fields.clone(), lists)?;
    }
    let steps: Vec<StepId> =
        StepId::ALL.into_iter().filter(|id| imported.iter().any(|one| one.told.list.step() == *id)).collect();
    let looked = ops.check(&steps).await?;
    looked.remarks.iter().for_each(|remark| say(remark));
    let told = if json {
        answer::json(&import_json(&ops.site, &imported, &looked.report, &looked.remarks))
    } else {
        let of_each = imported.iter().flat_map(|one| import_lines(one, &ops.site).into_iter().chain([String::new()]));
        let after = ["What check says now of what depends on it:".to_owned()];
        answer::lines(of_each.chain(after).chain(report_lines(&looked.report)))
    };
    answer::of_done(told)?;
    Ok(looked.report.exit_code())
}

/// The lists in a file; at least one.
fn understood(session: &CampusSession, path: &Path, only: Option<ExportedList>) -> Result<Vec<ImportResult>, Failure> {
    let file = path.file_name().map(|name| clean(&name.to_string_lossy(), 100)).unwrap_or_default();
    let sheets = read_sheets(path)?;
    let (mut all, mut unknown) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        match recognise_list(sheet, only) {
            Ok(list) => {
                let asked = session.ops.asked(list.list.step())?;
                let told = read_list(&list, &asked, &session.ops.site);
                all.push(ImportResult { file: file.clone(), sheet: several(&sheets, sheet), asked, told });
            }
            Err(why) => unknown.push(match several(&sheets, sheet) {
                Some(name) => format!("sheet {}: {why}", clean(&name, 60)),
                None => why.to_string(),
            }),
        }
    }
    if all.is_empty() {
        let why = if sheets.is_empty() { "there is no sheet in it".to_owned() } else { unknown.join("\n  ") };
        return Err(refused(&file, &why));
    }
    Ok(all)
}

/// The sheet's name, where there are several.
fn several(sheets: &[ExportedSheet], sheet: &ExportedSheet) -> Option<String> {
    sheet.name.clone().filter(|_| sheets.len() > 1)
}

fn refused(file: &str, why: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("{file}: {why}\n  Nothing was recorded."))
}

fn list(session: &CampusSession, json: bool) -> Outcome {
    let ops = &session.ops;
    let (recipe, now, shown) = (Recipe::embedded(), ops.clock.now(), ops.journal_facts()?.evidence);
    if json {
        answer::json(&evidence_json(recipe, &ops.site, &shown, now))?;
    } else {
        answer::lines(evidence_lines(recipe, &ops.site, &shown, now))?;
    }
    Ok(0)
}
