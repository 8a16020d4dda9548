//! Starts the wizard, on a real campus or on a practice one.
use super::campus_file::accepted;
use super::deferred_write::DeferredWrite;
use super::key_source::{KeySource, key_store, words_of};
use super::output::{Outcome, say};
use super::prefer::preferences;
use super::screen_entry::ScreenEntry;
use super::session::{self, CampusWish};
use super::worker::WizardWorker;
use crate::cli::{DisplayOptions, Global};
use crate::engine::journal::SessionEnd;
use crate::failure::{Failure, FailureKind};
use crate::io::shown;
use crate::io::{
    Account, CampusFiles, Folders, Keyring, KnownCampus, SetupFile, from_environment, prompt, tmux_takes_utf8,
};
use crate::line::{self, Echo, Surroundings, reason};
use crate::ports::KeyOrigin;
use crate::recipe::{KeySlot, Recipe, StepId};
use crate::site::{CampusCode, CampusField, Site};
use crate::tui::board::Board;
use crate::tui::key_store::KeyStore;
use crate::tui::model::Model;
use crate::tui::mouse::Mouse;
use crate::tui::script::Script;
use crate::tui::setup::{Offer, Setup};
use crate::tui::start::Start;
use crate::tui::{palette, run, script_of};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::IsTerminal as _;
use std::sync::{Arc, Once};
use std::thread;
use tokio::sync::Mutex;

/// What the wizard works on: a campus or the list to choose one from, its files and its keys.
pub(super) struct WizardContext {
    /// The name of the practice world, or `None` on a real campus.
    pub(super) practice: Option<String>,
    /// The steps that are meant to fail in this practice world.
    pub(super) fails: Vec<StepId>,
    pub(super) screen_entry: ScreenEntry,
    /// `None` if a campus must be chosen or set up first.
    pub(super) site: Option<Site>,
    /// The board to begin with, if it is the one.
    pub(super) board: Option<Board>,
    /// The campuses to choose from, if none is given.
    pub(super) known: Vec<Offer>,
    /// A campus named on the command line that is not set up yet; the list opens on it.
    pub(super) named: Option<CampusCode>,
    pub(super) folders: Folders,
    pub(super) keys: KeySource,
    /// The key store described in words, for a screen.
    pub(super) store: KeyStore,
    /// A write to `folders` that can wait until the first screen is drawn.
    pub(super) deferred: DeferredWrite,
}

/// Starts reading the recipe on another thread, so that it is ready when the first screen needs it.
pub fn read_ahead() {
    static BEGUN: Once = Once::new();
    // If no thread can be started, the recipe is read at its first use.
    BEGUN.call_once(|| drop(thread::Builder::new().name("recipe".to_owned()).spawn(Recipe::embedded)));
}

/// Runs `last-resort` without a command.
pub(super) async fn wizard(global: &Global, step: Option<StepId>, in_flight: Arc<Mutex<()>>) -> Outcome {
    let folders = Folders::from_env()?;
    let first = first_screen(global, &folders)?;
    // The list of campuses does not need the recipe.
    if let FirstScreen::Campus(_) = &first {
        read_ahead();
    }
    let keyring = Keyring::of_this_user();
    if let FirstScreen::Campus(site) = &first {
        session::begin_log(&folders, site, false);
    }
    // Looked up before the screen is drawn, because a keyring service that starts on demand may print.
    let store = key_store(&keyring.store());
    let (site, known, named) = match first {
        FirstScreen::Campus(site) => (Some(*site), Vec::new(), None),
        FirstScreen::Choose(known) => (None, known, None),
        FirstScreen::SetUp { known, named } => {
            SetupFile::of(&folders).ready().map_err(no_setup_begun)?;
            (None, known, named)
        }
    };
    let known = known.iter().map(offer).collect();
    let (screen_entry, deferred, keys) = (ScreenEntry::ByPerson, DeferredWrite::default(), KeySource::Keyring(keyring));
    let context = WizardContext {
        practice: None,
        fails: Vec::new(),
        screen_entry,
        site,
        board: None,
        known,
        named,
        folders,
        keys,
        store,
        deferred,
    };
    run_with(global, context, step, in_flight).await
}

