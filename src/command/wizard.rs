//! The wizard on a real campus or on a practice one.
use super::answer::{Outcome, say};
use super::deferred_write::DeferredWrite;
use super::key_source::{KeySource, told, words_of};
use super::prefer::preferred;
use super::screen_entry::ScreenEntry;
use super::session;
use super::worker::WizardWorker;
use crate::cli::{DisplayOptions, Global};
use crate::failure::{Failure, FailureKind};
use crate::io::SetupFile;
use crate::io::{
    CampusFiles, Folders, Keyring, KnownCampus, from_environment, log_to, login_name, prompt, tmux_takes_utf8,
};
use crate::line::{self, Echo, Surroundings, reason};
use crate::ports::KeyOrigin;
use crate::recipe::{KeySlot, Recipe, StepId};
use crate::site::{CampusCode, CampusField, Site};
use crate::tui::key_store::KeyStore;
use crate::tui::model::Model;
use crate::tui::mouse::Mouse;
use crate::tui::script::Script;
use crate::tui::setup::Offer;
use crate::tui::start::Start;
use crate::tui::{palette, run, script_of};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::IsTerminal as _;
use std::sync::{Arc, Once};
use std::thread;
use tokio::sync::Mutex;

/// What the wizard works on.
pub(super) struct Place {
    /// The practice world, if nothing here is real.
    pub(super) practice: Option<String>,
    /// Who enters what only a screen takes.
    pub(super) screen_entry: ScreenEntry,
    /// The campus; none: one is chosen or set up first.
    pub(super) site: Option<Site>,
    /// The campuses to choose from.
    pub(super) known: Vec<Offer>,
    /// The one named that is not among them: the list begins with it.
    pub(super) named: Option<CampusCode>,
    /// Where its files are.
    pub(super) folders: Folders,
    /// Where its keys are.
    pub(super) keys: KeySource,
    /// The same in words.
    pub(super) store: KeyStore,
    /// What is still to be written there.
    pub(super) deferred: DeferredWrite,
}

/// Reads the recipe on another thread, while what comes before the first screen is done on this one.
pub fn read_ahead() {
    static BEGUN: Once = Once::new();
    // Without a thread it is read where it is needed.
    BEGUN.call_once(|| drop(thread::Builder::new().name("recipe".to_owned()).spawn(Recipe::embedded)));
}

/// `last-resort` without a command.
pub(super) async fn wizard(global: &Global, step: Option<StepId>, in_flight: Arc<Mutex<()>>) -> Outcome {
    let folders = Folders::from_env()?;
    let begin = begin(global, &folders)?;
    // The choice of a campus needs nothing of it.
    if let Begin::On(_) = &begin {
        read_ahead();
    }
    let keyring = Keyring::of_this_user();
    if let Begin::On(site) = &begin
        && let Err(failure) = log_to(&folders.log_of(&site.institution), false)
    {
        say(&format!("last-resort: no log is kept: {failure}"));
    }
    // Found out before the screen is taken: a keyring that starts by itself may print.
    let store = told(&keyring.store());
    let (site, known, named) = match begin {
        Begin::On(site) => (Some(*site), Vec::new(), None),
        Begin::Choose(known) => (None, known, None),
        Begin::SetUp { known, named } => {
            SetupFile::of(&folders).ready().map_err(nothing_kept)?;
            (None, known, named)
        }
    };
    let known = known.iter().map(offer).collect();
    let (screen_entry, deferred, keys) = (ScreenEntry::Theirs, DeferredWrite::default(), KeySource::Keyring(keyring));
    let place = Place { practice: None, screen_entry, site, known, named, folders, keys, store, deferred };
    on(global, place, step, in_flight).await
}

/// With what the wizard begins.
enum Begin {
    /// The campus named, or the only one there is.
    On(Box<Site>),
    /// One of several.
    Choose(Vec<KnownCampus>),
    /// The set-up of a new one. Those that are set up are in its list all the same: a set-up of one of them from its beginning would
    /// write over its file.
    SetUp {
        /// These are set up.
        known: Vec<KnownCampus>,
        /// The one asked for.
        named: Option<CampusCode>,
    },
}

/// A campus set up here, as a line to choose.
fn offer(known: &KnownCampus) -> Offer {
    let value = known.code.to_string();
    match known.site() {
        Ok(site) => Offer {
            value,
            label: site.name,
            note: Some(format!("set up here, {}", site.environment.as_str())),
            code: None,
        },
        Err(_) => Offer {
            label: value.clone(),
            value,
            note: Some("set up here; its file has problems".to_owned()),
            code: None,
        },
    }
}

fn begin(global: &Global, folders: &Folders) -> Result<Begin, Failure> {
    let files = CampusFiles::new(folders.clone());
    let Some(named) = global.campus.as_deref() else {
        let known = files.list()?.known;
        return Ok(match known.as_slice() {
            [] => Begin::SetUp { known, named: None },
            [only] => Begin::On(Box::new(only.site()?)),
            _ => Begin::Choose(known),
        });
    };
    match CampusCode::parse(named) {
        Some(code) if !files.find(&code).path.exists() => {
            Ok(Begin::SetUp { known: files.list()?.known, named: Some(code) })
        }
        _ => session::campus(folders, Some(named)).map(|site| Begin::On(Box::new(site))),
    }
}

