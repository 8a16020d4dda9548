//! The command `campuses`: lists the campuses set up here.
use super::campus_file::accepted;
use super::output::{self, Outcome};
use crate::failure::Failure;
use crate::io::{CampusFiles, CampusListing, Folders};
use serde_json::json;

/// Prints the campuses set up here with their files. A campus file with problems is listed with its problems.
pub(super) fn campuses(folders: &Folders, json: bool) -> Outcome {
    let listing = CampusFiles::new(folders.clone()).list()?;
    if json {
        return as_json(&listing);
    }
    if listing.known.is_empty() && listing.strays.is_empty() {
        output::lines([
            format!("No campus is set up here yet ({}).", folders.campuses().path().display()),
            "Set one up in the wizard: last-resort".to_owned(),
        ])?;
        return Ok(0);
    }
    let mut code = 0;
    let mut lines = Vec::new();
    for known in &listing.known {
        match accepted(known) {
            Ok(site) => lines.push(format!(
                "{}  {}  {}  {}",
                site.institution,
                site.environment.as_str(),
                site.name,
                known.path.display()
            )),
            Err(failure) => {
                code = failure.kind.exit_code();
                lines.push(format!("{}  has problems  {}", known.code, known.path.display()));
                lines.extend(problems(&failure));
            }
        }
    }
    lines.extend(listing.strays.iter().map(|path| format!("not a campus code, ignored: {}", path.display())));
    output::lines(lines)?;
    Ok(code)
}

/// Prints the same as JSON.
fn as_json(listing: &CampusListing) -> Outcome {
    let mut code = 0;
    let mut campuses = Vec::new();
    for known in &listing.known {
        let file = known.path.display().to_string();
        campuses.push(match accepted(known) {
            Ok(site) => json!({"campus": site.institution.as_str(), "environment": site.environment.as_str(),
                "name": site.name, "file": file, "problems": []}),
            Err(failure) => {
                code = failure.kind.exit_code();
                json!({"campus": known.code.as_str(), "environment": null, "name": null, "file": file,
                    "problems": failure.to_string().lines().collect::<Vec<_>>()})
            }
        });
    }
    let ignored: Vec<String> = listing.strays.iter().map(|path| path.display().to_string()).collect();
    output::json(&json!({"schema": 1, "campuses": campuses, "ignored": ignored}))?;
    Ok(code)
}

fn problems(failure: &Failure) -> Vec<String> {
    failure.to_string().lines().map(|line| format!("    {line}")).collect()
}
