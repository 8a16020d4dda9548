//! The wizard on a real campus or on a practice one.
use super::answer::{Outcome, say};
use super::session;
use super::worker::{Bench, KeySource};
use crate::cli::Global;
use crate::failure::{Failure, Kind};
use crate::io::{CampusFiles, Folders, Keyring, log_to, login_name};
use crate::ports::Keys as _;
use crate::recipe::StepId;
use crate::site::{CampusCode, Site};
use crate::tui::model::Model;
use crate::tui::start::Start;
use crate::tui::{palette, run, script_of};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::IsTerminal as _;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What the wizard works on.
pub(super) struct Place {
    /// The practice world, if nothing here is real.
    pub(super) practice: Option<String>,
    /// The campus; none: the set-up comes first.
    pub(super) site: Option<Site>,
    /// Where its files are.
    pub(super) folders: Folders,
    /// Where its keys are.
    pub(super) keys: KeySource,
}

/// `last-resort` without a command.
pub(super) async fn wizard(global: &Global, step: Option<StepId>, in_flight: Arc<Mutex<()>>) -> Outcome {
    let folders = Folders::from_env()?;
    let site = real_campus(global, &folders)?;
    let keyring = Keyring::of_this_user();
    if let Some(site) = &site {
        if let Err(failure) = log_to(&folders.log_of(&site.institution), false) {
            say(&format!("last-resort: no log is kept: {failure}"));
        }
        // Found out before the screen is taken: a keyring that starts by itself may print.
        let _ = keyring.of(&site.institution, site.environment).store();
    }
    let place = Place { practice: None, site, folders, keys: KeySource::Keyring(keyring) };
    on(global, place, step, in_flight).await
}

/// The campus named, the only one there is, or none where the set-up has to come first.
fn real_campus(global: &Global, folders: &Folders) -> Result<Option<Site>, Failure> {
    let files = CampusFiles::new(folders.clone());
    match global.campus.as_deref().and_then(CampusCode::parse) {
        Some(code) if !files.find(&code).path.exists() => Ok(None),
        Some(_) => session::campus(folders, global.campus.as_deref()).map(Some),
        None if global.campus.is_none() && files.list()?.known.is_empty() => Ok(None),
        None => session::campus(folders, global.campus.as_deref()).map(Some),
    }
}

/// Runs it.
pub(super) async fn on(global: &Global, place: Place, step: Option<StepId>, in_flight: Arc<Mutex<()>>) -> Outcome {
    needs_a_terminal(global)?;
    let var = |name: &str| std::env::var(name).ok();
    let start = Start {
        user: login_name(),
        practice: place.practice,
        script: script_of(global.ascii, var),
        zone: TimeZone::system(),
        now: Timestamp::now(),
    };
    let model = match &place.site {
        Some(site) => Model::on_campus(start, site.clone(), step),
        None => Model::first_time(start),
    };
    let worker = Arc::new(Bench::new(place.site, place.folders, place.keys, in_flight));
    Ok(run(model, worker, palette(global.no_color, var)).await?.code)
}

fn needs_a_terminal(global: &Global) -> Result<(), Failure> {
    let refused = |why: &str| {
        Err(Failure::new(Kind::Terminal, format!("The wizard draws a full screen, and {why}."))
            .hint("read everything as plain lines: last-resort check")
            .hint("see what to enter by hand: last-resort plan"))
    };
    if global.plain {
        return refused("line mode was asked for, which is not there yet");
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return refused("standard input or output is not a terminal");
    }
    Ok(())
}