/// Runs it.
pub(super) async fn on(global: &Global, place: Place, step: Option<StepId>, in_flight: Arc<Mutex<()>>) -> Outcome {
    let (looks, liked) = (&global.looks, preferred());
    let var = |name: &str| std::env::var(name).ok();
    let script = match script_of(looks.ascii || liked.ascii, var) {
        Script::Unicode if var("TMUX").is_some() && tmux_takes_utf8() == Some(false) => Script::Ascii,
        script => script,
    };
    let start =
        Start { user: login_name(), practice: place.practice, script, zone: TimeZone::system(), now: Timestamp::now() };
    let real = start.practice.is_none();
    let mut model = match &place.site {
        Some(site) => Model::on_campus(start, site.clone(), step),
        None => {
            let list = half_way(choosing(start, place.known, place.store, step), &place.folders);
            place.named.iter().fold(list, |list, code| list.at_campus(code.as_str()))
        }
    };
    model.mouse = if looks.mouse || liked.mouse { Mouse::Ours } else { Mouse::Terminals };
    let worker = Arc::new(WizardWorker::new(
        place.site,
        place.folders,
        place.keys,
        place.screen_entry,
        place.deferred,
        in_flight,
    ));
    if let Some(broken) = worker.broken_off() {
        model.resume(&broken, step);
    }
    let at_the_end = Arc::clone(&worker);
    let exit = match reason(surroundings(looks, &liked), var) {
        Some(why) => line::run(model, worker, why, script, Box::new(TerminalEcho)).await?,
        None => run(model, worker, palette(looks.no_color || liked.no_color, var)).await?,
    };
    let broken = [FailureKind::HungUp, FailureKind::Terminated, FailureKind::Quit]
        .map(FailureKind::exit_code)
        .contains(&exit.code);
    if let (true, true, Some(at)) = (broken, real, exit.at) {
        at_the_end.break_off(at, exit.unsent);
    }
    if let Some(words) = &exit.last_word {
        say(&format!("last-resort: {words}"));
    }
    Ok(exit.code)
}

/// Begins with the list of campuses; keys in the environment serve whichever is chosen.
fn choosing(start: Start, known: Vec<Offer>, store: KeyStore, step: Option<StepId>) -> Model {
    let mut model = Model::choosing(start, known, step);
    if let Some(setup) = &mut model.setup {
        setup.store = store;
        let set =
            |slot| from_environment(slot).ok().flatten().map(|key| (slot, words_of(&key, KeyOrigin::Environment)));
        setup.given = KeySlot::ALL.into_iter().filter_map(set).collect();
        setup.stored.clone_from(&setup.given);
    }
    model
}

/// No set-up begins where neither its answers nor, later, what is done could be written down: as where no campus file can be.
fn nothing_kept(failure: Failure) -> Failure {
    let what = format!("No set-up was begun, since nothing answered could be kept: {}", failure.what);
    Failure { kind: FailureKind::Usage, what, ..failure }
}

/// With the set-up that was left half-way, unless its campus has been set up since. Campuses that are set up can be looked at where
/// nothing can be kept.
fn half_way(mut model: Model, folders: &Folders) -> Model {
    let half = SetupFile::of(folders);
    if let Err(failure) = half.ready() {
        say(&format!("last-resort: the answers of a set-up are not kept: {failure}"));
        model.status = Some("The answers of a set-up cannot be kept here.".to_owned());
        return model;
    }
    match half.read() {
        Ok(Some(begun)) => {
            let code = CampusCode::parse(&begun.draft.get(CampusField::Institution));
            let there = code.is_some_and(|code| CampusFiles::new(folders.clone()).find(&code).path.exists());
            if there { model } else { model.offering(begun) }
        }
        Ok(None) => model,
        Err(failure) => {
            tracing::warn!(%failure, "a set-up left half-way is passed over");
            model.status = Some("A set-up was left half-way, but what was kept of it cannot be read.".to_owned());
            model
        }
    }
}

/// What decides between the full screen and the line mode.
fn surroundings(looks: &DisplayOptions, liked: &DisplayOptions) -> Surroundings {
    let window = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    Surroundings {
        plain: looks.plain,
        preferred: liked.plain,
        input: std::io::stdin().is_terminal(),
        output: std::io::stdout().is_terminal(),
        window: window.map(|size| (size.ws_col, size.ws_row)),
    }
}

/// The echo of the terminal that the hidden prompt of `keys set` switches too; it is put back however the program ends.
struct TerminalEcho;

impl Echo for TerminalEcho {
    fn off(&self) -> std::io::Result<()> {
        Ok(prompt::hide()?)
    }

    fn on(&self) {
        prompt::restore();
    }
}
