//! Evidence is stored with its date, must be renewed when it is old, and shows nothing it should not.
use super::desk::{Exports, age, all_lists, csv, queues, rows, rules, templates, texts, xlsx};
use crate::harness::account;
use crate::harness::judge::{assert_words, finding, keys_that, no_control};
use std::fs;

fn import_all(exports: &Exports) {
    for (name, rows) in all_lists() {
        exports.file(name, csv(&rows, ",", "\n"));
    }
    let files: Vec<String> =
        all_lists().iter().map(|(name, _)| exports.folder().join(name).to_str().expect("UTF-8").to_owned()).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    exports.import(&files, &[]).exits(0);
}

#[test]
fn evidence_counts_for_thirty_days_and_then_asks_for_renewal() {
    let exports = Exports::new();
    import_all(&exports);
    let check = |code| exports.desk.run(&["check", "rota", "rule", "illiad", "--json"]).exits(code).json();
    assert_eq!(keys_that(&check(0), &["same"]).len(), 25);
    age(&exports, 30);
    assert_eq!(keys_that(&check(0), &["same"]).len(), 25);
    age(&exports, 1);
    let report = check(4);
    assert_words(&report, "old evidence");
    assert!(keys_that(&report, &["same"]).is_empty(), "{report}");
    let old = finding(&report, "illiad.routing.match_string");
    assert!(old["evidence"].is_null() && old["got"].is_null(), "{old}");
    let reason = old["reason"].as_str().unwrap_or_default();
    assert!(reason.contains("(from routing) is 31 days old") && reason.contains("import it again"), "{old}");
    assert_eq!(old["hint"], "last-resort evidence import FILE --campus 01CUNY_QC");
    // The list's other rows are reported as old too, but do not affect the state.
    let others = finding(&report, "illiad.routing.other_rows");
    assert!(others["verdict"] == "waiting" && others["advisory"] == true, "{others}");
    // A newer sign-off counts instead.
    exports.desk.run(&["attest", "illiad"]).exits(0);
    exports.desk.run(&["check", "illiad"]).exits(0);
    // Importing the same list again renews the evidence.
    import_all(&exports);
    assert_eq!(keys_that(&check(0), &["same"]).len(), 25);
}

