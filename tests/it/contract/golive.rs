//! `golive`: every gate with its evidence; refused while gates are shut, with their names; through once, and back.
use crate::harness::desk::{days_ago, is_write};
use crate::harness::judge::finding;
use crate::harness::{Desk, PARTNER_PATH, Ran, account, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind};
use serde_json::{Value, json};
use std::fs;

const GATES: [&str; 11] = [
    "connect",
    "patrons",
    "partner",
    "parameters",
    "rota",
    "rule",
    "illiad",
    "other_rows",
    "routing",
    "forecast",
    "sandbox",
];

const GO: [&str; 3] = ["golive", "--confirm", "01CUNY_QC"];

/// A campus where everything is signed off.
fn ready() -> Desk {
    signed(Desk::in_world("done"))
}

fn signed(desk: Desk) -> Desk {
    desk.run(&["attest", "partner", "rota", "rule", "illiad"]).exits(0);
    desk
}

fn gates(ran: &Ran) -> Vec<Value> {
    let gates = ran.json()["gates"].as_array().expect("gates").clone();
    let names: Vec<&str> = gates.iter().map(|gate| gate["gate"].as_str().expect("a name")).collect();
    assert_eq!(names, GATES, "each gate once and in order");
    for gate in &gates {
        let shut = gate["verdict"] == "shut";
        assert_eq!(gate["state"].is_string(), shut, "{gate}");
        assert!(gate["words"].as_str().is_some_and(|words| !words.is_empty()), "{gate}");
        assert!(
            !shut || gate["next"].as_str().is_some_and(|next| !next.is_empty()),
            "a shut gate says how to open it: {gate}"
        );
    }
    gates
}

/// Returns the gates with this verdict, each with its state.
fn with(gates: &[Value], verdict: &str) -> Vec<(String, String)> {
    let these = gates.iter().filter(|gate| gate["verdict"] == verdict);
    these
        .map(|gate| {
            let word = |name: &str| gate[name].as_str().unwrap_or_default().to_owned();
            (word("gate"), word("state"))
        })
        .collect()
}

fn campus_file(desk: &Desk) -> String {
    fs::read_to_string(desk.config().join("last-resort/campuses/01CUNY_QC.toml")).expect("a campus file")
}

fn said(desk: &Desk, key: &str, want: &str, days: i64) -> Value {
    json!({"at": days_ago(days), "by": "grace", "what": "attested", "target": desk.target(), "fields": {key: want}, "note": null})
}

/// Damages a campus that is ready to go live.
type Disturb = fn(&Desk);

/// The name of a case, the damage, the gates that are then shut, and the exit code.
type Case = (&'static str, Disturb, &'static [(&'static str, &'static str)], i32);

fn no_key(desk: &Desk) {
    let refused = Fault::new(FaultKind::Html).path("/almaws/v1/conf/general");
    desk.sim.set_fault(refused);
}