/// What the wizard opens with.
enum FirstScreen {
    /// The campus named, or the only one set up here.
    Campus(Box<Site>),
    /// The list of several campuses set up here.
    Choose(Vec<KnownCampus>),
    /// The set-up of a new campus.
    SetUp {
        /// The campuses already set up. They are in the list too, because setting one up again from the start would overwrite its file.
        known: Vec<KnownCampus>,
        /// The campus named on the command line.
        named: Option<CampusCode>,
    },
}

/// A campus that is set up here, as an entry of the list to choose from.
fn offer(known: &KnownCampus) -> Offer {
    let value = known.code.to_string();
    match accepted(known) {
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

fn first_screen(global: &Global, folders: &Folders) -> Result<FirstScreen, Failure> {
    let files = CampusFiles::new(folders.clone());
    let wish = CampusWish::of(global);
    let fits = |known: &KnownCampus| wish.environment.is_none_or(|wanted| known.environment() == Some(wanted));
    let Some(named) = global.campus.as_deref() else {
        let known: Vec<KnownCampus> = files.list()?.known.into_iter().filter(fits).collect();
        return Ok(match known.as_slice() {
            [] => FirstScreen::SetUp { known, named: None },
            [only] => FirstScreen::Campus(Box::new(accepted(only)?)),
            _ => FirstScreen::Choose(known),
        });
    };
    let Some(code) = CampusCode::parse(named) else {
        return session::campus(folders, &wish).map(|site| FirstScreen::Campus(Box::new(site)));
    };
    let of_it = files.of(&code)?;
    if of_it.is_empty() && !files.find(&code).path.exists() {
        return Ok(FirstScreen::SetUp { known: files.list()?.known, named: Some(code) });
    }
    let several: Vec<KnownCampus> = of_it.into_iter().filter(fits).collect();
    match several.len() {
        0 | 1 => session::campus(folders, &wish).map(|site| FirstScreen::Campus(Box::new(site))),
        _ => Ok(FirstScreen::Choose(several)),
    }
}

/// Runs the wizard, on the full screen or in line mode, and returns its exit code.
pub(super) async fn run_with(
    global: &Global,
    context: WizardContext,
    step: Option<StepId>,
    in_flight: Arc<Mutex<()>>,
) -> Outcome {
    let (looks, preferred) = (&global.looks, preferences());
    let var = |name: &str| std::env::var(name).ok();
    let script = script_here(looks.ascii || preferred.ascii);
    let start = Start {
        user: Account::current().words(),
        practice: context.practice,
        script,
        zone: TimeZone::system(),
        now: Timestamp::now(),
    };
    let real = start.practice.is_none();
    let consortium = CampusFiles::new(context.folders.clone()).consortium()?;
    let mut model = match (context.board, &context.site) {
        (Some(board), _) => Model::on_board(start, board),
        (None, Some(site)) => Model::on_campus(start, site.clone(), step),
        (None, None) => {
            let list = offering_saved_setup(choosing(start, context.known, context.store, step), &context.folders);
            context.named.iter().fold(list, |list, code| list.at_campus(code.as_str()))
        }
    };
    model = model.in_consortium(consortium);
    model.meant_to_fail = context.fails;
    model.mouse = if looks.mouse || preferred.mouse { Mouse::Ours } else { Mouse::Terminals };
    let worker = Arc::new(WizardWorker::new(
        context.site,
        context.folders,
        context.keys,
        context.screen_entry,
        context.deferred,
        in_flight,
    ));
    match worker.last_session() {
        Some(last) => model.resume(&last, step),
        None if step.is_none() && model.board.is_none() && is_first_start(&model) => model = model.welcoming(),
        None => {}
    }
    let at_the_end = Arc::clone(&worker);
    let exit = match reason(terminal_facts(looks, &preferred), var) {
        Some(reason) => line::run(model, worker, reason, script, Box::new(TerminalEcho)).await?,
        None => run(model, worker, palette(looks.no_color || preferred.no_color, var)).await?,
    };
    // By a signal that is no Ctrl-C.
    let broken = exit.code >= FailureKind::HungUp.exit_code() && exit.code != FailureKind::Interrupted.exit_code();
    if let (true, Some(place)) = (real, exit.at) {
        let (end, unsent) =
            if broken { (SessionEnd::BrokenOff, exit.unsent) } else { (SessionEnd::ByChoice, Vec::new()) };
        at_the_end.record_end(end, place, unsent);
    }
    if let Some(words) = &exit.last_word {
        say(&format!("last-resort: {words}"));
    }
    Ok(exit.code)
}

/// The characters that this terminal can show. Where it is ASCII, nothing else is printed afterwards either.
fn script_here(asked_for_ascii: bool) -> Script {
    let var = |name: &str| std::env::var(name).ok();
    let script = match script_of(asked_for_ascii, var) {
        Script::Unicode if var("TMUX").is_some() && tmux_takes_utf8() == Some(false) => Script::Ascii,
        script => script,
    };
    if script == Script::Ascii {
        shown::print_ascii();
    }
    script
}

/// Whether nothing was begun: a practice run, or no campus is set up here and no set-up is half-way.
fn is_first_start(model: &Model) -> bool {
    let nothing_here = |setup: &Setup| setup.known.is_empty() && setup.unfinished.is_none();
    model.practice.is_some() || model.setup.as_ref().is_some_and(|setup| nothing_here(setup))
}

/// The model that opens with the list of campuses. Keys in the environment count for whichever campus is chosen.
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

/// The failure when the folder for set-up answers cannot be written. No set-up begins then, since nothing in it could be kept.
fn no_setup_begun(failure: Failure) -> Failure {
    let what = format!("Cannot start the set-up: your answers cannot be saved: {}", failure.what);
    Failure { kind: FailureKind::Usage, what, ..failure }
}

/// Adds the offer to go on with an unfinished set-up, unless its campus has been set up since. If answers cannot be kept, it only says so:
/// campuses that are set up can still be opened.
fn offering_saved_setup(mut model: Model, folders: &Folders) -> Model {
    let saved = SetupFile::of(folders);
    if let Err(failure) = saved.ready() {
        say(&format!("last-resort: the set-up cannot save your answers: {failure}"));
        model.status = Some("The set-up cannot save your answers here.".to_owned());
        return model;
    }
    match saved.read() {
        Ok(Some(begun)) => {
            let code = CampusCode::parse(&begun.draft.get(CampusField::Institution));
            let there = code.is_some_and(|code| CampusFiles::new(folders.clone()).find(&code).path.exists());
            if there { model } else { model.offering(begun) }
        }
        Ok(None) => model,
        Err(failure) => {
            tracing::warn!(%failure, "an unfinished set-up is ignored");
            model.status = Some("An unfinished set-up was found, but its saved answers cannot be read.".to_owned());
            model
        }
    }
}

/// The facts that decide between the full screen and line mode.
fn terminal_facts(looks: &DisplayOptions, preferred: &DisplayOptions) -> Surroundings {
    let window = rustix::termios::tcgetwinsize(std::io::stdout()).ok();
    Surroundings {
        plain: looks.plain,
        preferred: preferred.plain,
        input: std::io::stdin().is_terminal(),
        output: std::io::stdout().is_terminal(),
        window: window.map(|size| (size.ws_col, size.ws_row)),
    }
}

/// The terminal's echo, switched by the same code as the hidden prompt of `keys set`, which restores it however the program ends.
struct TerminalEcho;

impl Echo for TerminalEcho {
    fn off(&self) -> std::io::Result<()> {
        Ok(prompt::hide()?)
    }

    fn on(&self) {
        prompt::restore();
    }
}
