//! `prove`: consent, exit codes, JSON, `kill -9` and Ctrl-C at every point, and two runs at once. Whatever happens, no
//! test request is left uncancelled after the next run.
use crate::harness::desk::{CAMPUS, is_write};
use crate::harness::judge::finding;
use crate::harness::{Desk, Ran, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind, LoggedServer, RequestLog};
use serde_json::{Value, json};

const CREATE: &str = "/illiadwebplatform/Transaction";

/// A world where Alma builds rotas at once.
const QUICK: &str = "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[alma.rota]\ndelay_ms = 1\n";

fn args<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["prove", "--confirm", CAMPUS], more].concat()
}

fn prove(desk: &Desk, more: &[&str]) -> Ran {
    desk.start(&args(more)).end_of_proof()
}

fn tests_in_illiad(desk: &Desk) -> Vec<Value> {
    let ours = |one: &Value| one["LoanTitle"].as_str().is_some_and(|title| title.starts_with("TEST please cancel"));
    desk.sim.transactions().into_iter().filter(ours).collect()
}

#[track_caller]
fn assert_nothing_left(desk: &Desk, context: &str) {
    for one in tests_in_illiad(desk) {
        assert_eq!(one["TransactionStatus"], "Cancelled by ILL Staff", "{context}: {one}");
    }
    for one in desk.sim.alma_requests() {
        assert_eq!(one["status"]["value"], "DELETED", "{context}: {one}");
    }
}

#[test]
fn without_the_right_consent_nothing_at_all_is_sent() {
    let desk = Desk::in_world("probe-ready");
    for args in [
        &["prove"][..],
        &["prove", "--confirm", "01CUNY_BC"],
        &["prove", "--chain", "--confirm", "yes"],
        &["prove", "--clean"],
        &["prove", "--clean", "--chain", "--confirm", CAMPUS],
        &["prove", "--request", "--confirm", CAMPUS],
    ] {
        desk.run(args).exits(2);
    }
    assert!(desk.sim.requests().is_empty() && desk.journal().is_empty());
}

/// A journal without any entry knows nothing, which is less than that nothing was left.
#[test]
fn cleaning_after_an_empty_journal_says_that_it_is_empty() {
    let cleaned = prove(&Desk::in_world("probe-ready"), &["--clean"]).exits(0);
    assert!(
        cleaned.out().contains("The journal of 01CUNY_QC is empty here, so it names no request."),
        "{}",
        cleaned.out()
    );
}

#[test]
fn side_effects_come_first_then_what_was_seen_then_the_verdict() {
    let desk = Desk::in_world("probe-ready");
    let ran = prove(&desk, &[]).exits(0);
    let told = ran.err();
    let at = |words: &str| told.find(words).unwrap_or_else(|| panic!("no {words:?} in {told}"));
    assert!(at("statistics count them") < at("creating it in ILLiad") && at("creating it") < at("is in"), "{told}");
    assert!(told.contains("is confirmed cancelled"), "{told}");
    assert!(ran.out().starts_with("PROVED") && ran.out().contains("410002"), "{}", ran.out());
    let wrong = Desk::in_world("probe-catches-all");
    let ran = prove(&wrong, &[]).exits(3);
    assert!(ran.out().starts_with("WRONG") && ran.out().contains("next: "), "{}", ran.out());
    assert_nothing_left(&wrong, "wrong");
    wrong.run(&["check", "prove"]).exits(3);
    let traffic = Desk::in_world("done");
    let ran = prove(&traffic, &[]).exits(0);
    assert!(ran.out().contains("Real traffic") && ran.out().contains("--anyway"), "{}", ran.out());
    assert!(traffic.writes().is_empty());
}

#[test]
fn the_object_names_what_was_made_and_what_became_of_it() {
    let desk = Desk::in_world("probe-ready");
    let told = prove(&desk, &["--json"]).exits(0).json();
    let words = ["campus", "environment", "half", "verdict", "outcome"].map(|key| told[key].clone());
    assert_eq!(words, ["01CUNY_QC", "sandbox", "illiad", "proved", "routed"].map(Value::from));
    let made = told["made"].as_array().expect("made");
    assert_eq!(made.len(), 2);
    for one in made {
        assert_eq!((&one["system"], &one["cancelled"]), (&json!("ILLiad"), &json!(true)), "{one}");
        assert_eq!(one["statuses"].as_array().and_then(|all| all.last()), Some(&json!("Cancelled by ILL Staff")));
    }
    assert_eq!(told["left"], json!([]));
    let routing = finding(&told, "prove.routing");
    assert_eq!((&routing["verdict"], &routing["evidence"]), (&json!("same"), &json!("proved")));
    let desk = Desk::in_world_of(QUICK);
    let told = prove(&desk, &["--chain", "--json"]).exits(0).json();
    assert_eq!((&told["half"], &told["verdict"]), (&json!("chain"), &json!("proved")), "{told}");
    let systems: Vec<&Value> = told["made"].as_array().expect("made").iter().map(|one| &one["system"]).collect();
    assert_eq!(systems, ["Alma", "ILLiad"]);
    assert_nothing_left(&desk, "chain");
    let clean = prove(&desk, &["--clean", "--json"]).exits(0).json();
    assert_eq!((&clean["verdict"], &clean["made"]), (&json!("clean"), &json!([])));
}

