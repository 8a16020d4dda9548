//! Shows checks of several campuses: one JSON line or one row for each, and a summary.
use super::details::Details;
use super::history::{change_words, few_keys, minute, shared_cause};
use super::report::{CheckJson, SCHEMA, check_json, counts};
use crate::engine::journal::VerdictChange;
use crate::engine::judge::StepState;
use crate::engine::results::CheckResult;
use crate::recipe::{FieldKey, StepId};
use crate::site::{CampusCode, Environment, Site};
use crate::text::clean;
use jiff::Timestamp;
use serde::Serialize;

/// A check of one campus among several, as the contract's JSON.
#[derive(Debug, Serialize)]
pub struct CampusCheckJson {
    #[serde(flatten)]
    check: CheckJson,
    changed: Vec<ChangedJson>,
}

#[derive(Debug, Serialize)]
struct ChangedJson {
    key: String,
    from: String,
    to: String,
    since: String,
}

/// A campus that could not be checked at all, in the same place as a check.
#[derive(Debug, Serialize)]
pub struct CampusFailureJson {
    schema: u32,
    campus: String,
    environment: Option<&'static str>,
    checked_at: String,
    state: &'static str,
    steps: [(); 0],
    /// Why, and what to do next.
    error: Vec<String>,
    changed: [(); 0],
}

/// How many campuses were checked and how they stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    campuses: usize,
    same: usize,
    differs: usize,
    unread: usize,
    waiting: usize,
    changed: usize,
    /// How many campuses were checked before in the same systems, so that changes can be told.
    #[serde(skip)]
    compared: usize,
}

/// The last line of `check --all --json`.
#[derive(Debug, Serialize)]
pub struct TallyJson {
    schema: u32,
    summary: Tally,
}

impl Tally {
    /// Adds a campus that was checked.
    pub fn add(&mut self, checked: &CheckResult) {
        self.campuses += 1;
        self.changed += checked.changed.len();
        self.compared += usize::from(!checked.snapshot.journal.past.is_empty());
        *match checked.report.state() {
            StepState::Unread => &mut self.unread,
            StepState::Blocked | StepState::Differs => &mut self.differs,
            StepState::Waiting => &mut self.waiting,
            StepState::Attested | StepState::Verified => &mut self.same,
        } += 1;
    }

    /// Adds a campus that could not be checked at all.
    pub fn add_failed(&mut self) {
        self.campuses += 1;
        self.unread += 1;
    }

    /// The tally as the contract's JSON.
    pub fn json(self) -> TallyJson {
        TallyJson { schema: SCHEMA, summary: self }
    }

    /// The tally in a sentence.
    pub fn words(self) -> String {
        let Self { campuses, same, differs, unread, waiting, changed, compared } = self;
        let unit = if campuses == 1 { "campus" } else { "campuses" };
        let counted =
            [(differs, "with differences"), (unread, "could not be read"), (waiting, "waiting"), (same, "as wanted")];
        let told: Vec<String> =
            counted.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        let news = match (compared, changed) {
            (0, _) => "This is the first check; the next one says what changed since.".to_owned(),
            (_, 0) => "Nothing changed since the check before.".to_owned(),
            (_, 1) => "1 value changed since the check before.".to_owned(),
            (_, many) => format!("{many} values changed since the check before."),
        };
        format!("{campuses} {unit}: {}. {news}", told.join(", "))
    }
}

/// A check among several as JSON.
pub fn campus_check_json(site: &Site, checked: &CheckResult) -> CampusCheckJson {
    let changed = |change: &VerdictChange| ChangedJson {
        key: change.key.to_string(),
        from: change.from.verdict.clone(),
        to: change.to.verdict.clone(),
        since: change.since.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    CampusCheckJson {
        check: check_json(site, &checked.report, &checked.remarks),
        changed: checked.changed.iter().map(changed).collect(),
    }
}

/// A campus that could not be checked, as JSON.
pub fn campus_failure_json(
    campus: &CampusCode,
    environment: Option<Environment>,
    why: &str,
    at: Timestamp,
) -> CampusFailureJson {
    CampusFailureJson {
        schema: SCHEMA,
        campus: campus.to_string(),
        environment: environment.map(Environment::as_str),
        checked_at: at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        state: StepState::Unread.as_str(),
        steps: [],
        error: why.lines().map(|line| clean(line, 1000)).collect(),
        changed: [],
    }
}

/// One campus in one row: its state, its values by verdict, and how many changed.
pub fn campus_row(site: &Site, checked: &CheckResult) -> String {
    let news = match checked.changed.len() {
        0 => String::new(),
        count => format!("; {count} changed"),
    };
    format!(
        "{}  {:<10}  {}{news}",
        campus_head(&site.institution, Some(site.environment)),
        checked.report.state().words(),
        counts(&checked.report)
    )
}

/// The beginning of a campus's row, in columns.
pub fn campus_head(campus: &CampusCode, environment: Option<Environment>) -> String {
    format!("{:<12}  {:<10}", campus.as_str(), environment.map_or("?", Environment::as_str))
}

/// What changed at a campus: first, in one line, what a refresh of the sandbox probably undid, then each value. Values that changed alike
/// share a line, unless the details are shown.
pub fn change_report(site: &Site, changed: &[VerdictChange], details: Details) -> Vec<String> {
    let mut lines: Vec<String> = refresh_words(site, changed).into_iter().collect();
    let alike = |one: &VerdictChange, next: &VerdictChange| {
        let cause = |change: &VerdictChange| shared_cause((&change.from, &change.to));
        let same = minute(one.since) == minute(next.since) && cause(one) == cause(next);
        details == Details::Folded && same && cause(one).is_some()
    };
    lines.extend(changed.chunk_by(alike).flat_map(|changes| {
        let keys: Vec<&FieldKey> = changes.iter().map(|change| &change.key).collect();
        let words = change_words(&changes.iter().map(|change| (&change.from, &change.to)).collect::<Vec<_>>());
        let since = changes.first().map(|change| minute(change.since));
        since.map(|since| format!("  changed   {}: {words}, since {since}", few_keys(&keys)))
    }));
    lines
}

/// A sandbox where what was as wanted is not there any more was probably refreshed from production.
fn refresh_words(site: &Site, changed: &[VerdictChange]) -> Option<String> {
    let gone = |change: &&VerdictChange| change.to.verdict == "absent" && change.from.verdict != "unread";
    let gone: Vec<StepId> = changed.iter().filter(gone).filter_map(|change| change.key.step()).collect();
    if site.environment != Environment::Sandbox || gone.is_empty() {
        return None;
    }
    let steps: Vec<&str> = StepId::ALL.into_iter().filter(|step| gone.contains(step)).map(StepId::as_str).collect();
    let unit = if gone.len() == 1 { "value is" } else { "values are" };
    Some(format!(
        "  Was the sandbox of {} refreshed? {} {unit} not there any more ({}).",
        site.institution,
        gone.len(),
        steps.join(", ")
    ))
}
