//! A campus for tests.
use last_resort::sim::Running;
use last_resort::site::{CampusField, Site, SiteDraft};

/// Returns Queens College in its sandbox, with the rule still ahead and one sample patron. `answers` replace the usual values.
pub(crate) fn site(answers: &[(CampusField, &str)]) -> Site {
    let usual = [
        (CampusField::Institution, "01CUNY_QC"),
        (CampusField::Name, "Queens College"),
        (CampusField::Environment, "sandbox"),
        (CampusField::Stance, "ahead"),
        (CampusField::AlmaUrl, "https://api-na.hosted.exlibrisgroup.com"),
        (CampusField::AlmaLibrary, "QCRS"),
        (CampusField::IlliadUrl, "https://qc.illiad.oclc.org/illiadwebplatform/"),
        (CampusField::PatronsSample, "10000001"),
    ];
    let mut draft = SiteDraft::default();
    for (slot, answer) in usual.iter().chain(answers) {
        draft.set(*slot, answer);
    }
    draft.accept().expect("a campus")
}

/// Returns the campus of a served world.
pub(crate) fn site_of(sim: &Running, stance: &str) -> Site {
    let campus = sim.campus();
    site(&[
        (CampusField::Institution, &campus.institution),
        (CampusField::Name, &campus.name),
        (CampusField::Environment, &campus.environment),
        (CampusField::Stance, stance),
        (CampusField::AlmaUrl, &sim.alma_url()),
        (CampusField::AlmaLibrary, &campus.library),
        (CampusField::AlmaReceiveDesk, &campus.receive_desk),
        (CampusField::IlliadUrl, &sim.illiad_url()),
        (CampusField::IlliadNvtgc, &campus.nvtgc),
        (CampusField::PatronsSample, &campus.sample.join(" ")),
    ])
}
