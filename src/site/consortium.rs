//! The file of the whole consortium, `procedure.toml`: its name and request prefix, its campuses, and differences agreed for all of them.
use super::agreed::{AgreedValues, AgreementOrigin, agreed_values};
use super::host::ServiceUrl;
use super::problem::{Problem, line_of};
use super::types::{CampusCode, HOME_PREFIX};
use super::zones::{Certainty, Zone, zones};
use crate::text::key_shapes;
use serde::Deserialize;
use toml_edit::{Document, Item};

/// What all campuses of a consortium share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consortium {
    /// The name for people, if the file gives one.
    pub name: Option<String>,
    /// The start of the ids of Alma's requests, which the MatchString looks for.
    pub prefix: String,
    /// Base URL of Alma's API gateway, if all campuses share one.
    pub alma: Option<ServiceUrl>,
    /// The campuses that the set-up offers.
    pub campuses: Vec<Zone>,
    /// Differences agreed for all campuses.
    pub agreed: AgreedValues,
}

impl Default for Consortium {
    fn default() -> Self {
        let agreed = AgreedValues::new();
        Self { name: None, prefix: HOME_PREFIX.to_owned(), alma: None, campuses: zones().to_vec(), agreed }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProcedure {
    consortium: Option<RawConsortium>,
    campus: Option<Vec<RawCampus>>,
    #[serde(rename = "want")]
    _want: Option<toml::Table>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConsortium {
    name: Option<String>,
    prefix: Option<String>,
    alma: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCampus {
    code: String,
    name: String,
    illiad: Option<String>,
}

impl Consortium {
    /// Whether this is the consortium that the procedure was written for.
    pub fn is_home(&self) -> bool {
        self.prefix == HOME_PREFIX
    }

    /// The campus of the list with this code, if there is one.
    pub fn campus(&self, code: &str) -> Option<&Zone> {
        self.campuses.iter().find(|zone| zone.code.as_str() == code)
    }

    /// The campuses of a fleet to practise on, without end: those of the list, then made-up ones.
    pub fn fleet(&self) -> impl Iterator<Item = (String, String)> {
        let known = self.campuses.iter().map(|zone| (zone.code.to_string(), zone.name.clone()));
        let made_up = (1..).map(|number| (format!("01FLEET_{number:03}"), format!("Fleet College {number}")));
        known.chain(made_up)
    }

    /// A campus code to give as an example.
    pub fn example(&self) -> String {
        let first = self.campuses.first().map(|zone| zone.code.to_string());
        if self.is_home() {
            format!("{HOME_PREFIX}_QC")
        } else {
            first.unwrap_or_else(|| format!("{}_ABC", self.prefix))
        }
    }

    /// Reads the file. Whether the agreed differences fit their fields is checked elsewhere.
    ///
    /// # Errors
    /// Every problem there is.
    pub fn from_toml(text: &str) -> Result<Self, Vec<Problem>> {
        let raw: RawProcedure = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| line_of(text, span.start));
            vec![Problem { path: None, line, what: error.message().trim().to_owned(), accepts: None }]
        })?;
        let mut problems = Vec::new();
        let of_their_own = raw.consortium.is_some() || raw.campus.is_some();
        let told = raw.consortium.unwrap_or_default();
        let name = told.name.map(|name| checked_name(&name, "consortium.name", &mut problems));
        let prefix = told.prefix.map_or_else(|| HOME_PREFIX.to_owned(), |prefix| checked_prefix(prefix, &mut problems));
        let alma = told.alma.and_then(|url| checked_url(&url, "consortium.alma", &mut problems));
        let mut campuses = if of_their_own { Vec::new() } else { zones().to_vec() };
        for campus in raw.campus.into_iter().flatten() {
            let zone = zone(campus, &mut problems);
            if zone.iter().any(|zone| campuses.iter().any(|before| before.code == zone.code)) {
                problems.push(problem("campus.code", "occurs twice"));
            }
            campuses.extend(zone);
        }
        let agreed = want(text, &mut problems);
        let read = Self { name, prefix, alma, campuses, agreed };
        if problems.is_empty() { Ok(read) } else { Err(problems) }
    }
}

fn want(text: &str, problems: &mut Vec<Problem>) -> AgreedValues {
    let document = text.parse::<Document<String>>().ok();
    let table = document.as_ref().and_then(|document| document.get("want")).and_then(Item::as_table_like);
    let line = |key: &toml_edit::Key| key.span().map(|span| line_of(text, span.start));
    table.map_or_else(AgreedValues::new, |table| agreed_values(table, AgreementOrigin::Procedure, line, problems))
}

fn problem(path: &str, what: &str) -> Problem {
    Problem { path: Some(path.to_owned()), line: None, what: what.to_owned(), accepts: None }
}

fn checked_name(name: &str, path: &str, problems: &mut Vec<Problem>) -> String {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        problems.push(problem(path, "is empty or contains a control character"));
    }
    if !key_shapes(name).is_empty() {
        problems.push(problem(path, "looks like a key"));
    }
    name.to_owned()
}

