//! `history`: what changed, when, from what to what, and who did it.
use crate::harness::Desk;
use serde_json::{Value, json};

const URL: &str = "/partner_details/profile_details/ncip_details/export_url";

fn told(desk: &Desk, args: &[&str]) -> Vec<Value> {
    let ran = desk.run(&[&["history", "--json"], args].concat()).exits(0);
    ran.json()["history"].as_array().expect("a list").clone()
}

#[test]
fn a_change_that_a_check_found_and_the_write_that_mended_it() {
    let desk = Desk::in_world("done");
    desk.run(&["check"]).exits(4);
    assert!(told(&desk, &[]).is_empty(), "the first verdicts are no change");
    desk.disturb(URL, json!("https://elsewhere.example.org/transaction"));
    desk.run(&["check"]).exits(3);
    desk.apply(&["parameters"]).exits(0);
    desk.run(&["attest", "rota", "--note", "seen"]).exits(0);
    desk.run(&["check"]).exits(4);
    let all = told(&desk, &[]);
    let what: Vec<&str> = all.iter().map(|item| item["what"].as_str().expect("a word")).collect();
    assert_eq!(what[..4], ["changed", "applied", "changed", "signed_off"], "{all:?}");
    assert!(what[4..].iter().all(|what| *what == "changed") && what.len() == 9, "five values of the rota: {all:?}");
    let (found, mended) = (&all[0], &all[2]);
    assert_eq!((&found["from"], &found["to"], &found["by"]), (&json!("same"), &json!("differs"), &Value::Null));
    assert_eq!(found["got"], "https://elsewhere.example.org/transaction");
    assert_eq!((&mended["from"], &mended["to"]), (&json!("differs"), &json!("same")));
    assert_eq!(mended["by"], all[1]["by"], "the apply did it");
    assert_eq!(all[4]["to"], "attested");
    assert_eq!(told(&desk, &["parameters.export.url"]).len(), 3);
    assert_eq!(told(&desk, &["rota"]).len(), 6);
    assert_eq!(told(&desk, &["--since", "1d"]).len(), 9);
    assert!(told(&desk, &["--since", "2099-01-01"]).is_empty());
    let text = desk.run(&["history"]).exits(0);
    assert!(text.out().contains("parameters.export.url: same -> differs (https://elsewhere"), "{}", text.out());
    desk.run(&["history", "--since", "soon"]).exits(2);
    desk.run(&["history", "nothing.such"]).exits(2);
}

/// Without a key nothing can be read. That is one cause, and one line.
#[test]
fn what_changed_alike_shares_a_line() {
    let desk = Desk::in_world("done");
    desk.run(&["check"]).exits(4);
    let mut command = desk.command(&["check", "--all", "--brief"]);
    command.env_remove("LAST_RESORT_ALMA_KEY");
    let check = crate::harness::Started::new(command.spawn().expect("the binary")).end().exits(1);
    let changes = check.out().lines().filter(|line| line.starts_with("  changed ")).count();
    assert_eq!(changes, 1, "{}", check.out());
    let lines = |args: &[&str]| -> Vec<String> {
        let ran = desk.run(args).exits(0);
        ran.out().lines().filter(|line| line.contains("unread")).map(str::to_owned).collect()
    };
    let [line] = &lines(&["history"])[..] else { panic!("one line: {:?}", lines(&["history"])) };
    assert!(line.contains(" more: "), "{line}");
    assert_eq!(lines(&["history", "-v"]).len(), told(&desk, &[]).len());
}

#[test]
fn an_undo_names_what_it_restored() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["parameters"]).exits(0);
    desk.undo().exits(0);
    let text = desk.run(&["history", "-v"]).exits(0);
    let undone = text.out().lines().find(|line| line.contains("undo restored the partner")).expect("a line");
    assert!(undone.contains("undo restored the partner: parameters."), "{undone}");
}

#[test]
fn a_long_journal_is_shortened_and_nothing_that_counts_is_lost() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "rota"]).exits(0);
    for _ in 0..3 {
        desk.run(&["check"]).exits(4);
        desk.disturb(URL, json!("https://elsewhere.example.org/transaction"));
        desk.run(&["check"]).exits(3);
        desk.apply(&["parameters"]).exits(0);
    }
    let (before, all, long) = (desk.run(&["check", "--json"]).exits(4).json(), told(&desk, &[]), desk.journal().len());
    let ran = desk.run(&["history", "--archive-before", "2099-01-01", "--json"]).exits(0);
    let archived = ran.json()["archived"].as_u64().expect("a count");
    assert!(archived >= 4, "{archived} of {long}");
    assert_eq!(desk.journal().len() as u64 + archived, long as u64);
    let after = desk.run(&["check", "--json"]).exits(4).json();
    assert_eq!(before["steps"], after["steps"]);
    assert_eq!(told(&desk, &[]), all, "the history reads the archive too");
    desk.run(&["undo", "--confirm", "01CUNY_QC"]).exits(0);
}
