//! The campus code, typed before anything is sent.
use crate::tui::entry::Entry;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::{field, judgement};
use crate::tui::row::PieceKind;
use crate::tui::row::{Row, Tone};

/// Why the typed text does not confirm.
pub(in crate::tui) fn wrong_code(typed: &str, code: &str) -> String {
    if typed.is_empty() {
        format!("Nothing was sent: type {code} first.")
    } else {
        format!("Nothing was sent: \"{typed}\" is not {code}.")
    }
}

/// `Type 01CUNY_QC to write to SANDBOX:` and the field. Uses fewer words if the code would not fit beside them.
pub(in crate::tui) fn ask_for_code(model: &Model, campus: &Campus, to: &str, typed: &Entry, columns: usize) -> Row {
    let production = campus.site.environment == crate::site::Environment::Production;
    let code = campus.site.institution.as_str();
    let start = |between: &str, after: &str| {
        Row::of(Tone::Plain, " Type ")
            .add(Tone::Strong, code)
            .add(Tone::Plain, between)
            .add(if production { Tone::Alarm } else { Tone::Strong }, judgement::environment(campus))
            .add(Tone::Plain, after)
            .add(Tone::Plain, PieceKind::Colon)
    };
    let whole = start(&format!(" {to} "), "");
    let start = if whole.width() + code.len() < columns { whole } else { start(" (", ")") };
    let room = columns.saturating_sub(start.width()).max(code.len() + 1).min(24);
    field::focused(start, typed, room, model.script.dots())
}
