//! Draws the current page of the set-up.
use super::state::SetUpScreen;
use super::{campuses, form, review};
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::setup::SetupPage;

/// The list of campuses, a page of questions, or the review.
pub(in crate::tui) fn page(model: &Model, _screen: &SetUpScreen, area: Area) -> Sheet {
    let Some(setup) = &model.setup else { return Sheet::default() };
    match setup.page {
        SetupPage::Campus => campuses::page(model, setup, area),
        SetupPage::Systems | SetupPage::Places => form::page(model, setup, area),
        SetupPage::Review => review::page(model, setup, area),
    }
}
