//! A record that we did not write is never told as written, and never undone.
use crate::plan_props::alma::{Alma, Lie, MemoryBench, Shows, Stored, consent};
use crate::plan_props::records::{WRITTEN, created};
use last_resort::engine::journal::{JournalEvent, WriteAnswer, WriteOutcome};
use last_resort::engine::plan::{WriteResult, values_digest};
use last_resort::engine::results::ApplyResult;
use last_resort::failure::{Failure, FailureKind};
use last_resort::ports::WriteFailure;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Builder;

fn on_this_thread<T>(work: impl Future<Output = T>) -> T {
    Builder::new_current_thread().build().expect("a runtime").block_on(work)
}

fn applied(bench: &MemoryBench, alma: &Alma) -> ApplyResult {
    on_this_thread(async {
        let (plan, looked) = bench.plan(&WRITTEN).await.expect("a plan");
        let plan = plan.confirm(&consent()).expect("the right campus");
        bench.apply(alma, plan, &looked.snapshot).await.expect("a result")
    })
}

fn undo(bench: &MemoryBench, alma: &Alma) -> Result<String, Failure> {
    on_this_thread(bench.undo(alma, &consent()))
}

/// The record of a creation with other values at these places.
fn with(values: &[(&str, Value)]) -> Value {
    let mut record = created();
    for (name, value) in values {
        record["partner_details"][*name] = value.clone();
    }
    record
}

fn refused(code: &str, said: &str) -> WriteFailure {
    let failure = Failure::new(FailureKind::Refused, said);
    WriteFailure::Refused { failure, codes: vec![code.to_owned()], said: said.to_owned() }
}

/// Applies to an Alma in which the write ends like this, and asserts that nothing is called written, and that undo sends
/// nothing. Returns what was told.
fn assert_left_alone(before: Option<Value>, answer: Result<Value, WriteFailure>, left: Value) -> String {
    let context = format!("{answer:?}, {left}");
    let alma = Alma::with(before.map(|body| Stored { body, key: None }), Shows::Clear);
    let home = TempDir::new().expect("a home");
    let bench = alma.bench(&home);
    alma.lies(Lie { answer, left });
    let told = applied(&bench, &alma);
    assert!(told.results.iter().all(|(_, became)| *became != WriteResult::Written), "{context}: {:?}", told.results);
    let failure = told.failure.unwrap_or_else(|| panic!("{context}"));
    let there = alma.stored().clone();
    let sent = alma.sent().len();
    assert!(undo(&bench, &alma).is_err(), "{context}");
    assert_eq!((alma.stored().clone(), alma.sent().len()), (there, sent), "{context}");
    format!("{failure} {}", told.remarks.join(" "))
}

#[test]
fn what_someone_else_created_is_not_ours() {
    let other_code = with(&[("code", json!("ILLIAD"))]);
    let drifted = with(&[("avg_supply_time", json!(77))]);
    let more = with(&[("contact_of_someone", json!("Ada"))]);
    let failed = || Failure::new(FailureKind::Network, "Alma answered nothing of use");
    for left in [other_code.clone(), drifted.clone(), more.clone()] {
        for answer in [Ok(created()), Err(WriteFailure::Unknown(failed())), Err(WriteFailure::Taken(failed()))] {
            let told = assert_left_alone(None, answer, left.clone());
            assert!(!told.contains("Undo reverts"), "{told}");
        }
    }
    // The very record that was sent is a colleague's, too, if Alma says that it was there before.
    for left in [other_code, drifted, more, created()] {
        let there = Err(refused("402113", "Partner already exists."));
        let told = assert_left_alone(None, there, left);
        assert!(told.starts_with("Partner already exists. So this write did not create the partner ILLiad"), "{told}");
    }
}

/// What Alma itself makes of a creation, and answers with, is ours.
#[test]
fn what_alma_stores_and_answers_with_is_ours() {
    let kept = with(&[("avg_supply_time", json!(77))]);
    let alma = Alma::with(None, Shows::Clear);
    let home = TempDir::new().expect("a home");
    let bench = alma.bench(&home);
    alma.lies(Lie { answer: Ok(kept.clone()), left: kept });
    let told = applied(&bench, &alma);
    assert!(told.failure.is_none(), "{:?}", told.failure);
    assert!(told.results.iter().any(|(_, became)| *became == WriteResult::Kept), "{:?}", told.results);
    undo(&bench, &alma).expect("undone");
    assert_eq!(*alma.stored(), None);
}

#[test]
fn a_record_with_another_code_is_not_ours() {
    let before = with(&[("avg_supply_time", json!(77))]);
    for code in ["OTHER", "ILLIAD"] {
        let left = with(&[("code", json!(code))]);
        let told = assert_left_alone(Some(before.clone()), Ok(created()), left);
        assert!(told.contains(&format!("a record with the code \"{code}\" in place of ILLiad")), "{told}");
        assert!(!told.contains("Undo reverts"), "{told}");
    }
}

/// A journal of an earlier version may call the write of such a record done.
#[test]
fn an_undo_looks_at_the_code_before_it_writes() {
    let alma = Alma::with(None, Shows::Clear);
    let home = TempDir::new().expect("a home");
    let bench = alma.bench(&home);
    applied(&bench, &alma);
    let left = with(&[("code", json!("ILLIAD"))]);
    let lines = bench.journal.read().expect("read").lines;
    let id = lines.into_iter().find_map(|line| match line.entry {
        JournalEvent::WriteBegun { id, .. } => Some(id),
        _ => None,
    });
    let outcome = WriteOutcome::Done(Some(values_digest(&left)));
    let ended = JournalEvent::WriteEnded { id: id.expect("a write"), outcome, answer: WriteAnswer::Unclear };
    bench.journal.append(ended).expect("appended");
    alma.stored().as_mut().expect("a partner").body = left;
    let there = alma.stored().clone();
    let failure = undo(&bench, &alma).expect_err("another code");
    assert!(failure.what.contains("a record with the code \"ILLIAD\""), "{failure}");
    assert_eq!(*alma.stored(), there);
}

#[test]
fn a_write_carried_out_in_spite_of_a_limit_is_not_told_as_both() {
    let before = with(&[("avg_supply_time", json!(77))]);
    let alma = Alma::with(Some(Stored { body: before, key: None }), Shows::Clear);
    let home = TempDir::new().expect("a home");
    let bench = alma.bench(&home);
    alma.lies(Lie { answer: Err(refused("PER_SECOND_THRESHOLD", "too many")), left: created() });
    let told = applied(&bench, &alma).remarks.join(" ");
    assert!(told.contains("the record now contains what was sent"), "{told}");
    assert!(!told.contains("nothing was written") && !told.contains("did not take"), "{told}");
}
