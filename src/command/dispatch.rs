//! Runs the command that was parsed and turns its outcome into the exit code.
use super::consortium::{self, AllCheck, CampusChoice};
use super::idle_options::refuse_idle_options;
use super::key_trial::TrialDecision;
use super::output::{self, Outcome, say};
use super::session::CampusWish;
use super::write_in_flight;
use super::{
    apply, attest, board, campuses, check, docs, evidence, golive, history, keys, patrons, plan, practice, prefer,
    prove, report, rotate, session, simulate_fleet, wizard,
};
use crate::cli::{Cli, Command, EvidenceAction, Global, GoLiveArgs, KeysAction, SlotArgument, StepArgument};
use crate::drive::Stop;
use crate::engine::plan::Consent;
use crate::engine::time_limits;
use crate::failure::{Failure, FailureKind};
use crate::io::{Folders, Keyring, progress};
use crate::recipe::{KeySlot, Owner, StepId};
use crate::site::Site;
use crate::text;
use crate::tui;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long an idle thread is kept.
const SPARE_THREAD: Duration = Duration::from_millis(500);

/// Runs a command to its end and returns its exit code. Ctrl-C stops it at once, except that a write in flight is finished and journaled
/// first.
#[must_use]
pub fn run(cli: Cli) -> u8 {
    if let Err(failure) = crate::io::fit_to_run() {
        return print_failure(&failure);
    }
    // The main thread belongs to the screen. Of the other two, one may wait for a slow disk or a pipe: the other one still takes signals
    // and the time. Threads that waited for the keyring or a host name end soon, so that an idle program never
    // wakes up.
    let mut threads = tokio::runtime::Builder::new_multi_thread();
    threads.worker_threads(2).thread_keep_alive(SPARE_THREAD).enable_all();
    let runtime = match threads.build() {
        Ok(runtime) => runtime,
        Err(error) => {
            return print_failure(&Failure::new(
                FailureKind::Files,
                format!("The program could not start its threads: {error}"),
            ));
        }
    };
    if cli.global.verbose > 0 {
        output::show_details();
    }
    let in_flight: Arc<Mutex<()>> = Arc::default();
    let stop = Stop::default();
    let writes = writes(&cli);
    let code = runtime.block_on(async {
        if takes_the_terminal(&cli) {
            return run_command(cli, in_flight, stop).await;
        }
        run_until_stopped(cli, in_flight, stop).await
    });
    // Do not wait for a name look-up or a keyring that hangs.
    runtime.shutdown_background();
    crate::io::progress::clear();
    crate::io::prompt::restore();
    match code {
        Ok(code) => code,
        // A writing command always says whether it wrote.
        Err(failure) if writes && failure.kind == FailureKind::ReaderGone => {
            print_failure(&Failure { kind: FailureKind::Output, ..failure })
        }
        Err(failure) => print_failure(&failure),
    }
}

/// Runs a command to its end, or until a signal stops it: then what is in flight ends first.
async fn run_until_stopped(cli: Cli, in_flight: Arc<Mutex<()>>, stop: Stop) -> Outcome {
    let (campus, since) = (CampusWish::of(&cli.global), jiff::Timestamp::now());
    let proves = matches!(cli.command, Some(Command::Prove(_)));
    let _shown = waits_for(&cli).map(|what| progress::wait(what, time_limits::COMMAND));
    // Listened for before the command begins, so that no signal ends the program in the middle of something.
    let mut signals = tui::ending_signals().unwrap_or_default();
    let mut ours = tokio::spawn(run_command(cli, Arc::clone(&in_flight), stop.clone()));
    let first = tokio::select! {
        // What has ended was not stopped.
        biased;
        ended = &mut ours => return ended.unwrap_or_else(|error| Err(broke_off(&error))),
        signal = tui::any_signal(&mut signals) => signal,
    };
    // A proof under way now cancels its test requests.
    stop.ask();
    let ended = async {
        ours.await
            .unwrap_or_else(|error| Err(broke_off(&error)))
            .err()
            .map(|ended| (ended.plain().to_owned(), ended.hints))
    };
    if stop.owes_words() {
        say("Stopping. The change of the key is finished first.");
        return Err(ended_after(first, ended, &mut signals, &stop).await);
    }
    let free = Arc::clone(&in_flight).try_lock_owned();
    let pending = match (free, proves) {
        // The lock is never released, so no further write can begin. A proof holds it until its result is told.
        (Ok(free), _) => {
            std::mem::forget(free);
            return Err(Failure::stopped(first));
        }
        (Err(_), true) => {
            say("Stopping. The test requests are cancelled first; Ctrl-C again leaves them as they are.");
            return Err(ended_after(first, ended, &mut signals, &stop).await);
        }
        (Err(_), false) => {
            async {
                std::mem::forget(in_flight.lock_owned().await);
                write_in_flight::outcome_words(&campus, since).map(|words| (words, Vec::new()))
            }
        }
    };
    say("Stopping. The write under way is finished first.");
    Err(ended_after(first, pending, &mut signals, &stop).await)
}

