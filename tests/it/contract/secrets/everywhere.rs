//! Every command in many worlds: no key on standard output, on standard error or in a file. On the network a key is
//! only in its own header.
use super::{Tapped, hunt_in};
use crate::harness::judge::finding;
use crate::harness::keeper::{Hunt, Looks, Planted, encodings};
use crate::harness::{Desk, in_parallel, wait_for};
use last_resort::sim::{Fault, FaultKind, LoggedServer};
use serde_json::json;
use std::fs;

/// Worlds that treat keys in different ways.
const WORLDS: [&str; 15] = [
    "done",
    "drifted",
    "fresh",
    "key-in-clear",
    "key-masked",
    "key-left-out",
    "bad-alma-key",
    "illiad-bad-key",
    "wrong-campus-key",
    "read-only-key",
    "location-refused",
    "keeps-something-else",
    "write-then-500",
    "xml-answers",
    "error-in-200",
];

const COMMANDS: [&[&str]; 17] = [
    &["check", "-v"],
    &["check", "partner", "parameters", "--json"],
    &["plan"],
    &["plan", "--json", "-v"],
    &["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "--json", "-v"],
    &["apply", "parameters", "--confirm", "01CUNY_QC"],
    &["apply", "rota", "rule", "illiad", "--confirm", "01CUNY_QC"],
    &["undo", "--confirm", "01CUNY_QC", "-v"],
    &["attest", "rota", "parameters.export.api_key", "--note", "seen"],
    &["evidence", "list", "--json"],
    &["keys", "status"],
    &["keys", "test", "-v"],
    &["campuses"],
    &["check", "--json"],
    &["report", "--format", "text"],
    &["report", "--format", "html", "-v"],
    &["golive", "--json", "-v"],
];

#[test]
fn no_key_is_said_or_written_anywhere_and_each_is_sent_to_its_own_host_only() {
    let odd = ["drifted", "fresh", "key-masked", "location-refused"].map(|world| (world, Looks::Odd));
    let cases: Vec<(&str, Looks)> = WORLDS.iter().map(|world| (*world, Looks::Usual)).chain(odd).collect();
    in_parallel(&cases, |(world, looks)| {
        let tapped = Tapped::in_world(world, *looks);
        for args in COMMANDS {
            let context = format!("{world}, {looks:?}: {}", args.join(" "));
            let ran = tapped.desk.run(args);
            assert!(matches!(ran.code, Some(0 | 1 | 3 | 4)), "{context}: {:?} {}", ran.code, ran.err());
            hunt_in(&tapped.hunt, &tapped.desk, &ran, &context);
        }
        on_the_wire(&tapped, &format!("{world}, {looks:?}"));
    });
}

/// Fails if the bytes sent contain a key anywhere other than in its proper header or field.
#[track_caller]
fn on_the_wire(tapped: &Tapped, context: &str) {
    let Planted { alma, illiad, export } = &tapped.keys;
    let in_json = &encodings(export)["as in JSON"];
    let sent = String::from_utf8(tapped.alma.sent()).expect("text");
    let header = format!("authorization: apikey {alma}\r\n");
    let field = format!("\"export_api_key\":\"{in_json}\"");
    assert!(sent.contains(&header), "{context}: the key was sent to Alma");
    let rest = sent.replace(&header, "").replace(&field, "");
    tapped.hunt.finds_nothing(rest.as_bytes(), &format!("{context}: to Alma"));

    let sent = String::from_utf8(tapped.illiad.sent()).expect("text");
    let header = |key: &str| format!("apikey: {key}\r\n");
    assert!(sent.contains(&header(illiad)), "{context}: the key was sent to ILLiad");
    let rest = sent.replace(&header(illiad), "").replace(&header(export), "");
    tapped.hunt.finds_nothing(rest.as_bytes(), &format!("{context}: to ILLiad"));
}

#[test]
fn the_tap_sees_what_the_hunt_must_find() {
    let tapped = Tapped::in_world("drifted", Looks::Odd);
    tapped.desk.apply(&["partner", "parameters"]).exits(4);
    let sent = tapped.alma.sent();
    let text = String::from_utf8_lossy(&sent);
    assert!(text.contains("PUT /almaws/v1/partners/ILLiad"), "the tap saw the write");
    let one = |name: &'static str, key: &str| Hunt::of([(name, key)]).found(&sent);
    assert!(one("alma", &tapped.keys.alma).is_some() && one("export", &tapped.keys.export).is_some());
    assert_eq!(one("illiad", &tapped.keys.illiad), None);
}

#[test]
fn the_hunt_finds_a_key_however_it_is_written_and_half_a_key_too() {
    for looks in [Looks::Usual, Looks::Odd] {
        let keys = Planted::new(looks);
        let hunt = Hunt::of(keys.all());
        for (name, key) in keys.all() {
            for (way, text) in encodings(key) {
                let (half, rest) = text.split_at(text.len() / 2);
                for hay in [&text, half, rest, &text.to_uppercase()] {
                    let hay = format!("before {hay} after");
                    assert!(hunt.found(hay.as_bytes()).is_some(), "the {name} key {way} in {hay}");
                }
            }
            assert!(hunt.found(format!("{key:?}").as_bytes()).is_some());
            assert_eq!(hunt.found(&key.as_bytes()[key.len() - 4..]), None, "the last four characters may be shown");
        }
        assert_eq!(hunt.found(b"set (36 characters, ends a1b2) 00000000-0000-0000-0000-000000000000"), None);
    }
}

#[test]
fn a_key_planted_in_a_file_of_ours_is_found() {
    let tapped = Tapped::in_world("done", Looks::Usual);
    tapped.desk.run(&["check", "rota"]).exits(4);
    let mut journal = fs::read(tapped.desk.journal_path()).expect("a journal");
    tapped.hunt.finds_nothing(&journal, "the journal");
    journal.extend_from_slice(&tapped.keys.illiad.as_bytes()[5..25]);
    assert!(tapped.hunt.found(&journal).is_some());
}

#[test]
fn no_key_stands_among_the_arguments_of_the_process() {
    let tapped = Tapped::in_world("done", Looks::Usual);
    tapped.desk.sim.set_fault(Fault::new(FaultKind::Hang).server(LoggedServer::Alma));
    let running = tapped.desk.start(&["check"]);
    wait_for("a request", || !tapped.desk.sim.requests().is_empty());
    let shown = fs::read(format!("/proc/{}/cmdline", running.id())).expect("a process");
    assert!(shown.ends_with(b"check\0"), "{}", String::from_utf8_lossy(&shown));
    tapped.hunt.finds_nothing(&shown, "the arguments");
    running.kill();
}

#[test]
fn a_missing_scheme_or_a_strange_world_shows_no_key_either() {
    let tapped = Tapped::in_world("done", Looks::Odd);
    let text = tapped.desk.campus_text().replace("http://", "");
    tapped.desk.campus_file("01CUNY_QC", &text);
    let ran = tapped.desk.run(&["check", "-v"]).exits(2);
    hunt_in(&tapped.hunt, &tapped.desk, &ran, "a bad campus file");
    let plain = Desk::in_world("done").run(&["simulate", "--world", "nowhere"]).exits(2);
    hunt_in(&tapped.hunt, &tapped.desk, &plain, "no such world");
}

/// Somebody pasted the export key into a wrong field.
#[test]
fn a_key_in_the_wrong_field_of_the_record_is_named_and_neither_shown_nor_kept() {
    let cases = [
        ("/partner_details/name", Some("partner.name")),
        ("/partner_details/profile_details/ncip_details/export_url", Some("parameters.export.url")),
        ("/partner_details/system_type/desc", Some("partner.system_type")),
        ("/note/0/content", None),
    ];
    in_parallel(&cases, |(at, key)| {
        let tapped = Tapped::in_world("drifted", Looks::Odd);
        tapped.desk.disturb(at, format!("https://example.org/?apikey={}", tapped.keys.export).into());
        let before = tapped.desk.record();
        for args in COMMANDS {
            let ran = tapped.desk.run(args);
            hunt_in(&tapped.hunt, &tapped.desk, &ran, &format!("{at}: {}", args.join(" ")));
        }
        if let Some(key) = key {
            let report = tapped.desk.run(&["check", "--json"]).exits(3).json();
            let told = finding(&report, key);
            assert_eq!(
                (&told["verdict"], &told["got"]),
                (&json!("differs"), &json!("(the export key is in this field)"))
            );
        }
        let ran = tapped.desk.run(&["apply", "partner", "--confirm", "01CUNY_QC"]).exits(4);
        assert!(ran.err().contains("remove it in Alma"), "{at}: {}", ran.err());
        assert!(tapped.desk.writes().is_empty() && tapped.desk.record() == before, "{at}");
    });
}

/// The same for the program's other keys: none may get into its files through Alma's record.
#[test]
fn a_key_of_ours_in_the_record_is_neither_shown_nor_kept() {
    let cases: Vec<(&str, bool)> = ["/partner_details/name", "/partner_details/institution_code", "/note/0/content"]
        .into_iter()
        .flat_map(|at| [(at, true), (at, false)])
        .collect();
    in_parallel(&cases, |(at, alma)| {
        let tapped = Tapped::in_world("drifted", Looks::Odd);
        let key = if *alma { &tapped.keys.alma } else { &tapped.keys.illiad };
        tapped.desk.disturb(at, format!("see {key}").into());
        let before = tapped.desk.record();
        for args in COMMANDS {
            let ran = tapped.desk.run(args);
            hunt_in(&tapped.hunt, &tapped.desk, &ran, &format!("{at}: {}", args.join(" ")));
        }
        let ran = tapped.desk.run(&["apply", "partner", "parameters", "--confirm", "01CUNY_QC"]).exits(4);
        hunt_in(&tapped.hunt, &tapped.desk, &ran, at);
        assert!(ran.err().contains("remove it in Alma"), "{at}: {}", ran.err());
        assert!(tapped.desk.writes().is_empty() && tapped.desk.record() == before, "{at}");
    });
}

/// Alma's name for the campus is shown to people, so a key in its place must be hidden.
#[test]
fn a_key_said_as_the_name_of_the_campus_is_not_shown() {
    let keys = Desk::in_world("done").sim.keys().clone();
    let cases = [keys.alma.clone(), keys.alma.to_ascii_uppercase(), keys.illiad.clone(), keys.export.clone()];
    in_parallel(&cases, |key| {
        let world = format!(
            "sentence = \"x.\"\nbased_on = \"done\"\n\n[alma]\ninstitution = \"{key}\"\ninstitution_name = \"{key}\"\n"
        );
        let desk = Desk::in_world_of(&world);
        for args in COMMANDS {
            let ran = desk.run(args);
            for said in [&ran.stdout, &ran.stderr] {
                let said = String::from_utf8_lossy(said).to_ascii_lowercase();
                assert!(!said.contains(&key.to_ascii_lowercase()), "{}: {said}", args.join(" "));
            }
        }
        let told = desk.run(&["check", "connect"]);
        assert!(String::from_utf8_lossy(&told.stdout).contains("belongs to [key]"), "the placeholder [key] is shown");
    });
}
