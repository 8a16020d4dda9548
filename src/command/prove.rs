//! The command `prove`: makes test requests, watches them and cancels them.
use super::output::{self, Outcome, say};
use super::session::{CampusSession, RealProver};
use crate::cli::ProveArgs;
use crate::drive::{BorrowingSource, CleanResult, InFlight, Prover, Stop, TrafficResult};
use crate::engine::journal::{ProbeEnd, ProbeRecord, ProofResult, ProofScope};
use crate::engine::plan::Consent;
use crate::engine::probe::{ProofProgress, side_effects, side_effects_of_placed};
use crate::engine::render::{ProofReport, prove_json, prove_lines};
use crate::engine::results::{Conclusion, ProofRun};
use crate::engine::time_limits;
use crate::failure::Failure;
use crate::io::{SystemClock, progress};
use crate::ports::Clock as _;
use crate::recipe::StepId;
use crate::tui::text::capitalised;
use jiff::tz::TimeZone;
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// How often a quiet proof prints that it is still running.
const SIGN_OF_LIFE_EVERY: Duration = Duration::from_secs(30);

/// Awaits the work, and calls `tell` every so often with a line that it is still going on.
async fn with_signs_of_life<T>(work: impl Future<Output = T>, every: Duration, tell: impl Fn(String)) -> T {
    let begun = Instant::now();
    let mut work = pin!(work);
    loop {
        match timeout(every, &mut work).await {
            Ok(done) => return done,
            Err(_) => tell(format!("still watching, {} s so far", begun.elapsed().as_secs())),
        }
    }
}

/// Makes test requests, watches and cancels them; with `--clean`, only cancels what an interrupted run left. Who stops it twice does not wait
/// for the cancelling.
pub(super) async fn prove(session: &CampusSession, args: &ProveArgs, consent: &Consent, stop: &Stop) -> Outcome {
    let (hands, _lock) = tokio::task::block_in_place(|| session.hands())?;
    let shown = progress::wait("Proving", time_limits::PROOF);
    let tell = |progress: ProofProgress| {
        say(&progress_line(&progress));
        if let Some(wait) = &progress.wait {
            shown.now(&capitalised(&progress.words), wait.at_most);
        }
    };
    let prover = Prover { ops: &session.ops, hands, tell: &tell, stop, held: InFlight::default() };
    session.ops.unless_left(stop, Box::pin(proof(session, &prover, args, consent))).await
}

async fn proof(session: &CampusSession, prover: &RealProver<'_>, args: &ProveArgs, consent: &Consent) -> Outcome {
    if args.clean {
        let cleaned = prover.clean(consent).await?;
        return Box::pin(report_cleaning(session, &cleaned, args.json)).await;
    }
    let source = match &args.request {
        Some(id) => Some(BorrowingSource::ByHand(id.clone())),
        None => args.chain.then_some(BorrowingSource::Ours),
    };
    source.as_ref().map_or(Ok(()), |source| prover.keyless(source))?;
    let scope = if source.is_some() { ProofScope::Chain } else { ProofScope::Illiad };
    let route = prover.route()?;
    let effects = match &args.request {
        Some(id) => side_effects_of_placed(id, &route),
        None => side_effects(scope, &route),
    };
    effects.iter().for_each(|effect| say(effect));
    let traffic = if args.anyway { TrafficResult::ProveAnyway } else { TrafficResult::Suffices };
    let work = async {
        match &source {
            Some(source) => prover.prove_chain(consent, source).await,
            None => prover.prove(consent, traffic).await,
        }
    };
    let mut run = with_signs_of_life(Box::pin(work), SIGN_OF_LIFE_EVERY, |so_far| say(&so_far)).await?;
    // What an earlier run left on another host is not in the way, but it is still there.
    let made = session.ops.journal_facts()?.leftover_probes();
    run.left.extend(made.into_iter().filter(|one| !one.is_left_here() && one.is_left_elsewhere()));
    Box::pin(report_proof(session, scope, &run, ReportForm::of(args.json))).await
}

/// A progress line with the local time, such as `20:14:03  probe: 410003 stands in "…"`.
pub(super) fn progress_line(progress: &ProofProgress) -> String {
    let at = SystemClock.now().to_zoned_datetime(TimeZone::system()).strftime("%H:%M:%S").to_string();
    format!("{at}  {}", progress.whole())
}