const CASES: &[Case] = &[
    ("nothing", |_| {}, &[], 0),
    ("a word taken back", |desk| drop(desk.run(&["attest", "rota.member", "--revoke"])), &[("rota", "waiting")], 4),
    (
        "a parameter",
        |desk| desk.disturb("/partner_details/profile_details/ncip_details/export_url", json!("https://x.example.org")),
        &[("parameters", "differs")],
        3,
    ),
    ("a name", |desk| desk.disturb("/partner_details/name", json!("Iliad")), &[("partner", "differs")], 3),
    ("no partner", |desk| desk.sim.remove_partner("ILLiad"), &[("partner", "differs"), ("parameters", "differs")], 3),
    ("an Alma that is down", no_key, &[("connect", "unread")], 1),
    (
        "evidence that has grown old",
        |desk| {
            desk.run(&["attest", "rota.code", "--revoke"]);
            let shown = json!({"at": days_ago(400), "by": "grace", "what": "shown", "target": desk.target(), "source": "pasted", "fields": {"rota.code": "ILLiad"}});
            desk.journal_lines(&[said(desk, "rota.code", "ILLiad", 500), shown]);
        },
        &[("rota", "waiting")],
        4,
    ),
    (
        "evidence that has grown old, signed off since",
        |desk| {
            let shown = json!({"at": days_ago(400), "by": "grace", "what": "shown", "target": desk.target(), "source": "pasted", "fields": {"rota.code": "ILLiad"}});
            desk.journal_lines(&[shown, said(desk, "rota.code", "ILLiad", 1)]);
        },
        &[],
        0,
    ),
    (
        "a row above ours",
        |desk| {
            let lists = json!({"routing": ["RuleNo 0 is used twice"], "custom_queues": []});
            let line = json!({"at": days_ago(1), "by": "grace", "what": "shown", "target": desk.target(), "source": {"file": "r.csv"}, "fields": {}, "lists": lists});
            desk.journal_lines(&[line]);
        },
        &[("other_rows", "differs")],
        3,
    ),
    ("duplicates foreseen", |desk| desk.journal_lines(&[foreseen(desk, 12, 3)]), &[("forecast", "differs")], 3),
    ("a forecast with gaps", |desk| desk.journal_lines(&[foreseen(desk, 0, 3)]), &[("forecast", "unread")], 1),
    ("a forecast without any", |desk| desk.journal_lines(&[foreseen(desk, 12, 0), foreseen(desk, 0, 0)]), &[], 0),
    (
        "a narrower forecast without any",
        |desk| {
            desk.journal_lines(&[foreseen(desk, 12, 0)]);
            desk.run(&["patrons", "10000001"]).exits(0);
        },
        &[("forecast", "differs")],
        3,
    ),
    ("a forecast run now", |desk| drop(desk.run(&["patrons"]).exits(0)), &[], 0),
];

fn foreseen(desk: &Desk, doubled: u32, unread: u32) -> Value {
    json!({"at": days_ago(1), "by": "ada", "what": "foreseen", "environment": "sandbox", "people": 400, "doubled": doubled, "unread": unread,
        "target": desk.target()})
}

/// Returns the forecast gate's verdict and words.
fn forecast_gate(desk: &Desk) -> (String, String) {
    let gate = gates(&desk.run(&["golive", "--json"])).remove(9);
    let word = |name: &str| gate[name].as_str().unwrap_or_default().to_owned();
    (word("verdict"), word("words"))
}

/// A forecast of few people that found some of them doubled is not outweighed by one of other people.
#[test]
fn who_was_found_doubled_keeps_it_shut_until_that_person_is_found_to_be_right() {
    let desk = ready();
    let known = desk.run(&["patrons", "10000002", "--json"]).exits(0).json();
    let who = known["people"][0]["id"].as_str().expect("a hash").to_owned();
    let bad = |people: u32, usernames: u32| {
        json!({"at": days_ago(0), "by": "ada", "what": "foreseen", "environment": "sandbox", "people": people, "doubled": 1,
            "unread": 0, "target": desk.target(), "affected": {who.as_str(): usernames}})
    };
    desk.journal_lines(&[foreseen(&desk, 0, 0), bad(1, 0)]);
    let (verdict, words) = forecast_gate(&desk);
    assert!(verdict == "shut" && words.contains("1 of 1 people"), "{words}");
    desk.run(&["patrons", "10000001"]).exits(0);
    assert_eq!(forecast_gate(&desk).0, "shut", "another person says nothing about this one");
    desk.run(&["patrons", "10000002"]).exits(0);
    let (verdict, words) = forecast_gate(&desk);
    assert!(verdict == "holds" && words.contains("none of the 400 people"), "{words}");
    let lines = desk.journaled("foreseen");
    assert_eq!(lines.last().expect("a line")["cleared"], json!([who]));
    // It was an old username that showed the other account, so it has to be looked for again.
    desk.journal_lines(&[bad(1, 1)]);
    desk.run(&["patrons", "10000002"]).exits(0);
    assert_eq!(forecast_gate(&desk).0, "shut");
}

