//! Keys that stand where a name belongs: of a file, a person, a library, a host. They are refused, sent nowhere, and
//! repeated nowhere.
use super::hunt_in;
use crate::harness::keeper::Hunt;
use crate::harness::{Desk, Ran};
use serde_json::json;
use std::fs;

/// A key with hardly any letter in it, which the embedded ILLiad does not know.
const GUID: &str = "70726163-7469-4365-9999-6578706fe5f6";
const ALMA: &str = "l8xx4f0c2a19b7de4c53a6e81f90d2b7c3e5";

const ROUTING: &str = "RuleNo,RuleActive,ProcessType,TransactionStatus,MatchString,NewProcessType,NewTransactionStatus\n\
     0,Yes,Borrowing,Awaiting Request Processing,\
     \"t.CitedIn LIKE '01CUNY%' and (t.LendingString = '' or t.LendingString is NULL)\",Borrowing,Request Imported from Alma\n";

fn full_width(key: &str) -> String {
    key.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c)).collect()
}

/// Runs a command, and finds the key in nothing that it prints or writes.
fn quiet(desk: &Desk, key: &str, args: &[&str]) -> Ran {
    let ran = desk.run(args);
    hunt_in(&Hunt::of([("this", key)]), desk, &ran, &args[..1].concat());
    for text in [ran.out(), ran.err()] {
        assert!(!text.contains(&full_width(key)), "{args:?}: {text}");
    }
    ran
}

#[test]
fn a_list_whose_name_is_a_key_is_refused() {
    let desk = Desk::in_world("done");
    let folder = tempfile::TempDir::new().expect("a folder");
    for key in [GUID, ALMA, &desk.sim.keys().illiad.clone(), &full_width(GUID)] {
        let file = folder.path().join(format!("{key}.csv"));
        fs::write(&file, ROUTING).expect("written");
        for more in [&[][..], &["--dry-run"]] {
            let ran =
                quiet(&desk, key, &[&["evidence", "import", file.to_str().expect("text")], more].concat()).exits(1);
            assert!(ran.err().contains("name of the file") && ran.err().contains("rename"), "{}", ran.err());
        }
    }
    assert!(desk.journaled("shown").is_empty());
    let long = folder.path().join("01cuny-qc-rota-rules-2026-11-29-for-ada.csv");
    fs::write(&long, ROUTING).expect("written");
    desk.run(&["evidence", "import", long.to_str().expect("text")]).exits(0);
}

#[test]
fn a_key_in_the_journal_is_not_shown() {
    let desk = Desk::in_world("done");
    let line = json!({
        "at": "2026-11-23T20:00:00Z", "by": "ada", "what": "shown", "target": desk.target(),
        "source": {"file": format!("{GUID}.csv")}, "fields": {"rule.enabled": "Yes"}
    });
    desk.journal_lines(&[line]);
    let formats = ["text", "md", "html"].map(|format| ["report", "--format", format]);
    let checks =
        [vec!["check", "rule"], vec!["check", "--json"], vec!["evidence", "list"], vec!["evidence", "list", "--json"]];
    for args in formats.iter().map(|args| args.to_vec()).chain(checks) {
        let ran = desk.run(&args);
        assert!(!ran.out().contains(GUID) && !ran.err().contains(GUID), "{args:?}: {} {}", ran.out(), ran.err());
    }
}

#[test]
fn a_campus_file_with_a_key_for_a_value_is_refused_by_the_name_of_the_setting() {
    let desk = Desk::in_world("done");
    let good = desk.campus_text();
    let campus = desk.sim.campus();
    for key in [GUID, ALMA, &full_width(GUID)] {
        let settings = [
            ("name", format!("{:?}", campus.name), format!("{key:?}")),
            ("alma.library", format!("{:?}", campus.library), format!("{key:?}")),
            ("alma.receive_desk", format!("{:?}", campus.receive_desk), format!("{key:?}")),
            ("illiad.nvtgc", format!("{:?}", campus.nvtgc), format!("{key:?}")),
            ("patrons.sample", format!("{:?}", campus.sample[0]), format!("{key:?}")),
            ("illiad.url", desk.sim.illiad_url(), format!("{}/{key}", desk.sim.illiad_url())),
            ("alma.url", desk.sim.alma_url(), format!("https://{key}.example.org")),
        ];
        for (setting, from, to) in settings {
            let bad = good.replacen(&from, &to, 1);
            assert_ne!(bad, good, "{setting}");
            let path = desk.campus_file("01CUNY_QC", &bad);
            for command in ["check", "report", "golive", "campuses"] {
                let ran = desk.run(&[command]);
                let all = format!("{}{}", ran.out(), ran.err());
                assert!(!all.contains(key) && all.contains(setting), "{command}, {setting}: {all}");
                assert!(command == "campuses" || ran.code == Some(2), "{command}, {setting}: {all}");
            }
            assert!(!desk.state().exists(), "{setting}: nothing is stored");
            fs::remove_file(path).expect("there");
        }
    }
    assert!(desk.sim.requests().is_empty());
}

#[test]
fn nobody_is_looked_up_under_a_key() {
    let desk = Desk::in_world("done");
    let known = desk.sim.keys().illiad.clone();
    for key in [GUID, ALMA, &known, &known[..30], &full_width(&known)] {
        let ran = quiet(&desk, key, &["patrons", key, "--show-ids"]).exits(2);
        assert!(ran.out().is_empty(), "{}", ran.out());
        let folder = tempfile::TempDir::new().expect("a folder");
        let file = folder.path().join("people.csv");
        for rows in [format!("{key},x\n10000001,\n"), format!("10000001,{key}\n")] {
            fs::write(&file, format!("EMPLID,Old username\n{rows}")).expect("written");
            let ran = quiet(&desk, key, &["patrons", "--file", file.to_str().expect("text"), "--show-ids"]);
            let told = format!("{}{}", ran.out(), ran.err());
            assert!(told.to_lowercase().contains("line 2"), "{told}");
        }
    }
    for seen in desk.sim.requests() {
        assert!(
            !seen.path.contains(&known[..30]) && !seen.path.contains(GUID) && !seen.path.contains("%EF"),
            "{}",
            seen.path
        );
    }
}

#[test]
fn a_key_in_other_letters_or_a_long_part_of_one_is_no_remark() {
    let desk = Desk::in_world("done");
    let known = desk.sim.keys().export.clone();
    let spaced = known.chars().map(String::from).collect::<Vec<_>>().join("\u{2060}");
    for note in [full_width(&known), full_width(GUID), spaced, known[..30].to_owned(), known[19..].to_owned()] {
        let ran = desk.run(&["attest", "rota", "--note", &note]).exits(2);
        assert!(ran.err().contains("remark contains"), "{}", ran.err());
    }
    assert!(desk.journaled("attested").is_empty());
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("routing.csv");
    fs::write(&file, ROUTING.replace("Request Imported from Alma", &full_width(GUID))).expect("written");
    quiet(&desk, GUID, &["evidence", "import", file.to_str().expect("text")]).exits(1);
    desk.disturb("/partner_details/name", json!(full_width(GUID)));
    for args in [&["check", "partner"][..], &["plan", "partner"], &["report"]] {
        quiet(&desk, GUID, args);
    }
}
