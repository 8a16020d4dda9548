//! The way to the next thing that needs somebody, from any screen about the steps.
use crate::tui::keys::Key;
use crate::tui::keys::binding::{Binding, bind};
use crate::tui::model::{Model, Screen};
use crate::tui::msg::Intent;
use crate::tui::next::next;
use crate::tui::parts::step::{name_of, trouble_words};
use crate::tui::screen::steps::StepsScreen;

/// The keys for it. Only the steps name one in the footer, while something is open.
pub(in crate::tui) const OPEN: &[Binding] = &[
    bind(&[Key::Char('n')], Intent::NextOpen, "", "To the next thing that needs somebody"),
    bind(&[Key::Char('N')], Intent::PreviousOpen, "", "To the previous thing that needs somebody"),
];

/// Goes there, and says what is left to do. If nothing is, it says that and stays.
pub(in crate::tui) fn go_to_open(model: &mut Model, after: bool) {
    let recipe = model.recipe();
    let on_steps = matches!(model.screen, Screen::Steps(_));
    let Some(campus) = &mut model.campus else { return };
    let from = on_steps.then(|| campus.place());
    let Some((step, at)) = campus.open_place(from, after) else {
        let words = match campus.completion() {
            Some(_) => "Nothing is left to do.",
            None => "Nothing is left to do on the steps that were read.",
        };
        model.status = Some(words.to_owned());
        return;
    };
    campus.at = step;
    if let Some(key) = campus.here().report.findings.get(at).map(|finding| finding.key.clone()) {
        campus.select(step, key);
    }
    model.screen = Screen::Steps(StepsScreen);
    let Some(campus) = &model.campus else { return };
    let title = &recipe.step(step).title;
    let words = match campus.finding().filter(|finding| finding.needs_someone()) {
        Some(finding) if from.is_some_and(|(before, _)| before == step) => {
            format!("{}: {}", name_of(finding), trouble_words(finding))
        }
        Some(finding) => format!("{title}, {}: {}", name_of(finding), trouble_words(finding)),
        None => format!("{title}, next: {}", next(model, campus).words(recipe)),
    };
    let alone = if from == Some((step, at)) { "Nothing else is left. " } else { "" };
    model.status = Some(format!("{alone}{words}."));
}