#[test]
fn what_was_pasted_long_ago_is_to_be_pasted_again() {
    let exports = Exports::new();
    exports.list(&templates(), 0);
    let path = exports.desk.journal_path();
    let text = fs::read_to_string(&path).expect("a journal");
    fs::write(&path, text.replace(r#""source":{"file":"list.csv"}"#, r#""source":"pasted""#)).expect("written");
    age(&exports, 31);
    let report = exports.desk.run(&["check", "rota", "--json"]).exits(4).json();
    let old = finding(&report, "rota.code");
    assert!(old["reason"].as_str().is_some_and(|reason| reason.contains("(pasted) is 31 days old")), "{old}");
    assert_eq!(old["hint"], "last-resort --step rota --campus 01CUNY_QC");
}

#[test]
fn how_long_evidence_counts_is_set_in_the_campus_file() {
    let exports = Exports::new();
    exports
        .desk
        .campus_file(crate::harness::desk::CAMPUS, &(exports.desk.campus_text() + "\n[evidence]\nmax_age_days = 3\n"));
    exports.list(&templates(), 0);
    age(&exports, 3);
    exports.desk.run(&["check", "rota"]).exits(0);
    age(&exports, 1);
    let said = exports.desk.run(&["check", "rota"]).exits(4);
    assert!(said.out().contains("is 4 days old"), "{}", said.out());
}

#[test]
fn what_was_shown_is_listed_with_where_from_who_and_how_old() {
    let exports = Exports::new();
    let said = exports.desk.run(&["evidence", "list"]).exits(0);
    assert!(
        said.out().contains("No evidence for 01CUNY_QC yet") && said.out().contains("evidence import"),
        "{}",
        said.out()
    );
    exports.list(&templates(), 0);
    age(&exports, 40);
    exports.told("Rules.xlsx", xlsx(&[("A", &rules())]), 0);
    let told = exports.desk.run(&["evidence", "list", "--json"]).exits(0).json();
    assert_eq!((told["campus"].as_str(), told["max_age_days"].as_u64()), (Some("01CUNY_QC"), Some(30)));
    let values = told["values"].as_array().expect("values");
    assert_eq!(values.len(), 11);
    let of = |key: &str| values.iter().find(|value| value["key"] == key).unwrap_or_else(|| panic!("{key}")).clone();
    let (old, new) = (of("rota.member"), of("rule.enabled"));
    assert_eq!((old["age_days"].as_u64(), old["stale"].as_bool()), (Some(40), Some(true)));
    assert_eq!((new["age_days"].as_u64(), new["stale"].as_bool()), (Some(0), Some(false)));
    for (name, value) in [("source", "file"), ("file", "Rules.xlsx"), ("by", account()), ("got", "Disabled")] {
        assert_eq!(new[name], value, "{new}");
    }
    let lists: Vec<_> = told["lists"].as_array().expect("lists").iter().map(|list| list["list"].as_str()).collect();
    assert_eq!(lists, [Some("rota_templates"), Some("rota_rules")]);
    let said = exports.desk.run(&["evidence", "list"]).exits(0);
    for words in [
        &format!("from list.csv by {}", account()),
        "40 days old; too old to count, paste or import it again",
        &format!("from Rules.xlsx by {}", account()),
        ", today",
        "ILLiad Fallback rule [rule.enabled]: Disabled",
        "Rota templates, other rows: no problems",
    ] {
        assert!(said.out().contains(words), "{words}: {}", said.out());
    }
}

#[test]
fn a_newer_list_stands_and_a_newer_word_counts() {
    let exports = Exports::new();
    let mut wrong = queues();
    wrong[2][2] = "QC".to_owned();
    exports.list(&wrong, 3);
    exports.list(&queues(), 0);
    let report = exports.desk.run(&["check", "illiad", "--json"]).exits(4).json();
    assert_eq!(finding(&report, "illiad.queue.nvtgc")["verdict"], "same");
    assert_eq!(finding(&report, "illiad.queue.other_rows")["verdict"], "same");
    exports.list(&wrong, 3);
    exports.desk.run(&["attest", "illiad.queue.nvtgc"]).exits(0);
    let report = exports.desk.run(&["check", "illiad", "--json"]).exits(3).json();
    let signed = finding(&report, "illiad.queue.nvtgc");
    assert_eq!((&signed["verdict"], &signed["contradicted"]["got"]), (&"attested".into(), &"QC".into()), "{signed}");
    assert_eq!(
        finding(&report, "illiad.queue.other_rows")["verdict"],
        "differs",
        "a sign-off for a value does not cover the list"
    );
}

#[test]
fn nothing_in_a_cell_or_a_name_reaches_the_terminal_as_a_control() {
    let exports = Exports::new();
    let evil = "x\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}\u{200b}y\u{9b}31m";
    let mut lists = all_lists();
    lists[0].1[2][1] = evil.to_owned();
    lists[0].1[2][4] = format!("ILLiad; {evil}");
    lists[1].1[1] = [evil, "Requested Format", "=", "Physical", evil, "Yes"].map(str::to_owned).to_vec();
    lists[2].1[2] = ["-1", "Yes", "Borrowing", "%", "1 = 1", "Borrowing", evil].map(str::to_owned).to_vec();
    lists[2].1[1][4] = format!("t.CitedIn {evil}");
    lists[3].1[2][2] = evil.to_owned();
    for (name, rows) in &lists {
        let file = exports.file(&format!("{name}\u{1b}[31m\u{202e}.csv"), csv(rows, ",", "\n"));
        // `Exports::import` checks the output of both for control characters.
        // A rule above ours is a question, whatever its name.
        let code = if *name == "rules" { 0 } else { 3 };
        exports.import(&[&file], &["-v"]).exits(code);
        exports.import(&[&file], &["--json"]).exits(code);
    }
    let odd = exports.file("odd\u{1b}.csv", csv(&rows(&[[evil, evil]]), ",", "\n"));
    exports.import(&[&odd], &[]).exits(2);
    for args in [&["evidence", "list"][..], &["evidence", "list", "--json"], &["check"], &["check", "--json"]] {
        let ran = exports.desk.run(args);
        no_control(&ran, &format!("{args:?}"));
        assert!(ran.out().contains("owned"), "{args:?}");
    }
}

#[test]
fn only_the_values_of_our_row_are_kept() {
    let exports = Exports::new();
    let mut list = templates();
    for (at, row) in list.iter_mut().enumerate() {
        row.push(if at == 0 { "Updated By" } else { "somebody-of-the-staff" }.to_owned());
    }
    let said = exports.list(&list, 0);
    let all = format!("{said}{:?}", exports.desk.journal());
    assert!(!all.contains("somebody-of-the-staff") && !all.contains("01CUNY_HC"), "{all}");
    assert_eq!(exports.desk.journaled("shown")[0]["fields"].as_object().map(serde_json::Map::len), Some(5));
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(exports.desk.journal_path()).expect("there").permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(texts(&said["troubles"]), [""; 0]);
}
