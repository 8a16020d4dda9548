//! Invalid words on the command line: campuses, steps, worlds, addresses.
use crate::harness::{Desk, Started};
use last_resort::recipe::StepId;
use last_resort::sim::world_names;
use std::net::TcpListener;

/// Commands that need a campus.
const ON_A_CAMPUS: [&[&str]; 11] = [
    &["check"],
    &["check", "--json"],
    &["plan"],
    &["apply", "partner", "--confirm", "01CUNY_QC"],
    &["undo", "--confirm", "01CUNY_QC"],
    &["attest", "rota"],
    &["keys", "status"],
    &["evidence", "list"],
    &["report"],
    &["golive"],
    &["keys", "rotate", "--slot", "export", "--confirm", "01CUNY_QC"],
];

#[test]
fn a_campus_that_is_not_there_is_named_and_nothing_is_made() {
    let desk = Desk::in_world("done");
    for args in ON_A_CAMPUS {
        let ran = desk.run(&[args, &["--campus", "01CUNY_XX"]].concat()).exits(2);
        assert!(ran.out().is_empty() && ran.err().contains("01CUNY_XX.toml"), "{args:?}: {}", ran.err());
        assert!(ran.err().contains("last-resort campuses"), "the message says what to do: {}", ran.err());
        for code in ["queens", "../../etc", "", "01CUNY_QC/..", "01CUNY\u{1b}[2J_QC"] {
            let ran = desk.run(&[args, &["--campus", code]].concat()).exits(2);
            assert!(ran.err().contains("--campus") && ran.err().contains("01CUNY_QC"), "{code:?}: {}", ran.err());
            assert!(!ran.err().contains('\u{1b}'), "{:?}", ran.err());
        }
    }
    let files = desk.files();
    assert_eq!(
        files.len(),
        1,
        "the campus file is the only file: {:?}",
        files.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    assert!(desk.sim.requests().is_empty());
}

#[test]
fn with_several_campuses_one_must_be_named_and_with_none_one_must_be_made() {
    let desk = Desk::in_world("done");
    desk.campus_file("01CUNY_BC", &desk.campus_text().replace("01CUNY_QC", "01CUNY_BC"));
    for args in ON_A_CAMPUS {
        let ran = desk.run(args).exits(2);
        for word in ["01CUNY_BC", "01CUNY_QC", "--campus"] {
            assert!(ran.out().is_empty() && ran.err().contains(word), "{args:?}: {}", ran.err());
        }
    }
    desk.run(&["check", "rota", "--campus", "01CUNY_BC"]).exits(4);
    desk.run(&["--campus", "01CUNY_QC", "check", "rota"]).exits(4);

    let nobody = Desk::in_world("done");
    std::fs::remove_dir_all(nobody.config()).expect("removed");
    for args in ON_A_CAMPUS {
        let ran = nobody.run(args).exits(2);
        assert!(
            ran.err().contains("No campus is set up") && ran.err().contains("last-resort practice"),
            "{}",
            ran.err()
        );
    }
    assert_eq!(nobody.files().len(), 0, "nothing was made");
    assert!(desk.sim.requests().is_empty() && nobody.sim.requests().is_empty());
}

#[test]
fn a_step_that_is_none_is_named_beside_those_there_are() {
    let desk = Desk::in_world("done");
    for args in [
        &["check", "partners"][..],
        &["check", "partner", "Partner"],
        &["plan", "all"],
        &["apply", "everything", "--confirm", "01CUNY_QC"],
        &["--step", "first"],
        &["practice", "--step", "9"],
    ] {
        let ran = desk.run(args).exits(2);
        assert!(ran.out().is_empty(), "{args:?}");
        for step in StepId::ALL {
            assert!(ran.err().contains(step.as_str()), "{args:?}: {}", ran.err());
        }
    }
    let ran = desk.run(&["attest", "rota.code", "rota.colour"]).exits(2);
    assert!(ran.err().contains("rota.colour"), "{}", ran.err());
    assert!(desk.sim.requests().is_empty() && desk.journal().is_empty());
}

#[test]
fn a_world_that_is_none_is_named_with_where_those_there_are_stand() {
    let desk = Desk::in_world("done");
    for command in ["simulate", "practice"] {
        let ran = desk.run(&[command, "--world", "narnia"]).exits(2);
        assert!(ran.out().is_empty() && ran.err().contains("narnia"), "{}", ran.err());
        assert!(ran.err().contains("last-resort practice --list"), "{}", ran.err());
        assert!(ran.err().lines().count() <= 4 && !ran.err().contains("did you mean"), "{}", ran.err());
        let near = desk.run(&[command, "--world", "drift"]).exits(2);
        assert!(near.err().contains("did you mean drifted?"), "{}", near.err());
    }
    let elsewhere = desk.run(&["practice", "--campus", "01CUNY_BC"]).exits(2);
    assert!(elsewhere.err().contains("Practice always uses its own campus"), "{}", elsewhere.err());
    let listed = desk.run(&["practice", "--list"]).exits(0);
    for (name, sentence) in world_names() {
        assert!(listed.out().contains(name) && listed.out().contains(sentence), "{name}: {}", listed.out());
    }
}

#[test]
fn a_simulator_is_served_on_loopback_only_and_on_a_free_port() {
    let desk = Desk::in_world("done");
    for (args, code, says) in [
        (["--alma", "0.0.0.0:0"], 2, "loopback"),
        (["--illiad", "192.0.2.1:80"], 2, "loopback"),
        (["--alma", "[::]:0"], 2, "loopback"),
        (["--alma", "localhost"], 2, "--alma"),
        (["--illiad", "127.0.0.1:99999"], 2, "--illiad"),
    ] {
        let ran = desk.run(&[&["simulate"], &args[..]].concat()).exits(code);
        assert!(ran.out().is_empty() && ran.err().contains(says), "{args:?}: {}", ran.err());
    }
    let taken = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let address = taken.local_addr().expect("an address").to_string();
    let ran = desk.run(&["simulate", "--alma", &address]).exits(1);
    assert!(ran.out().is_empty() && ran.err().contains(&address), "{}", ran.err());
}

#[test]
fn flags_that_do_not_belong_are_refused_before_anything_is_sent() {
    let desk = Desk::in_world("drifted");
    for args in [
        &["check", "--confirm", "01CUNY_QC"][..],
        &["plan", "--apply"],
        &["apply"],
        &["apply", "--confirm"],
        &["undo", "partner", "--confirm", "01CUNY_QC"],
        &["attest"],
        &["campuses", "01CUNY_QC"],
        &["keys"],
        &["keys", "set", "--slot", "both"],
        &["evidence"],
        &["evidence", "import"],
        &["evidence", "import", "x.csv", "--list", "partners"],
        &["evidence", "list", "x.csv"],
        &["completions"],
        &["completions", "cmd"],
        &["nonsense"],
        &["check", "--jsno"],
    ] {
        let ran = desk.run(args).exits(2);
        assert!(ran.out().is_empty() && !ran.err().is_empty(), "{args:?}");
    }
    assert!(desk.sim.requests().is_empty() && desk.journal().is_empty());
}

#[test]
fn the_wizard_without_a_terminal_is_the_line_mode_and_leaves_at_the_end_of_the_input() {
    let desk = Desk::in_world("done");
    for args in [&[][..], &["practice"], &["--step", "rota"], &["--campus", "01CUNY_QC"]] {
        let ran = desk.run(args).exits(0);
        assert!(ran.out().starts_with("Standard input is not a terminal: using line mode"), "{}", ran.out());
        assert!(ran.out().contains("\nStep ") && ran.err().is_empty(), "{}{}", ran.out(), ran.err());
    }
    let writes = desk.sim.requests().into_iter().filter(|seen| !seen.method.eq_ignore_ascii_case("GET")).count();
    let tests = desk.sim.requests().into_iter().filter(|seen| seen.path.ends_with("/operation/test")).count();
    assert_eq!(writes, tests, "something was written");
}

#[test]
fn campuses_lists_the_good_the_bad_and_the_strays() {
    let desk = Desk::in_world("done");
    let good = desk.run(&["campuses"]).exits(0);
    for word in ["01CUNY_QC", "sandbox", "Queens College", "01CUNY_QC.toml"] {
        assert!(good.out().contains(word), "{}", good.out());
    }
    desk.campus_file("01CUNY_BC", "environment = \"x\"\n");
    desk.campus_file("brooklyn", "");
    let ran = desk.run(&["campuses"]).exits(2);
    for word in ["01CUNY_QC  sandbox", "01CUNY_BC  has problems", "line 1: environment", "ignored: ", "brooklyn.toml"] {
        assert!(ran.out().contains(word), "{word}: {}", ran.out());
    }
    std::fs::remove_dir_all(desk.config()).expect("removed");
    let none = desk.run(&["campuses"]).exits(0);
    assert!(none.out().contains("No campus is set up"), "{}", none.out());
    assert!(desk.sim.requests().is_empty());
}

#[test]
fn a_home_that_is_no_path_is_refused() {
    let desk = Desk::in_world("done");
    let mut command = desk.command(&["check"]);
    command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_STATE_HOME").env("HOME", "somewhere");
    let ran = Started::new(command.spawn().expect("the binary")).end().exits(1);
    assert!(ran.err().contains("set HOME"), "{}", ran.err());
}

/// A possible key as a separate word in a wrong place is refused and never repeated.
#[test]
fn a_word_that_may_be_a_key_is_refused_and_not_repeated() {
    let desk = Desk::in_world("done");
    let keys = crate::harness::keeper::Planted::new(crate::harness::keeper::Looks::Usual);
    for (_, key) in keys.all() {
        let option = format!("--key={key}");
        for args in [&[key][..], &["check", key], &["check", "--json", &option], &["apply", "partner", key]] {
            let ran = desk.run(args).exits(2);
            assert!(
                !ran.err().contains(&key[..12]) && ran.err().contains("not shown, in case one is a key"),
                "{}",
                ran.err()
            );
        }
    }
    // A word that cannot be a key is named, so that the user can correct it.
    assert!(desk.run(&["chekc"]).exits(2).err().contains("chekc"));
}

#[test]
fn a_value_named_twice_is_signed_once_and_a_person_named_twice_is_looked_at_once() {
    let desk = Desk::in_world("done");
    let ran = desk.run(&["attest", "rota", "rule.name", "rota"]).exits(0);
    assert_eq!(ran.out().matches("rota.code").count(), 1, "{}", ran.out());
    let sample = desk.sim.campus().sample[0].clone();
    let text = desk.campus_text();
    let (head, _) = text.split_once("sample = ").expect("a sample");
    desk.campus_file("01CUNY_QC", &format!("{head}sample = [\"{sample}\", \"{sample}\"]\n"));
    let report = desk.run(&["check", "patrons", "--json"]).json();
    let findings = report["steps"][0]["findings"].as_array().expect("findings");
    let key = format!("patrons.{sample}");
    assert_eq!(findings.iter().filter(|finding| finding["key"] == key.as_str()).count(), 1, "{report}");
}
