//! The command `campuses`: lists the campuses set up here.
use super::output::{self, Outcome};
use crate::failure::Failure;
use crate::io::{CampusFiles, Folders};

/// Prints the campuses set up here with their files. A campus file with problems is listed with its problems.
pub(super) fn campuses(folders: &Folders) -> Outcome {
    let listing = CampusFiles::new(folders.clone()).list()?;
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
        match known.site() {
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

fn problems(failure: &Failure) -> Vec<String> {
    failure.to_string().lines().map(|line| format!("    {line}")).collect()
}
