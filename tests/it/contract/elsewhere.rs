//! What was made or seen in one ILLiad, zone or environment is neither touched nor counted in another.
use crate::harness::desk::{CAMPUS, days_ago};
use crate::harness::{Desk, Ran, simulator, wait_for};
use last_resort::sim::Running;
use serde_json::{Value, json};

/// An ILLiad with requests of another patron, numbered from 410002 like the first test requests of every other world.
const OTHERS: &str = "sentence = \"x.\"\nbased_on = \"probe-ready\"\n[illiad]\nrequests_of_others = 5\n";

/// A chain that holds, in an Alma that shows no export key.
const CHAIN: &str = "sentence = \"x.\"\nbased_on = \"chain-key-masked\"\n[alma.rota]\ndelay_ms = 1\n";

fn prove(desk: &Desk, more: &[&str]) -> Ran {
    desk.start(&[&["prove", "--confirm", CAMPUS], more].concat()).end_of_proof()
}

/// Corrects the address of ILLiad in the campus file.
fn lead_to(desk: &Desk, other: &Running) {
    let text = desk.campus_text().replace(&desk.sim.illiad_url().to_string(), &other.illiad_url().to_string());
    desk.campus_file(CAMPUS, &text);
}

fn lead_back(desk: &Desk) {
    desk.campus_file(CAMPUS, &desk.campus_text());
}

/// Kills a proof once ILLiad has both test requests and the journal their numbers.
fn killed_proof() -> Desk {
    let desk = Desk::in_world("probe-routing-off");
    let running = desk.start(&["prove", "--confirm", CAMPUS]);
    wait_for("both numbers", || desk.journaled("probe_numbered").len() == 2);
    running.kill();
    desk
}

#[track_caller]
fn assert_untouched(other: &Running) {
    for one in other.transactions().into_iter().filter(|one| one["Username"] == "20000001") {
        assert_eq!(one["TransactionStatus"], "Awaiting Request Processing", "{one}");
    }
}

fn verdict(told: &Value, key: &str) -> Value {
    let steps = told["steps"].as_array().expect("steps").iter();
    let mut all = steps.flat_map(|step| step["findings"].as_array().expect("findings"));
    all.find(|finding| finding["key"] == key).map_or(Value::Null, |finding| finding["verdict"].clone())
}

#[test]
fn what_was_made_on_another_host_is_left_alone_and_named() {
    let desk = killed_proof();
    let other = simulator::start(simulator::world(OTHERS));
    lead_to(&desk, &other);
    let there = desk.sim.illiad_url().to_string();
    let told = prove(&desk, &["--clean", "--json"]).exits(1).json();
    let left: Vec<(&Value, &Value)> =
        told["left"].as_array().expect("left").iter().map(|one| (&one["number"], &one["elsewhere"])).collect();
    assert_eq!(left, [(&json!("410002"), &json!(there)), (&json!("410003"), &json!(there))]);
    let ran = prove(&desk, &["--clean"]).exits(1);
    assert!(ran.out().contains("410002 in ILLiad: left alone") && ran.out().contains(&there), "{}", ran.out());
    let check = desk.run(&["check", "prove"]);
    assert!(check.err().contains(&there) && !check.err().contains("to cancel it: "), "{}", check.err());
    assert!(other.requests().iter().all(|seen| seen.method == "GET"), "nothing of another patron is touched");
    // It stands in nobody's way here.
    prove(&desk, &[]).exits(0);
    assert_untouched(&other);
    lead_back(&desk);
    prove(&desk, &["--clean"]).exits(0);
    let tests = desk
        .sim
        .transactions()
        .into_iter()
        .filter(|one| one["LoanTitle"].as_str().is_some_and(|t| t.starts_with("TEST")));
    for one in tests {
        assert_eq!(one["TransactionStatus"], "Cancelled by ILL Staff", "{one}");
    }
}

#[test]
fn another_environment_is_another_place() {
    let desk = killed_proof();
    desk.campus_file(CAMPUS, &desk.campus_text().replace("\"sandbox\"", "\"production\""));
    let before = desk.sim.requests().len();
    let ran = prove(&desk, &["--clean"]).exits(1);
    assert!(ran.out().contains("sandbox"), "{}", ran.out());
    assert!(desk.sim.requests()[before..].iter().all(|seen| seen.method == "GET"));
}