#[test]
fn the_journal_knows_of_each_before_it_is_made() {
    let desk = Desk::in_world("probe-ready");
    desk.sim.set_fault(Fault::new(FaultKind::Delay(60_000)).server(LoggedServer::Illiad).method("POST"));
    let running = desk.start(&args(&[]));
    wait_for("the request", || desk.count("POST", CREATE) == 1);
    let begun = desk.journaled("probe_begun");
    assert_eq!((begun.len(), &begun[0]["kind"]), (1, &json!("probe")), "{begun:?}");
    running.kill();
}

/// The run is killed when the nth creation was sent, whether ILLiad carried it out or not.
#[test]
fn killed_around_a_creation_the_next_run_finds_it_or_finds_that_it_never_was() {
    let cases: Vec<(u32, FaultKind, usize)> = vec![
        (1, FaultKind::Hang, 0),
        (1, FaultKind::HangAfterWrite, 1),
        (2, FaultKind::Hang, 1),
        (2, FaultKind::HangAfterWrite, 2),
    ];
    in_parallel(&cases, |(nth, kind, stand)| {
        let context = format!("{nth} {kind:?}");
        let desk = Desk::in_world("probe-ready");
        desk.sim.set_fault(Fault::new(kind.clone()).server(LoggedServer::Illiad).method("POST").path(CREATE).nth(*nth));
        let running = desk.start(&args(&[]));
        wait_for("the creation", || desk.count("POST", CREATE) == *nth as usize);
        wait_for("its effect", || tests_in_illiad(&desk).len() == *stand);
        running.kill();
        desk.sim.clear_faults();
        assert_eq!(desk.journaled("probe_begun").len(), *nth as usize, "{context}");
        let check = desk.run(&["check", "prove"]);
        assert!(check.err().contains("prove --clean"), "{context}: {}", check.err());
        let cleaned = prove(&desk, &["--clean"]).exits(0);
        let may_arrive = cleaned.out().contains("may still arrive");
        assert_eq!(may_arrive, *kind == FaultKind::Hang, "{context}: {}", cleaned.out());
        assert_eq!(tests_in_illiad(&desk).len(), *stand, "{context}: cleaning creates no request");
        assert_nothing_left(&desk, &context);
        let again = prove(&desk, &["--clean"]).exits(0);
        assert!(again.out().contains("names no request"), "{context}: {}", again.out());
    });
}

/// A journal that lost the line of how a request was begun does not know what was left.
#[test]
fn a_request_without_its_beginning_is_not_called_cleaned() {
    let desk = Desk::in_world("probe-ready");
    desk.sim.set_fault(Fault::new(FaultKind::Hang).server(LoggedServer::Illiad).method("POST").path(CREATE).nth(2));
    let running = desk.start(&args(&[]));
    wait_for("the second creation", || desk.count("POST", CREATE) == 2);
    running.kill();
    desk.sim.clear_faults();
    let text = std::fs::read_to_string(desk.journal_path()).expect("a journal");
    let kept: String =
        text.lines().filter(|line| !line.contains("probe_begun")).map(|line| format!("{line}\n")).collect();
    std::fs::write(desk.journal_path(), kept).expect("written");
    let ran = prove(&desk, &["--clean"]).exits(1);
    assert!(ran.out().contains("not known") && ran.out().contains("has lost the line"), "{}{}", ran.out(), ran.err());
}

/// A point at which a run is killed: after it has sent its nth request.
#[derive(Debug, Clone)]
struct Point {
    nth: usize,
    /// The server either ignores the request, or carries it out and does not answer.
    kind: FaultKind,
    /// The arguments of the next run.
    next: Vec<&'static str>,
}

