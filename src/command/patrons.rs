//! The command `patrons`: forecasts who would get a duplicate ILLiad account.
use super::output::{self, Outcome, say};
use super::session::CampusSession;
use crate::drive::ForecastProgress;
use crate::engine::forecast::{
    Forecast, Identifiers, PeopleList, forecast_json, forecast_lines, people_in_sheets, people_named, still_counts,
};
use crate::failure::{Failure, FailureKind};
use crate::io::{MemoryFile, MemoryStart, printable, progress, read_sheets};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The time limit for a forecast. A big file takes hours at ten calls a second, so this is only a far limit; each request has its own
/// time-out.
pub(super) const FORECAST_TIME: Duration = Duration::from_secs(30 * 24 * 3600);

/// Whom to ask about, and how to show and resume it.
pub(super) struct PatronQuery {
    emplids: Vec<String>,
    file: Option<PathBuf>,
    show: Identifiers,
    begin: MemoryStart,
}

impl PatronQuery {
    /// A query from the options of the command line.
    pub(super) fn new(emplids: Vec<String>, file: Option<PathBuf>, show_ids: bool, restart: bool) -> Self {
        let show = if show_ids { Identifiers::Shown } else { Identifiers::Hashed };
        let begin = if restart { MemoryStart::Anew } else { MemoryStart::GoOn };
        Self { emplids, file, show, begin }
    }

    /// A query about the people in a file, or about the sample if no file is given.
    pub(super) fn from_file(file: Option<PathBuf>) -> Self {
        Self { emplids: Vec::new(), file, show: Identifiers::Hashed, begin: MemoryStart::GoOn }
    }
}

/// Forecasts for everybody named and prints the result.
pub(super) async fn patrons(session: &CampusSession, query: &PatronQuery, json: bool) -> Outcome {
    let ops = &session.ops;
    let (listed, remark) = people_to_ask(session, query)?;
    output::say_all(remark.as_slice());
    say(&format!("Asking about {}. Ctrl-C stops; results so far are kept for a day.", count(listed.people.len())));
    let mut shown = None;
    let progressed = |done, all| shown.get_or_insert_with(|| progress::people(done, all)).read(done);
    let forecast = forecast(session, query, listed, progressed).await;
    drop(shown);
    let forecast = forecast?;
    if json {
        output::json(&forecast_json(&ops.site, &forecast, query.show))?;
    } else {
        let site = &ops.site;
        output::lines([output::heading(site)])?;
        output::lines(forecast_lines(&forecast, query.show).iter().map(|line| line.text("--show-ids")))?;
    }
    Ok(forecast.exit_code())
}

/// The people to ask about, and a remark if somebody is named twice.
pub(super) fn people_to_ask(
    session: &CampusSession,
    query: &PatronQuery,
) -> Result<(PeopleList, Option<String>), Failure> {
    let listed = people(session, query)?;
    let remark = (listed.repeated > 0)
        .then(|| format!("Repeated lines or EMPLIDs: {}. Each person counts once.", listed.repeated));
    Ok((listed, remark))
}

/// Asks about everybody who was not read within a day, and journals the numbers. If the future is dropped, what was read so far is
/// kept.
pub(super) async fn forecast(
    session: &CampusSession,
    query: &PatronQuery,
    listed: PeopleList,
    mut progressed: impl FnMut(usize, usize),
) -> Result<Forecast, Failure> {
    let ops = &session.ops;
    let now = ops.clock.now();
    let state = session.folders.state_of(&ops.site.institution);
    let mut memory = MemoryFile::open(&state, query.begin, |at| still_counts(at, now))?;
    let forecast = ops.forecast(listed, &mut memory, |ForecastProgress { done, all }| progressed(done, all)).await?;
    let before = ops.journal_facts()?.milestones.affected_people();
    ops.journal.append(forecast.entry(&ops.site, &before))?;
    Ok(forecast)
}

fn count(people: usize) -> String {
    if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
}

fn words_for(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { printable(&path.display().to_string()) }
}

/// Refuses a list that names a person by a key of this campus, because names are sent to both systems.
fn keyless(session: &CampusSession, listed: &PeopleList) -> Result<(), Failure> {
    let names = listed
        .people
        .iter()
        .flat_map(|person| std::iter::once(&person.emplid).chain(&person.earlier).map(move |name| (name, person.line)));
    let Some((what, line)) = session.ops.key_among(names) else { return Ok(()) };
    let place = line.map_or_else(|| "An EMPLID".to_owned(), |line| format!("Line {line} of the list"));
    Err(Failure::new(FailureKind::Usage, format!("{place} contains {what}. Nobody was asked about."))
        .hint("remove it, and replace that key"))
}

/// The people named and those in the file, or the campus file's sample if there are none.
fn people(session: &CampusSession, query: &PatronQuery) -> Result<PeopleList, Failure> {
    let unfit = |count| {
        Failure::new(
            FailureKind::Usage,
            format!("{count} of the EMPLIDs are invalid (empty, with spaces inside, or like an API key)"),
        )
        .hint("correct them, each EMPLID as one word")
    };
    let mut all = people_named(&query.emplids).map_err(unfit)?;
    if let Some(path) = &query.file {
        let file = words_for(path);
        let sheets = tokio::task::block_in_place(|| read_sheets(path))?;
        let list = people_in_sheets(&sheets)
            .map_err(|error| Failure::new(FailureKind::Usage, format!("{file} is not a list of people: {error}")))
            .map_err(|failure| failure.hint("export a list with a column EMPLID, or one with EMPLIDs only"))?;
        all = all.and(list);
    }
    keyless(session, &all)?;
    let nobody = all.people.is_empty() && all.unusable.is_empty();
    match (nobody, &query.file) {
        (false, _) => Ok(all),
        (true, Some(path)) => Err(Failure::new(FailureKind::Usage, format!("{} lists no people", words_for(path)))
            .hint("add a line for each person below the headings")),
        (true, None) if session.ops.site.sample.is_empty() => {
            Err(Failure::new(FailureKind::Usage, "There is nobody to ask about.")
                .hint("give EMPLIDs or --file with a list, or add patrons.sample to the campus file"))
        }
        (true, None) => people_named(&session.ops.site.sample).map_err(unfit),
    }
}
