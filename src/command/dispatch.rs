//! From the parsed command line to the command, and from its outcome to the exit code.
use super::answer::{Outcome, say};
use super::last_word::last_word;
use super::new_key::Probing;
use super::{
    apply, attest, campuses, check, docs, evidence, golive, keys, patrons, plan, practice, prefer, prove, report,
    rotate, session, simulate, wizard,
};
use crate::cli::{Cli, Command, Global, KeysAction, StepArgument};
use crate::drive::Stop;
use crate::failure::{Failure, FailureKind};
use crate::io::{Folders, log_to};
use crate::recipe::StepId;
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
    let opened = step.map(|StepArgument(id)| id);
    match command {
        Some(Command::Completions { shell }) => docs::completions(shell),
        Some(Command::Man { into: Some(folder), .. }) => docs::man_into(&folder),
        Some(Command::Man { of, .. }) => docs::man(&of),
        Some(Command::Prefer { nothing }) => prefer::prefer(global.looks, nothing),
        Some(Command::Simulate { world, alma, illiad }) => simulate::simulate(&world, alma, illiad).await,
        Some(Command::Practice { list: true, .. }) => practice::list(),
        Some(Command::Practice { world, step, .. }) => {
            practice::practice(&global, &world, step.map(|StepArgument(id)| id), in_flight).await
        }
        None => wizard::wizard(&global, opened, in_flight).await,
        Some(real) => on_a_campus(&global, real, in_flight, &stop).await,
    }
}

/// Whether what writes was consented to, by the campus code typed once more.
fn consented(site: &Site, command: &Command) -> Result<(), Failure> {
    let code = &site.institution;
    let plan = || format!("what would be written: last-resort plan --campus {code}");
    let (confirm, look_first) = match command {
        Command::Apply { confirm, .. } => (confirm, plan()),
        Command::Undo { confirm } => (confirm, format!("what differs now: last-resort check --campus {code}")),
        Command::Prove(args) => {
            (&args.confirm, "what test requests do, which are made and cancelled: last-resort help prove".to_owned())
        }
        // Without --back, and without consent, going live only lists what must hold.
        Command::Golive(args) if args.back || args.confirm.is_some() => {
            (&args.confirm, format!("what must hold: last-resort golive --campus {code}"))
        }
        _ => return Ok(()),
    };
    confirmed(site, confirm.as_deref(), &look_first).map(drop)
}

async fn on_a_campus(global: &Global, command: Command, in_flight: Arc<Mutex<()>>, stop: &Stop) -> Outcome {
    let folders = Folders::from_env()?;
    if matches!(command, Command::Campuses) {
        return campuses::campuses(&folders);
    }
    let site = session::campus(&folders, global.campus.as_deref())?;
    if let Err(failure) = log_to(&folders.log_of(&site.institution), global.verbose > 0) {
        say(&format!("last-resort: no log is kept: {failure}"));
    }
    if let Command::Keys { action: KeysAction::Rotate { slot, confirm, probe } } = &command {
        let typed = confirmed(&site, confirm.as_deref(), "what a rotation does: last-resort help keys rotate")?;
        let wish = rotate::Wish { slot: slot.0, typed, probing: Probing::of(*probe) };
        return rotate::rotate(site, folders, wish, in_flight, stop).await;
    }
    if let Command::Keys { action } = command {
        return keys::keys(&site, &folders, action).await;
    }
    consented(&site, &command)?;
    let time = match &command {
        Command::Prove(_) => session::PROOF,
        Command::Patrons { .. } => patrons::LONGEST,
        _ => session::COMMAND,
    };
    let mut session = session::Session::open(site, folders, time)?;
    if let Command::Patrons { emplids, file, json, show_ids, restart } = command {
        return patrons::patrons(&session, &patrons::Ask::new(emplids, file, show_ids, restart), json).await;
    }
    session.bench.in_flight = in_flight;
    match command {
        Command::Check { steps, json } => check::check(&session, &ids(steps), json).await,
        Command::Plan { steps, json } => plan::plan(&session, &ids(steps), json).await,
        Command::Apply { steps, confirm, json } => {
            apply::apply(&session, &named(steps), confirm.as_deref().unwrap_or_default(), json).await
        }
        Command::Undo { .. } => apply::undo(&session).await,
        Command::Prove(args) => prove::prove(&session, &args, stop).await,
        Command::Golive(args) => golive::golive(&session, &args).await,
        Command::Report { format } => report::report(&session, format).await,
        Command::Attest { what, note, revoke } => attest::attest(&session, &what, note, revoke),
        Command::Evidence { action } => evidence::evidence(&session, action).await,
        Command::Keys { .. }
        | Command::Patrons { .. }
        | Command::Campuses
        | Command::Completions { .. }
        | Command::Man { .. }
        | Command::Simulate { .. }
        | Command::Prefer { .. }
        | Command::Practice { .. } => unreachable!("handled before"),
    }
}

/// Consent to write: the campus code, typed exactly; gives it.
fn confirmed<'a>(site: &Site, confirm: Option<&'a str>, look_first: &str) -> Result<&'a str, Failure> {
    let code = &site.institution;
    match confirm {
        Some(typed) if typed == code.as_str() => Ok(typed),
        Some(_) => Err(Failure::new(
            FailureKind::Usage,
            format!("--confirm does not name the campus {code}; nothing was sent."),
        )
        .hint(format!("to go on with {} of {code}: --confirm {code}", site.environment.as_str()))),
        None => Err(Failure::new(FailureKind::Usage, format!("This needs --confirm {code}; nothing was sent."))
            .hint(format!("see first {look_first}"))),
    }
}

/// The steps named, in the procedure's order; all where none is.
fn ids(steps: Vec<StepArgument>) -> Vec<StepId> {
    let named = named(steps);
    if named.is_empty() { StepId::ALL.to_vec() } else { named }
}

fn named(steps: Vec<StepArgument>) -> Vec<StepId> {
    StepId::ALL.into_iter().filter(|id| steps.iter().any(|StepArgument(step)| step == id)).collect()
}
