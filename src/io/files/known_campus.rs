//! A campus that has a file here, and what the other files beside it mean for it.
use super::folders::PROCEDURE;
use super::text::printable;
use crate::failure::{Failure, FailureKind};
use crate::site::{
    AgreementOrigin, CampusCode, CampusField, CampusNaming, Consortium, Environment, Problem, Site, SiteDraft,
};
use crate::text::not_repeating;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A campus that has a file here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCampus {
    /// Taken from the file's name.
    pub code: CampusCode,
    /// The environment in the file's name (`01CUNY_QC.sandbox.toml`). `None` for a campus's plain file.
    pub named: Option<Environment>,
    pub path: PathBuf,
    /// The file's content, right or wrong. `Err` if the file cannot be read at all.
    pub draft: Result<SiteDraft, Failure>,
    /// What all campuses share. `Err` if the consortium's file cannot be used.
    pub consortium: Result<Arc<Consortium>, Failure>,
    /// How commands name it beside the other files here.
    pub naming: CampusNaming,
}

impl KnownCampus {
    /// The campus, if its file is accepted.
    ///
    /// # Errors
    /// [`FailureKind::CampusFile`]: the file cannot be read, or has problems. Every problem is listed with its path
    /// and line.
    pub fn site(&self) -> Result<Site, Failure> {
        let draft = self.draft.as_ref().map_err(Clone::clone)?;
        let consortium = self.consortium.as_ref().map_err(Clone::clone)?;
        let site = draft.accept_in(consortium).map_err(|problems| refused(&self.path, &problems))?;
        let path = path_words(&self.path);
        let misnamed = |named: &str, what: &str, is: &str, rename: String| {
            let what = format!("{path} is named for {named}, but its {what} is {is}");
            Failure::new(FailureKind::CampusFile, what).hint(rename)
        };
        if site.institution != self.code {
            let code = &site.institution;
            let rename = format!("rename it to {}, or correct institution in the file", file_name(code, self.named));
            return Err(misnamed(self.code.as_str(), "institution", code.as_str(), rename));
        }
        match self.named.filter(|named| *named != site.environment) {
            None => Ok(Site { naming: self.naming, ..site }),
            Some(named) => {
                let name = file_name(&self.code, Some(site.environment));
                let rename = format!("rename it to {name}, or correct environment in the file");
                Err(misnamed(named.as_str(), "environment", site.environment.as_str(), rename))
            }
        }
    }

    /// The failure for agreed differences that no field can have, in this campus's file and in the consortium's.
    pub fn disagreed(&self, problems: &[(AgreementOrigin, Problem)]) -> Failure {
        let of = |origin| -> Vec<Problem> {
            problems.iter().filter(|(from, _)| *from == origin).map(|(_, problem)| problem.clone()).collect()
        };
        match of(AgreementOrigin::CampusFile) {
            own if own.is_empty() => refused(&self.path.with_file_name(PROCEDURE), &of(AgreementOrigin::Procedure)),
            own => refused(&self.path, &own),
        }
    }

    /// The environment: that of the file's name, or else what the file says. `None` if it says nothing usable.
    pub fn environment(&self) -> Option<Environment> {
        let said = || Environment::parse(&self.draft.as_ref().ok()?.get(CampusField::Environment));
        self.named.or_else(said)
    }
}

/// The name of a campus's file, with an environment in it or without.
fn file_name(code: &CampusCode, named: Option<Environment>) -> String {
    named.map_or_else(|| format!("{code}.toml"), |named| format!("{code}.{}.toml", named.as_str()))
}

/// Makes one entry of two files that are for the same campus and environment. Its failure names both, so neither is used. They are sorted.
pub(super) fn one_of_each(known: Vec<KnownCampus>) -> Vec<KnownCampus> {
    let mut all: Vec<KnownCampus> = Vec::new();
    for mut one in known {
        if let Some(environment) = one.environment()
            && let Some(twin) = all.pop_if(|last| last.code == one.code && last.environment() == Some(environment))
        {
            let (code, environment) = (&one.code, environment.as_str());
            let files = format!("{} and {}", path_words(&twin.path), path_words(&one.path));
            let what = format!("there are two files for {code} {environment}: {files}");
            let next = "remove one of them, or correct environment in it";
            one.draft = Err(Failure::new(FailureKind::CampusFile, what).hint(next));
        }
        all.push(one);
    }
    all
}

/// Has commands name the environment too of each campus that has several files. They are sorted by code.
pub(super) fn name_both(known: &mut [KnownCampus]) {
    for files in known.chunk_by_mut(|one, next| one.code == next.code).filter(|files| files.len() > 1) {
        for one in files {
            one.naming = one.environment().map_or(CampusNaming::Code, CampusNaming::CodeAnd);
        }
    }
}

pub(super) fn refused(path: &Path, problems: &[Problem]) -> Failure {
    let path = path_words(path);
    let told: String =
        problems.iter().map(|problem| format!("\n  {path}, {}", keyless(&printable(&problem.to_string())))).collect();
    let count = match problems.len() {
        1 => "a problem".to_owned(),
        many => format!("{many} problems"),
    };
    let file = if path.ends_with(PROCEDURE) { "consortium's file" } else { "campus file" };
    Failure::new(FailureKind::CampusFile, format!("the {file} has {count}:{told}"))
}

/// Removes what looks like a key from a problem's text. Somebody may have put one in the file by mistake.
fn keyless(problem: &str) -> String {
    not_repeating(problem, problem)
}

pub(super) fn path_words(path: &Path) -> String {
    printable(&path.display().to_string())
}
