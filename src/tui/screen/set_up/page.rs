//! The set-up's pages.
use super::{campuses, form, review};
use crate::tui::model::Model;
use crate::tui::parts::area::Area;
use crate::tui::parts::sheet::Sheet;
use crate::tui::setup::SetupPage;

/// The page shown.
pub(super) fn page(model: &Model, area: Area) -> Sheet {
    let Some(setup) = &model.setup else { return Sheet::default() };
    match setup.page {
        SetupPage::Campus => campuses::page(model, setup, area),
        SetupPage::Systems | SetupPage::Places => form::page(model, setup, area),
        SetupPage::Review => review::page(model, setup, area),
    }
}
