//! Draws the screen before an undo.
use super::state::UndoScreen;
use crate::engine::journal::{UndoState, sign_offs_that_end};
use crate::recipe::StepId;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::area::Area;
use crate::tui::parts::consent::ask_for_code;
use crate::tui::parts::sheet::Sheet;
use crate::tui::parts::undo::UndoKind;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;

/// What the undo takes back, and the field for the campus code.
pub(in crate::tui) fn page(model: &Model, screen: &UndoScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let explain = undo_explained(model, screen.kind);
    let mut body = match &campus.undoable {
        UndoState::LastApply(written) => {
            let words = format!("Undoes {}.", written.words(&model.clock(written.at)));
            paragraph(Tone::Strong, &words, 1, columns)
        }
        // The journal has not been read again since the last write.
        UndoState::Nothing => Vec::new(),
    };
    body.extend(paragraph(Tone::Plain, &explain, 1, columns));
    if let Some(lost) = lost_words(model, campus, screen.kind) {
        body.push(Row::blank());
        body.extend(hanging((Tone::Warn, Mark::Advice), Tone::Warn, &lost, 1, columns));
    }
    // A refusal takes the place of the rule, so that what was read on to stays in view.
    let rule = (!area.is_low() && screen.code.refused.is_none()).then(|| Row::rule(columns));
    let foot = rule.into_iter().chain(ask_for_code(model, campus, "to undo in", &screen.code, columns)).collect();
    let head = vec![Row::of(Tone::Heading, screen.kind.title()), Row::blank()];
    Sheet { head, body, top: screen.top, foot, ..Sheet::default() }
}

/// What an undo does. It deletes a record that the last write created; otherwise it restores the record, except for the export key.
fn undo_explained(model: &Model, kind: UndoKind) -> String {
    const CHANGED: &str = "If someone has changed the record since, nothing is done.";
    let [partner, parameters] = [StepId::Partner, StepId::Parameters].map(|id| &model.recipe().step(id).title);
    match kind {
        UndoKind::Deletes => format!(
            "That write created the partner's record in Alma ({partner} and {parameters}), so the partner is deleted. {CHANGED}"
        ),
        UndoKind::PutsBack => format!(
            "Restores the partner's record in Alma ({partner} and {parameters}) as it was before the last write from here. {CHANGED} Alma keeps its current export key, even if that write set it."
        ),
    }
}

/// Which sign-offs end if the undo deletes the record: those of its values, and of values that name it.
fn lost_words(model: &Model, campus: &Campus, kind: UndoKind) -> Option<String> {
    if kind == UndoKind::PutsBack {
        return None;
    }
    let findings = campus.steps.iter().flat_map(|standing| &standing.report.findings);
    let signed = findings.filter(|finding| finding.verdict.sign_off().is_some()).map(|finding| &finding.key);
    let lost = sign_offs_that_end(model.recipe(), signed)?;
    Some(format!("Deleting the record also ends these sign-offs, which must be given again afterwards: {lost}."))
}
