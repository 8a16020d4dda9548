//! The practice world's part in a screen.
use crate::recipe::{Channel, FieldKey};
use crate::tui::model::Model;

/// The practice system into which a person has to enter these values. `None` outside practice, or if an API writes them all.
pub(in crate::tui) fn practised<'a>(model: &'a Model, keys: &[FieldKey]) -> Option<&'a str> {
    model.practice.as_ref()?;
    let recipe = model.recipe();
    let by_hand = |key: &&FieldKey| recipe.field(key).is_some_and(|field| field.channel == Channel::Screen);
    let menu = &recipe.group_of(keys.iter().find(by_hand)?)?.menu;
    menu.0.first()?.split(' ').next()
}
