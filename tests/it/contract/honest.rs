//! The program never claims more than its evidence shows: a sign-off counts for its own systems only, changes made
//! meanwhile are noticed, and values that could not be read are not judged.
use crate::harness::judge::{finding, keys_that};
use crate::harness::{Desk, PARTNER_PATH, wait_for};
use last_resort::sim::{BodyKind, Fault, FaultKind};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

const SUPPLY_TIME: &str = "/partner_details/avg_supply_time";

/// Replaces a text in the campus file.
fn edit_campus(desk: &Desk, from: &str, to: &str) {
    let text = desk.campus_text();
    assert!(text.contains(from), "{text}");
    desk.campus_file("01CUNY_QC", &text.replace(from, to));
}

fn verdicts(desk: &Desk, step: &str, verdict: &str) -> usize {
    keys_that(&desk.run(&["check", step, "--json"]).json(), &[verdict]).len()
}

#[test]
fn a_word_for_the_sandbox_is_none_for_production_and_stands_when_one_comes_back() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "rota", "rule", "illiad"]).exits(0);
    assert_eq!(verdicts(&desk, "rota", "attested"), 5);
    edit_campus(&desk, "environment = \"sandbox\"", "environment = \"production\"");
    for (step, fields) in [("rota", 5), ("rule", 6), ("illiad", 10)] {
        assert_eq!(verdicts(&desk, step, "waiting"), fields, "{step}");
    }
    desk.campus_file("01CUNY_QC", &desk.campus_text());
    assert_eq!(verdicts(&desk, "rota", "attested"), 5);
}

#[test]
fn a_key_written_in_the_sandbox_is_not_called_written_in_production() {
    let desk = Desk::in_world("key-masked");
    desk.apply(&["parameters"]).exits(0);
    let key = "parameters.export.api_key";
    assert_eq!(finding(&desk.run(&["check", "parameters", "--json"]).json(), key)["verdict"], "attested");
    edit_campus(&desk, "environment = \"sandbox\"", "environment = \"production\"");
    assert_ne!(finding(&desk.run(&["check", "parameters", "--json"]).json(), key)["verdict"], "attested");
}

#[test]
fn a_word_about_one_illiad_is_none_about_another() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "rota", "illiad"]).exits(0);
    edit_campus(&desk, &desk.sim.illiad_url(), "https://other.illiad.oclc.org/illiadwebplatform");
    assert_eq!(verdicts(&desk, "illiad", "waiting"), 10);
    assert_eq!(verdicts(&desk, "rota", "attested"), 5, "Alma is the same, so its sign-offs hold");
}

#[test]
fn what_somebody_changes_while_an_undo_reads_is_not_lost() {
    let desk = Desk::in_world("drifted");
    desk.apply(&["partner", "parameters"]).exits(4);
    let (writes, reads) = (desk.writes().len(), desk.count("GET", PARTNER_PATH));
    // Undo reads the record long before its last request, which is delayed here.
    desk.sim.set_fault(Fault::new(FaultKind::Delay(2500)).method("GET").path("/almaws/v1/conf/general"));
    let undo = desk.start(&["undo", "--confirm", "01CUNY_QC"]);
    wait_for("the record to be read", || desk.count("GET", PARTNER_PATH) > reads);
    desk.disturb(SUPPLY_TIME, json!(33));
    let undo = undo.end().exits(1);
    assert!(undo.err().contains("changed in Alma"), "{}", undo.err());
    assert_eq!(desk.record().pointer(SUPPLY_TIME), Some(&json!(33)));
    assert_eq!(desk.writes().len(), writes);
}

/// Makes every read of the partner fail once a write has arrived.
fn blind_after_the_write(desk: &Desk, args: &[&str]) -> crate::harness::Ran {
    let writes = desk.writes().len();
    desk.sim.set_fault(Fault::new(FaultKind::Delay(1500)).method("PUT").path(PARTNER_PATH));
    let running = desk.start(args);
    wait_for("the write", || desk.writes().len() > writes);
    let error = FaultKind::Status { code: 500, body: BodyKind::Json };
    desk.sim.set_fault(Fault::new(error).method("GET").path(PARTNER_PATH));
    let ran = running.end().exits(1);
    desk.sim.clear_faults();
    ran
}

#[test]
fn what_could_not_be_read_back_is_called_neither_refused_nor_undone_nor_not_undone() {
    let desk = Desk::in_world("drifted");
    let apply = ["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "--json"];
    let ran = blind_after_the_write(&desk, &apply);
    let changes = ran.json()["changes"].as_array().expect("changes").clone();
    // The contract has no result word for an unknown outcome: `result` is missing and `unknown` gives the reason.
    let (unknown, rest): (Vec<&Value>, Vec<&Value>) = changes.iter().partition(|change| change["result"].is_null());
    let told = |change: &&Value| {
        change.get("result").is_none() && change["unknown"].as_str().is_some_and(|why| why.contains("HTTP 500"))
    };
    assert!(unknown.len() == 9 && unknown.iter().all(told), "{changes:?}");
    assert!(rest.iter().all(|change| change["result"] == "by_hand" && change.get("unknown").is_none()), "{rest:?}");
    assert!(ran.err().contains("unknown"), "{}", ran.err());
    desk.run(&["check", "parameters"]);

    let ran = blind_after_the_write(&desk, &["undo", "--confirm", "01CUNY_QC"]);
    assert!(ran.err().contains("unknown outcome") && !ran.err().contains("Nothing was undone"), "{}", ran.err());
    let again = desk.undo().exits(1);
    assert!(again.err().contains(") was applied."), "the next run says what happened to the write: {}", again.err());
}

#[test]
fn a_damaged_journal_is_said_not_passed_over() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "rota"]).exits(0);
    assert!(!desk.run(&["check", "rota"]).err().contains("damaged"));
    let path = desk.journal_path();
    let text = fs::read_to_string(&path).expect("a journal");
    let cut = text.replacen("\"what\":\"attested\"", "\"what\":\"attes", 1);
    assert_ne!(cut, text);
    fs::write(&path, cut).expect("written");
    let ran = desk.run(&["check", "rota"]).exits(4);
    assert!(ran.err().contains("Line 1 of the journal is damaged"), "{}", ran.err());
}

