//! `check --all` and `plan --all` on a fleet with every kind of campus.
use super::lines;
use crate::harness::Desk;
use crate::harness::fleet::Fleet;
use std::collections::BTreeMap;

#[test]
fn every_campus_is_told_and_a_bad_one_delays_no_other() {
    let fleet = Fleet::of_every_kind(25);
    let ran = fleet.run(&["check", "--all", "--json"]).exits(1);
    let mut told = lines(&ran);
    let summary = told.pop().expect("a summary");
    let states: BTreeMap<&str, &str> = told
        .iter()
        .map(|campus| (campus["campus"].as_str().expect("a code"), campus["state"].as_str().expect("a state")))
        .collect();
    assert_eq!(states.len(), 25);
    for (code, state) in &states {
        assert_eq!(*state, Fleet::expected(code), "{code}");
    }
    assert_eq!(
        summary,
        serde_json::json!({"schema": 1, "summary":
            {"campuses": 25, "same": 0, "differs": 3, "unread": 3, "waiting": 19, "changed": 0}})
    );
    for campus in &told {
        assert_eq!(campus["changed"], serde_json::json!([]), "a first check");
        let broken = campus["campus"] == "01CUNY_JJ";
        let steps = campus["steps"].as_array().expect("steps").len();
        assert_eq!(steps, if broken { 0 } else { 8 }, "{campus}");
        assert_eq!(broken, campus["error"].to_string().contains("environment cannot be"), "{campus}");
    }
    // Reading Alma and ILLiad of twenty-five campuses needs no key of this user's and nothing but the journal is written.
    assert!(ran.err().lines().all(|line| !line.contains("Bearer")), "{}", ran.err());
}

#[test]
fn one_row_a_campus_and_only_those_named() {
    let fleet = Fleet::of(3, "done", &[]);
    let ran = fleet.run(&["check", "--all", "--brief", "--only", "01cuny_bb,01CUNY_BX"]).exits(4);
    let rows: Vec<&str> = ran.out().lines().collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    for code in ["01CUNY_BB", "01CUNY_BX"] {
        assert_eq!(rows.iter().filter(|row| row.starts_with(code) && row.contains("waiting")).count(), 1, "{rows:?}");
    }
    assert!(rows[2].starts_with("2 campuses: 2 waiting."), "{rows:?}");
    let unknown = fleet.run(&["check", "--all", "--only", "01CUNY_ZZ"]).exits(2);
    assert!(unknown.err().contains("\"01CUNY_ZZ\""), "{}", unknown.err());
}

#[test]
fn plans_for_all_and_nothing_that_writes_takes_all() {
    let fleet = Fleet::of(3, "done", &["01CUNY_BM=fresh"]);
    let told = lines(&fleet.run(&["plan", "--all", "--json"]).exits(3));
    assert_eq!(told.len(), 3);
    for plan in &told {
        let due = plan["changes"].as_array().expect("changes").iter().filter(|change| change["action"] == "create");
        assert_eq!(due.count() > 0, plan["campus"] == "01CUNY_BM", "{plan}");
    }
    // What a person enters at each campus is counted here, and listed by the plan of the campus.
    let text = fleet.run(&["plan", "--all"]).exits(3);
    let by_hand: Vec<&str> = text.out().lines().filter(|line| line.starts_with("by_hand ")).collect();
    assert_eq!(by_hand.len(), 3, "{}", text.out());
    assert!(by_hand.contains(&"by_hand  24 values; to list them: last-resort plan --campus 01CUNY_BX"), "{by_hand:?}");
    let one = fleet.run(&["plan", "--campus", "01CUNY_BX"]).exits(4);
    assert_eq!(one.out().lines().filter(|line| line.starts_with("by_hand ")).count(), 24, "{}", one.out());
    for writing in
        [&["apply", "partner"][..], &["undo"], &["prove"], &["golive"], &["attest", "rota"], &["keys", "set"]]
    {
        fleet.run(&[writing, &["--all"]].concat()).exits(2);
    }
}

/// A file whose name is no campus code is named, so that nobody takes its campus for checked.
#[test]
fn a_file_that_is_named_after_no_campus_is_told() {
    let desk = Desk::in_world("done");
    desk.campus_file("01CUNY-BC", &desk.campus_text());
    for command in ["check", "plan"] {
        let ran = desk.run(&[command, "--all"]);
        assert!(ran.err().contains("The file 01CUNY-BC.toml is left out"), "{command}: {}", ran.err());
    }
    let quiet = desk.run(&["check", "--all", "--quiet-if-same"]);
    assert!(quiet.err().is_empty(), "{}", quiet.err());
}