/// Whoever is not in ILLiad and has no old username to look for was not seen at all.
#[test]
fn only_people_who_were_matched_support_the_forecast_gate() {
    let desk = ready();
    let line = |unknown: u32, unseen: u32| {
        json!({"at": days_ago(1), "by": "ada", "what": "foreseen", "environment": "sandbox", "people": 21, "doubled": 0,
            "unread": 0, "unknown": unknown, "unseen": unseen, "target": desk.target()})
    };
    for (unknown, unseen, verdict, expected) in [
        (0, 21, "question", "an older account under another name would not be seen"),
        (20, 1, "question", "20 unknown to Alma"),
        (20, 0, "holds", "the 1 person matched"),
        (0, 3, "holds", "none of the 18 people matched"),
        (21, 0, "shut", "Alma knew none"),
    ] {
        desk.journal_lines(&[line(unknown, unseen)]);
        let (is, words) = forecast_gate(&desk);
        assert!(is == verdict && words.contains(expected), "{unknown} {unseen}: {is}: {words}");
    }
}

#[test]
fn each_gate_is_shut_by_what_it_guards_and_names_what_is_missing() {
    in_parallel(CASES, |(what, disturb, expected, code)| {
        let desk = ready();
        disturb(&desk);
        let listed = desk.run(&["golive", "--json"]).exits(*code);
        let gates = gates(&listed);
        let expected: Vec<(String, String)> =
            expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(with(&gates, "shut"), expected, "{what}: {gates:?}");
        assert_eq!(listed.json()["open"], expected.is_empty(), "{what}");
        let before = campus_file(&desk);
        if expected.is_empty() {
            return;
        }
        let refused = desk.run(&GO).exits(*code);
        for (gate, _) in &expected {
            assert!(refused.err().contains(gate), "{what}: {gate} in {}", refused.err());
        }
        assert!(refused.err().contains("nothing was changed"), "{what}: {}", refused.err());
        assert_eq!(campus_file(&desk), before, "{what}");
        assert!(desk.journaled("stance_set").is_empty(), "{what}");
        assert!(!desk.sim.requests().iter().any(is_write), "{what}");
    });
}

#[test]
fn what_a_world_lacks_keeps_it_shut() {
    for (world, expected, code) in [
        ("fresh", &["partner", "parameters", "routing"][..], 3),
        ("bad-alma-key", &["connect", "patrons", "partner", "parameters"], 1),
        ("illiad-bad-key", &["connect", "patrons", "routing"], 1),
        ("usernames-differ", &["patrons"], 3),
    ] {
        let desk = signed(Desk::in_world(world));
        let gates = gates(&desk.run(&["golive", "--json"]).exits(code));
        let shut: Vec<String> = with(&gates, "shut").into_iter().map(|(gate, _)| gate).collect();
        for gate in expected {
            assert!(shut.contains(&(*gate).to_owned()), "{world}: {gate} in {shut:?}");
        }
        let told = desk.run(&["golive"]).exits(code);
        for id in &desk.sim.campus().sample {
            assert!(!told.out().contains(id), "{world}: a patron's number in {}", told.out());
        }
    }
}

#[test]
fn what_nobody_looked_at_is_named_and_keeps_nobody_out() {
    let desk = ready();
    let listed = gates(&desk.run(&["golive", "--json"]).exits(0));
    let unguarded: Vec<String> = with(&listed, "unguarded").into_iter().map(|(gate, _)| gate).collect();
    assert_eq!(unguarded, ["other_rows", "forecast"]);
    let text = desk.campus_text();
    let at = text.find("sample = ").expect("a sample");
    desk.campus_file("01CUNY_QC", &format!("{}sample = []\n", &text[..at]));
    let listed = gates(&desk.run(&["golive", "--json"]).exits(4));
    assert!(with(&listed, "unguarded").iter().any(|(gate, _)| gate == "patrons"));
    assert_eq!(
        with(&listed, "shut"),
        [("routing".to_owned(), "waiting".to_owned())],
        "without sample patrons there are no requests to check"
    );
}

