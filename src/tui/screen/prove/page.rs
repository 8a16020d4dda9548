//! Draws the screen before a proof.
use super::state::ProveScreen;
use crate::engine::judge::Route;
use crate::engine::probe::side_effects;
use crate::site::Environment;
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::consent::ask_for_code;
use crate::tui::parts::proof;
use crate::tui::parts::sheet::Sheet;
use crate::tui::row::{Row, Tone, hanging, paragraph};
use crate::tui::script::Mark;

/// What a proof does, and the field for the campus code.
pub(in crate::tui) fn page(model: &Model, screen: &ProveScreen, area: Area) -> Sheet {
    let Some(campus) = &model.campus else { return Sheet::default() };
    let columns = area.columns.saturating_sub(1);
    let head = vec![Row::of(Tone::Heading, format!(" Prove {}", proof::title(screen.half))), Row::blank()];
    let where_made = match (&model.practice, campus.site.environment) {
        (Some(_), _) => "the practice systems",
        (None, Environment::Sandbox) => "the sandbox's systems",
        (None, Environment::Production) => "the production systems",
    };
    let words = format!("This creates test requests in {where_made}, watches them and cancels them:");
    let mut body = paragraph(Tone::Plain, &words, 1, columns);
    // The route that the procedure wants, whatever was seen so far.
    let route = Route::of_procedure(model.recipe(), &campus.site);
    for told in side_effects(screen.half, &route) {
        body.extend(hanging((Tone::Warn, Mark::Advice), Tone::Plain, &told, 1, columns));
    }
    // A refusal takes the place of the rule, so that what was read on to stays in view.
    let rule = (!area.is_low() && screen.code.refused.is_none()).then(|| Row::rule(columns));
    let asked = ask_for_code(model, campus, "to run the proof in", &screen.code, columns);
    let foot = rule.into_iter().chain(asked).collect();
    Sheet { head, body, top: screen.top, foot, ..Sheet::default() }
}
