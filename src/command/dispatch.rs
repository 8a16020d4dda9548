//! From the parsed command line to the command, and from its outcome to the exit code.
use super::answer::{Outcome, say};
use super::last_word::last_word;
use super::new_key::Probing;
use super::{
    apply, attest, campuses, check, docs, evidence, golive, keys, patrons, plan, practice, prefer, prove, report,
    rotate, session, simulate, wizard,
};
use crate::cli::{Cli, Command, Global, GoLiveArgs, KeysAction, SlotArgument, StepArgument};
use crate::drive::Stop;
use crate::engine::plan::Consent;
use crate::failure::{Failure, FailureKind};
use crate::io::{Folders, Keyring, log_to};
use crate::recipe::{KeySlot, StepId};
use crate::site::Site;
use crate::text;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How long a thread without work is kept.
const SPARE_THREAD: Duration = Duration::from_millis(500);

/// Runs a command to its end; Ctrl-C leaves at once, but for a write in flight, which is finished and journaled first.
#[must_use]
pub fn run(cli: Cli) -> u8 {
    // The screen has the main thread for itself. Threads that wait for the keyring or a name end soon after, so that nothing wakes up.
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    threads.worker_threads(1).thread_keep_alive(SPARE_THREAD).enable_all();
    let runtime = match threads.build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return failed(&Failure::new(
                FailureKind::Files,
                format!("The program could not start its threads: {error}"),
            ));
        }
    };
    let in_flight: Arc<Mutex<()>> = Arc::default();
    let stop = Stop::default();
    let (campus, since) = (cli.global.campus.clone(), jiff::Timestamp::now());
    let code = runtime.block_on(async {
        if takes_the_terminal(&cli) {
            return command(cli, in_flight, stop).await;
        }
        let ours = tokio::spawn(command(cli, Arc::clone(&in_flight), stop.clone()));
        tokio::select! {
            ended = ours => ended.unwrap_or_else(|error| Err(Failure::new(FailureKind::Files, format!("The command broke off: {error}")))),
            mut stopped = stopped() => {
                let flying = in_flight.try_lock().is_err();
                // Whoever watches test requests cancels them now.
                stop.ask();
                // Never given back: once stopped, no write begins any more.
                std::mem::forget(in_flight.lock_owned().await);
                if let Some(words) = flying.then(|| last_word(campus.as_deref(), since)).flatten() {
                    stopped.what = format!("{} {words}", stopped.what);
                }
                Err(stopped)
            }
        }
    });
    // A hanging name look-up or keyring must not hold the exit up.
    runtime.shutdown_background();
    crate::io::progress::clear();
    crate::io::prompt::restore();
    match code {
        Ok(code) => code,
        Err(failure) => failed(&failure),
    }
}

/// SIGINT, SIGQUIT, SIGTERM or SIGHUP.
async fn stopped() -> Failure {
    use tokio::signal::unix::{SignalKind, signal};
    let kinds = [SignalKind::quit(), SignalKind::terminate(), SignalKind::hangup()];
    let [Ok(mut quit), Ok(mut term), Ok(mut hup)] = kinds.map(signal) else {
        let _ = tokio::signal::ctrl_c().await;
        return Failure::new(FailureKind::Interrupted, "Stopped.");
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => Failure::new(FailureKind::Interrupted, "Stopped by Ctrl-C."),
        _ = quit.recv() => Failure::new(FailureKind::Quit, "Stopped by SIGQUIT."),
        _ = term.recv() => Failure::new(FailureKind::Terminated, "Stopped by SIGTERM."),
        _ = hup.recv() => Failure::new(FailureKind::HungUp, "Stopped: the terminal went away."),
    }
}

fn failed(failure: &Failure) -> u8 {
    // A key typed in the wrong place must not be found in a log, whoever's words name it.
    let typed = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let words = typed.fold(failure.to_string(), |words, typed| text::not_repeating(&words, &typed));
    say(&format!("last-resort: {words}"));
    failure.kind.exit_code()
}

/// The wizard handles keys and signals itself.
fn takes_the_terminal(cli: &Cli) -> bool {
    matches!(cli.command, None | Some(Command::Practice { list: false, .. }))
}

