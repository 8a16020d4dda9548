//! The commands `evidence import`, `evidence forget` and `evidence list`.
use super::output::{self, Outcome};
use super::session::CampusSession;
use crate::cli::{EvidenceAction, ListName};
use crate::drive::NewEvidence;
use crate::engine::import::{OtherRows, read_list, recognise_list};
use crate::engine::journal::{EvidenceSource, ExportedList, takes_evidence};
use crate::engine::render::{ImportMode, ImportResult, import_exit_code, import_json, import_lines};
use crate::engine::render::{evidence_json, evidence_lines, report_lines, withdrawal_json, withdrawal_lines};
use crate::engine::sheet::ExportedSheet;
use crate::failure::{Failure, FailureKind};
use crate::io::{ExportedFile, read_exported};
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::text::clean;
use clap::ValueEnum as _;
use std::path::{Path, PathBuf};

/// Imports exported lists as evidence, withdraws evidence, or prints the evidence so far.
pub(super) async fn evidence(session: &CampusSession, action: EvidenceAction) -> Outcome {
    match action {
        EvidenceAction::Import { files, list, dry_run, json } => {
            let mode = if dry_run { ImportMode::DryRun } else { ImportMode::Record };
            import(session, &files, list.map(exported_list), mode, json).await
        }
        EvidenceAction::Forget { what, json } => forget(session, &what, json),
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
async fn import(
    session: &CampusSession,
    files: &[PathBuf],
    only: Option<ExportedList>,
    mode: ImportMode,
    json: bool,
) -> Outcome {
    let ops = &session.ops;
    let mut imported: Vec<ImportResult> = Vec::new();
    for path in files {
        for one in tokio::task::block_in_place(|| read_lists(session, path, only))? {
            if let Some(before) = imported.iter().find(|before| before.told.list == one.told.list) {
                let (files, list) = (format!("{} and {}", name_of(before), name_of(&one)), one.told.list.title());
                return Err(Failure::new(
                    FailureKind::Usage,
                    format!("{files}: both are {list}. Nothing was recorded."),
                )
                .hint("import only the one that counts"));
            }
            imported.push(one);
        }
    }
    let steps: Vec<StepId> =
        StepId::ALL.into_iter().filter(|id| imported.iter().any(|one| one.told.list.step() == *id)).collect();
    let shown = || imported.iter().filter(|one| one.told.shows_anything()).map(new_evidence);
    let nothing = shown().next().is_none();
    let mode = if nothing { ImportMode::DryRun } else { mode };
    let (report, remarks) = match mode {
        ImportMode::DryRun => (ops.preview(shown().collect(), &steps)?, Vec::new()),
        ImportMode::Record => {
            ops.show_all(shown().collect())?;
            let checked = ops.check(&steps).await?;
            (checked.report, checked.remarks)
        }
    };
    output::say_all(&remarks);
    let printed = if json {
        output::json(&import_json(&ops.site, mode, &imported, &report, &remarks))
    } else {
        let of_each = imported.iter().flat_map(|one| import_lines(one, &ops.site).into_iter().chain([String::new()]));
        let after = match mode {
            ImportMode::Record => "check now shows for the steps it affects:",
            ImportMode::DryRun => "Nothing was recorded. check would show for the steps it affects:",
        };
        output::lines(of_each.chain([after.to_owned()]).chain(report_lines(&ops.site, &report, output::details())))
    };
    output::already_done_if(mode == ImportMode::Record, printed)?;
    Ok(if nothing { 1 } else { import_exit_code(&ops.site, &imported) })
}

/// The file, with the sheet if it has several.
fn name_of(one: &ImportResult) -> String {
    let sheet = one.sheet.as_ref().map(|name| format!(" (sheet {})", clean(name, 60)));
    one.file.clone() + &sheet.unwrap_or_default()
}

fn new_evidence(one: &ImportResult) -> NewEvidence {
    let only = |holds: bool| holds.then_some(one.told.list).into_iter().collect();
    NewEvidence {
        source: EvidenceSource::File(one.file.clone()),
        stamp: Some(one.stamp.clone()),
        fields: one.told.fields.clone(),
        lists: one.told.verdict_on_others().map(|beside| (one.told.list, beside)).into_iter().collect(),
        without_our_row: only(one.told.is_without_our_row()),
        left_out: one.told.left_out.clone(),
        unjudged: only(one.told.others == OtherRows::NotUnderstood),
    }
}

/// The lists found in a file, at least one.
fn read_lists(session: &CampusSession, path: &Path, only: Option<ExportedList>) -> Result<Vec<ImportResult>, Failure> {
    let exported = read_exported(path).map_err(|failure| {
        let failure = failure.within(|words| format!("{}. Nothing was recorded.", words.trim_end_matches('.')));
        if failure.hints.is_empty() { failure.hint(EXPORT_AGAIN) } else { failure }
    })?;
    let ExportedFile { name: file, stamp, sheets } = exported;
    let (mut all, mut unknown) = (Vec::new(), Vec::new());
    for sheet in &sheets {
        match recognise_list(sheet, only) {
            Ok(list) => {
                let asked = session.ops.asked(list.list.step())?;
                let mut told = read_list(&list, &asked, &session.ops.site);
                told.remarks.extend(session.ops.about_age(&stamp, &told.fields)?);
                told.remarks.iter_mut().for_each(|remark| *remark = session.ops.without_keys(remark));
                let (file, stamp) = (file.clone(), stamp.clone());
                all.push(ImportResult { file, stamp, sheet: sheet_name(&sheets, sheet), asked, told });
            }
            Err(why) => unknown.push(match sheet_name(&sheets, sheet) {
                Some(name) => format!("sheet {}: {why}", clean(&name, 60)),
                None => why.to_string(),
            }),
        }
    }
    if all.is_empty() {
        let why = if sheets.is_empty() { "the file contains no sheet".to_owned() } else { unknown.join("\n  ") };
        return Err(refusal(&file, &session.ops.without_keys(&why)));
    }
    Ok(all)
}

/// Withdraws evidence, by the names of lists and by the keys of values.
fn forget(session: &CampusSession, what: &[String], json: bool) -> Outcome {
    let (recipe, ops) = (Recipe::embedded(), &session.ops);
    let (mut keys, mut lists) = (Vec::new(), Vec::new());
    for word in what {
        match (ListName::from_str(word, true), FieldKey::from(word.as_str())) {
            (Ok(list), _) => lists.push(exported_list(list)),
            (Err(_), key) if takes_evidence(recipe, &key) => keys.push(key),
            (Err(_), _) => {
                let names: Vec<String> = ListName::value_variants()
                    .iter()
                    .filter_map(|list| Some(list.to_possible_value()?.get_name().to_owned()))
                    .collect();
                let what = format!("{word:?} is neither a list nor the key of a value that takes evidence.");
                return Err(Failure::new(FailureKind::Usage, what)
                    .hint(format!("the lists are {}", names.join(", ")))
                    .hint("to see all evidence: last-resort evidence list"));
            }
        }
    }
    let (fields, lists) = ops.forget_evidence(&keys, &lists)?;
    let printed = match json {
        true => output::json(&withdrawal_json(&ops.site, &fields, &lists)),
        false => output::lines(withdrawal_lines(recipe, &ops.site, &fields, &lists)),
    };
    output::already_done_if(!(fields.is_empty() && lists.is_empty()), printed)?;
    Ok(0)
}

/// The name of the sheet, if the file has several.
fn sheet_name(sheets: &[ExportedSheet], sheet: &ExportedSheet) -> Option<String> {
    sheet.name.clone().filter(|_| sheets.len() > 1)
}

/// What to do about a file that is not the list that it should be.
const EXPORT_AGAIN: &str = "export the list again, and import that; only lists in English are understood";

/// The refusal of a file. The first line of the reason is its sentence; what was found and expected follows the next step.
fn refusal(file: &str, why: &str) -> Failure {
    let (sentence, rest) = why.split_at(why.find('\n').unwrap_or(why.len()));
    Failure::new(FailureKind::Usage, format!("{file} cannot be imported: {sentence}. Nothing was recorded."))
        .hint(format!("{EXPORT_AGAIN}{rest}"))
}

fn list(session: &CampusSession, json: bool) -> Outcome {
    let ops = &session.ops;
    let (recipe, snapshot) = (Recipe::embedded(), ops.snapshot_without_reads()?);
    if json {
        output::json(&evidence_json(recipe, &ops.site, &snapshot))?;
    } else {
        output::lines(evidence_lines(recipe, &ops.site, &snapshot))?;
    }
    Ok(0)
}
