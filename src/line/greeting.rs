//! The first lines that line mode prints.
use super::reason::LineModeReason;
use crate::site::Environment;
use crate::tui::model::{Campus, Model};

/// Says why this is line mode, which campus it works on and how to answer.
pub(super) fn greeting(model: &Model, why: LineModeReason) -> Vec<String> {
    let practice = if model.practice.is_some() { " Practice: nothing real is touched." } else { "" };
    let what = match &model.campus {
        Some(campus @ Campus { site, .. }) => {
            let environment = match site.environment {
                Environment::Sandbox => "SANDBOX",
                Environment::Production => "PRODUCTION, what patrons use",
            };
            let rule = campus.rule_words(model.recipe());
            format!("{}, {}, {environment}, {rule}", site.name, site.institution)
        }
        None => "a campus is chosen or set up first".to_owned(),
    };
    let how = "Answer each prompt with one line. Enter alone takes what stands in square brackets, < goes back, ? lists the answers.";
    why.sentence()
        .into_iter()
        .chain([format!("last-resort, line by line: {what}.{practice}"), how.to_owned()])
        .collect()
}
