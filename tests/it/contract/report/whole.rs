//! In every kind of world: each value exactly once, exit 0 because it was written, lines short enough for e-mail, and no private data.
use super::page::{assert_readable, assert_self_contained, evidence};
use super::{named, report};
use crate::harness::judge::findings;
use crate::harness::keeper::{Hunt, Looks, Planted};
use crate::harness::{Desk, account, in_parallel, keys};
use crate::house::wording::translated;
use serde_json::Value;

const WORLDS: [&str; 14] = [
    "fresh",
    "done",
    "drifted",
    "key-masked",
    "key-left-out",
    "bad-alma-key",
    "wrong-campus-key",
    "illiad-down",
    "illiad-bad-key",
    "usernames-differ",
    "ids-unknown",
    "read-only-key",
    "no-configuration-area",
    "xml-answers",
];

/// The longest line that mail programs do not wrap.
const COLUMNS: usize = 72;

/// Opens a world with patrons whose numbers are nowhere else, so that any leak of them is found.
fn planted(world: &str) -> (Desk, Hunt, [&'static str; 2]) {
    let keys = Planted::new(Looks::Usual);
    let desk = Desk::in_world_of(&keys.world(world));
    let ids = ["70415926", "70415927"];
    let text = desk.campus_text();
    let at = text.find("sample = ").expect("a sample");
    desk.campus_file("01CUNY_QC", &format!("{}sample = [\"{}\", \"{}\"]\n", &text[..at], ids[0], ids[1]));
    (desk, Hunt::of(keys.all()), ids)
}

fn of_the_procedure(check: &Value) -> Vec<&Value> {
    let keys = keys::all();
    findings(check).into_iter().filter(|f| keys.iter().any(|key| f["key"] == key.as_str())).collect()
}

#[test]
fn every_shape_in_every_world_tells_all_values_once_and_nobodys_number() {
    in_parallel(&WORLDS, |world| {
        let (desk, hunt, ids) = planted(world);
        desk.run(&["attest", "rota", "--note", "seen with 70415926 at the desk"]).exits(0);
        let check = desk.run(&["check", "--json"]).json();
        for format in ["text", "md", "html"] {
            let context = format!("{world}, {format}");
            let ran = report(&desk, format).exits(0);
            hunt.finds_nothing(&ran.stdout, &context);
            hunt.finds_nothing(&ran.stderr, &context);
            for id in ids {
                assert!(!ran.out().contains(id), "{context}: a patron's number");
            }
            assert!(ran.out().chars().all(|c| c == '\n' || !c.is_control()), "{context}");
            assert!(translated(ran.out()).is_empty(), "{context}: {:?}", translated(ran.out()));
            match format {
                "text" => text(ran.out(), &check, &context),
                "md" => markdown(ran.out(), &check, &context),
                _ => page(ran.out(), &check, &context),
            }
        }
        for command in ["check", "plan", "golive"] {
            let ran = desk.run(&[command]);
            let printed = format!("{}{}", ran.out(), ran.err());
            assert!(translated(&printed).is_empty(), "{world}, {command}: {:?} in\n{printed}", translated(&printed));
        }
        assert!(desk.writes().is_empty(), "{world}: a report writes nothing");
    });
}

fn want(finding: &Value) -> &str {
    finding["want"].as_str().unwrap_or("the APIKey from your ILLiad WebPlatformConfig table")
}

/// A verdict in a reader's words.
fn spoken(finding: &Value) -> &str {
    match finding["verdict"].as_str().expect("a verdict") {
        "attested" => "signed off",
        verdict => verdict,
    }
}

fn text(told: &str, check: &Value, context: &str) {
    let wanted: Vec<&str> = of_the_procedure(check).into_iter().map(want).collect();
    for line in told.lines() {
        let whole = wanted.contains(&line) || !line.trim().contains(' ');
        assert!(line.chars().count() <= COLUMNS || whole, "{context}: {line}");
        assert!(line.is_ascii() && line == line.trim_end(), "{context}: {line:?}");
    }
    let ticket = told.split("\nWho must act next\n").next().expect("a ticket");
    assert!(ticket.contains("Subject: ") && ticket.contains("faq/404824"), "{context}: {ticket}");
    let (_, evidence) = told.split_once("\nEvidence: all 61 values\n").expect("the evidence");
    for finding in of_the_procedure(check) {
        let key = finding["key"].as_str().expect("a key");
        assert!(!told.contains(key), "{context}: {key} is no word for a reader");
        let row = format!("{} {}", spoken(finding), named(finding["key"].as_str().expect("a key")));
        let rows = |line: &&str| line.split_whitespace().collect::<Vec<_>>().join(" ") == row;
        let mut below = evidence.lines().skip_while(|line| !rows(line)).skip(1).map(str::trim);
        let shown = match below.next().expect("what is wanted") {
            "wanted:" => below.next().expect("the value"),
            line => line.strip_prefix("wanted: ").unwrap_or_else(|| panic!("{context}: {line}")),
        };
        assert_eq!(shown, want(finding), "{context}: {key}");
    }
}

fn markdown(told: &str, check: &Value, context: &str) {
    let (_, evidence) = told.split_once("## Evidence: all 61 values\n").expect("the evidence");
    let table: Vec<&str> = evidence.lines().skip_while(|l| l.is_empty()).take_while(|l| l.starts_with('|')).collect();
    assert_eq!(table.len(), 63, "{context}: headings, separator and 61 rows");
    for (row, finding) in table[2..].iter().zip(of_the_procedure(check)) {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 7, "{context}: {row}");
        for part in [named(finding["key"].as_str().expect("a key")), spoken(finding).to_owned()] {
            assert!(row.contains(&part), "{context}: {part} in {row}");
        }
        assert!(row.contains(&format!("| `{}` |", want(finding))), "{context}: {row}");
    }
}

fn page(told: &str, check: &Value, context: &str) {
    assert_readable(told);
    assert_self_contained(told);
    let rows = evidence(told);
    let findings = of_the_procedure(check);
    assert_eq!((rows.len(), findings.len()), (61, 61), "{context}");
    for (row, finding) in rows.iter().zip(findings) {
        let key = finding["key"].as_str().expect("a key");
        assert_eq!(row[1], named(finding["key"].as_str().expect("a key")), "{context}");
        assert_eq!(row[2], want(finding), "{context}: {key}");
        let verdict = finding["verdict"].as_str().expect("a verdict");
        assert!(row[0].ends_with(&format!(" {}", spoken(finding))), "{context}: {row:?}");
        match verdict {
            "differs" => {
                let got = finding["got"].as_str().unwrap_or("nothing");
                assert!(row[3].contains(&format!("found {got}")), "{context}: {row:?}");
            }
            "attested" => assert_eq!((row[4].as_str(), row[5].len()), (account(), 20), "{context}: {row:?}"),
            "same" | "absent" => assert_eq!((&*row[3], &*row[4]), ("read now", "Alma"), "{context}: {row:?}"),
            _ => assert!(!row[3].is_empty() && row[4].is_empty() && row[5].is_empty(), "{context}: {row:?}"),
        }
    }
}