#[test]
fn going_live_changes_the_file_and_nothing_else_in_it_and_tells_both_ways() {
    let desk = ready();
    let text = format!("# our campus\n{}", desk.campus_text()).replace("[alma]\n", "# where Alma is\n[alma] # here\n");
    desk.campus_file("01CUNY_QC", &text);
    desk.run(&["golive", "--confirm", "01CUNY_BC"]).exits(2);
    let listed = desk.run(&["golive"]).exits(0);
    assert!(listed.out().contains("--confirm 01CUNY_QC"), "{}", listed.out());
    let open = "No obstacles found; 2 checks were not run: other rows, duplicate accounts.";
    assert!(listed.out().contains(open) && !listed.out().contains("other_rows"), "{}", listed.out());
    assert_eq!(campus_file(&desk), text, "listing changes nothing");

    let went = desk.run(&GO).exits(4);
    for words in
        ["Enabled", "Disabled", "Rota Assignment Rules", "golive --back", "attest rule.enabled", "last-resort prove"]
    {
        assert!(went.out().contains(words), "{words}: {}", went.out());
    }
    let now = campus_file(&desk);
    assert_eq!(now.replace("stance = \"live\"\n", ""), text, "everything else is unchanged, comments included");
    let lines = desk.journaled("stance_set");
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (&lines[0]["to"], &lines[0]["environment"], &lines[0]["by"]),
        (&json!("live"), &json!("sandbox"), &json!(account()))
    );
    assert_eq!(lines[0]["gates"].as_object().expect("gates").len(), GATES.len());
    assert!(desk.writes().is_empty(), "nothing was written to Alma or ILLiad");

    let check = desk.run(&["check", "rule", "--json"]).exits(4).json();
    assert_eq!(
        (&finding(&check, "rule.enabled")["want"], &finding(&check, "rule.enabled")["verdict"]),
        (&json!("Enabled"), &json!("waiting"))
    );
    let again = desk.run(&GO).exits(4);
    assert!(
        again.err().contains("was set live on") && again.out().contains("Enabled"),
        "{} {}",
        again.out(),
        again.err()
    );
    desk.run(&["attest", "rule.enabled"]).exits(0);
    // What was seen to work was seen before, so a proof is due.
    let done = desk.run(&GO).exits(4);
    assert!(!done.out().contains("Enable the rule") && done.out().contains("To go back"), "{}", done.out());
    assert_eq!((desk.journaled("stance_set").len(), campus_file(&desk)), (1, now), "a second run changes nothing");
}

