//! Evidence from a file carries the file's own time and SHA-256, can be tried without recording it, and comes from standard input too.
use super::desk::{Exports, age, csv, queues, rules, templates};
use crate::harness::judge::{assert_words, finding};
use crate::harness::{Started, account};
use serde_json::json;
use std::fs::File;
use std::io::Write as _;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

const DAY: Duration = Duration::from_secs(86_400);

/// Writes a file that was last changed at this time.
fn file_of(exports: &Exports, name: &str, text: &str, modified: SystemTime) -> String {
    let path = exports.file(name, text);
    File::options().write(true).open(&path).and_then(|file| file.set_modified(modified)).expect("a time");
    path
}

#[test]
fn the_age_of_a_file_counts_from_its_own_time() {
    let exports = Exports::new();
    let text = csv(&templates(), ",", "\n");
    let old = file_of(&exports, "old.csv", &text, SystemTime::now() - 40 * DAY);
    let ran = exports.import(&[&old], &[]).exits(0);
    assert!(ran.out().contains("40 days ago: too old to count"), "{}", ran.out());
    let report = exports.desk.run(&["check", "rota", "--json"]).exits(4).json();
    let told = finding(&report, "rota.code");
    assert!(told["reason"].as_str().is_some_and(|why| why.contains("(from old.csv) is 40 days old")), "{told}");
    // The older of both times counts.
    let new = file_of(&exports, "new.csv", &text, SystemTime::now() - 10 * DAY);
    exports.import(&[&new], &[]).exits(0);
    let told = exports.desk.run(&["evidence", "list", "--json"]).exits(0).json();
    let value = &told["values"][0];
    assert_eq!((&value["age_days"], &value["stale"]), (&json!(10), &json!(false)), "{value}");
    assert!(value["sha256"].as_str().is_some_and(|sum| sum.len() == 64), "{value}");
    assert!(value["modified"].as_str() < value["on"].as_str(), "{value}");
    age(&exports, 31);
    exports.desk.run(&["check", "rota"]).exits(4);
}

#[test]
fn a_later_file_time_is_told_and_the_import_counts() {
    let exports = Exports::new();
    let text = csv(&templates(), ",", "\n");
    let file = file_of(&exports, "t.csv", &text, SystemTime::now() + 3 * DAY);
    let ran = exports.import(&[&file], &[]).exits(0);
    assert!(ran.out().contains("is dated in the future"), "{}", ran.out());
    exports.desk.run(&["check", "rota"]).exits(0);
    age(&exports, 31);
    exports.desk.run(&["check", "rota"]).exits(4);
}

/// An old export that is imported today says nothing against what was exported since.
#[test]
fn an_older_file_replaces_nothing_that_was_shown_later() {
    let exports = Exports::new();
    exports.list(&rules(), 0);
    let mut wrong = rules();
    wrong[2][5] = "Yes".to_owned();
    let old = file_of(&exports, "before.csv", &csv(&wrong, ",", "\n"), SystemTime::now() - 5 * DAY);
    let ran = exports.import(&[&old], &[]).exits(3);
    assert!(ran.out().contains("6 of its values keep their newer evidence"), "{}", ran.out());
    exports.desk.run(&["check", "rule"]).exits(0);
}

#[test]
fn text_and_json_tell_by_whom_when_and_from_what() {
    let exports = Exports::new();
    exports.desk.run(&["attest", "illiad", "--note", "ticket 7"]).exits(0);
    exports.list(&rules(), 0);
    let report = exports.desk.run(&["check", "rule", "illiad", "partner", "--json"]).json();
    assert_words(&report, "with its source");
    let told = finding(&report, "rule.name");
    assert_eq!((&told["evidence"], &told["by"]), (&json!("imported"), &json!(account())), "{told}");
    assert!(told["on"].is_string() && told["source"]["modified"].is_string(), "{told}");
    assert_eq!(told["source"]["file"], "list.csv", "{told}");
    assert_eq!(finding(&report, "illiad.queue.nvtgc")["source"], "ticket 7");
    let text = exports.desk.run(&["check", "rule", "partner"]);
    let line = |key: &str| text.out().lines().find(|line| line.contains(key)).unwrap_or_default().to_owned();
    let imported = format!(", from list.csv, imported by {} on 20", account());
    assert!(line("[rule.name]").contains(&imported), "{}", line("[rule.name]"));
    assert!(line("[partner.name]").contains("same") && !line("[partner.name]").contains("imported"));
}

#[test]
fn a_dry_run_compares_and_records_nothing() {
    let exports = Exports::new();
    let good = exports.file("good.csv", csv(&queues(), ",", "\n"));
    let mut wrong = queues();
    wrong[2][2] = "QC".to_owned();
    let bad = exports.file("bad.csv", csv(&wrong, ",", "\n"));
    let none = exports.file("none.csv", "a,b\n");
    for (file, code) in [(&good, 0), (&bad, 3), (&none, 2)] {
        exports.import(&[file], &["--dry-run"]).exits(code);
        exports.import(&[file], &["--dry-run", "--json"]).exits(code);
    }
    let key = exports.desk.sim.keys().illiad.clone();
    wrong[2][2] = key;
    let secret = exports.file("secret.csv", csv(&wrong, ",", "\n"));
    exports.import(&[&secret], &["--dry-run"]).exits(1);
    let told = exports.import(&[&good], &["--dry-run", "--json"]).json();
    assert_eq!(told["recorded"], false);
    assert_eq!(finding(&told, "illiad.queue.nvtgc")["verdict"], "same", "as check would say");
    let said = exports.import(&[&good], &["--dry-run"]);
    assert!(said.out().contains("Nothing was recorded"), "{}", said.out());
    assert!(exports.desk.journal().is_empty());
    let told = exports.import(&[&good], &["--json"]).exits(0).json();
    assert_eq!((told["recorded"].as_bool(), exports.recorded()), (Some(true), 1));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_standard_input_has_its_own_time() {
    let exports = Exports::new();
    let file = file_of(&exports, "old.csv", &csv(&queues(), ",", "\n"), SystemTime::now() - 40 * DAY);
    let mut command = exports.desk.command(&["evidence", "import", "-"]);
    let child = command.stdin(File::open(file).expect("a file")).spawn().expect("the binary");
    let ran = Started::new(child).end().exits(0);
    assert!(ran.out().contains("40 days ago: too old to count"), "{}", ran.out());
}

#[test]
fn a_dash_is_standard_input() {
    let exports = Exports::new();
    let mut command = exports.desk.command(&["evidence", "import", "-", "--json"]);
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the binary");
    child.stdin.take().expect("a pipe").write_all(csv(&queues(), ";", "\r\n").as_bytes()).expect("written");
    let told = Started::new(child).end().exits(0).json();
    let list = &told["imported"][0];
    assert_eq!((&list["file"], &list["modified"]), (&json!("standard input"), &json!(null)), "{list}");
    let shown = exports.desk.journaled("shown").remove(0);
    assert_eq!(shown["stamp"]["sha256"], list["sha256"], "{shown}");
    exports.import(&["-", "-"], &[]).exits(2);
}