async fn command(cli: Cli, in_flight: Arc<Mutex<()>>, stop: Stop) -> Outcome {
    let Cli { global, step, command } = cli;
    let Some(command) = command else {
        return wizard::wizard(&global, step.map(|StepArgument(id)| id), in_flight).await;
    };
    let campus = || Campus::of(&global, &in_flight);
    let checked = || campus()?.open(session::COMMAND);
    match command {
        Command::Completions { shell } => docs::completions(shell),
        Command::Man { into: Some(folder), .. } => docs::man_into(&folder),
        Command::Man { of, .. } => docs::man(&of),
        Command::Prefer { nothing } => prefer::prefer(global.looks, nothing),
        Command::Simulate { world, alma, illiad } => simulate::simulate(&world, alma, illiad).await,
        Command::Practice { list: true, .. } => practice::list(),
        Command::Practice { world, step, .. } => {
            practice::practice(&global, &world, step.map(|StepArgument(id)| id), in_flight).await
        }
        Command::Campuses => campuses::campuses(&Folders::from_env()?),
        Command::Check { steps, json } => check::check(&checked()?, &ids(steps), json).await,
        Command::Plan { steps, json } => plan::plan(&checked()?, &ids(steps), json).await,
        Command::Report { format } => report::report(&checked()?, format).await,
        Command::Attest { what, note, revoke } => attest::attest(&checked()?, &what, note, revoke),
        Command::Evidence { action } => evidence::evidence(&checked()?, action).await,
        Command::Patrons { emplids, file, json, show_ids, restart } => {
            let session = campus()?.open(patrons::LONGEST)?;
            patrons::patrons(&session, &patrons::Ask::new(emplids, file, show_ids, restart), json).await
        }
        Command::Apply { steps, confirm, json } => {
            let campus = campus()?;
            let code = &campus.site.institution;
            let look_first = format!("what would be written: last-resort plan --campus {code}");
            let consent = consent(&campus.site, confirm.as_deref(), &look_first)?;
            apply::apply(&campus.open(session::COMMAND)?, &named(steps), &consent, json).await
        }
        Command::Undo { confirm } => {
            let campus = campus()?;
            let look_first = format!("what differs now: last-resort check --campus {}", campus.site.institution);
            let consent = consent(&campus.site, confirm.as_deref(), &look_first)?;
            apply::undo(&campus.open(session::COMMAND)?, &consent).await
        }
        Command::Prove(args) => {
            let campus = campus()?;
            let look_first = "what test requests do, which are made and cancelled: last-resort help prove";
            let consent = consent(&campus.site, args.confirm.as_deref(), look_first)?;
            prove::prove(&campus.open(session::PROOF)?, &args, &consent, &stop).await
        }
        Command::Golive(args) => go_live(campus()?, &args).await,
        Command::Keys { action } => on_keys(campus()?, action, &stop).await,
    }
}

async fn go_live(campus: Campus, args: &GoLiveArgs) -> Outcome {
    let look_first = format!("what must hold: last-resort golive --campus {}", campus.site.institution);
    let consent = || consent(&campus.site, args.confirm.as_deref(), &look_first);
    let wish = match (args.back, &args.confirm) {
        (true, _) => golive::StanceWish::Back(consent()?),
        (false, Some(_)) => golive::StanceWish::Through(consent()?),
        // Without consent, going live only lists what must hold.
        (false, None) => golive::StanceWish::Look,
    };
    golive::golive(&campus.open(session::COMMAND)?, wish, args.json).await
}

async fn on_keys(campus: Campus, action: KeysAction, stop: &Stop) -> Outcome {
    let Campus { site, folders, in_flight } = campus;
    let keys = || Keyring::of_this_user().of(&site.institution, site.environment);
    match action {
        KeysAction::Set { slot } => keys::set(&site, &keys(), slot.map(|SlotArgument(slot)| slot)).await,
        KeysAction::Status { slot } => keys::status(&site, &folders, &keys(), &slots(slot)),
        KeysAction::Test { slot } => keys::test(&site, &keys(), &slots(slot)).await,
        KeysAction::Forget { slot } => keys::forget(&keys(), &slots(slot)),
        KeysAction::Rotate { slot, confirm, probe } => {
            let look_first = "what a rotation does: last-resort help keys rotate";
            let consent = consent(&site, confirm.as_deref(), look_first)?;
            let wish = rotate::Wish { slot: slot.0, consent, probing: Probing::of(probe) };
            rotate::rotate(site, folders, wish, in_flight, stop).await
        }
    }
}

/// The slot named, or all.
fn slots(one: Option<SlotArgument>) -> Vec<KeySlot> {
    one.map_or_else(|| KeySlot::ALL.to_vec(), |SlotArgument(slot)| vec![slot])
}

/// The campus that a command is about, before it is opened.
struct Campus {
    site: Site,
    folders: Folders,
    in_flight: Arc<Mutex<()>>,
}

impl Campus {
    /// The one named, or the only one there is; from now on its log is kept.
    fn of(global: &Global, in_flight: &Arc<Mutex<()>>) -> Result<Self, Failure> {
        let folders = Folders::from_env()?;
        let site = session::campus(&folders, global.campus.as_deref())?;
        if let Err(failure) = log_to(&folders.log_of(&site.institution), global.verbose > 0) {
            say(&format!("last-resort: no log is kept: {failure}"));
        }
        Ok(Self { site, folders, in_flight: Arc::clone(in_flight) })
    }

    fn open(self, time: Duration) -> Result<session::CampusSession, Failure> {
        session::CampusSession::open(self.site, self.folders, time, self.in_flight)
    }
}

/// Consent to write: the campus code, typed exactly.
fn consent(site: &Site, confirm: Option<&str>, look_first: &str) -> Result<Consent, Failure> {
    let code = &site.institution;
    let Some(typed) = confirm else {
        return Err(Failure::new(FailureKind::Usage, format!("This needs --confirm {code}; nothing was sent."))
            .hint(format!("see first {look_first}")));
    };
    Consent::given(typed, code).ok_or_else(|| {
        Failure::new(FailureKind::Usage, format!("--confirm does not name the campus {code}; nothing was sent."))
            .hint(format!("to go on with {} of {code}: --confirm {code}", site.environment.as_str()))
    })
}

/// The steps named, in the procedure's order; all where none is.
fn ids(steps: Vec<StepArgument>) -> Vec<StepId> {
    let named = named(steps);
    if named.is_empty() { StepId::ALL.to_vec() } else { named }
}

fn named(steps: Vec<StepArgument>) -> Vec<StepId> {
    StepId::ALL.into_iter().filter(|id| steps.iter().any(|StepArgument(step)| step == id)).collect()
}
