//! The campus code, typed before anything is sent.
use crate::engine::judge::{PartnerNeighbour, already_ours};
use crate::text::clean;
use crate::tui::model::{Campus, Model};
use crate::tui::parts::{field, judgement};
use crate::tui::row::{PieceKind, Row, Tone, paragraph};
use crate::tui::screen::code_field::CodeField;

/// Why the code was refused, then `Type 01CUNY_QC to write to SANDBOX:` and the field, in the last row of every screen that asks. Uses fewer words if the code would
/// not fit beside them.
pub(in crate::tui) fn ask_for_code(
    model: &Model,
    campus: &Campus,
    to: &str,
    code: &CodeField,
    columns: usize,
) -> Vec<Row> {
    let production = campus.site.environment == crate::site::Environment::Production;
    let institution = campus.site.institution.as_str();
    let start = |between: &str, after: &str| {
        Row::of(Tone::Plain, " Type ")
            .add(Tone::Strong, institution)
            .add(Tone::Plain, between)
            .add(if production { Tone::Alarm } else { Tone::Strong }, judgement::environment(campus))
            .add(Tone::Plain, after)
            .add(Tone::Plain, PieceKind::Colon)
    };
    let whole = start(&format!(" {to} "), "");
    let start = if whole.width() + institution.len() < columns { whole } else { start(" (", ")") };
    let room = columns.saturating_sub(start.width()).max(institution.len() + 1).min(24);
    let field = field::focused(start, &code.typed, room, model.script.dots());
    let refused = code.refused.iter().flat_map(|why| paragraph(Tone::Bad, why, 1, columns));
    refused.chain([field]).collect()
}

/// The question whether to create our partner beside another one, and the field for that one's code.
pub(in crate::tui) fn ask_beside(
    model: &Model,
    other: &PartnerNeighbour,
    code: &CodeField,
    columns: usize,
) -> Vec<Row> {
    let mut rows = paragraph(Tone::Warn, &already_ours(std::slice::from_ref(other)), 1, columns);
    let other = clean(&other.code, 60);
    let start = |after: &str| {
        Row::of(Tone::Plain, " Type ")
            .add(Tone::Strong, &other)
            .add(Tone::Plain, after.to_owned())
            .add(Tone::Plain, PieceKind::Colon)
    };
    let whole = start(" to create ILLiad beside it");
    let start = if whole.width() + other.len() < columns { whole } else { start("") };
    let room = columns.saturating_sub(start.width()).max(other.len() + 1).min(24);
    rows.extend(code.refused.iter().flat_map(|why| paragraph(Tone::Bad, why, 1, columns)));
    rows.push(field::focused(start, &code.typed, room, model.script.dots()));
    rows
}
