//! The command `history`: tells what changed at a campus, when, and who did it.
use super::output::{self, Outcome};
use super::session::{self, CampusWish};
use crate::cli::HistoryArgs;
use crate::engine::journal::{HistoryItem, history, unreadable_words};
use crate::engine::render::{history_json, history_lines};
use crate::failure::{Failure, FailureKind};
use crate::io::{CampusFiles, Folders, JournalFile};
use crate::ports::Journal as _;
use crate::recipe::{FieldKey, Recipe, StepId};
use crate::site::{CampusCode, Environment};
use crate::text::clean;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, SpanRelativeTo, Timestamp};

/// Which part of the history to tell.
struct HistoryFilter {
    since: Option<Timestamp>,
    environment: Option<Environment>,
    steps: Vec<StepId>,
    keys: Vec<FieldKey>,
}

impl HistoryFilter {
    fn of(args: &HistoryArgs, environment: Option<Environment>) -> Result<Self, Failure> {
        let since = args.since.as_deref().map(|text| moment("--since", text)).transpose()?;
        let mut filter = Self { since, environment, steps: Vec::new(), keys: Vec::new() };
        for word in &args.what {
            let key = FieldKey::from(word.as_str());
            match StepId::parse(word) {
                Some(step) => filter.steps.push(step),
                None if Recipe::embedded().field(&key).is_some() || key.step().is_some() => filter.keys.push(key),
                None => {
                    let what = format!("{:?} is neither a step nor the key of a value.", clean(word, 60));
                    let steps = StepId::ALL.map(StepId::as_str).join(", ");
                    return Err(Failure::new(FailureKind::Usage, what).hint(format!("the steps are {steps}")));
                }
            }
        }
        Ok(filter)
    }

    fn takes(&self, item: &HistoryItem) -> bool {
        let named =
            |key: &FieldKey| self.keys.contains(key) || key.step().is_some_and(|step| self.steps.contains(&step));
        let every = self.steps.is_empty() && self.keys.is_empty();
        self.since.is_none_or(|since| item.at >= since)
            && self.environment.is_none_or(|environment| item.environment == environment)
            && (every || item.keys.iter().any(named))
    }
}

/// Reads a point in time: a date, a time, or how long ago.
///
/// # Errors
/// The text is not one of these three.
fn moment(option: &str, text: &str) -> Result<Timestamp, Failure> {
    let day = |date: Date| TimeZone::system().to_timestamp(date.at(0, 0, 0, 0));
    let ago = |span: Span| Timestamp::now().checked_sub(span.to_duration(SpanRelativeTo::days_are_24_hours())?);
    let read = text.parse::<Timestamp>().or_else(|_| text.parse().and_then(day));
    read.or_else(|_| text.parse().and_then(ago)).map_err(|_| {
        let what = format!("{:?} is no time ({option}).", clean(text, 60));
        Failure::new(FailureKind::Usage, what)
            .hint("use a date (2026-11-01), a time (2026-11-01T12:00:00Z) or a span (7d)")
    })
}

/// Prints the history of one campus, or of all.
pub(super) fn tell(args: &HistoryArgs, wish: &CampusWish) -> Outcome {
    let folders = Folders::from_env()?;
    let filter = HistoryFilter::of(args, wish.environment)?;
    let before = args.archive_before.as_deref().map(|text| moment("--archive-before", text)).transpose()?;
    for campus in campuses(args, wish, &folders)? {
        let journal = JournalFile::of(&folders, &campus);
        if let Some(before) = before {
            archive(&journal, &campus, before, args.json)?;
            continue;
        }
        let reading = journal.read()?;
        output::say_all(&unreadable_words(&reading.unreadable).into_iter().collect::<Vec<_>>());
        let items = history(journal.history()?, &reading.lines, |item| filter.takes(item))?;
        match (args.json, args.all) {
            (true, true) => output::json_lines([&history_json(&campus, &items)])?,
            (true, false) => output::json(&history_json(&campus, &items))?,
            (false, _) if items.is_empty() => output::lines([format!("{campus}: no changes recorded.")])?,
            (false, _) => {
                output::lines([campus.to_string()])?;
                output::lines(history_lines(&items, output::details()))?;
            }
        }
    }
    Ok(0)
}

fn archive(journal: &JournalFile, campus: &CampusCode, before: Timestamp, json: bool) -> Result<(), Failure> {
    let count = journal.archive(before)?;
    match json {
        true => output::json_lines([&serde_json::json!({"schema": 1, "campus": campus, "archived": count})]),
        false => output::lines([format!("{campus}: {count} entries that no longer count were put into the archive.")]),
    }
}

fn campuses(args: &HistoryArgs, wish: &CampusWish, folders: &Folders) -> Result<Vec<CampusCode>, Failure> {
    let known = || -> Result<Vec<CampusCode>, Failure> {
        let mut codes: Vec<CampusCode> =
            CampusFiles::new(folders.clone()).list()?.known.into_iter().map(|known| known.code).collect();
        codes.dedup();
        Ok(codes)
    };
    if args.all {
        return known();
    }
    // Both environments have one history, so two files of a campus are no question here.
    match (&wish.code, known()?.as_slice()) {
        (None, [only]) => Ok(vec![only.clone()]),
        (Some(text), codes) => {
            let named = codes.iter().find(|code| code.as_str().eq_ignore_ascii_case(text.trim()));
            match named {
                Some(code) => Ok(vec![code.clone()]),
                None => session::campus(folders, wish).map(|site| vec![site.institution]),
            }
        }
        (None, _) => session::campus(folders, wish).map(|site| vec![site.institution]),
    }
}