/// Two signals within this time are one: `timeout` sends its signal to the process and to its group.
const SAME_SIGNAL: Duration = Duration::from_millis(100);

/// Waits for the end of what is in flight. Another signal asks it not to wait; a second hang-up does not, since a terminal that is
/// closed sends several.
async fn ended_after(
    mut by: FailureKind,
    ended: impl Future<Output = Option<(String, Vec<String>)>>,
    signals: &mut [(tokio::signal::unix::Signal, FailureKind)],
    stop: &Stop,
) -> Failure {
    let (mut ended, since) = (pin!(ended), Instant::now());
    let words = loop {
        tokio::select! {
            biased;
            words = &mut ended => break words,
            again = tui::any_signal(signals) => {
                if again != FailureKind::HungUp && since.elapsed() > SAME_SIGNAL {
                    by = again;
                    stop.ask_to_leave();
                }
            }
        }
    };
    let mut stopped = Failure::stopped(by);
    if let Some((words, hints)) = words {
        stopped.what = format!("{} {words}", stopped.what);
        stopped.hints = hints;
    }
    stopped
}

/// Whether the command changes something, so that its end matters even if nobody reads the output.
fn writes(cli: &Cli) -> bool {
    matches!(
        cli.command,
        Some(
            Command::Apply { .. }
                | Command::Undo { .. }
                | Command::Attest { .. }
                | Command::Prove(_)
                | Command::Golive(_)
                | Command::Evidence { action: EvidenceAction::Import { .. } | EvidenceAction::Forget { .. } }
                | Command::Prefer { .. }
                | Command::Keys {
                    action: KeysAction::Set { .. } | KeysAction::Rotate { .. } | KeysAction::Forget { .. }
                }
        )
    )
}

/// What a command waits for that reads both systems and asks nobody anything meanwhile.
fn waits_for(cli: &Cli) -> Option<&'static str> {
    match cli.command.as_ref()? {
        // Several campuses have a line of their own.
        Command::Check { campuses, .. } | Command::Plan { campuses, .. } if campuses.all => None,
        Command::Check { .. } | Command::Plan { .. } | Command::Report { .. } | Command::Golive(_) => {
            Some("Reading Alma and ILLiad")
        }
        Command::Apply { .. } => Some("Reading, writing and reading back"),
        Command::Undo { .. } => Some("Reading, putting back and reading back"),
        Command::Keys { action: KeysAction::Test { .. } } => Some("Asking Alma and ILLiad"),
        _ => None,
    }
}

fn broke_off(error: &tokio::task::JoinError) -> Failure {
    Failure::new(FailureKind::Files, format!("Internal error: the command crashed ({error}). Please report this bug."))
}

fn print_failure(failure: &Failure) -> u8 {
    // `check | head -1` has what it wanted.
    if failure.kind == FailureKind::ReaderGone {
        return failure.kind.exit_code();
    }
    // A key typed in the wrong place must not end up in a log, whichever message contains it.
    let typed = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let words = typed.fold(output::failure_words(failure), |words, typed| text::not_repeating(&words, &typed));
    say(&format!("last-resort: {words}"));
    failure.kind.exit_code()
}

