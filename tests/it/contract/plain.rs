//! A failure of a command is one plain sentence and the next step. The request and the answer come with `-v`, and are always in the log.
use crate::harness::desk::{CAMPUS, Desk, in_parallel};
use crate::harness::ran::Ran;
use std::fs;

/// Commands that read one of the systems or write to it.
const COMMANDS: [&[&str]; 21] = [
    &["check"],
    &["check", "--all"],
    &["plan"],
    &["plan", "--all"],
    &["apply", "partner", "parameters", "--confirm", CAMPUS],
    &["undo", "--confirm", CAMPUS],
    &["attest", "rota"],
    &["prove", "--anyway", "--confirm", CAMPUS],
    &["golive"],
    &["golive", "--confirm", CAMPUS],
    &["report"],
    &["report", "--for", "ols", "--format", "html"],
    &["patrons"],
    &["keys", "test"],
    &["history"],
    &["board"],
    &["board", "--plain"],
    &["evidence", "import", "no-such-list.csv"],
    &["evidence", "import", "-"],
    &["evidence", "forget", "no-such-list"],
    &["attest", "no-such-step"],
];

/// What can go wrong, as a world.
const WORLDS: [(&str, &str); 8] = [
    ("a wrong Alma key", "based_on = \"bad-alma-key\""),
    ("a wrong ILLiad key", "based_on = \"illiad-bad-key\""),
    ("ILLiad down", "based_on = \"illiad-down\""),
    (
        "an error of Alma's",
        "based_on = \"drifted\"\n[[fault]]\nserver = \"alma\"\nkind = { status = { code = 500, body = \"json\" } }",
    ),
    (
        "Alma away",
        "based_on = \"drifted\"\n[[fault]]\nserver = \"alma\"\nkind = { status = { code = 503, body = \"html\" } }",
    ),
    ("a web page", "based_on = \"drifted\"\n[[fault]]\nserver = \"alma\"\nkind = \"html\""),
    ("a connection that breaks", "based_on = \"drifted\"\n[[fault]]\nserver = \"alma\"\nkind = \"reset\""),
    (
        "a refused write",
        "based_on = \"drifted\"\n[[fault]]\nserver = \"alma\"\nmethod = \"PUT\"\nkind = { status = { code = 400, body = \"json\" } }",
    ),
];

/// What nobody but a programmer reads.
const TECHNICAL: [&str; 8] =
    ["HTTP ", "GET /", "PUT /", "POST /", "/almaws/", "/illiadwebplatform/S", "INVALID_REQUEST", "GENERAL_ERROR"];

fn desk(world: &str) -> Desk {
    Desk::in_world_of(&format!("sentence = \"For a test.\"\n{world}\n"))
}

/// What a run printed without its log, line by line.
fn lines(ran: &Ran) -> Vec<String> {
    let all = ran.out().lines().chain(ran.err().lines());
    all.filter(|line| !line.contains("DEBUG") && !line.contains("INFO ")).map(str::to_owned).collect()
}

/// Fails unless the run says in plain words what is wrong, once, and then what to do.
#[track_caller]
fn is_plain(what: &str, ran: &Ran) {
    let lines = lines(ran);
    for line in &lines {
        let word = TECHNICAL.iter().find(|word| line.contains(**word));
        assert!(word.is_none(), "{what}: {word:?} in {line:?}");
    }
    let failed: Vec<&String> = lines.iter().filter(|line| line.starts_with("last-resort: ")).collect();
    assert!(failed.len() <= 1, "{what}: {failed:#?}");
    if let Some(failed) = failed.first() {
        let at = lines.iter().position(|line| line == *failed).expect("it is there");
        let next = lines.get(at + 1).is_some_and(|line| line.starts_with("  next: "));
        assert!(next, "{what}: {:#?}", &lines[at..]);
        assert!(failed.ends_with('.') && !failed.contains(".."), "{what}: {failed}");
    }
}

#[test]
fn every_command_says_every_failure_in_plain_words() {
    in_parallel(&WORLDS, |(why, world)| {
        let desk = desk(world);
        for args in COMMANDS {
            let ran = desk.start(args).end_of_proof();
            is_plain(&format!("{why}: {args:?}"), &ran);
        }
    });
}

#[test]
fn the_request_and_the_answer_come_with_v_and_are_in_the_log() {
    for (world, args) in [
        ("bad-alma-key", &["check", "connect"][..]),
        ("bad-alma-key", &["undo", "--confirm", CAMPUS]),
        ("bad-alma-key", &["apply", "partner", "--confirm", CAMPUS]),
        ("bad-alma-key", &["keys", "test"]),
        ("illiad-down", &["check", "connect"]),
    ] {
        let desk = Desk::in_world(world);
        let code = if world == "illiad-down" { "HTTP 503" } else { "HTTP 403, INVALID_REQUEST" };
        let (short, long) = (desk.run(args).exits(1), desk.run(&[args, &["-v"]].concat()).exits(1));
        let where_it_is = |ran: &Ran| lines(ran).iter().filter(|line| line.contains("last-resort.log")).count();
        assert_eq!((where_it_is(&short), where_it_is(&long)), (1, 0), "{args:?}: {:#?}", lines(&short));
        let whole = lines(&long).into_iter().filter(|line| line.contains("details: "));
        assert!(
            whole.clone().count() > 0 && whole.clone().all(|line| line.contains(code)),
            "{args:?}: {:#?}",
            lines(&long)
        );
        let log = fs::read_to_string(desk.journal_path().with_file_name("last-resort.log")).expect("the log");
        assert!(log.contains("status=403") || log.contains("status=503"), "{log}");
    }
}

#[test]
fn one_cause_is_said_once() {
    for (world, sentence) in [
        ("bad-alma-key", "Alma does not accept this key."),
        ("illiad-bad-key", "ILLiad does not accept this key."),
        ("illiad-down", "ILLiad is down or under maintenance"),
    ] {
        let ran = Desk::in_world(world).run(&["check"]).exits(1);
        assert_eq!(ran.out().matches(sentence).count(), 1, "{}", ran.out());
        let hints: Vec<&str> = ran.out().lines().filter(|line| line.starts_with("  next: ")).collect();
        let unlike: std::collections::BTreeSet<&&str> = hints.iter().collect();
        assert_eq!(unlike.len(), hints.len(), "{hints:#?}");
    }
    let desk = Desk::in_world("done");
    let mut command = desk.command(&["check"]);
    command.env_remove("LAST_RESORT_ALMA_KEY");
    let ran = crate::harness::Started::new(command.spawn().expect("the binary")).end().exits(1);
    assert_eq!(ran.out().matches("No Alma key is set.").count(), 1, "{}", ran.out());
}

#[test]
fn a_library_that_is_missing_is_said_in_plain_words() {
    let desk = Desk::in_world("drifted");
    desk.campus_file(CAMPUS, &desk.campus_text().replace("library = \"QCRS\"", "library = \"NOPE\""));
    for args in COMMANDS {
        is_plain(&format!("{args:?}"), &desk.start(args).end_of_proof());
    }
}

#[test]
fn a_host_that_cannot_be_reached_is_said_in_plain_words() {
    let desk = Desk::in_world("drifted");
    desk.campus_file(CAMPUS, &desk.campus_text().replace(&desk.sim.alma_url(), "http://127.0.0.1:1"));
    for args in COMMANDS {
        is_plain(&format!("{args:?}"), &desk.start(args).end_of_proof());
    }
}