#[test]
fn a_borrowing_request_in_another_alma_is_left_alone_and_named() {
    let desk = Desk::in_world("chain-slow-rota");
    let running = desk.start(&["prove", "--chain", "--confirm", CAMPUS]);
    wait_for("its number", || desk.journaled("probe_numbered").len() == 1);
    running.kill();
    let other = simulator::start(simulator::world(OTHERS));
    let there = desk.sim.alma_url().to_string();
    desk.campus_file(CAMPUS, &desk.campus_text().replace(&there, &other.alma_url().to_string()));
    let ran = prove(&desk, &["--clean"]).exits(1);
    assert!(ran.out().contains("left alone") && ran.out().contains(&there), "{}", ran.out());
    assert!(other.requests().iter().all(|seen| !seen.path.contains("/users/")), "{:?}", other.requests());
    lead_back(&desk);
    prove(&desk, &["--clean"]).exits(0);
    for one in desk.sim.alma_requests() {
        assert_eq!(one["status"]["value"], "DELETED", "{one}");
    }
}

/// In a journal from before places were kept, a number may be anybody's.
#[test]
fn a_number_alone_is_not_a_request_of_ours() {
    let desk = Desk::in_world_of(OTHERS);
    let at = days_ago(1);
    desk.journal_lines(&[
        json!({"at": at, "by": "ada", "what": "probe_begun", "token": "20261101abcdef0123", "kind": "probe", "patron": "10000001",
            "environment": "sandbox"}),
        json!({"at": at, "by": "ada", "what": "probe_numbered", "token": "20261101abcdef0123", "system": "illiad", "number": "410002"}),
    ]);
    let ran = prove(&desk, &["--clean"]).exits(1);
    assert!(ran.out().contains("410002") && ran.out().contains("does not say where"), "{}", ran.out());
    assert!(desk.sim.requests().iter().all(|seen| seen.method == "GET"));
    prove(&desk, &[]).exits(0);
    assert_untouched(&desk.sim);
}

#[test]
fn a_proof_counts_only_where_it_was_seen() {
    let desk = Desk::in_world_of(CHAIN);
    prove(&desk, &["--chain"]).exits(0);
    let keys = ["prove.routing", "prove.chain", "parameters.export.api_key"];
    let verdicts = || {
        let told = desk.run(&["check", "parameters", "prove", "--json"]).json();
        keys.map(|key| verdict(&told, key))
    };
    assert_eq!(verdicts(), ["same"; 3].map(Value::from));
    let other = simulator::start(simulator::world(CHAIN));
    lead_to(&desk, &other);
    assert_eq!(verdicts(), [json!("waiting"), Value::Null, json!("waiting")], "another ILLiad");
    lead_back(&desk);
    assert_eq!(verdicts(), ["same"; 3].map(Value::from), "and back");
}

#[test]
fn a_gate_is_held_only_by_what_was_seen_here() {
    let desk = Desk::in_world("probe-ready");
    prove(&desk, &[]).exits(0);
    desk.run(&["patrons"]).exits(0);
    let gates = || {
        let told = desk.run(&["golive", "--json"]).json();
        let all = told["gates"].as_array().expect("gates").clone();
        let of = |name: &str| all.iter().find(|gate| gate["gate"] == name).expect("a gate")["verdict"].clone();
        (of("routing"), of("forecast"))
    };
    assert_eq!(gates(), (json!("holds"), json!("holds")));
    let other = simulator::start(simulator::embedded("probe-ready"));
    lead_to(&desk, &other);
    assert_eq!(gates(), (json!("shut"), json!("unguarded")));
}

#[test]
fn a_write_to_another_alma_is_not_taken_back_here() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["partner", "parameters"]);
    assert!(!desk.journaled("write_begun").is_empty());
    let other = simulator::start(simulator::embedded("drifted"));
    let there = desk.sim.alma_url().to_string();
    desk.campus_file(CAMPUS, &desk.campus_text().replace(&there, &other.alma_url().to_string()));
    let before = other.partner("ILLiad");
    desk.undo().exits(1);
    assert_eq!(other.partner("ILLiad"), before);
    assert!(other.requests().iter().all(|seen| seen.method != "PUT" && seen.method != "DELETE"));
    lead_back(&desk);
    desk.undo().exits(0);
}