/// The prefix goes into an SQL condition, so nothing else is taken.
fn checked_prefix(prefix: String, problems: &mut Vec<Problem>) -> String {
    let plain = prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let fits = (1..=40).contains(&prefix.len()) && plain && key_shapes(&prefix).is_empty();
    if !fits {
        problems.push(problem("consortium.prefix", "must be letters, digits and underscores, such as \"01CUNY\""));
    }
    prefix
}

fn checked_url(url: &str, path: &str, problems: &mut Vec<Problem>) -> Option<ServiceUrl> {
    match ServiceUrl::parse(url) {
        Ok(url) => Some(url),
        Err(why) => {
            problems.push(problem(path, &why.to_string()));
            None
        }
    }
}

fn zone(campus: RawCampus, problems: &mut Vec<Problem>) -> Option<Zone> {
    let code = CampusCode::parse(&campus.code);
    if code.is_none() {
        problems.push(problem("campus.code", &format!("{:?} is not an institution code", campus.code)));
    }
    let name = checked_name(&campus.name, "campus.name", problems);
    // The part of OCLC's host is enough, as in the list built in; else the whole URL.
    let host = campus.illiad.as_ref().filter(|illiad| illiad.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    let url = campus.illiad.as_ref().filter(|_| host.is_none());
    let illiad = url.and_then(|url| checked_url(url, "campus.illiad", problems));
    Some(Zone { code: code?, name, host: host.cloned(), illiad, certainty: Certainty::Seen, note: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consortium_of_its_own_has_nothing_of_cuny() {
        let text = "[consortium]\nname = \"Lakes\"\nprefix = \"01LAKES\"\nalma = \"https://api-eu.example.org\"\n\
                    [[campus]]\ncode = \"01LAKES_N\"\nname = \"North\"\nilliad = \"https://ill.example.org/web\"\n\
                    [[campus]]\ncode = \"01LAKES_S\"\nname = \"South\"\nilliad = \"south\"\n";
        let read = Consortium::from_toml(text).expect("accepted");
        assert_eq!((read.name.as_deref(), read.prefix.as_str(), read.campuses.len()), (Some("Lakes"), "01LAKES", 2));
        assert_eq!(read.campuses[0].illiad_url().as_deref(), Some("https://ill.example.org/web"));
        assert_eq!(read.campuses[1].illiad_url().as_deref(), Some("https://south.illiad.oclc.org/illiadwebplatform"));
        assert_eq!(Consortium::from_toml("").expect("accepted"), Consortium::default());
    }

    #[test]
    fn what_cannot_be_taken_is_told() {
        for (text, told) in [
            ("[consortium]\nprefix = \"01' or 1=1\"\n", "consortium.prefix"),
            ("[consortium]\nprefix = \"l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5\"\n", "consortium.prefix"),
            ("[consortium]\nname = \"l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5\"\n", "consortium.name"),
            ("[consortium]\nalma = \"http://alma.example.org\"\n", "consortium.alma"),
            ("[consortium]\ncolour = 1\n", "colour"),
            ("[[campus]]\ncode = \"N\"\nname = \"North\"\n", "campus.code"),
            ("[[campus]]\ncode = \"01L_N\"\nname = \"N\"\n[[campus]]\ncode = \"01L_N\"\nname = \"N\"\n", "twice"),
            (
                "[want]\n\"rule.input.value\" = { value = \"Book\" }\n",
                "line 2: want.\"rule.input.value\" has no reason",
            ),
        ] {
            let problems = Consortium::from_toml(text).expect_err(text);
            assert!(problems[0].to_string().contains(told), "{text}: {}", problems[0]);
        }
    }
}