/// Whether the command opens the wizard, which handles Ctrl-C and signals itself.
fn takes_the_terminal(cli: &Cli) -> bool {
    matches!(cli.command, None | Some(Command::Board | Command::Practice { list: false, .. }))
}

async fn run_command(cli: Cli, in_flight: Arc<Mutex<()>>, stop: Stop) -> Outcome {
    let Cli { global, step, command } = cli;
    let Some(command) = command else {
        return wizard::wizard(&global, step.map(|StepArgument(id)| id), in_flight).await;
    };
    refuse_idle_options(&global, step, &command)?;
    let campus = || NamedCampus::of(&global, &in_flight);
    let checked = || campus()?.open(session::COMMAND_TIME);
    match command {
        Command::Completions { shell } => docs::completions(shell),
        Command::Man { into: Some(folder), .. } => docs::man_into(&folder),
        Command::Man { of, .. } => docs::man(&of),
        Command::Prefer { nothing, json } => prefer::prefer(global.looks, nothing, json),
        Command::Simulate(args) => simulate_fleet::simulate(&args, global.campus.as_deref()).await,
        Command::Practice { list: true, json, .. } => practice::list(json),
        Command::Practice { fleet: true, .. } => board::practice(&global, in_flight).await,
        Command::Board => board::board(&global, in_flight).await,
        Command::Practice { world, step, .. } => practice::practice(&global, &world, step, in_flight).await,
        Command::History(args) => history::tell(&args, &CampusWish::of(&global)),
        Command::Campuses { json } => campuses::campuses(&Folders::from_env()?, json),
        Command::Check { steps, json, campuses, news } => match CampusChoice::of(&campuses, &global)? {
            Some(choice) => consortium::check_all(choice, AllCheck { steps: steps_or_all(steps), json, news }).await,
            None => check::check(&checked()?, &steps_or_all(steps), json).await,
        },
        Command::Plan { steps, json, campuses } => match CampusChoice::of(&campuses, &global)? {
            Some(choice) => consortium::plan_all(choice, steps_or_all(steps), json).await,
            None => plan::plan(&checked()?, &steps_or_all(steps), json).await,
        },
        Command::Report { json: true, exit_code, .. } => report::report_json(&checked()?, exit_code).await,
        Command::Report { format, reader, json: false, exit_code } => {
            report::report(&checked()?, format, reader.map(Owner::from), exit_code).await
        }
        Command::Attest { what, note, revoke, json } => attest::attest(&checked()?, &what, note, revoke, json),
        Command::Evidence { action } => evidence::evidence(&checked()?, action).await,
        Command::Patrons { emplids, file, json, show_ids, restart } => {
            let query = patrons::PatronQuery::new(emplids, file, show_ids, restart);
            patrons::patrons(&campus()?.open(patrons::FORECAST_TIME)?, &query, json).await
        }
        Command::Apply { steps, confirm, plan, beside, json } => {
            let campus = campus()?;
            let consent = campus.consent(confirm.as_deref(), "to see what would be written", "plan")?;
            let wish = apply::ApplyWish { steps: steps_named(steps), consent, beside, digest: plan, json };
            apply::apply(&campus.open(session::COMMAND_TIME)?, wish).await
        }
        Command::Undo { confirm, json } => {
            let campus = campus()?;
            let consent = campus.consent(confirm.as_deref(), "to see what differs now", "check")?;
            apply::undo(&campus.open(session::COMMAND_TIME)?, &consent, json).await
        }
        Command::Prove(args) => {
            let campus = campus()?;
            let look_first = "to see what the test requests do: last-resort help prove";
            let consent = consent(&campus.site, args.confirm.as_deref(), look_first)?;
            prove::prove(&campus.open(session::PROOF_TIME)?, &args, &consent, &stop).await
        }
        Command::Golive(args) => run_golive(campus()?, &args).await,
        Command::Keys { action } => run_keys(campus()?, action, &stop).await,
    }
}