/// Returns a point for every request of a run. For a write there are four cases: killed before and after it takes effect, then cleaned or
/// proved again. A read has no effect, so one case is enough, alternating between the two kinds of next run.
fn points(requests: &[RequestLog], how: &[&'static str]) -> Vec<Point> {
    let clean = || vec!["--clean"];
    let anew = || how.to_vec();
    let mut all = Vec::new();
    for (at, seen) in requests.iter().enumerate() {
        let mut at_it = |kind: FaultKind, next| all.push(Point { nth: at + 1, kind, next });
        if is_write(seen) {
            for kind in [FaultKind::Hang, FaultKind::HangAfterWrite] {
                at_it(kind.clone(), clean());
                at_it(kind, anew());
            }
        } else {
            at_it(FaultKind::Hang, if at % 2 == 0 { clean() } else { anew() });
        }
    }
    all
}

/// Kills a run at each of these points, then runs `--clean` or a new proof, and checks that nothing is left.
fn killed_anywhere(world: &str, how: &[&'static str]) {
    let whole = Desk::in_world_of(world);
    prove(&whole, how).exits(0);
    let points = points(&whole.sim.requests(), how);
    assert!(points.iter().filter(|point| point.kind == FaultKind::HangAfterWrite).count() >= 8, "{points:?}");
    in_parallel(&points, |point| {
        let context = format!("{how:?}, {point:?}");
        let desk = Desk::in_world_of(world);
        let nth = u32::try_from(point.nth).expect("a number");
        desk.sim.set_fault(Fault::new(point.kind.clone()).nth(nth));
        let running = desk.start(&args(how));
        wait_for(&format!("that many requests: {context}"), || desk.sim.requests().len() >= point.nth);
        running.kill();
        desk.sim.clear_faults();
        let ran = prove(&desk, &point.next);
        assert_eq!(ran.code, Some(0), "{context}: {} {}", ran.out(), ran.err());
        assert_nothing_left(&desk, &context);
        if point.next == ["--clean"] {
            let says = ran.out().contains("names no request") || ran.out().contains("are cancelled.");
            assert!(says, "{context}: {}", ran.out());
        }
        let again = prove(&desk, &["--clean"]).exits(0);
        assert!(again.out().contains("names no request"), "{context}: {}", again.out());
    });
}

#[test]
fn killed_anywhere_nothing_is_left_in_illiad() {
    killed_anywhere("sentence = \"x.\"\nbased_on = \"probe-ready\"\n", &[]);
}

#[test]
fn killed_anywhere_nothing_is_left_on_either_side_of_a_chain() {
    killed_anywhere(QUICK, &["--chain"]);
}

#[test]
fn ctrl_c_cancels_and_confirms_before_it_leaves() {
    let desk = Desk::in_world("probe-routing-off");
    let running = desk.start(&args(&[]));
    wait_for("both", || tests_in_illiad(&desk).len() == 2);
    running.interrupt();
    let ran = running.end().exits(130);
    assert!(ran.err().contains("is confirmed cancelled"), "{}", ran.err());
    assert_nothing_left(&desk, "Ctrl-C");
    let proved = desk.journaled("proved");
    assert_eq!((proved.len(), &proved[0]["shows"]), (1, &json!("waiting")), "{proved:?}");
}

#[test]
fn two_at_once_do_not_probe_twice() {
    let desk = Desk::in_world("probe-routing-off");
    let first = desk.start(&args(&[]));
    wait_for("both", || tests_in_illiad(&desk).len() == 2);
    for more in [&[][..], &["--clean"], &["--chain"]] {
        let second = desk.run(&args(more)).exits(1);
        assert!(second.err().contains("another last-resort (process"), "{}", second.err());
    }
    first.interrupt();
    first.end().exits(130);
    assert_eq!(tests_in_illiad(&desk).len(), 2);
    assert_nothing_left(&desk, "two at once");
}

#[test]
fn what_cannot_be_cancelled_is_exit_1_with_its_number() {
    let desk = Desk::in_world("probe-cancel-fails");
    let told = prove(&desk, &["--json"]).exits(1).json();
    assert_eq!((&told["verdict"], told["left"].as_array().map(Vec::len)), (&json!("proved"), Some(2)), "{told}");
    desk.sim.clear_faults();
    let ran = prove(&desk, &["--clean"]).exits(0);
    assert!(ran.out().contains("410002") && ran.out().contains("410003"), "{}", ran.out());
    assert_nothing_left(&desk, "cleaned");
}

#[test]
fn no_key_is_ever_told() {
    let desk = Desk::in_world_of(QUICK);
    let ran = prove(&desk, &["--chain", "-v"]).exits(0);
    let keys = desk.sim.keys();
    for key in [&keys.alma, &keys.illiad, &keys.export] {
        assert!(!ran.out().contains(key.as_str()) && !ran.err().contains(key.as_str()));
        for (path, bytes) in desk.files() {
            assert!(!bytes.windows(key.len()).any(|part| part == key.as_bytes()), "{}", path.display());
        }
    }
}