#[test]
fn nobody_goes_live_on_a_journal_that_cannot_be_read_whole() {
    let desk = Desk::in_world("done");
    desk.run(&["attest", "partner", "rota", "rule", "illiad"]).exits(0);
    desk.run(&["prove", "--confirm", "01CUNY_QC"]);
    desk.run(&["attest", "rule", "--revoke"]).exits(0);
    let path = desk.journal_path();
    let text = fs::read_to_string(&path).expect("a journal");
    let line = 1 + text.lines().position(|line| line.contains("\"revoked\"")).expect("there");
    let newer = |line: &str| line.replacen("\"schema\":1", "\"schema\":99", 1);
    let newer: Vec<String> =
        text.lines().map(|line| if line.contains("\"revoked\"") { newer(line) } else { line.to_owned() }).collect();
    for (bad, why) in [
        (text.replacen("\"what\":\"revoked\"", "\"what\":\"rev", 1), "damaged or cut off"),
        (newer.join("\n") + "\n", "newer version"),
    ] {
        fs::write(&path, bad).expect("written");
        let ran = desk.run(&["check", "rule", "--json"]).exits(0);
        assert!(ran.err().contains(&format!("Line {line} of the journal")) && ran.err().contains(why), "{}", ran.err());
        for more in [&[][..], &["--confirm", "01CUNY_QC"]] {
            let ran = desk.run(&[&["golive"], more].concat()).exits(1);
            let all = format!("{}{}", ran.out(), ran.err());
            assert!(all.contains(&format!("Line {line} of the journal")) && all.contains(why), "{all}");
        }
        assert!(!fs::read_to_string(&path).expect("a journal").contains("stance_set"));
    }
}

#[test]
fn real_traffic_that_could_not_be_looked_for_is_unread() {
    for world in ["illiad-down", "illiad-sign-in", "illiad-bad-key"] {
        let report = Desk::in_world(world).run(&["check", "--json"]).exits(1).json();
        let routing = finding(&report, "prove.routing");
        assert_eq!((&routing["verdict"], &routing["evidence"]), (&json!("unread"), &Value::Null), "{world}: {routing}");
    }
}

/// ILLiad's list shows a request from Alma in the queue; read by its number it is elsewhere, or cannot be read. Every
/// place says the same.
#[test]
fn real_traffic_counts_only_as_it_was_read_by_its_number() {
    let moved =
        FaultKind::AnotherValue { at: "/TransactionStatus".to_owned(), to: json!("Awaiting Request Processing") };
    let down = FaultKind::Status { code: 503, body: BodyKind::Html };
    for (kind, verdict, words) in [
        (moved, "waiting", "but read by its number it is in \"Awaiting Request Processing\", so it proves nothing"),
        (down, "unread", "but it could not be read by its number"),
    ] {
        let desk = Desk::in_world("done");
        let path = "/illiadwebplatform/Transaction/410002";
        desk.sim.set_fault(Fault::new(kind.clone()).method("GET").path(path));
        let report = desk.run(&["check", "--json"]).json();
        let routing = finding(&report, "prove.routing");
        assert_eq!((&routing["verdict"], &routing["evidence"]), (&json!(verdict), &Value::Null), "{routing}");
        let why = routing["reason"].as_str().expect("a reason");
        assert!(why.contains("410002") && why.contains(words), "{why}");
        for told in [&["check", "prove"][..], &["golive"], &["report"]] {
            let ran = desk.run(told);
            let all = format!("{}{}", ran.out(), ran.err()).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(all.contains("410002") && !all.contains("request 410002 is in"), "{told:?}: {all}");
        }
        let told = desk.run(&["prove", "--confirm", "01CUNY_QC", "--json"]).json();
        assert_ne!(told["outcome"], "real_traffic", "{told}");
    }
}

/// Answers every request with this JSON until the process ends.
fn answering(body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream);
            let mut line = String::new();
            // The check's requests have no body, so reading their headers is enough.
            while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                line.clear();
            }
            let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close";
            let answer = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
            // The client may be gone already.
            let _ = reader.get_mut().write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn an_answer_that_says_nothing_is_no_permission() {
    for body in ["\"no\"", "[]", "7", "null"] {
        let desk = Desk::in_world("done");
        edit_campus(&desk, &desk.sim.alma_url(), &answering(body));
        let report = desk.run(&["check", "connect", "--json"]).exits(1).json();
        let permission = finding(&report, "connect.partners_permission");
        assert_eq!(permission["verdict"], "unread", "{body}: {permission}");
    }
}
