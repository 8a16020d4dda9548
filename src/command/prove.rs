//! `prove`
use super::answer::{self, Outcome, say};
use super::session::CampusSession;
use crate::cli::ProveArgs;
use crate::drive::{BorrowingSource, CleanResult, Prover, Stop, TrafficResult};
use crate::engine::journal::{ProofResult, ProofScope};
use crate::engine::plan::Consent;
use crate::engine::probe::{ProofProgress, side_effects};
use crate::engine::render::{ProofReport, prove_json, prove_lines};
use crate::engine::results::{Conclusion, ProofRun};
use crate::failure::Failure;
use crate::io::SystemClock;
use crate::ports::Clock as _;
use crate::recipe::StepId;
use jiff::tz::TimeZone;
use std::pin::pin;
use std::time::{Duration, Instant};
use tokio::time::timeout;

/// Where nothing happens, that is said no oftener than this.
const STILL: Duration = Duration::from_secs(30);

/// Does the work, and says every so often that it still goes on.
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

/// Makes test requests, watches them, cancels them; or only cancels what an interrupted run left.
pub(super) async fn prove(session: &CampusSession, args: &ProveArgs, consent: &Consent, stop: &Stop) -> Outcome {
    let (hands, _lock) = tokio::task::block_in_place(|| session.hands())?;
    let tell = |progress: ProofProgress| say(&told(&progress));
    let prover = Prover { ops: &session.ops, hands, tell: &tell, stop };
    if args.clean {
        let cleaned = prover.clean(consent).await?;
        return after_cleaning(session, &cleaned, args.json).await;
    }
    let source = match &args.request {
        Some(id) => Some(BorrowingSource::ByHand(id.clone())),
        None => args.chain.then_some(BorrowingSource::Ours),
    };
    let half = if source.is_some() { ProofScope::Chain } else { ProofScope::Illiad };
    side_effects(half, &prover.route()?).iter().for_each(|told| say(told));
    let traffic = if args.anyway { TrafficResult::ProveAnyway } else { TrafficResult::Suffices };
    let work = async {
        match &source {
            Some(source) => prover.prove_chain(consent, source).await,
            None => prover.prove(consent, traffic).await,
        }
    };
    let run = with_signs_of_life(work, STILL, |so_far| say(&so_far)).await?;
    after_running(session, half, &run, args.json).await
}

/// `20:14:03  probe: 410003 stands in "…"`.
pub(super) fn told(progress: &ProofProgress) -> String {
    let at = SystemClock.now().to_zoned_datetime(TimeZone::system()).strftime("%H:%M:%S").to_string();
    match progress.about {
        Some(kind) => format!("{at}  {}: {}", kind.title(), progress.words),
        None => format!("{at}  {}", progress.words),
    }
}

pub(super) async fn after_running(session: &CampusSession, half: ProofScope, run: &ProofRun, json: bool) -> Outcome {
    let told = tell_all(session, ProofReport::of(&session.ops.site, half, run), json).await;
    if let Conclusion::RealTraffic(_) = run.conclusion {
        return told.map(|()| 0);
    }
    answer::of_done(told)?;
    if !run.left.is_empty() || run.failure.is_some() {
        return Ok(1);
    }
    Ok(run.proof_result().map_or(1, ProofResult::exit_code))
}

async fn after_cleaning(session: &CampusSession, cleaned: &CleanResult, json: bool) -> Outcome {
    let CleanResult { ended, left, failure } = cleaned;
    let words = match (left.is_empty(), ended.is_empty()) {
        (true, true) => "Nothing was left of an earlier run.".to_owned(),
        (true, false) => "What an earlier run left is cancelled.".to_owned(),
        (false, _) => "Something that an earlier run left is not cancelled.".to_owned(),
    };
    let mut told = vec![words];
    told.extend(failure.iter().map(|failure| failure.what.clone()));
    let all: Vec<_> = ended.iter().chain(left).cloned().collect();
    let tale = ProofReport {
        half: ProofScope::Illiad.as_str(),
        verdict: if left.is_empty() && failure.is_none() { "clean" } else { "unclear" },
        words: told,
        next: failure.iter().flat_map(|failure| failure.hints.clone()).collect(),
        made: &all,
        left,
        ..ProofReport::default()
    };
    let code = u8::from(tale.verdict != "clean");
    answer::of_done(tell_all(session, tale, json).await)?;
    Ok(code)
}

async fn tell_all(session: &CampusSession, tale: ProofReport<'_>, json: bool) -> Result<(), Failure> {
    if !json {
        return answer::lines(prove_lines(&tale));
    }
    let looked = session.ops.check(&[StepId::Prove]).await?;
    looked.remarks.iter().for_each(|remark| say(remark));
    answer::json(&prove_json(&session.ops.site, tale, &looked.report))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[tokio::test]
    async fn what_takes_its_time_says_that_it_goes_on_and_what_does_not_says_nothing() {
        let told = RefCell::new(Vec::new());
        let tell = |so_far| told.borrow_mut().push(so_far);
        assert_eq!(with_signs_of_life(async { 7 }, STILL, tell).await, 7);
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