/// Prints the result of a proof and returns its exit code: 0 if real traffic made a proof unnecessary, and 1 if it failed or a test request
/// is not cancelled.
pub(super) async fn report_proof(
    session: &CampusSession,
    scope: ProofScope,
    run: &ProofRun,
    form: ReportForm,
) -> Outcome {
    let printed = print_report(session, ProofReport::of(&session.ops.site, scope, run), form).await;
    if let Conclusion::RealTraffic(_) = run.conclusion {
        return printed.map(|()| 0);
    }
    output::already_done(printed)?;
    if run.left.iter().any(|one| one.is_left_here() || !one.is_left_elsewhere()) || run.failure.is_some() {
        return Ok(1);
    }
    Ok(run.proof_result().map_or(1, ProofResult::exit_code))
}

async fn report_cleaning(session: &CampusSession, cleaned: &CleanResult, json: bool) -> Outcome {
    let CleanResult { ended, left, late, failure } = cleaned;
    let cancelled = |one: &ProbeRecord| {
        let mut ends = [&one.alma.end, &one.illiad.end].into_iter().flatten();
        ends.all(|end| matches!(end, ProbeEnd::Cancelled(_)))
    };
    let words = match (left.is_empty(), ended.is_empty()) {
        (true, true) if failure.is_some() => "It is not known whether an earlier run left requests.".to_owned(),
        (true, true) if !late.is_empty() => {
            "The journal names no request of an earlier run that could be found.".to_owned()
        }
        (true, true) if session.ops.journal.read().is_ok_and(|journal| journal.lines.is_empty()) => format!(
            "The journal of {} is empty here, so it names no request. It knows only what was done from here.",
            session.ops.site.institution
        ),
        (true, true) => "The journal names no request that an earlier run left.".to_owned(),
        (true, false) if ended.iter().all(cancelled) => "The requests left by an earlier run are cancelled.".to_owned(),
        (true, false) => "Of the requests of an earlier run, none was found that is not cancelled.".to_owned(),
        (false, _) => "A request left by an earlier run is not cancelled.".to_owned(),
    };
    let mut lines = vec![words];
    lines.extend(late.iter().map(|one| format!("{} was sent a few minutes ago and may still arrive.", one.name())));
    let again = format!("in a few minutes, look again: {}", session.ops.site.confirmed("prove --clean"));
    lines.extend(failure.iter().map(|failure| failure.plain().to_owned()));
    let all: Vec<_> = ended.iter().chain(left).cloned().collect();
    let report = ProofReport {
        half: ProofScope::Illiad.as_str(),
        verdict: if left.is_empty() && failure.is_none() { "clean" } else { "unclear" },
        words: lines,
        next: failure.iter().flat_map(|failure| failure.hints.clone()).chain(late.first().map(|_| again)).collect(),
        made: &all,
        left,
        ..ProofReport::default()
    };
    let code = u8::from(report.verdict != "clean");
    output::already_done(print_report(session, report, ReportForm::of(json)).await)?;
    Ok(code)
}

/// How a proof is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReportForm {
    /// Lines on standard output.
    Lines,
    /// One JSON object on standard output.
    Object,
    /// Lines on standard error, since standard output belongs to another object.
    Remarks,
}

impl ReportForm {
    fn of(json: bool) -> Self {
        if json { Self::Object } else { Self::Lines }
    }
}

async fn print_report(session: &CampusSession, report: ProofReport<'_>, form: ReportForm) -> Result<(), Failure> {
    match form {
        ReportForm::Lines => return output::lines(prove_lines(&report)),
        ReportForm::Remarks => {
            output::say_all(&prove_lines(&report));
            return Ok(());
        }
        ReportForm::Object => {}
    }
    let checked = session.ops.check(&[StepId::Prove]).await?;
    output::say_all(&checked.remarks);
    output::json(&prove_json(&session.ops.site, report, &checked.report))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[tokio::test]
    async fn what_takes_its_time_says_that_it_goes_on_and_what_does_not_says_nothing() {
        let told = RefCell::new(Vec::new());
        let tell = |so_far| told.borrow_mut().push(so_far);
        assert_eq!(with_signs_of_life(async { 7 }, SIGN_OF_LIFE_EVERY, tell).await, 7);
        assert!(told.borrow().is_empty());
        let every = Duration::from_millis(1);
        let until_told_twice = std::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            if told.borrow().len() < 2 { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
        });
        with_signs_of_life(until_told_twice, every, tell).await;
        assert_eq!(*told.borrow(), ["still watching, 0 s so far", "still watching, 0 s so far"]);
    }
}
