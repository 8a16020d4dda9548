//! `[keys]` in the campus file: keys from a command or a file, for runs without a person.
use crate::harness::{Desk, Ran, Started, simulator};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// A desk whose campus file says where the keys are kept, and whose environment has none.
fn kept(keys: &str) -> Desk {
    let desk = Desk::in_world("done");
    desk.campus_file("01CUNY_QC", &format!("{}\n[keys]\n{keys}\n", desk.campus_text()));
    desk
}

/// Runs the binary without a key in its environment, but with one more variable of ours.
fn run(desk: &Desk, args: &[&str]) -> Ran {
    let mut command = desk.command(args);
    for (name, _) in simulator::keys(&desk.sim) {
        command.env_remove(name);
    }
    command.env("LAST_RESORT_STATE_OF_MIND", "ours").env("PATH", "/usr/bin:/bin");
    Started::new(command.spawn().expect("the binary")).end()
}

fn key(desk: &Desk, slot: &str) -> String {
    let name = format!("LAST_RESORT_{}_KEY", slot.to_uppercase());
    simulator::keys(&desk.sim).iter().find(|(of, _)| *of == name).expect("a key").1.to_owned()
}

fn private(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).expect("a mode");
}

#[test]
fn keys_come_from_a_command_or_a_file_that_the_campus_file_names() {
    let desk = kept("");
    let (file, script, environment) =
        (desk.config().join("illiad-key"), desk.config().join("print key"), desk.config().join("environment"));
    private(&file, &format!("{}\n", key(&desk, "illiad")));
    // `pass` prints more lines below the secret.
    let lines = format!("#!/bin/sh\nenv > {}\necho {}\necho \"url: $1\"\n", environment.display(), key(&desk, "alma"));
    private(&script, &lines);
    let keys = format!(
        "alma = {{ command = [{:?}, \"$(id)\"] }}\nilliad = {{ file = {:?} }}\nexport = {{ file = \"~/export-key\" }}",
        script.display().to_string(),
        file.display().to_string()
    );
    desk.campus_file("01CUNY_QC", &format!("{}\n[keys]\n{keys}\n", desk.campus_text()));
    private(&desk.config().parent().expect("the home").join("export-key"), &key(&desk, "export"));
    let check = run(&desk, &["check", "connect", "partner", "parameters", "--json"]).exits(4).json();
    assert_eq!(check["steps"][0]["state"], "verified", "{check}");
    let seen = fs::read_to_string(environment).expect("the command ran");
    assert!(!seen.contains("LAST_RESORT_"), "{seen}");
    let status = run(&desk, &["keys", "status"]).exits(0);
    assert!(status.out().contains("from where the campus file says"), "{}", status.out());
    for key in ["alma", "illiad", "export"].map(|slot| key(&desk, slot)) {
        assert!(!status.out().contains(&key) && !status.err().contains(&key));
    }
    let rotate = run(&desk, &["keys", "rotate", "--slot", "illiad", "--confirm", "01CUNY_QC"]).exits(1);
    assert!(!rotate.err().contains(&key(&desk, "illiad")), "{}", rotate.err());
}

#[test]
fn a_command_that_fails_or_prints_no_key_is_named_and_its_words_are_not_shown() {
    for (keys, told) in [
        ("alma = { command = [\"sh\", \"-c\", \"echo planted; echo planted >&2; exit 3\"] }", "sh failed"),
        ("alma = { command = [\"echo\", \"planted words here\"] }", "echo printed something else"),
        ("alma = { command = [\"true\"] }", "true printed something else"),
        ("alma = { command = [\"no-such-program\"] }", "no-such-program could not be run"),
        ("alma = { command = [\"sh\", \"-c\", \"sleep 60 & sleep 60\"] }", "sh did not end within 4 s"),
        ("alma = { file = \"/no/such/file\" }", "there is no file /no/such/file"),
    ] {
        let desk = kept(keys);
        let ran = run(&desk, &["check", "connect"]).exits(1);
        let words = format!("{}{}", ran.out(), ran.err());
        assert!(words.contains(told), "{keys}: {words}");
        assert!(!words.contains("planted"), "{words}");
    }
}

#[test]
fn what_names_no_place_is_refused_and_a_key_in_the_file_is_not_repeated() {
    for (keys, told) in [
        ("alma = \"l7xxplanted0planted0planted0planted0\"", "keys.alma must name one command or one file"),
        ("alma = { command = [\"echo\", \"0f8fad5b-d9cb-469f-a165-70867728950e\"] }", "looks like an API key"),
        ("alma = { command = \"pass show x\" }", "as a list of its words"),
        ("alma = { command = [] }", "as a list of texts"),
        ("alma = { file = \"key\" }", "the whole path"),
        ("alma = { file = \"/a\", command = [\"b\"] }", "one command or one file"),
        ("almma = { file = \"/a\" }", "keys.almma is not a slot"),
    ] {
        let desk = kept(keys);
        let ran = run(&desk, &["check"]).exits(2);
        assert!(ran.err().contains(told), "{keys}: {}", ran.err());
        assert!(!ran.err().contains("planted") && !ran.err().contains("0f8fad5b"), "{}", ran.err());
    }
}
