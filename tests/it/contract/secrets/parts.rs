//! A part of a key, or a key in base64 or hexadecimal: it is as secret as the key.
use super::{Tapped, hunt_in};
use crate::harness::keeper::{Hunt, Looks, Planted, in_base64};
use crate::harness::{Desk, in_parallel};
use std::fs;

const COMMANDS: [&[&str]; 9] = [
    &["check", "-v"],
    &["check", "--json"],
    &["plan", "--json", "-v"],
    &["apply", "partner", "parameters", "--confirm", "01CUNY_QC", "-v"],
    &["undo", "--confirm", "01CUNY_QC", "-v"],
    &["report", "--format", "html"],
    &["golive", "--json"],
    &["keys", "test", "-v"],
    &["evidence", "list", "--json"],
];

/// What is left of a key.
type Left = (&'static str, fn(&str) -> String);

const LEFT: [Left; 8] = [
    ("without its last characters", |key| key[..key.len() - 4].to_owned()),
    ("without its first characters", |key| key[4..].to_owned()),
    ("cut by a limit", |key| format!("Queens College {}", &key[..20])),
    ("the end, in capitals and without dashes", |key| key[14..].replace('-', "").to_uppercase()),
    ("backwards, cut", |key| key.chars().rev().skip(5).collect()),
    ("as Basic", |key| format!("Basic {}", in_base64(&format!("illiad:{key}")))),
    ("in base64 for URLs, cut", |key| in_base64(key)[..30].replace('+', "-").replace('/', "_")),
    ("in hexadecimal", |key| key.bytes().map(|byte| format!("{byte:02X}")).collect()),
];

#[test]
fn what_is_left_of_a_key_in_a_record_is_not_shown_kept_or_sent_back() {
    let places = [
        "/partner_details/name",
        "/partner_details/profile_details/ncip_details/export_url",
        "/partner_details/system_type/desc",
        "/note/0/content",
    ];
    let cases: Vec<(&str, &Left, usize)> =
        LEFT.iter().enumerate().map(|(at, left)| (places[at % 4], left, at % 3)).collect();
    in_parallel(&cases, |(at, (name, left), slot)| {
        let tapped = Tapped::in_world("drifted", Looks::Usual);
        tapped.desk.disturb(at, left(tapped.keys.all()[*slot].1).into());
        let before = tapped.desk.record();
        for args in COMMANDS {
            let ran = tapped.desk.run(args);
            hunt_in(&tapped.hunt, &tapped.desk, &ran, &format!("{name}, {at}: {}", args.join(" ")));
        }
        let ran = tapped.desk.run(&["apply", "partner", "--confirm", "01CUNY_QC"]).exits(4);
        assert!(ran.err().contains("remove it in Alma"), "{name}, {at}: {}", ran.err());
        assert!(tapped.desk.writes().is_empty() && tapped.desk.record() == before, "{name}, {at}");
    });
}

#[test]
fn what_is_left_of_a_key_in_other_answers_is_not_shown_or_kept() {
    in_parallel(&LEFT, |(name, left)| {
        let keys = Planted::new(Looks::Usual);
        for (_, key) in keys.all() {
            let left = left(key);
            let world = keys.world("drifted");
            let alma = format!("[alma]\ninstitution_name = {left:?}\nearlier_illiad = [\"ILL-{left}\"]\n");
            let world = world.replace("[alma]\n", &alma);
            let world = world.replace("[illiad]\n", &format!("[illiad]\nversion = {left:?}\n"));
            let desk = Desk::in_world_of(&world);
            for args in COMMANDS {
                let ran = desk.run(args);
                hunt_in(&Hunt::of(keys.all()), &desk, &ran, &format!("{name}: {}", args.join(" ")));
            }
        }
    });
}

#[test]
fn what_is_left_of_a_key_in_a_file_is_not_shown_or_kept() {
    const HEAD: &str =
        "RuleNo,RuleActive,ProcessType,TransactionStatus,MatchString,NewProcessType,NewTransactionStatus";
    in_parallel(&LEFT, |(name, left)| {
        let keys = Planted::new(Looks::Usual);
        let desk = Desk::in_world_of(&keys.world("done"));
        let (hunt, folder) = (Hunt::of(keys.all()), tempfile::TempDir::new().expect("a folder"));
        let good = desk.campus_text();
        for (_, key) in keys.all() {
            let left = left(key);
            let lists = [
                format!("{HEAD}\n0,Yes,{left},Awaiting Request Processing,t.CitedIn = 'x',Borrowing,Imported\n"),
                format!(
                    "{HEAD}\n0,Yes,Borrowing,Awaiting Request Processing,t.CitedIn LIKE '{left}%',Borrowing,{left}\n"
                ),
                format!("{HEAD},{left}\n0,Yes,\"{left}\n"),
                format!("{left},Name\n1,2\n"),
                format!("EMPLID,Name\n{left},Ada\n1 {left},\"Ada\n"),
            ];
            for list in lists {
                let file = folder.path().join("list.csv");
                fs::write(&file, list).expect("written");
                let file = file.to_str().expect("text");
                for args in [
                    &["evidence", "import", file][..],
                    &["evidence", "import", "--dry-run", file],
                    &["patrons", "--file", file],
                ] {
                    let ran = desk.run(args);
                    hunt_in(&hunt, &desk, &ran, &format!("{name}: {}", args.join(" ")));
                }
            }
            desk.campus_file("01CUNY_QC", &good.replace("\"Queens College\"", &format!("{left:?}")));
            for args in COMMANDS {
                let ran = desk.run(args);
                let hay = [&ran.stdout[..], &ran.stderr].concat();
                hunt.finds_nothing(&hay, &format!("{name}: {}", args.join(" ")));
                assert!(args[0] == "keys" || ran.code == Some(2) && ran.err().contains("campus file"), "{}", ran.err());
            }
            desk.campus_file("01CUNY_QC", &good);
        }
    });
}
