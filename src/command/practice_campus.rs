//! The campus of a practice world, as its campus file would have it.
use crate::engine::agreement;
use crate::failure::{Failure, FailureKind};
use crate::recipe::Recipe;
use crate::sim::{PracticeCampus, Running};
use crate::site::{CampusField, Consortium, Problem, Site, SiteDraft};

/// The answers that a campus file of this world would hold.
pub(super) fn draft(running: &Running) -> SiteDraft {
    draft_of(running.campus(), &running.alma_url(), &running.illiad_url())
}

/// The answers that the campus file of a simulated campus would hold.
pub(super) fn draft_of(campus: &PracticeCampus, alma_url: &str, illiad_url: &str) -> SiteDraft {
    let mut draft = SiteDraft::default();
    draft.set(CampusField::Institution, &campus.institution);
    draft.set(CampusField::Name, &campus.name);
    draft.set(CampusField::Environment, &campus.environment);
    draft.set(CampusField::AlmaUrl, alma_url);
    draft.set(CampusField::AlmaLibrary, &campus.library);
    draft.set(CampusField::AlmaReceiveDesk, &campus.receive_desk);
    draft.set(CampusField::IlliadUrl, illiad_url);
    draft.set(CampusField::IlliadNvtgc, &campus.nvtgc);
    draft.set(CampusField::PatronsSample, &campus.sample.join(" "));
    draft
}

/// The campus of a practice world.
pub(super) fn site(running: &Running, consortium: &Consortium) -> Result<Site, Failure> {
    let refused = |problems: &[Problem]| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::new(FailureKind::CampusFile, format!("The campus of this world is not valid: {}", lines.join("; ")))
    };
    let site = draft(running).accept_in(consortium).map_err(|problems| refused(&problems))?;
    let disagreed: Vec<Problem> =
        agreement::problems(Recipe::embedded(), &site).into_iter().map(|(_, problem)| problem).collect();
    if disagreed.is_empty() { Ok(site) } else { Err(refused(&disagreed)) }
}