#[test]
fn the_way_back_needs_consent_and_is_journaled() {
    let desk = ready();
    let nothing = desk.run(&["golive", "--back", "--confirm", "01CUNY_QC"]).exits(0);
    assert!(
        nothing.out().contains("nothing was changed") && !nothing.out().contains("To go back"),
        "{}",
        nothing.out()
    );
    assert!(desk.journaled("stance_set").is_empty(), "the campus was not live");
    desk.run(&GO).exits(4);
    let live = campus_file(&desk);
    for wrong in [&["golive", "--back"][..], &["golive", "--back", "--confirm", "01CUNY_BC"]] {
        desk.run(wrong).exits(2);
        assert_eq!(campus_file(&desk), live);
    }
    let back = desk.run(&["golive", "--back", "--confirm", "01CUNY_QC", "--json"]).exits(4).json();
    assert_eq!((&back["stance"], &back["open"]), (&json!("ahead"), &json!(false)));
    assert!(
        back["cards"][0]["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .any(|line| line == "ILLiad Fallback rule: Disabled"),
        "{back}"
    );
    assert_eq!(campus_file(&desk), live.replace("\"live\"", "\"ahead\""));
    let to: Vec<Value> = desk.journaled("stance_set").into_iter().map(|line| line["to"].clone()).collect();
    assert_eq!(to, ["live", "ahead"]);
    // The sign-off of "Disabled" is from before the rule was enabled.
    desk.run(&["golive"]).exits(4);
    desk.run(&["attest", "rule.enabled"]).exits(0);
    desk.run(&["golive"]).exits(0);
}

#[test]
fn production_waits_for_a_sandbox_that_was_begun() {
    let world = "sentence = \"x.\"\nbased_on = \"done\"\n[campus]\nenvironment = \"production\"\n[alma]\nenvironment = \"production\"\n";
    let begun = json!({"at": days_ago(9), "by": "ada", "what": "write_begun", "id": "x", "verb": "create", "purpose": "apply",
        "environment": "sandbox", "before": null, "sent": "none", "fields": [], "key": null});
    let ended = json!({"at": days_ago(9), "by": "ada", "what": "write_ended", "id": "x", "outcome": {"done": "x"}});
    let live = json!({"at": days_ago(8), "by": "grace", "what": "stance_set", "to": "live", "environment": "sandbox", "gates": {}});
    for (lines, verdict, code) in [
        (vec![], "unguarded", 0),
        (vec![begun.clone(), ended.clone()], "shut", 4),
        (vec![begun, ended, live], "holds", 0),
    ] {
        let desk = signed(Desk::in_world_of(world));
        desk.journal_lines(&lines);
        let gates = gates(&desk.run(&["golive", "--json"]).exits(code));
        assert_eq!(gates[10]["verdict"], verdict, "{}", gates[10]);
    }
    // The campus file belongs to the campus, not to one environment: going live in the sandbox does not make production live.
    let desk = signed(Desk::in_world_of(world));
    desk.campus_file("01CUNY_QC", &desk.campus_text().replace("[alma]", "stance = \"live\"\n\n[alma]"));
    let told = desk.run(&["golive"]).exits(4);
    assert!(told.err().contains("was never taken live with golive"), "{}", told.err());
}

#[test]
fn a_campus_file_edited_meanwhile_stays_as_it_was_edited() {
    let desk = ready();
    desk.sim.set_fault(Fault::new(FaultKind::Delay(1500)).method("GET").path(PARTNER_PATH));
    let running = desk.start(&GO);
    wait_for("a read", || desk.count("GET", PARTNER_PATH) > 0);
    let edited = desk.campus_text().replace("Main Service Desk", "Another Desk");
    desk.campus_file("01CUNY_QC", &edited);
    let ran = running.end().exits(1);
    assert!(ran.err().contains("edited in the meantime"), "{}", ran.err());
    assert_eq!((campus_file(&desk), desk.journaled("stance_set").len()), (edited, 0));
}

/// If there were no real requests, a probe opens the gate, provided it is recent and no later proof failed.
#[test]
fn a_probe_opens_the_gate_of_the_routing() {
    let proved = |days: i64, half: &'static str, shows: &'static str| (days, half, shows);
    let line = |desk: &Desk, (days, half, shows): (i64, &str, &str)| {
        json!({"at": days_ago(days), "by": "grace", "what": "proved", "half": half, "environment": "sandbox", "shows": shows,
            "words": "request 7 was routed", "next": null, "number": 7, "key": null, "target": desk.target()})
    };
    for (lines, verdict, state, code) in [
        (vec![], "shut", json!("waiting"), 4),
        (vec![proved(1, "illiad", "proved")], "holds", Value::Null, 0),
        (vec![proved(2, "illiad", "proved"), proved(1, "illiad", "wrong")], "shut", json!("differs"), 3),
        (vec![proved(2, "illiad", "proved"), proved(1, "chain", "wrong")], "shut", json!("differs"), 3),
        (vec![proved(400, "illiad", "proved")], "shut", json!("waiting"), 4),
    ] {
        let desk = signed(Desk::in_world_of("sentence = \"x.\"\nbased_on = \"done\"\n[illiad]\ntraffic = \"none\"\n"));
        let seen: Vec<Value> = lines.iter().map(|told| line(&desk, *told)).collect();
        desk.journal_lines(&seen);
        let gate = gates(&desk.run(&["golive", "--json"]).exits(code))[8].clone();
        assert_eq!((&gate["verdict"], &gate["state"]), (&json!(verdict), &state), "{lines:?}: {gate}");
    }
}

/// A command in a hint can be typed as it is.
#[test]
fn a_hint_to_apply_has_the_consent() {
    let told = Desk::in_world("fresh").run(&["golive"]).exits(3);
    let hints: Vec<&str> = told.out().lines().filter(|line| line.contains("next: last-resort apply ")).collect();
    assert_eq!(hints.len(), 2, "{}", told.out());
    assert!(hints.iter().all(|hint| hint.ends_with(" --confirm 01CUNY_QC")), "{hints:?}");
}
