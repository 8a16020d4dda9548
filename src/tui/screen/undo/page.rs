//! Draws the screen before an undo.
use super::state::UndoScreen;
use crate::engine::journal::{UndoState, Verb, sign_offs_that_end};
use crate::recipe::StepId;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::area::Area;
use crate::tui::parts::consent::ask_for_code;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;

/// What the undo takes back, and the field for the campus code.
pub(in crate::tui) fn page(model: &Model, screen: &UndoScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let explain = undo_explained(model, &campus.undoable);
    let mut body = match &campus.undoable {
        UndoState::LastApply(written) => {
            let words = format!("Takes back {}.", written.words(&model.clock(written.at)));
            paragraph(Tone::Strong, &words, 1, columns)
        }
        // The journal has not been read again since the last write.
        UndoState::Nothing => Vec::new(),
    };
    body.extend(paragraph(Tone::Plain, &explain, 1, columns));
    if let Some(lost) = lost_words(model, campus) {
        body.push(Row::blank());
        body.extend(hanging((Tone::Warn, Mark::Advice), Tone::Warn, &lost, 1, columns));
    }
    body.push(Row::blank());
    body.extend(ask_for_code(model, campus, "to undo in", &screen.code, columns));
    let head = vec![Row::of(Tone::Heading, " Undo the last write"), Row::blank()];
    Sheet { head, body, top: 0, foot: Vec::new(), ..Sheet::default() }.field_below(area, model.script)
}

/// What an undo does. It deletes a record that the last write created; otherwise it restores the record, except for the export key.
fn undo_explained(model: &Model, undoable: &UndoState) -> String {
    const DELETED: &str = "it is deleted";
    const CHANGED: &str = "If somebody changed the record since, nothing is done.";
    const KEY: &str = "The export key that Alma has now stays, even if that write set it.";
    let [partner, parameters] = [StepId::Partner, StepId::Parameters].map(|id| &model.recipe().step(id).title);
    let back = format!(
        "Puts Alma's record of the partner back as it was before the last write from here ({partner} and {parameters} alike)."
    );
    match undoable {
        UndoState::LastApply(written) if written.verb == Verb::Create => {
            format!(
                "That write made Alma's record of the partner ({partner} and {parameters} alike), so {DELETED}. {CHANGED}"
            )
        }
        UndoState::LastApply(_) => format!("{back} {CHANGED} {KEY}"),
        UndoState::Nothing => format!(
            "{back} If that write made the record, {DELETED}. {CHANGED} Where the record stays, so does the export key that Alma has now, even if that write set it."
        ),
    }
}

/// Which sign-offs end if the undo deletes the record: those of its values, and of values that name it.
fn lost_words(model: &Model, campus: &Campus) -> Option<String> {
    let when = match &campus.undoable {
        UndoState::LastApply(written) if written.verb == Verb::Create => "The record goes, and with it",
        UndoState::LastApply(_) => return None,
        UndoState::Nothing => "If the record goes, then with it",
    };
    let findings = campus.steps.iter().flat_map(|standing| &standing.report.findings);
    let signed = findings.filter(|finding| finding.verdict.sign_off().is_some()).map(|finding| &finding.key);
    let lost = sign_offs_that_end(model.recipe(), signed)?;
    Some(format!("{when} these sign-offs, which are to be given anew afterwards: {lost}."))
}
