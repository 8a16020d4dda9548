//! `patrons`
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use crate::drive::ForecastProgress;
use crate::engine;
use crate::engine::forecast::{
    Forecast, Identifiers, PeopleList, forecast_json, forecast_lines, people_named, still_counts,
};
use crate::failure::{Failure, FailureKind};
use crate::io::{MemoryFile, MemoryStart, given_file, printable, progress};
use std::path::PathBuf;
use std::time::Duration;

/// A big file takes hours at ten calls a second, and goes on while it makes progress; each request has its own time-out.
pub(super) const LONGEST: Duration = Duration::from_secs(30 * 24 * 3600);

/// What was asked for.
pub(super) struct Ask {
    emplids: Vec<String>,
    file: Option<PathBuf>,
    show: Identifiers,
    begin: MemoryStart,
}

impl Ask {
    /// From the command line's words.
    pub(super) fn new(emplids: Vec<String>, file: Option<PathBuf>, show_ids: bool, restart: bool) -> Self {
        let show = if show_ids { Identifiers::Shown } else { Identifiers::Hashed };
        let begin = if restart { MemoryStart::Anew } else { MemoryStart::GoOn };
        Self { emplids, file, show, begin }
    }

    /// Those of a list, or else the sample.
    pub(super) fn list(file: Option<PathBuf>) -> Self {
        Self { emplids: Vec::new(), file, show: Identifiers::Hashed, begin: MemoryStart::GoOn }
    }
}

/// Reads everybody, foresees, prints.
pub(super) async fn patrons(session: &CampusSession, ask: &Ask, json: bool) -> Outcome {
    let ops = &session.ops;
    let (listed, remark) = listed(session, ask)?;
    remark.iter().for_each(|remark| say(remark));
    say(&format!("Asking about {}. Ctrl-C stops; what was read is kept for a day.", count(listed.people.len())));
    let forecast = foresee(session, ask, listed, progress::show).await;
    progress::clear();
    let forecast = forecast?;
    if json {
        answer::json(&forecast_json(&ops.site, &forecast, ask.show))?;
    } else {
        let site = &ops.site;
        answer::lines([format!("{}  {}  {}", site.name, site.institution, site.environment.as_str().to_uppercase())])?;
        answer::lines(forecast_lines(&forecast, ask.show))?;
    }
    Ok(forecast.exit_code())
}

/// Who is asked about, and a remark where somebody is named twice.
///
/// # Errors
/// Nobody is named, or the file is no list of people.
pub(super) fn listed(session: &CampusSession, ask: &Ask) -> Result<(PeopleList, Option<String>), Failure> {
    let listed = people(session, ask)?;
    let remark = (listed.repeated > 0).then(|| {
        format!("{} of the lines and names given name somebody a second time; each counts once.", listed.repeated)
    });
    Ok((listed, remark))
}

/// Asks about everybody not read lately, and journals the numbers. What was read is kept, wherever this is dropped.
///
/// # Errors
/// Memory or journal cannot be written.
pub(super) async fn foresee(
    session: &CampusSession,
    ask: &Ask,
    listed: PeopleList,
    mut told: impl FnMut(usize, usize),
) -> Result<Forecast, Failure> {
    let ops = &session.ops;
    let now = ops.clock.now();
    let state = session.folders.state_of(&ops.site.institution);
    let mut memory = MemoryFile::open(&state, ask.begin, |at| still_counts(at, now))?;
    let forecast = ops.forecast(listed, &mut memory, |ForecastProgress { done, all }| told(done, all)).await?;
    ops.journal.append(forecast.entry(ops.site.environment))?;
    Ok(forecast)
}

fn count(people: usize) -> String {
    if people == 1 { "1 person".to_owned() } else { format!("{people} people") }
}

/// Those named, those in the file, or else the campus file's sample.
fn people(session: &CampusSession, ask: &Ask) -> Result<PeopleList, Failure> {
    let unfit = |count| {
        Failure::new(
            FailureKind::Usage,
            format!("{count} of the EMPLIDs named cannot be one (blank, or with blanks inside)"),
        )
    };
    let mut all = people_named(&ask.emplids).map_err(unfit)?;
    if let Some(path) = &ask.file {
        let shown = printable(&path.display().to_string());
        let list = engine::forecast::people_in_list(&given_file(path)?)
            .map_err(|error| Failure::new(FailureKind::Usage, format!("{shown} is no list of people: {error}")))?;
        all = all.and(list);
    }
    let nobody = all.people.is_empty() && all.nameless.is_empty();
    match (nobody, &ask.file) {
        (false, _) => Ok(all),
        (true, Some(path)) => {
            let shown = printable(&path.display().to_string());
            Err(Failure::new(FailureKind::Usage, format!("{shown} names nobody"))
                .hint("put a line for each person below the headings"))
        }
        (true, None) if session.ops.site.sample.is_empty() => {
            Err(Failure::new(FailureKind::Usage, "nobody is named to ask about")
                .hint("name EMPLIDs, or --file with a list, or add patrons.sample to the campus file"))
        }
        (true, None) => people_named(&session.ops.site.sample).map_err(unfit),
    }
}
