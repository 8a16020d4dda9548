//! What changed since the check before: `changed`, `--quiet-if-same`, `--on-change`, `--textfile`.
use super::lines;
use crate::harness::Desk;
use crate::harness::fleet::Fleet;
use serde_json::{Value, json};
use std::fs;

const URL: &str = "/partner_details/profile_details/ncip_details/export_url";

fn changed(told: &[Value]) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let told = told.iter().filter(|line| line["summary"].is_null());
    let of = |campus: &Value| campus["changed"].as_array().expect("a list").clone();
    told.flat_map(of).map(|change| (text(&change["key"]), text(&change["from"]), text(&change["to"]))).collect()
}

#[test]
fn a_change_is_told_once_and_then_there_is_silence() {
    let desk = Desk::in_world("done");
    let quiet = ["check", "--all", "--json", "--quiet-if-same"];
    let first = desk.run(&quiet).exits(0);
    assert!(first.stdout.is_empty() && first.stderr.is_empty(), "a first check has no news: {}", first.out());
    desk.disturb(URL, json!("https://elsewhere.example.org/transaction"));
    let told = lines(&desk.run(&quiet).exits(3));
    assert_eq!(changed(&told), [("parameters.export.url".to_owned(), "same".to_owned(), "differs".to_owned())]);
    assert!(told[0]["changed"][0]["since"].as_str().expect("a time").ends_with('Z'));
    assert_eq!(told.last().expect("a summary")["summary"]["changed"], 1);
    let again = desk.run(&quiet).exits(0);
    assert!(again.stdout.is_empty() && again.stderr.is_empty(), "{}", again.out());
    // It still differs: whoever asks aloud hears it.
    assert!(changed(&lines(&desk.run(&["check", "--all", "--json"]).exits(3))).is_empty());
}

/// Nothing can have changed since a check that there was not.
#[test]
fn the_first_check_says_that_it_is_the_first() {
    let desk = Desk::in_world("done");
    let brief = || desk.run(&["check", "--all", "--brief"]).exits(4);
    let first = brief();
    assert!(first.out().contains("This is the first check"), "{}", first.out());
    assert!(!first.out().contains("Nothing changed"), "{}", first.out());
    let again = brief();
    assert!(again.out().contains("Nothing changed since the check before."), "{}", again.out());
}

#[test]
fn a_check_of_one_campus_counts_as_the_check_before() {
    let desk = Desk::in_world("done");
    desk.run(&["check"]).exits(4);
    desk.disturb(URL, json!("https://elsewhere.example.org/transaction"));
    desk.run(&["check", "partner"]).exits(4);
    let told = lines(&desk.run(&["check", "--all", "--json"]).exits(3));
    assert_eq!(changed(&told).len(), 1, "the other step saw nothing of it");
}

#[test]
fn a_refreshed_sandbox_is_told_in_one_line() {
    let desk = Desk::in_world("done");
    desk.run(&["check", "--all"]).exits(4);
    desk.sim.remove_partner("ILLiad");
    let ran = desk.run(&["check", "--all", "--brief"]).exits(3);
    let refreshed: Vec<&str> = ran.out().lines().filter(|line| line.contains("refreshed?")).collect();
    assert_eq!(
        refreshed,
        ["  Was the sandbox of 01CUNY_QC refreshed? 37 values are not there any more (partner, parameters)."]
    );
}

#[test]
fn a_command_hears_of_a_change_and_gets_no_key() {
    let desk = Desk::in_world("done");
    let into = desk.state().join("heard");
    let hear = format!("cat > {0}; env > {0}.env", into.display());
    let check = ["check", "--all", "--brief", "--on-change", &hear];
    desk.run(&check).exits(4);
    assert!(!into.exists(), "nothing changed");
    desk.disturb(URL, json!("https://elsewhere.example.org/transaction"));
    desk.run(&check).exits(3);
    let heard = fs::read_to_string(&into).expect("heard");
    let heard: Vec<Value> = heard.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(changed(&heard).len(), 1);
    let env = fs::read_to_string(into.with_extension("env")).expect("its variables");
    assert!(!env.contains("LAST_RESORT_"), "{env}");
    desk.disturb(URL, json!("https://another.example.org/transaction"));
    desk.run(&["check", "--all", "--brief", "--on-change", "exit 3"]).exits(3);
    desk.sim.remove_partner("ILLiad");
    let failed = desk.run(&["check", "--all", "--brief", "--on-change", "exit 3"]).exits(1);
    assert!(failed.err().contains("--on-change failed"), "{}", failed.err());
}

#[test]
fn metrics_are_written_whole() {
    let fleet = Fleet::of(2, "done", &["01CUNY_BM=fresh"]);
    let path = fleet.folder().join("last_resort.prom");
    fs::write(&path, "old\n").expect("written");
    fleet.run(&["check", "--all", "--brief", "--textfile", path.to_str().expect("a path")]).exits(3);
    let text = fs::read_to_string(&path).expect("metrics");
    let has = |line: &str| text.lines().any(|it| it == line);
    assert!(!has("old"), "{text}");
    for (campus, state) in [("01CUNY_BB", "waiting"), ("01CUNY_BM", "differs")] {
        let labels = format!("campus=\"{campus}\",environment=\"sandbox\"");
        assert!(has(&format!("last_resort_step_state{{{labels},step=\"partner\",state=\"{state}\"}} 1")), "{text}");
        assert!(text.contains(&format!("last_resort_alma_calls_left{{{labels}}} 249")), "{text}");
        assert!(text.contains(&format!("last_resort_read_timestamp_seconds{{{labels}}} ")), "{text}");
    }
    let beside: Vec<_> = fs::read_dir(fleet.folder()).expect("a folder").flatten().collect();
    assert!(beside.iter().all(|entry| !entry.file_name().to_string_lossy().ends_with(".new")));
}

/// A device or a link is not replaced by a file, whoever runs this.
#[test]
fn metrics_replace_nothing_but_a_file() {
    let desk = Desk::in_world("done");
    let (target, link) = (desk.state().join("target"), desk.state().join("link.prom"));
    fs::create_dir_all(desk.state()).expect("a folder");
    fs::write(&target, "theirs").expect("written");
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    let ran = desk.run(&["check", "--all", "--brief", "--textfile", link.to_str().expect("a path")]).exits(1);
    assert!(ran.err().contains("it was left alone"), "{}", ran.err());
    assert_eq!(fs::read_to_string(&link).expect("still a link"), "theirs");
    assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
}

#[test]
fn no_file_is_named_by_a_key() {
    let fleet = Fleet::of(2, "done", &[]);
    let key = "5f2c7a90-1b3d-4e8f-9a6b-0c1d2e3f4a5b";
    for path in [key.to_owned(), format!("{key}.prom"), format!("metrics/L8XX{}", "0123456789abcdef".repeat(2))] {
        let ran = fleet.run(&["check", "--all", "--textfile", &path]).exits(2);
        let words = format!("{}{}", ran.out(), ran.err());
        assert!(!words.contains(&path) && words.contains("keys set"), "{words}");
    }
    fleet.run(&["man", "--into", key]).exits(2);
}