async fn run_golive(campus: NamedCampus, args: &GoLiveArgs) -> Outcome {
    let look_first = format!("to see the conditions: {}", campus.site.command("golive"));
    let consent = || consent(&campus.site, args.confirm.as_deref(), &look_first);
    let wish = match (args.back, &args.confirm) {
        (true, _) => golive::StanceWish::Back(consent()?),
        (false, Some(_)) => golive::StanceWish::Through(consent()?),
        // Without --confirm, `golive` only lists the gates.
        (false, None) => golive::StanceWish::Look,
    };
    golive::golive(&campus.open(session::COMMAND_TIME)?, wish, args.json).await
}

async fn run_keys(campus: NamedCampus, action: KeysAction, stop: &Stop) -> Outcome {
    let NamedCampus { site, folders, in_flight } = campus;
    let keys = || Keyring::of_this_user().of_site(&site);
    match action {
        KeysAction::Set { slot, json } => keys::set(&site, &keys(), slot.map(|SlotArgument(slot)| slot), json).await,
        KeysAction::Status { slot, json } => keys::status(&site, &folders, &keys(), &slots(slot), json),
        KeysAction::Test { slot, json } => keys::test(&site, &keys(), &slots(slot), json).await,
        KeysAction::Forget { slot, json } => keys::forget(&site, &folders, &keys(), &slots(slot), json).await,
        KeysAction::Rotate { slot, confirm, probe, json } => {
            let look_first = "to see what a rotation does: last-resort help keys rotate";
            let consent = consent(&site, confirm.as_deref(), look_first)?;
            let wish = rotate::RotationWish { slot: slot.0, consent, decision: TrialDecision::from_flag(probe), json };
            rotate::rotate(site, folders, wish, in_flight, stop).await
        }
    }
}

/// The slot named, or all slots if none is named.
fn slots(one: Option<SlotArgument>) -> Vec<KeySlot> {
    one.map_or_else(|| KeySlot::ALL.to_vec(), |SlotArgument(slot)| vec![slot])
}

/// The campus a command works on, before a session is opened.
struct NamedCampus {
    site: Site,
    folders: Folders,
    in_flight: Arc<Mutex<()>>,
}

impl NamedCampus {
    /// The campus named with `--campus`, or the only one set up here. Starts its log.
    fn of(global: &Global, in_flight: &Arc<Mutex<()>>) -> Result<Self, Failure> {
        let folders = Folders::from_env()?;
        let site = session::campus(&folders, &CampusWish::of(global))?;
        session::begin_log(&folders, &site, global.verbose > 0);
        Ok(Self { site, folders, in_flight: Arc::clone(in_flight) })
    }

    /// Consent to write, given by typing the campus code after `--confirm`. `look_first` is the command that shows what it is for, and `to` what it is good for.
    fn consent(&self, confirm: Option<&str>, to: &str, look_first: &str) -> Result<Consent, Failure> {
        consent(&self.site, confirm, &format!("{to}: {}", self.site.command(look_first)))
    }

    fn open(self, time: Duration) -> Result<session::CampusSession, Failure> {
        session::CampusSession::open(self.site, self.folders, time, self.in_flight)
    }
}

/// Consent to write, given by typing the exact campus code after `--confirm`.
fn consent(site: &Site, confirm: Option<&str>, look_first: &str) -> Result<Consent, Failure> {
    let code = &site.institution;
    let Some(typed) = confirm else {
        return Err(Failure::new(FailureKind::Usage, format!("This needs --confirm {code}. Nothing was sent."))
            .hint(look_first.to_owned()));
    };
    Consent::given(typed, code).ok_or_else(|| {
        Failure::new(FailureKind::Usage, format!("--confirm does not match the campus code {code}. Nothing was sent."))
            .hint(format!("to confirm for {} of {code}, add --confirm {code}", site.environment.as_str()))
    })
}

/// The steps named, in the procedure's order, or all steps if none is named.
fn steps_or_all(steps: Vec<StepArgument>) -> Vec<StepId> {
    let named = steps_named(steps);
    if named.is_empty() { StepId::ALL.to_vec() } else { named }
}

fn steps_named(steps: Vec<StepArgument>) -> Vec<StepId> {
    StepId::ALL.into_iter().filter(|id| steps.iter().any(|StepArgument(step)| step == id)).collect()
}
